package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
	"sukien/crawler"
	"sukien/crawler/content"
	"sukien/crawler/frontier"
	"sukien/crawler/source"
	"sukien/crawler/warc"
	"sukien/extractor"
	"sukien/news"
	"sukien/store"
	"sukien/stream"
	"sukien/stream/push"
)

// The roles of a process.
const (
	roleCrawl   = "crawl"
	roleExtract = "extract"
	roleStore   = "store"
	roleServe   = "serve"
)

var allRoles = []string{roleCrawl, roleExtract, roleStore, roleServe}

// pipeline is the stages joined:
//
//	crawl ─▶ store ─outbox─▶ sukien.article ─▶ extract ─▶ sukien.record ─▶ store ─outbox─▶ sukien.event
//
// Every stage acknowledges after its own commit, so that a stop at any instant
// leaves the work where it will be found again.
type pipeline struct {
	settings *Settings
	log      *slog.Logger
	store    store.Store
	stream   *stream.Stream
	// ext is what is in force; a change of the rules puts another one in its place.
	ext     atomic.Pointer[extractor.Extractor]
	crawler *crawler.Crawler
	// room is that on the disks.
	room *diskRoom
	// archive gets what is fetched, nil for none.
	archive *warc.Writer
	// feed brings pages in the crawl's stead; nil for none.
	feed func(context.Context) error
	// changes counts the event messages written, by change.
	mu      sync.Mutex
	changes map[news.Change]int
	records atomic.Int64
	// key is the file that lets commands into the embedded NATS, "" for none.
	key     string
	metrics *metrics
	traces  tracing
	// delivers is set when saved searches are served here.
	delivers bool
	// webURL is where the pages are served, once they are.
	webURL string
}

// newPipeline opens what the roles need, in the order of blame: settings and
// data first, then the store, then NATS.
func newPipeline(ctx context.Context, s *Settings, log *slog.Logger, roles []string) (*pipeline, error) {
	traces, err := newTracing(ctx, log)
	if err != nil {
		return nil, err
	}
	return openPipeline(ctx, s, log, roles, traces)
}

func openPipeline(ctx context.Context, s *Settings, log *slog.Logger, roles []string, traces tracing) (*pipeline, error) {
	p := &pipeline{settings: s, log: log, traces: traces, room: newDiskRoom(s, log), changes: map[news.Change]int{}}
	p.metrics = newMetrics(p)
	if err := p.open(ctx, roles); err != nil {
		return nil, errors.Join(err, p.close())
	}
	return p, nil
}

func (p *pipeline) open(ctx context.Context, roles []string) (err error) {
	s := p.settings
	var sources []*source.Source
	if slices.Contains(roles, roleCrawl) {
		if sources, err = loadSources(s); err != nil {
			return err
		}
	}
	if slices.Contains(roles, roleExtract) {
		ext, err := newExtractor(s)
		if err != nil {
			return err
		}
		p.ext.Store(ext)
	}
	if slices.ContainsFunc(roles, func(r string) bool { return r != roleExtract }) {
		if p.store, err = openStore(ctx, s); err != nil {
			return err
		}
	}
	if slices.Contains(roles, roleCrawl) {
		cfg := crawlerConfig(s, sources)
		cfg.Log, cfg.Watch, cfg.Tracer = p.log, watch{p.store}, p.traces.Tracer("sukien/crawler")
		cfg.Held = p.room.held
		if cfg.Archive, err = openArchive(s); err != nil {
			return err
		}
		p.archive = cfg.Archive
		if p.crawler, err = crawler.New(cfg, links{p.store}, p); err != nil {
			return misuseIf(err, news.ErrInvalid)
		}
	}
	p.stream, err = stream.Open(ctx, stream.Config{
		URL: s.NATS.URL, Dir: s.DataDir, Listen: s.NATS.Listen, Replicas: s.NATS.Replicas, EventDays: s.NATS.EventDays, Log: p.log, Tracer: p.traces.Tracer("sukien/stream"),
	})
	if err == nil {
		err = p.admit(ctx)
	}
	if err == nil {
		err = p.leaveKey()
	}
	return err
}

func (p *pipeline) close() error {
	var errs []error
	if p.archive != nil {
		errs = append(errs, p.archive.Close())
	}
	if p.key != "" {
		errs = append(errs, os.Remove(p.key))
	}
	if p.stream != nil {
		errs = append(errs, p.stream.Close())
	}
	if p.store != nil {
		errs = append(errs, p.store.Close())
	}
	if err := p.traces.end(); err != nil {
		p.log.Warn("the last traces were not sent", "error", err)
	}
	return errors.Join(errs...)
}

