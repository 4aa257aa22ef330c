package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"sukien/news"
	"sukien/store"
)

// backfill is a run over files: pages are read one after the other, stripped
// some at a time, and stored with the place up to which they were read.
type backfill struct {
	*pipeline
	err     io.Writer
	inputs  []archiveInput
	outlets *outlets
	limit   int64
	name    string // of the bookmark
	restart bool

	batch []archivePage
	bytes int // of the batch's bodies
	place archivePlace
	began time.Time

	mu    sync.Mutex // over what progress shows
	shown archiveCounts
	done  int64 // bytes of the inputs that were read
	from  int64 // of them before this run
}

// archivePlace is a bookmark: the input at hand, the place in it, and what was
// counted up to there.
type archivePlace struct {
	Input int `json:"input"`
	archiveSpot
	Counts archiveCounts `json:"counts"`
}

// archiveCounts is what a backfill has read, over all of its runs.
type archiveCounts struct {
	Pages    int64            `json:"pages"`
	Known    int64            `json:"known"`
	Articles int64            `json:"articles"`
	Failed   int64            `json:"failed"`
	Passed   map[string]int64 `json:"passed,omitempty"`
}

// The bounds of a batch: what is stripped at the same time and stored in one
// transaction.
const (
	batchPages = 32
	batchBytes = 4 << 20
)

// read reads every input from the bookmark on; one that cannot be read is told
// and passed over.
func (b *backfill) read(ctx context.Context) error {
	if err := b.load(ctx); err != nil {
		return err
	}
	for ctx.Err() == nil && b.place.Input < len(b.inputs) {
		if err := b.input(ctx, b.inputs[b.place.Input]); err != nil {
			return ctxErr(ctx, err)
		}
		if ctx.Err() == nil {
			b.place.Input, b.place.archiveSpot = b.place.Input+1, archiveSpot{}
		}
	}
	if ctx.Err() != nil {
		return nil
	}
	return ctxErr(ctx, b.flush(ctx))
}

// load takes up the bookmark of an earlier run.
func (b *backfill) load(ctx context.Context) error {
	b.began, b.place.Counts.Passed = time.Now(), map[string]int64{}
	m, err := b.store.Bookmark(ctx, b.name)
	if errors.Is(err, news.ErrNotFound) || b.restart {
		return nil
	}
	if err != nil {
		return err
	}
	if err := json.Unmarshal(m.Place, &b.place); err != nil {
		return fmt.Errorf("%w: bookmark: %w: --restart begins anew", news.ErrInvalid, err)
	}
	b.log.Info("goes on where it was interrupted", "pages", b.place.Counts.Pages)
	b.show(b.before(b.place.Input))
	b.from = b.done
	return nil
}

// before is the size of the inputs before one.
func (b *backfill) before(input int) (n int64) {
	for _, in := range b.inputs[:min(input, len(b.inputs))] {
		n += in.size
	}
	return n
}

// input reads one file.
func (b *backfill) input(ctx context.Context, in archiveInput) error {
	r, file, err := in.open(b.limit, b.place.archiveSpot, b.outlets.filter())
	if err != nil {
		b.fail(in.path, err)
		return nil
	}
	defer file.Close()
	seen := map[string]int64{}
	for ctx.Err() == nil {
		p, err := r.next()
		var bad *badPage
		switch {
		case errors.Is(err, io.EOF):
			b.pass(seen, r.passed())
			return nil
		case errors.As(err, &bad):
			b.fail(bad.where, bad.err)
		case err != nil:
			b.fail(in.path, err)
			return nil
		default:
			b.batch, b.bytes = append(b.batch, p), b.bytes+len(p.Body)
		}
		b.place.archiveSpot = p.spot
		b.pass(seen, r.passed())
		if len(b.batch) < batchPages && b.bytes < batchBytes {
			continue
		}
		if err := b.flush(ctx); err != nil {
			return err
		}
		b.show(b.before(b.place.Input) + r.read())
	}
	return nil
}

// pass counts what a reader has passed over since it was last asked.
func (b *backfill) pass(seen, now map[string]int64) {
	for why, n := range now {
		b.place.Counts.Passed[why] += n - seen[why]
		seen[why] = n
	}
}

