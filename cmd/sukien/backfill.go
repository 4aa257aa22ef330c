package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"sukien/crawler/content"
	"sukien/news"
	"sukien/store"
)

// backfillCmd reads an archive once.
type backfillCmd struct {
	Files []string `required:"" type:"path" help:"Saved pages: HTML files, directories of them, or JSON lines {\"url\",\"fetched\",\"html\"} (.jsonl, .jsonl.gz)." placeholder:"PATH"`
}

// Example is shown first in --help.
func (backfillCmd) Example() string {
	return "sukien backfill --files saved-pages/\nsukien backfill --files archive-2019.jsonl.gz --files archive-2020.jsonl.gz"
}

// Run reads the files into the store, marked origin backfill. Run again after
// an interruption, it passes over what is stored already.
func (c *backfillCmd) Run(ctx context.Context, a *app) error {
	a.flags["web.listen"] = ""
	s, _, err := a.settings()
	if err != nil {
		return err
	}
	log, err := a.logger(s)
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
	b := &backfill{pipeline: p, out: a.err, limit: s.Crawler.MaxBody, selectors: sel}
	p.feed = func(ctx context.Context) error { return b.read(ctx, c.Files) }
	stop := b.showProgress()
	err = p.run(ctx, roles, true)
	stop()
	if err == nil {
		err = b.summary(context.WithoutCancel(ctx))
	}
	if err == nil && b.failed.Load() > 0 {
		err = errReported
	}
	return errors.Join(err, p.close())
}

// backfill is a run over saved pages.
type backfill struct {
	*pipeline
	selectors selectors

	out      io.Writer
	limit    int64
	pages    atomic.Int64
	articles atomic.Int64
	known    atomic.Int64
	failed   atomic.Int64
}

// read feeds every file; a file or page that cannot be read is told and passed over.
func (b *backfill) read(ctx context.Context, names []string) error {
	for _, name := range names {
		for _, file := range archiveFiles(name) {
			if err := b.file(ctx, file); err != nil {
				return err
			}
		}
	}
	return nil
}

// archiveFiles lists the page and JSON-lines files that a name stands for.
func archiveFiles(name string) []string {
	if info, err := os.Stat(name); err != nil || !info.IsDir() {
		return []string{name}
	}
	var files []string
	for _, pattern := range []string{"*.jsonl", "*.jsonl.gz"} {
		found, err := filepath.Glob(filepath.Join(name, pattern))
		if err == nil {
			files = append(files, found...)
		}
	}
	return append(files, pageFiles(name)...)
}

func (b *backfill) file(ctx context.Context, file string) error {
	if strings.HasSuffix(file, ".jsonl") || strings.HasSuffix(file, ".jsonl.gz") {
		return b.lines(ctx, file)
	}
	body, err := newInput(file, false).read(nil, b.limit)
	if err != nil {
		b.fail(file, err)
		return nil
	}
	return b.page(ctx, file, &news.Page{Body: body, Text: strings.HasSuffix(file, ".txt")})
}

// lines reads a file of JSON lines, plain or gzip.
func (b *backfill) lines(ctx context.Context, file string) error {
	f, err := os.Open(file)
	if err != nil {
		b.fail(file, fmt.Errorf("%w: %w", news.ErrNotFound, err))
		return nil
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(file, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			b.fail(file, fmt.Errorf("%w: %w", news.ErrInvalid, err))
			return nil
		}
	}
	in := bufio.NewReaderSize(r, 1<<20)
	for n := 1; ; n++ {
		line, err := boundedLine(in, b.limit*2)
		if len(line) > 0 {
			if err := b.line(ctx, fmt.Sprintf("%s:%d", file, n), line); err != nil {
				return err
			}
		}
		switch {
		case err == io.EOF:
			return nil
		case errors.Is(err, news.ErrTooLarge):
			b.fail(fmt.Sprintf("%s:%d", file, n), err)
		case err != nil:
			b.fail(file, fmt.Errorf("%w: %w", news.ErrInvalid, err))
			return nil
		}
	}
}

// boundedLine reads a line of at most limit bytes; a longer one is passed over
// with news.ErrTooLarge.
func boundedLine(in *bufio.Reader, limit int64) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, more, err := in.ReadLine()
		if int64(len(line)+len(part)) > limit {
			line, long = nil, true
		}
		if !long {
			line = append(line, part...)
		}
		if err != nil || !more {
			if long && err == nil {
				err = fmt.Errorf("%w: a line of more than %d bytes", news.ErrTooLarge, limit)
			}
			return line, err
		}
	}
}

// line reads one saved page.
func (b *backfill) line(ctx context.Context, where string, line []byte) error {
	var saved struct {
		URL     string     `json:"url"`
		Fetched news.Stamp `json:"fetched"`
		HTML    string     `json:"html"`
	}
	if err := json.Unmarshal(line, &saved); err != nil {
		b.fail(where, fmt.Errorf("%w: no saved page: %w", news.ErrInvalid, err))
		return nil
	}
	fetched, ok := saved.Fetched.Time()
	if !ok && saved.Fetched != "" {
		b.fail(where, saved.Fetched.Check())
		return nil
	}
	return b.page(ctx, where, &news.Page{URL: saved.URL, Fetched: fetched, Body: []byte(saved.HTML), ContentType: "text/html; charset=utf-8"})
}

// page strips and stores one page.
func (b *backfill) page(ctx context.Context, where string, page *news.Page) error {
	if err := ctx.Err(); err != nil {
		return nil
	}
	b.pages.Add(1)
	res, err := b.selectors.strip(page)
	if err == nil && res.Article.Canonical == "" && page.URL == "" {
		err = fmt.Errorf("%w: no address: the page has no canonical link", news.ErrInvalid)
	}
	if err != nil {
		b.fail(where, err)
		return nil
	}
	_, changed, err := b.store.SavePage(ctx, store.SavedPage{Page: page, Article: res.Article, Origin: news.Backfill, NoArchive: res.Robots.NoArchive, Print: content.Simhash(res.Article.Text), Now: time.Now()})
	if err != nil {
		return err
	}
	if !changed {
		b.known.Add(1)
	}
	if res.Article.PageType == news.PageArticle {
		b.articles.Add(1)
	}
	if b.pages.Load()%(ahead/4) != 0 {
		return nil
	}
	return b.keepUp(ctx)
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
	b.failed.Add(1)
	fmt.Fprintf(b.out, "sukien: %s: %v\n", plainCell(where), plainCell(err.Error()))
}

// showProgress tells how far the reading is, with its rate.
func (b *backfill) showProgress() func() {
	began := time.Now()
	return every(b.out, func() string {
		n := b.pages.Load()
		return fmt.Sprintf("%d pages (%.0f a second), %d articles, %d records, %d failures",
			n, float64(n)/time.Since(began).Seconds(), b.articles.Load(), b.records.Load(), b.failed.Load())
	})
}

func (b *backfill) summary(ctx context.Context) error {
	c, err := b.store.Counts(ctx)
	if err != nil {
		return err
	}
	p := &printer{w: b.out}
	p.line("%d pages read, %d of them known before, %d articles, %d records, %d failures", b.pages.Load(), b.known.Load(), b.articles.Load(), b.records.Load(), b.failed.Load())
	p.line("in the store: %d articles, %d events, %d only mentioned, %d dead letters", c.Articles, c.Events, c.Mentions, c.Dead)
	return p.err
}