// Page is of crawler.Sink: it commits a page and its article with the outcome of
// the link. The body of an article in parts is not kept, for it is the first part
// alone: what is stripped again later must not cut the article.
func (p *pipeline) Page(ctx context.Context, lease *frontier.Lease, link frontier.Link, page *news.Page, res *content.Result, outcome frontier.Outcome) (recorded bool, err error) {
	done := store.Outcome(outcome)
	_, _, err = p.store.SavePage(ctx, store.SavedPage{Page: page, Article: res.Article, Origin: link.Origin, NoArchive: res.Robots.NoArchive || res.Parts > 0,
		Print: content.Simhash(res.Article.Text), Lease: storeLease(lease), Done: &done, Now: page.Fetched})
	if errors.Is(err, store.ErrLeaseLost) {
		return false, frontier.ErrLeaseLost
	}
	return err == nil, err
}

// extract reads the meetings of an article and sends them on.
func (p *pipeline) extract(ctx context.Context, d stream.Delivery) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("extract %s: panic: %v", d.Subject, r)
		}
	}()
	var work store.ArticleWork
	if err := json.Unmarshal(d.Body, &work); err != nil || work.Article == nil {
		return fmt.Errorf("%w: article message %s: %w", news.ErrInvalid, d.Subject, err)
	}
	x := extraction(p.ext.Load(), work.Article, work.Origin)
	x.Content = work.Content
	body, err := json.Marshal(x)
	if err != nil {
		return fmt.Errorf("records of %s: %w", work.Article.URL, err)
	}
	return p.stream.Publish(ctx, "sukien.record.v1."+x.ArticleID, news.HashID("x", d.ID, x.Pack), body)
}

// extraction reads an article with one extractor from first to last.
func extraction(ext *extractor.Extractor, a *news.Article, o news.Origin) news.Extraction {
	x := news.Extraction{ArticleID: a.ID, Pack: ext.Pack(), Records: ext.Extract(a), Origin: o}
	if x.Records == nil {
		x.Records = []news.Record{}
	}
	return x
}

// ingest puts an article's records into the store.
func (p *pipeline) ingest(ctx context.Context, d stream.Delivery) error {
	var x news.Extraction
	if err := json.Unmarshal(d.Body, &x); err != nil {
		return fmt.Errorf("%w: record message %s: %w", news.ErrInvalid, d.Subject, err)
	}
	return p.take(ctx, x)
}

// take ingests an extraction and counts what came of it.
func (p *pipeline) take(ctx context.Context, x news.Extraction) error {
	now := time.Now()
	done, err := p.store.Ingest(ctx, x, now)
	if err != nil {
		return err
	}
	if err := p.delayed(ctx, x, done, now); err != nil {
		p.log.Warn("how long the message took is not counted", "article", x.ArticleID, "error", err)
	}
	p.records.Add(int64(done.Records))
	p.mu.Lock()
	defer p.mu.Unlock()
	for c, n := range done.Changes {
		p.changes[c] += n
	}
	return nil
}

// bury keeps a dead letter.
func (p *pipeline) bury(ctx context.Context, l stream.Letter) error {
	return p.store.Bury(ctx, store.Letter{Stage: l.Stage, Subject: l.Subject, MsgID: l.ID, Body: l.Body, Reason: l.Reason, Tries: l.Tries, When: l.When})
}

// relayIdle is how often the outbox is looked at without being told to.
const relayIdle = 2 * time.Second

// run works until ctx ends, or, when once is set, until nothing that is due is
// left. Stages stop from head to tail: what the crawl brought is carried on.
func (p *pipeline) run(ctx context.Context, roles []string, once bool) error {
	if p.store != nil {
		n, err := p.store.Requeue(ctx)
		if err != nil {
			return err
		}
		if n > 0 {
			p.log.Info("articles asked for again", "articles", n)
		}
	}
	body, stopBody := context.WithCancel(context.WithoutCancel(ctx))
	defer stopBody()
	g, gctx := errgroup.WithContext(body)
	p.work(g, gctx, roles)
	if slices.Contains(roles, roleStore) && !once {
		g.Go(func() error { return p.keep(gctx) })
	}
	if p.store != nil {
		p.desk(g, gctx)
	}
	if slices.Contains(roles, roleExtract) && !once {
		g.Go(func() error { return p.reloadRules(gctx) })
	}
	if slices.Contains(roles, roleServe) {
		if err := p.serve(g, gctx, liveStream{watch: p.stream.Watch, log: p.log}); err != nil {
			stopBody()
			return errors.Join(err, g.Wait())
		}
	}
	head := p.head(ctx, gctx, roles, once)
	stopBody()
	return errors.Join(head, g.Wait())
}