// flush strips the batch and stores it with the place behind it.
func (b *backfill) flush(ctx context.Context) error {
	b.room.wait(ctx)
	pages := b.strip()
	before := b.place.Counts.Pages
	b.place.Counts.Pages += int64(len(b.batch))
	for _, p := range pages {
		if p.Article.PageType == news.PageArticle {
			b.place.Counts.Articles++
		}
	}
	b.batch, b.bytes = b.batch[:0], 0
	saved, err := b.save(ctx, pages)
	if err != nil {
		return err
	}
	for _, s := range saved {
		if !s.Changed {
			b.place.Counts.Known++
		}
	}
	if b.place.Counts.Pages/(ahead/4) == before/(ahead/4) {
		return nil
	}
	return b.keepUp(ctx)
}

func (b *backfill) save(ctx context.Context, pages []store.SavedPage) ([]store.Saved, error) {
	data, err := json.Marshal(b.place)
	if err != nil {
		return nil, err
	}
	return b.store.SavePages(ctx, pages, store.Bookmark{Name: b.name, Place: data})
}

// strip reads the articles of the batch, some at the same time; a page that is
// none is told.
func (b *backfill) strip() []store.SavedPage {
	pages, errs := make([]store.SavedPage, len(b.batch)), make([]error, len(b.batch))
	var g errgroup.Group
	g.SetLimit(max(b.settings.Extract.Workers, 1))
	for i, p := range b.batch {
		g.Go(func() error {
			pages[i], errs[i] = b.outlets.strip(p.Page)
			return nil
		})
	}
	_ = g.Wait() // none fails: errs has what did
	good := pages[:0]
	for i, p := range pages {
		var pass passedOver
		switch {
		case errors.As(errs[i], &pass):
			b.place.Counts.Passed[string(pass)]++
		case errs[i] != nil:
			b.fail(b.batch[i].where, errs[i])
		default:
			good = append(good, p)
		}
	}
	return good
}

// ahead is how many articles may wait for extraction before reading pauses, so
// that streams stay small however large the archive is.
const ahead = 2000

// keepUp waits while too many articles wait for their extraction.
func (p *pipeline) keepUp(ctx context.Context) error {
	tick := time.NewTicker(drainLook)
	defer tick.Stop()
	for {
		c, err := p.store.Counts(ctx)
		if err != nil || c.Unextracted-c.Dead < ahead {
			return ctxErr(ctx, err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

func (b *backfill) fail(where string, err error) {
	b.place.Counts.Failed++
	fmt.Fprintf(b.err, "sukien: %s: %v\n", plainCell(where), plainCell(err.Error()))
}

// show puts the counts where progress looks.
func (b *backfill) show(done int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.shown, b.done = b.place.Counts, done
}

// showProgress tells how far the reading is, with its rate and the time left.
func (b *backfill) showProgress() func() {
	first := int64(-1)
	total := b.before(len(b.inputs))
	return every(b.err, func() string {
		b.mu.Lock()
		defer b.mu.Unlock()
		if first < 0 {
			first = b.shown.Pages
		}
		took := time.Since(b.began)
		line := fmt.Sprintf("%d pages (%.0f a second), %d articles, %d records, %d failures",
			b.shown.Pages, float64(b.shown.Pages-first)/took.Seconds(), b.shown.Articles, b.records.Load(), b.shown.Failed)
		if read := b.done - b.from; read > 0 && total > b.done {
			line += fmt.Sprintf(", %d %%, %s left", b.done*100/total, leftover(took, read, total-b.done))
		}
		return line
	})
}

// leftover is how long what is left takes at the rate so far, roughly.
func leftover(took time.Duration, done, left int64) time.Duration {
	d := time.Duration(float64(took) * float64(left) / float64(done))
	if d > time.Hour {
		return d.Round(time.Minute)
	}
	return d.Round(time.Second)
}

// end forgets the bookmark of a run that came to its end, and says what was done.
func (b *backfill) end(ctx context.Context) error {
	whole := ctx.Err() == nil
	ctx = context.WithoutCancel(ctx)
	c, err := b.store.Counts(ctx)
	if err == nil && whole {
		err = b.store.DropBookmark(ctx, b.name)
	}
	if err != nil {
		return err
	}
	n := b.place.Counts
	p := &printer{w: b.err}
	p.line("%d pages read, %d of them known before, %d articles, %d records, %d failures", n.Pages, n.Known, n.Articles, b.records.Load(), n.Failed)
	for _, why := range sortedKeys(n.Passed) {
		p.line("%d passed over: %s", n.Passed[why], passedWords[why])
	}
	p.line("in the store: %d articles, %d records, %d events, %d only mentioned, %d dead letters", c.Articles, c.Records, c.Events, c.Mentions, c.Dead)
	if !whole {
		p.line("interrupted: run the same again to go on")
	}
	if p.err == nil && n.Failed > 0 {
		return errReported
	}
	return p.err
}
