package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"sukien/news"
)

// runCmd is the whole system.
type runCmd struct {
	Once    bool     `help:"Crawl what is due, carry it to the end, and stop."`
	Roles   []string `help:"Only these of crawl, extract, store, serve." placeholder:"ROLE,…"`
	NATS    string   `name:"nats" help:"An outside NATS (setting nats.url)." placeholder:"URL"`
	WarcOut string   `name:"warc-out" type:"path" help:"Also write what is fetched as WARC 1.1 into this folder (setting crawler.warc_dir)." placeholder:"DIR"`
}

// Example is shown first in --help.
func (runCmd) Example() string {
	return "sukien run\nsukien run --once\nsukien run --warc-out archive/\nsukien run --roles extract --nats nats://10.0.0.5:4222"
}

// Run works until it is told to stop, or once.
func (c *runCmd) Run(ctx context.Context, a *app) error {
	roles, err := c.roles()
	if err != nil {
		return err
	}
	if c.NATS != "" {
		a.flags["nats.url"] = c.NATS
	}
	if c.WarcOut != "" {
		a.flags["crawler.warc_dir"] = c.WarcOut
	}
	s, log, err := a.begin()
	if err != nil {
		return err
	}
	p, err := newPipeline(ctx, s, log, roles)
	if err != nil {
		return err
	}
	stop := showProgress(a.err, p)
	err = p.run(ctx, roles, c.Once)
	stop()
	if c.Once && err == nil {
		err = p.summary(context.WithoutCancel(ctx), a.err)
	}
	return errors.Join(err, p.close())
}

// roles are the roles asked for, all without --roles. A run --once has no use
// for serving.
func (c *runCmd) roles() ([]string, error) {
	for _, r := range c.Roles {
		if !slices.Contains(allRoles, r) {
			return nil, misuse{fmt.Errorf("%w: --roles %s: write some of %s", news.ErrInvalid, r, strings.Join(allRoles, ","))}
		}
	}
	if len(c.Roles) > 0 {
		return c.Roles, nil
	}
	if c.Once {
		return []string{roleCrawl, roleExtract, roleStore}, nil
	}
	return allRoles, nil
}

// showProgress tells how far the crawl is.
func showProgress(w io.Writer, p *pipeline) func() {
	if p.crawler == nil {
		return func() {}
	}
	return every(w, p.progress)
}

func (p *pipeline) progress() string {
	st := p.crawler.Stats()
	return fmt.Sprintf("%d pages, %d articles, %d records, %d failures", st.Pages, st.Articles, p.records.Load(), total(st.Failures))
}

func total(m map[string]int64) (n int64) {
	for _, v := range m {
		n += v
	}
	return n
}

// summary says what a run --once has done.
func (p *pipeline) summary(ctx context.Context, w io.Writer) error {
	if p.store == nil || p.crawler == nil {
		return nil
	}
	c, err := p.store.Counts(ctx)
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	out := &printer{w: w}
	out.line("%s", p.progress())
	for _, ch := range news.Changes {
		if n := p.changes[ch]; n > 0 {
			out.line("%d messages %s", n, ch)
		}
	}
	st := p.crawler.Stats()
	for _, class := range sortedKeys(st.Failures) {
		out.line("%d failures of class %s", st.Failures[class], class)
	}
	out.line("in the store: %d articles, %d events, %d only mentioned, %d dead letters", c.Articles, c.Events, c.Mentions, c.Dead)
	return out.err
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