// work starts the stages behind the crawl.
func (p *pipeline) work(g *errgroup.Group, ctx context.Context, roles []string) {
	if p.store != nil {
		g.Go(func() error { return p.stream.Relay(ctx, outbox{p.store}, p.store.Wake(), relayIdle) })
		g.Go(func() error { return p.followAnalysts(ctx) })
	}
	if slices.Contains(roles, roleExtract) {
		g.Go(func() error {
			return p.stream.Consume(ctx, stream.Articles, "extract", max(p.settings.Extract.Workers, 1), p.extract)
		})
	}
	if slices.Contains(roles, roleStore) {
		g.Go(func() error { return p.stream.Consume(ctx, stream.Records, "store", ingestWorkers, p.ingest) })
		g.Go(func() error { return p.stream.ConsumeDead(ctx, p.bury) })
		g.Go(func() error { return p.stream.Consume(ctx, stream.Pushes, "push", 1, p.pushAgain) })
		p.delivers = true
		g.Go(func() error { return p.deliver(ctx) })
	}
}

// head runs the crawl, or waits where there is none; a stage that failed ends it.
func (p *pipeline) head(ctx, stages context.Context, roles []string, once bool) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer context.AfterFunc(stages, stop)()
	if slices.Contains(roles, roleCrawl) {
		crawl := p.crawler.Run
		if once {
			crawl = p.crawler.RunOnce
		}
		if err := crawl(ctx); err != nil {
			return err
		}
	}
	if p.feed != nil {
		if err := p.feed(ctx); err != nil {
			return err
		}
	}
	if once {
		return p.drain(ctx)
	}
	<-ctx.Done()
	return nil
}

// ingestWorkers is how many extractions are ingested at a time: a backlog of them
// is committed together, each acknowledged after its commit.
const ingestWorkers = 32

// drainLook is how often drain looks whether the work is done.
const drainLook = 50 * time.Millisecond

// drain waits until no message is under way.
func (p *pipeline) drain(ctx context.Context) error {
	tick := time.NewTicker(drainLook)
	defer tick.Stop()
	for {
		done, err := p.drained(ctx)
		if done || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// drained looks along the way of a message, outbox, streams in their order,
// outbox again, so that none can slip by between two looks: every stage adds
// behind before it takes away in front.
func (p *pipeline) drained(ctx context.Context) (bool, error) {
	if done, err := p.sentAll(ctx); !done || err != nil {
		return false, err
	}
	depths, err := p.stream.Depths(ctx)
	if err != nil {
		return ctx.Err() != nil, ctxErr(ctx, err)
	}
	for _, d := range depths {
		if d.Stream != stream.Events && d.Messages > 0 || p.delivers && behind(d) {
			return false, nil
		}
	}
	if done, err := p.followed(ctx, depths); !done || err != nil {
		return false, err
	}
	if done, err := p.pushedAll(ctx); !done || err != nil {
		return false, err
	}
	return p.sentAll(ctx)
}

// behind tells whether a saved search has not seen all messages.
func behind(d stream.Depth) bool {
	return slices.ContainsFunc(d.Consumers, func(c stream.ConsumerDepth) bool {
		return strings.HasPrefix(c.Name, push.Durable("")) && (c.Pending > 0 || c.Unacked > 0)
	})
}

// followed tells whether each saved search has its place in the stream: one that
// has none yet is given what was sent before.
func (p *pipeline) followed(ctx context.Context, depths []stream.Depth) (bool, error) {
	if !p.delivers {
		return true, nil
	}
	list, err := p.store.Searches(ctx)
	if err != nil {
		return false, ctxErr(ctx, err)
	}
	i := slices.IndexFunc(depths, func(d stream.Depth) bool { return d.Stream == stream.Events })
	for _, q := range list {
		name := push.Durable(q.Name)
		if i < 0 || !slices.ContainsFunc(depths[i].Consumers, func(c stream.ConsumerDepth) bool { return c.Name == name }) {
			return false, nil
		}
	}
	return true, nil
}

// pushedAll tells whether all that is due was tried.
func (p *pipeline) pushedAll(ctx context.Context) (bool, error) {
	if !p.delivers {
		return true, nil
	}
	depths, err := p.store.PushDepths(ctx)
	waits := slices.ContainsFunc(depths, func(d store.PushDepth) bool { return d.Waiting > d.Failing && d.Oldest.Before(time.Now()) })
	return !waits && err == nil, ctxErr(ctx, err)
}

func (p *pipeline) sentAll(ctx context.Context) (bool, error) {
	if p.store == nil {
		return true, nil
	}
	unsent, err := p.store.Pending(ctx, 1)
	return len(unsent) == 0 && err == nil, err
}

// ctxErr is nil when ctx has ended: then err is only how it ended.
func ctxErr(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}
