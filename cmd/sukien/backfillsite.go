package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"sukien/crawler"
	"sukien/crawler/frontier"
	"sukien/crawler/source"
	"sukien/news"
	"sukien/store"
)

// archiveOf is what is asked of an outlet's archive.
type archiveOf struct {
	source *source.Source
	days   crawler.Days
	// ways are tried in their order, all of them when they were asked for, else
	// until one gives articles.
	ways  []string
	asked bool
}

// archive reads the arguments of a backfill of an outlet.
func (c *backfillCmd) archive(s *Settings, now time.Time) (*archiveOf, error) {
	list, err := loadSources(s)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(list, func(s *source.Source) bool { return s.Domain == c.Args[0] })
	if i < 0 {
		return nil, misuse{fmt.Errorf("%w: no outlet %q: sukien sources list names them", news.ErrNotFound, c.Args[0])}
	}
	of := &archiveOf{source: list[i], ways: c.By, asked: len(c.By) > 0}
	if of.days, err = c.days(now); err != nil {
		return nil, misuse{err}
	}
	if of.asked {
		for _, w := range c.By {
			if !slices.Contains(crawler.Ways, w) || !crawler.HasWay(of.source, w) {
				return nil, misuse{fmt.Errorf("%w: --by %s: %s has no such: write some of %s", news.ErrInvalid, w, of.source.Domain, strings.Join(waysOf(of.source), ","))}
			}
		}
		return of, nil
	}
	of.ways = waysOf(of.source)
	return of, nil
}

func waysOf(s *source.Source) []string {
	return slices.DeleteFunc(slices.Clone(crawler.Ways), func(w string) bool { return !crawler.HasWay(s, w) })
}

// days are the days from --from to --to.
func (c *backfillCmd) days(now time.Time) (d crawler.Days, err error) {
	if c.From == "" {
		return d, fmt.Errorf("%w: give --from, the first day: --from 2019-01-01", news.ErrInvalid)
	}
	if c.To == "" {
		c.To = now.In(news.Hanoi).Format(time.DateOnly)
	}
	var from, to error
	d.From, from = time.ParseInLocation(time.DateOnly, c.From, news.Hanoi)
	d.To, to = time.ParseInLocation(time.DateOnly, c.To, news.Hanoi)
	switch {
	case from != nil || to != nil:
		return d, fmt.Errorf("%w: --from %s --to %s: write days: 2019-11-21", news.ErrInvalid, c.From, c.To)
	case d.To.Before(d.From):
		return d, fmt.Errorf("%w: --to %s is before --from %s", news.ErrInvalid, c.To, c.From)
	case d.From.Year() < 1990:
		return d, fmt.Errorf("%w: --from %s: no outlet has articles from before 1990 on the web", news.ErrInvalid, c.From)
	}
	return d, nil
}

// site fetches the archive of an outlet.
func (c *backfillCmd) site(ctx context.Context, a *app, s *Settings) error {
	of, err := c.archive(s, time.Now())
	if err != nil {
		return err
	}
	log, err := a.logger(s)
	if err != nil {
		return err
	}
	if c.DryRun {
		return survey(ctx, a, s, of, log)
	}
	p, err := newPipeline(ctx, s, log, []string{roleCrawl, roleExtract, roleStore})
	if err != nil {
		return err
	}
	b := &siteBackfill{pipeline: p, of: of, err: a.err, restart: c.Restart, name: "backfill/" + news.HashID("b", of.source.Domain, c.From, c.To, strings.Join(c.By, " "))}
	p.feed = b.read
	stop := every(a.err, b.progress)
	// The head is the backfill, not the live crawl.
	err = p.run(ctx, []string{roleExtract, roleStore}, true)
	stop()
	if err == nil {
		err = b.end(ctx)
	}
	return errors.Join(err, p.close())
}

// siteBackfill is a run through an outlet's archive. What is still to be fetched
// is in the frontier; its bookmark has the rest.
type siteBackfill struct {
	*pipeline
	of      *archiveOf
	err     io.Writer
	restart bool
	name    string
	before  sitePlace
	began   atomic.Int64 // Unix milliseconds
	at      atomic.Int32 // the way at hand, an index of of.ways
	waiting atomic.Int64
}

// sitePlace is the bookmark of a backfill of an outlet.
type sitePlace struct {
	Way                             string `json:"way"`
	Found, Pages, Articles, Records int64
}

// saveEvery is how often the bookmark is put anew.
const saveEvery = 2 * time.Second

// read goes through the archive by each way, or until one gives articles.
func (b *siteBackfill) read(ctx context.Context) error {
	if err := b.load(ctx); err != nil {
		return err
	}
	b.began.Store(time.Now().UnixMilli())
	first := max(slices.Index(b.of.ways, b.before.Way), 0)
	for i := first; i < len(b.of.ways); i++ {
		b.at.Store(int32(i))
		if err := b.walk(ctx); err != nil || ctx.Err() != nil {
			return ctxErr(ctx, err)
		}
		found := b.place().Found
		b.log.Info("went through the archive", "by", b.way(), "articles", found)
		if found > 0 && !b.of.asked {
			return nil
		}
	}
	return nil
}

