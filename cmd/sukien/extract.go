package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"time"

	"golang.org/x/sync/errgroup"

	"sukien/crawler"
	"sukien/crawler/content"
	"sukien/extractor"
	"sukien/news"
)

// extractCmd prints what single pages give.
type extractCmd struct {
	Inputs      []string `arg:"" name:"input" help:"Files, directories, - for stdin, or URLs. .txt is page text without tags, anything else HTML."`
	Explain     bool     `help:"Say on stderr what was kept and dropped, and why each slot."`
	ExplainHTML string   `name:"explain-html" help:"The same for a person, as a coloured HTML file." placeholder:"FILE"`
	URL         string   `help:"The address the page came from." placeholder:"U"`
	Published   string   `help:"Publication time, over the page's own: 2019-11-19 or RFC 3339." placeholder:"T"`
	Fetched     string   `help:"When it was fetched: what \"2 giờ trước\" is counted from. Default: now for URLs." placeholder:"T"`
	Text        bool     `help:"Inputs are page text whose tags are gone."`
}

// Example is shown first in --help.
func (extractCmd) Example() string {
	return "sukien extract --explain article.html\ncurl -s https://baochinhphu.vn/ | sukien extract --url https://baochinhphu.vn/ -\nsukien extract saved-pages/ > events.jsonl"
}

// document is one line of output.
type document struct {
	Doc string `json:"doc"`
	*news.Article
	Events *[]news.Record `json:"events,omitempty"`
	Error  *problem       `json:"error,omitempty"`
}

// reader turns inputs into documents.
type reader struct {
	app     *app
	cmd     *extractCmd
	ext     *extractor.Extractor
	fetch   func(context.Context, string) (*news.Page, error)
	limit   int64
	fetched time.Time
	explain *explainer
	log     *slog.Logger
}

// Run prints a JSON line for every input, in order.
func (c *extractCmd) Run(ctx context.Context, a *app) error {
	s, _, err := a.settings()
	if err != nil {
		return err
	}
	r := &reader{app: a, cmd: c, limit: s.Crawler.MaxBody}
	if r.fetched, err = c.times(); err != nil {
		return misuse{err}
	}
	if r.ext, err = newExtractor(s); err != nil {
		return err
	}
	if r.fetch, err = a.fetcher(s); err != nil {
		return err
	}
	if r.log, err = a.logger(s); err != nil {
		return err
	}
	if r.explain, err = newExplainer(c, a.err); err != nil {
		return err
	}
	return cmp.Or(r.all(ctx, s.Extract.Workers), r.explain.close())
}

// times checks --published and reads --fetched.
func (c *extractCmd) times() (fetched time.Time, err error) {
	if err := news.Stamp(c.Published).Check(); err != nil {
		return fetched, fmt.Errorf("--published: %w", err)
	}
	if c.Fetched == "" {
		return fetched, nil
	}
	fetched, ok := news.Stamp(c.Fetched).Time()
	if !ok {
		return fetched, fmt.Errorf("--fetched: %w", news.Stamp(c.Fetched).Check())
	}
	return fetched, nil
}

// all reads the inputs with some at a time and prints them in order.
func (r *reader) all(ctx context.Context, workers int) error {
	ins := inputs(r.cmd.Inputs, r.cmd.Text)
	window := make(chan chan *document, max(workers, 1))
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error {
		defer close(window)
		for _, in := range ins {
			slot := make(chan *document, 1)
			select {
			case window <- slot:
			case <-ctx.Done():
				return ctx.Err()
			}
			g.Go(func() error { slot <- r.one(ctx, in); return nil })
		}
		return nil
	})
	failed := 0
	enc := json.NewEncoder(r.app.out)
	enc.SetEscapeHTML(false)
	g.Go(func() error {
		for slot := range window {
			d := <-slot
			if d.Error != nil {
				failed++
			}
			if err := enc.Encode(d); err != nil {
				return fmt.Errorf("write: %w", err)
			}
		}
		return nil
	})
	if err := g.Wait(); err != nil {
		return err
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d inputs could not be read: see their \"error\"", failed, len(ins))
	}
	return nil
}

// one reads one input.
func (r *reader) one(ctx context.Context, in input) *document {
	d := &document{Doc: in.doc}
	page, err := r.page(ctx, in)
	if err != nil {
		d.Error = problemOf(err)
		return d
	}
	opts := content.Options{Explain: r.explain != nil}
	res, err := content.Strip(*page, opts)
	if err != nil {
		d.Error = problemOf(err)
		return d
	}
	if isURL(in.path) {
		if err := crawler.Whole(ctx, r.fetch, res, opts); err != nil {
			r.log.Warn("the article is not whole", "doc", in.doc, "error", err)
		}
	}
	if r.cmd.Published != "" {
		res.Article.Published, res.Article.PublishedBasis = news.Stamp(r.cmd.Published), news.BasisNone
	}
	d.Article = res.Article
	events := r.ext.Extract(res.Article)
	if events == nil {
		events = []news.Record{}
	}
	d.Events = &events
	if err := r.explain.add(in.doc, res.Report, r.ext, res.Article); err != nil {
		d.Error = problemOf(err)
	}
	return d
}

// page brings an input's page.
func (r *reader) page(ctx context.Context, in input) (*news.Page, error) {
	if isURL(in.path) {
		return r.fetch(ctx, in.path)
	}
	body, err := in.read(r.app.in, r.limit)
	if err != nil {
		return nil, err
	}
	return &news.Page{URL: r.cmd.URL, Body: body, Text: in.text, Fetched: r.fetched}, nil
}

// createFile makes a file for output.
func createFile(name string) (*os.File, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", news.ErrForbidden, err)
	}
	return f, nil
}
