package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
	"sukien/crawler/content"
	"sukien/extractor"
	"sukien/news"
	"sukien/store"
)

// reextractCmd runs today's rules over stored pages.
type reextractCmd struct {
	again
	Restart bool `help:"Begin anew where an earlier run of the same rules and filters was interrupted."`
}

// Example is shown first in --help.
func (reextractCmd) Example() string {
	return "sukien reextract\nsukien reextract --source baochinhphu.vn --from 2026-01-01"
}

// Run strips each stored page and extracts it with the rules in force. What
// differs changes its event, which is sent as corrected. Interrupted, it goes on
// where it was when it is run again with the same rules and filters.
func (c *reextractCmd) Run(ctx context.Context, a *app) error {
	if _, err := c.query(""); err != nil {
		return err
	}
	a.flags["web.listen"] = ""
	s, log, err := a.begin()
	if err != nil {
		return err
	}
	sel, err := newSelectors(s)
	if err != nil {
		return err
	}
	roles := []string{roleExtract, roleStore}
	p, err := newPipeline(ctx, s, log, roles)
	if err != nil {
		return err
	}
	r := &reextract{pipeline: p, cmd: c, out: a.err, mark: c.bookmark(s, p.ext.Load().Pack()), selectors: sel}
	p.feed = r.read
	stop := every(a.err, r.progress)
	err = p.run(ctx, roles, true)
	stop()
	if err == nil {
		err = r.summary(ctx)
	}
	return errors.Join(err, p.close())
}

// reextract is a run over stored pages.
type reextract struct {
	*pipeline
	cmd       *reextractCmd
	out       io.Writer
	mark      *bookmark
	selectors selectors
	articles  atomic.Int64
	stripped  atomic.Int64
	failed    atomic.Int64
	// awaited is the number of articles stripped otherwise at the last keepUp.
	awaited int64
}

// reextractTypes are the page types gone through, in this order: what was no
// article to an earlier stripping may be one now.
var reextractTypes = []news.PageType{news.PageArticle, news.PageMedia, news.PageListing, news.PageOther}

// read goes through the articles, newest saved first, and notes after each page
// of them how far it is.
func (r *reextract) read(ctx context.Context) error {
	place, err := r.mark.load(r.cmd.Restart)
	if err != nil {
		return err
	}
	if place.Cursor != "" || place.Type != "" {
		r.log.Info("goes on where it was interrupted", "after", place.Done)
	}
	for _, t := range reextractTypes {
		if place.Type != "" && place.Type != t {
			continue
		}
		if err := r.readType(ctx, t, &place); err != nil {
			return ctxErr(ctx, err)
		}
		place.Type, place.Cursor = "", ""
	}
	return r.mark.clear()
}

func (r *reextract) readType(ctx context.Context, t news.PageType, place *position) error {
	q, err := r.cmd.query(t)
	if err != nil {
		return err
	}
	left := 0
	if r.cmd.Limit > 0 {
		if left = r.cmd.Limit - place.Done; left <= 0 {
			return nil
		}
	}
	q.Cursor = place.Cursor
	_, err = eachPage(ctx, r.store, q, left, func(list []news.Article, next string) error {
		if err := r.batch(ctx, list); err != nil {
			return err
		}
		place.Type, place.Cursor, place.Done = t, next, place.Done+len(list)
		if n := r.stripped.Load(); n-r.awaited >= ahead/4 {
			r.awaited = n
			if err := r.keepUp(ctx); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		return r.mark.save(*place)
	})
	return err
}

// batch strips and extracts some articles at the same time.
func (r *reextract) batch(ctx context.Context, list []news.Article) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(max(r.settings.Extract.Workers, 1))
	for i := range list {
		g.Go(func() error { return r.one(ctx, &list[i]) })
	}
	return g.Wait()
}

// one reads an article again. A page that strips otherwise than before is saved,
// and its message brings it through the stages; the others are ingested at once.
func (r *reextract) one(ctx context.Context, a *news.Article) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	r.articles.Add(1)
	changed, err := r.strip(ctx, a)
	if changed || err != nil || a.Text == "" || (a.PageType != news.PageArticle && a.PageType != news.PageMedia) {
		return err
	}
	x, err := safely(r.ext.Load(), a, news.Reextract)
	if err != nil {
		r.fail(a, err)
		return nil
	}
	return r.take(ctx, x)
}

// strip reads the stored page again and saves the article when it came out
// otherwise. An article whose page is not kept stays as it is.
func (r *reextract) strip(ctx context.Context, a *news.Article) (changed bool, err error) {
	page, err := r.store.RawPage(ctx, a.ID)
	if errors.Is(err, news.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	page.Fetched = fetchedOf(a, page)
	res, err := content.Strip(*page, content.Options{Selectors: r.selectors.of(a.Source)})
	if err != nil {
		r.fail(a, err)
		return false, nil
	}
	res.Article.ID = a.ID
	if res.Article.Source == "" {
		res.Article.Source = a.Source
	}
	_, changed, err = r.store.SavePage(ctx, store.SavedPage{Page: page, Article: res.Article, Origin: news.Reextract, NoArchive: res.Robots.NoArchive,
		Print: content.Simhash(res.Article.Text), Now: time.Now()})
	if changed {
		r.stripped.Add(1)
	}
	return changed, err
}

// fetchedOf is when the article's page was fetched: one body may belong to
// several fetches, the article knows its own.
func fetchedOf(a *news.Article, page *news.Page) time.Time {
	if t, ok := a.Fetched.Time(); ok {
		return t
	}
	return page.Fetched
}

// safely extracts an article and turns a panic of a rule into an error.
func safely(ext *extractor.Extractor, a *news.Article, o news.Origin) (x news.Extraction, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("extract %s: panic: %v", a.URL, p)
		}
	}()
	return extraction(ext, a, o), nil
}

func (r *reextract) fail(a *news.Article, err error) {
	r.failed.Add(1)
	fmt.Fprintf(r.out, "sukien: %s: %v\n", plainCell(a.URL), plainCell(err.Error()))
}

func (r *reextract) progress() string {
	return fmt.Sprintf("%d articles, %d stripped otherwise, %d records, %d failures", r.articles.Load(), r.stripped.Load(), r.records.Load(), r.failed.Load())
}

// summary says what a run has done; it ends with status 1 when some failed.
func (r *reextract) summary(ctx context.Context) error {
	p := &printer{w: r.out}
	p.line("%s", r.progress())
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, ch := range news.Changes {
		if n := r.changes[ch]; n > 0 {
			p.line("%d messages %s", n, ch)
		}
	}
	if ctx.Err() != nil {
		p.line("interrupted: run it again to go on")
	}
	if p.err == nil && r.failed.Load() > 0 {
		return errReported
	}
	return p.err
}