// walk goes through the archive by one way, with the bookmark put anew now and then.
func (b *siteBackfill) walk(ctx context.Context) error {
	work, stop := context.WithCancel(ctx)
	saved := make(chan error, 1)
	go func() {
		err := b.saving(work)
		if err != nil {
			stop()
		}
		saved <- err
	}()
	err := b.crawler.Backfill(work, links{b.store}, b.of.source.Domain, b.of.days, b.way())
	stop()
	return errors.Join(err, <-saved, b.save(context.WithoutCancel(ctx)))
}

func (b *siteBackfill) saving(ctx context.Context) error {
	tick := time.NewTicker(saveEvery)
	defer tick.Stop()
	for {
		n, err := b.store.BackfillWaiting(ctx, b.of.source.Domain)
		if err == nil {
			b.waiting.Store(int64(n))
			err = b.save(ctx)
		}
		if err != nil {
			return ctxErr(ctx, err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

func (b *siteBackfill) way() string { return b.of.ways[b.at.Load()] }

func (b *siteBackfill) load(ctx context.Context) error {
	m, err := b.store.Bookmark(ctx, b.name)
	if errors.Is(err, news.ErrNotFound) || b.restart {
		return nil
	}
	if err != nil {
		return err
	}
	if err := json.Unmarshal(m.Place, &b.before); err != nil {
		return fmt.Errorf("%w: bookmark: %w: --restart begins anew", news.ErrInvalid, err)
	}
	b.log.Info("goes on where it was interrupted", "by", b.before.Way, "pages", b.before.Pages)
	return nil
}

// place is how far the run is, earlier ones included.
func (b *siteBackfill) place() sitePlace {
	st := b.crawler.Stats()
	return sitePlace{Way: b.way(), Found: b.before.Found + st.Archived, Pages: b.before.Pages + st.Pages, Articles: b.before.Articles + st.Articles, Records: b.before.Records + b.records.Load()}
}

func (b *siteBackfill) save(ctx context.Context) error {
	data, err := json.Marshal(b.place())
	if err != nil {
		return err
	}
	_, err = b.store.SavePages(ctx, nil, store.Bookmark{Name: b.name, Place: data})
	return err
}

func (b *siteBackfill) progress() string {
	st, p, left := b.crawler.Stats(), b.place(), b.waiting.Load()
	took := time.Since(time.UnixMilli(b.began.Load()))
	line := fmt.Sprintf("%d pages (%.1f a second), %d articles, %d records, %d failures, %d addresses known and not yet fetched",
		p.Pages, float64(st.Pages)/took.Seconds(), p.Articles, p.Records, total(st.Failures), left)
	if done := st.Pages + total(st.Failures); done > 0 && left > 0 {
		line += fmt.Sprintf(", %s left for these", leftover(took, done, left))
	}
	return line
}

// end forgets the bookmark of a run that came to its end, and says what was done.
func (b *siteBackfill) end(ctx context.Context) error {
	whole := ctx.Err() == nil
	ctx = context.WithoutCancel(ctx)
	c, err := b.store.Counts(ctx)
	if err != nil {
		return err
	}
	waiting, err := b.store.BackfillWaiting(ctx, b.of.source.Domain)
	if err == nil && whole && waiting == 0 {
		err = b.store.DropBookmark(ctx, b.name)
	}
	if err != nil {
		return err
	}
	n, st := b.place(), b.crawler.Stats()
	p := &printer{w: b.err}
	p.line("%s by %s: %d article addresses of these days, %d pages fetched, %d articles, %d records, %d failures", b.of.source.Domain, b.way(), n.Found, n.Pages, n.Articles, n.Records, total(st.Failures))
	for _, class := range sortedKeys(st.Failures) {
		p.line("%d failures of class %s", st.Failures[class], class)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, ch := range news.Changes {
		if n := b.changes[ch]; n > 0 {
			p.line("%d messages %s", n, ch)
		}
	}
	p.line("in the store: %d articles, %d records, %d events, %d only mentioned, %d dead letters", c.Articles, c.Records, c.Events, c.Mentions, c.Dead)
	if waiting > 0 {
		p.line("%d addresses wait for another try: run the same again to go on, or sukien run, which takes them up when it has time", waiting)
	}
	return p.err
}

// LeaseBackfill is of frontier.Archives.
func (f links) LeaseBackfill(ctx context.Context, now time.Time, worker string, ttl time.Duration, n int, source string) (*frontier.Lease, error) {
	l, err := f.Store.LeaseBackfill(ctx, now, worker, ttl, n, source)
	if l == nil || err != nil {
		return nil, err
	}
	return crawlLease(l), nil
}
