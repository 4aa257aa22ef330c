package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sukien/crawler"
	"sukien/crawler/source"
	"sukien/news"
)

// sourcesAddCmd adds an outlet by its address.
type sourcesAddCmd struct {
	URL    string `arg:"" help:"The outlet's front page."`
	Name   string `help:"What the outlet calls itself. Default: as its front page says."`
	Kind   string `enum:",national,ministry,government,province,agency" default:"" help:"national, ministry, government, province or agency. Default: a guess." placeholder:"KIND"`
	DryRun bool   `help:"Print the file instead of writing it to sources_dir."`
	Force  bool   `help:"Replace the file that the outlet has; take an outlet without a readable article."`
}

// Example is shown first in --help.
func (sourcesAddCmd) Example() string {
	return "sukien sources add https://baoquangninh.vn --dry-run\nSUKIEN_SOURCES_DIR=my-outlets sukien sources add https://baoquangninh.vn --kind province"
}

// Run surveys the outlet and writes its file.
func (c *sourcesAddCmd) Run(ctx context.Context, a *app) error {
	s, _, err := a.settings()
	if err != nil {
		return err
	}
	if s.SourcesDir == "" && !c.DryRun {
		return misuse{fmt.Errorf("%w: sources_dir is not set, and the outlets inside the binary cannot be added to: set it to a folder of your own (SUKIEN_SOURCES_DIR=DIR), or use --dry-run", news.ErrInvalid)}
	}
	list, err := loadSources(s)
	if err != nil {
		return err
	}
	fetch, err := crawler.NewFetcher(crawlerConfig(s, nil))
	if err != nil {
		return misuseIf(err, news.ErrInvalid)
	}
	defer fetch.Close()
	found, err := fetch.Survey(ctx, c.URL, time.Now(), c.tell(a))
	if err != nil {
		return err
	}
	return c.write(a, s, list, found)
}

// tell prints each try on stderr.
func (c *sourcesAddCmd) tell(a *app) func(crawler.Try) {
	return func(t crawler.Try) {
		switch {
		case t.Err != nil:
			fmt.Fprintf(a.err, "%-8s no   %s: %s\n", t.Kind, t.URL, plainCell(t.Err.Error()))
		case t.Kind == "article":
			fmt.Fprintf(a.err, "%-8s yes  %s\n", t.Kind, t.URL)
		default:
			fmt.Fprintf(a.err, "%-8s yes  %s: %d links (%s)\n", t.Kind, t.URL, t.Links, t.From)
		}
	}
}

// write puts what was found into the outlet's file, once it is sure that the
// sources as a whole are right with it.
func (c *sourcesAddCmd) write(a *app, s *Settings, list []*source.Source, found *crawler.Survey) error {
	src := found.Source
	if c.Name != "" {
		src.Name = c.Name
	}
	if c.Kind != "" {
		src.Kind = c.Kind
	}
	var others []*source.Source
	for _, o := range list {
		if o.Domain != src.Domain {
			others = append(others, o)
		} else if !c.Force && !c.DryRun {
			return fmt.Errorf("%w: %s has a file already: --force replaces it", news.ErrBusy, src.Domain)
		}
	}
	data := source.Encode(src)
	parsed, err := source.Parse(src.Domain+".yaml", data)
	if err != nil {
		return err
	}
	if faults := source.Check(append(others, parsed)); len(faults) > 0 {
		return errors.Join(faults...)
	}
	c.sum(a, found)
	if len(found.Articles) == 0 && !c.Force {
		return fmt.Errorf("%w: none of the pages that were found reads as an article: --force takes the outlet all the same", news.ErrInvalid)
	}
	if c.DryRun {
		_, err := a.out.Write(data)
		return err
	}
	file := filepath.Join(s.SourcesDir, src.Domain+".yaml")
	if err := writeWhole(file, data); err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.out, file)
	return err
}

// sum says what was found, and what a person should look at.
func (c *sourcesAddCmd) sum(a *app, found *crawler.Survey) {
	src := found.Source
	fmt.Fprintf(a.err, "%s (%s): %d feeds, %d sections, %d sitemaps of %d addresses tried; %d articles read\n",
		src.Name, src.Domain, len(src.Feeds), len(src.Sections), len(src.Sitemaps), len(found.Tries), len(found.Articles))
	var look []string
	if c.Kind == "" {
		look = append(look, "kind is a guess")
	}
	if c.Name == "" {
		look = append(look, "name is as the front page has it")
	}
	if len(look) > 0 {
		fmt.Fprintf(a.err, "look at it: %s\n", strings.Join(look, "; "))
	}
}

// writeWhole writes a file so that it is there whole or not at all.
func writeWhole(file string, data []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(file), ".sukien-*")
	if err != nil {
		return fmt.Errorf("%w: write %s: %w", news.ErrForbidden, file, err)
	}
	_, err = tmp.Write(data)
	err = errors.Join(err, tmp.Chmod(fs.FileMode(0o644)), tmp.Close())
	if err == nil {
		err = os.Rename(tmp.Name(), file)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("%w: write %s: %w", news.ErrForbidden, file, err), os.Remove(tmp.Name()))
	}
	return nil
}
