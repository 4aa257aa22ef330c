package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"sukien/crawler/crawlertest"
	"sukien/news"
	"sukien/store"
)

// demoCmd is a guided tour.
type demoCmd struct {
	Leave bool   `name:"exit" help:"Do not leave the web pages open: print the events and stop."`
	Web   string `default:"127.0.0.1:0" help:"Where the web pages listen." placeholder:"ADDR"`
}

// Example is shown first in --help.
func (demoCmd) Example() string { return "sukien demo\nsukien demo --exit" }

// Run serves a made-up news site on loopback, crawls it into a store of its
// own, and shows what came of it. Nothing is left behind, but what --store keeps.
func (c *demoCmd) Run(ctx context.Context, a *app) error {
	dir, err := os.MkdirTemp("", "sukien-demo-")
	if err != nil {
		return fmt.Errorf("%w: a folder for the tour: %w", news.ErrForbidden, err)
	}
	defer os.RemoveAll(dir)
	site, err := crawlertest.New(crawlertest.Options{Now: time.Now()})
	if err != nil {
		return err
	}
	defer site.Close()
	s, err := c.settings(a, site, dir)
	if err != nil {
		return err
	}
	log, err := a.logger(s)
	if err != nil {
		return err
	}
	p, err := newPipeline(ctx, s, log, allRoles)
	if err != nil {
		return err
	}
	return errors.Join(c.tour(ctx, a, p, site), p.close())
}

// settings points everything at the made-up site and a folder of the tour's own.
func (c *demoCmd) settings(a *app, site *crawlertest.Site, dir string) (*Settings, error) {
	sources := filepath.Join(dir, "sources")
	if err := os.Mkdir(sources, 0o750); err != nil {
		return nil, err
	}
	if err := site.WriteSources(sources); err != nil {
		return nil, err
	}
	ca, err := site.WriteCA(dir)
	if err != nil {
		return nil, err
	}
	for key, value := range map[string]any{
		"data_dir": filepath.Join(dir, "data"), "sources_dir": sources, "store.url": "", "nats.url": "", "nats.listen": "127.0.0.1:0",
		"web.listen": c.Web, "crawler.proxy": site.URL(), "crawler.ca_file": ca, "crawler.allow_private": "127.0.0.0/8", "log.level": "warn",
	} {
		a.flags[key] = value
	}
	s, _, err := a.settings()
	return s, err
}

// tour crawls, tells, and waits.
func (c *demoCmd) tour(ctx context.Context, a *app, p *pipeline, site *crawlertest.Site) error {
	out := &printer{w: a.out}
	out.line("A made-up news site of %d articles stands on loopback. Crawling it …", len(site.Articles()))
	began := time.Now()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	crawled := make(chan error, 1)
	done := make(chan error, 1)
	go func() { done <- p.run(ctx, c.rolesAfter(), false) }()
	go func() { crawled <- cmp.Or(p.crawler.RunOnce(ctx), p.drain(ctx)) }()
	select {
	case err := <-crawled:
		if err != nil {
			stop()
			return errors.Join(err, <-done)
		}
	case err := <-done:
		stop()
		return errors.Join(err, <-crawled)
	}
	out.line("page ─▶ article ─▶ record ─▶ event: %s in %.1f s.\n", p.progress(), time.Since(began).Seconds())
	if out.err == nil {
		out.err = c.show(ctx, a, p.store)
	}
	if out.err != nil || c.Leave {
		stop()
		return errors.Join(out.err, <-done)
	}
	out.line("\nOpen %s and click an event: each slot's words are marked in its article.", p.webURL)
	out.line("Listen in another terminal:  sukien subscribe --nats %s --since 2000-01-01", p.stream.Address())
	out.line("Ctrl-C ends the tour; nothing is left behind.")
	return errors.Join(out.err, <-done)
}

// rolesAfter are the roles beside the crawl, which the tour runs itself.
func (c *demoCmd) rolesAfter() []string { return []string{roleExtract, roleStore, roleServe} }

// show prints the events and one of them with its words.
func (c *demoCmd) show(ctx context.Context, a *app, st store.Store) error {
	events, _, err := st.Events(ctx, store.EventQuery{Limit: 100})
	if err != nil {
		return err
	}
	if len(events) == 0 {
		return fmt.Errorf("the tour found no events: that is a fault of this build")
	}
	w, err := newEventWriter(a.out, "table")
	if err != nil {
		return err
	}
	if err := cmp.Or(w.write(events), w.end()); err != nil {
		return err
	}
	best := &events[0]
	for i := range events {
		if len(events[i].Records)*10+len(events[i].Officials) > len(best.Records)*10+len(best.Officials) {
			best = &events[i]
		}
	}
	told, err := st.Tellings(ctx, best.ID)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "\nOne of them, with the words that say so:\n\n")
	full, err := st.Event(ctx, best.ID)
	if err != nil {
		return err
	}
	p := &printer{w: a.out}
	printEvent(p, full, told)
	return p.err
}
