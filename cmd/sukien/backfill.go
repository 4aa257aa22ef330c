package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"sukien/news"
)

// backfillCmd reads an archive once: an outlet's own, web archives, or saved pages.
type backfillCmd struct {
	Args    []string `arg:"" optional:"" name:"source" help:"The outlet whose archive is read; with --warc or --files further files of them."`
	From    string   `help:"The first day of the outlet's archive." placeholder:"DATE"`
	To      string   `help:"The last day, today when left out." placeholder:"DATE"`
	Warc    []string `help:"WARC files, plain or gzip; - is standard input." placeholder:"FILE"`
	Files   []string `help:"Saved pages: HTML files, directories of them, or JSON lines {\"url\",\"fetched\",\"html\"} (.jsonl, .jsonl.gz)." placeholder:"PATH"`
	Source  []string `name:"source" help:"Of --warc and --files only the pages of these outlets." placeholder:"DOMAIN"`
	Host    []string `help:"Of --warc and --files only the pages of these hosts and those below them." placeholder:"HOST"`
	By      []string `help:"How to go through the outlet's archive, some of archive (its pattern), sitemaps, sections; else each in turn until one gives articles." placeholder:"WAY,…"`
	DryRun  bool     `help:"Only count what the outlet's archive has, by month; nothing is stored."`
	Restart bool     `help:"Begin anew where an earlier run of the same was interrupted."`
}

// Example is shown first in --help.
func (backfillCmd) Example() string {
	return `sukien backfill baochinhphu.vn --from 2024-01-01 --to 2024-12-31
sukien backfill baochinhphu.vn --from 2024-01-01 --dry-run
sukien backfill --warc CC-NEWS-20240305-00017.warc.gz --source baochinhphu.vn
zcat old.warc.gz | sukien backfill --warc -
sukien backfill --files saved-pages/
sukien backfill --files archive-2019.jsonl.gz archive-2020.jsonl.gz`
}

// Run reads the archive into the store, marked origin backfill. Run again after
// an interruption, it goes on behind the last page that was stored.
func (c *backfillCmd) Run(ctx context.Context, a *app) error {
	a.flags["web.listen"] = ""
	s, _, err := a.settings()
	if err != nil {
		return err
	}
	if len(c.Warc)+len(c.Files) == 0 && len(c.Args) == 1 {
		return c.site(ctx, a, s)
	}
	in, err := c.inputs(a)
	if err != nil {
		return err
	}
	out, err := newOutlets(s, c.Source, c.Host)
	if err != nil {
		return err
	}
	log, err := a.logger(s)
	if err != nil {
		return err
	}
	roles := []string{roleExtract, roleStore}
	p, err := newPipeline(ctx, s, log, roles)
	if err != nil {
		return err
	}
	b := &backfill{pipeline: p, err: a.err, inputs: in, outlets: out, limit: s.Crawler.MaxBody, restart: c.Restart}
	b.name = b.bookmarkName(c)
	p.feed = b.read
	stop := b.showProgress()
	err = p.run(ctx, roles, true)
	stop()
	if err == nil {
		err = b.end(ctx)
	}
	return errors.Join(err, p.close())
}

// inputs are the files asked for.
func (c *backfillCmd) inputs(a *app) ([]archiveInput, error) {
	switch {
	case len(c.Warc) > 0 && len(c.Files) > 0:
		return nil, misuse{fmt.Errorf("%w: give --warc or --files, not both", news.ErrInvalid)}
	case len(c.Warc) > 0:
		return warcInputs(append(c.Warc, c.Args...), a.in)
	case len(c.Files) > 0:
		return fileInputs(append(c.Files, c.Args...)), nil
	}
	return nil, misuse{fmt.Errorf("%w: give SOURCE, --warc FILE or --files PATH", news.ErrInvalid)}
}

// bookmarkName names the run: the same inputs, of the same size, with the same
// filters go on where they were.
func (b *backfill) bookmarkName(c *backfillCmd) string {
	parts := []string{"backfill", strings.Join(c.Source, " "), strings.Join(c.Host, " ")}
	for _, in := range b.inputs {
		parts = append(parts, in.name, fmt.Sprint(in.size))
	}
	return "backfill/" + news.HashID("b", parts...)
}
