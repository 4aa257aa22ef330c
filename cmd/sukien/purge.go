package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"sukien/news"
	"sukien/store"
)

// purgeCmd removes what must not be kept.
type purgeCmd struct {
	URL    string `name:"url" help:"An article's address: the article goes, with all that came of it." placeholder:"URL"`
	Person string `help:"A name: it is taken out of articles, records and events." placeholder:"NAME"`
	Before string `help:"A day: articles published before it go, with all that came of them." placeholder:"DATE"`
	DryRun bool   `help:"Only say which articles it is about."`
}

// Example is shown first in --help.
func (purgeCmd) Example() string {
	return `sukien purge --url https://baochinhphu.vn/mot-bai-102240305.htm --dry-run
sukien purge --person "Nguyễn Văn Mẫu"
sukien purge --before 2015-01-01`
}

// purgeBatch is how many articles are looked for at a time.
const purgeBatch = 100

// Run purges, sends what changed of the events, and leaves a tombstone: an address
// or a name that was purged is not stored again.
func (c *purgeCmd) Run(ctx context.Context, a *app) error {
	what, err := c.what()
	if err != nil {
		return misuse{err}
	}
	if c.DryRun {
		return a.reading(ctx, func(st store.Store) error { return c.show(ctx, a, st, what) })
	}
	a.flags["web.listen"] = ""
	s, log, err := a.begin()
	if err != nil {
		return err
	}
	roles := []string{roleStore}
	p, err := newPipeline(ctx, s, log, roles)
	if err != nil {
		return err
	}
	u := &purging{store: p.store, what: what, changes: map[news.Change]int{}, events: map[string]bool{}}
	err = u.run(ctx, time.Now())
	if err == nil {
		// What was sent of them goes before what is sent now.
		err = p.stream.Forget(ctx, slices.Sorted(maps.Keys(u.events)), u.articles)
	}
	if err == nil {
		err = p.run(ctx, roles, true)
	}
	if err == nil {
		err = u.summary(a)
	}
	return errors.Join(err, p.close())
}

// what is the purge that the flags name.
func (c *purgeCmd) what() (p store.Purge, err error) {
	given := 0
	for _, flag := range []string{c.URL, c.Person, c.Before} {
		if flag != "" {
			given++
		}
	}
	if given != 1 {
		return p, fmt.Errorf("%w: give one of --url, --person and --before", news.ErrInvalid)
	}
	if c.URL != "" {
		p.URL = spelt(c.URL)
	}
	p.Person = c.Person
	if len(p.Tombs()) > 0 && c.Person != "" && p.Tombs()[0].Words < 2 {
		return p, fmt.Errorf("%w: --person %q: write the whole name: one word alone stands in many others", news.ErrInvalid, c.Person)
	}
	if c.Before != "" {
		if p.Before, err = time.ParseInLocation(time.DateOnly, c.Before, news.Hanoi); err != nil {
			return p, fmt.Errorf("%w: --before %q: write a day: 2015-01-01", news.ErrInvalid, c.Before)
		}
	}
	return p, nil
}

// show lists what would be purged.
func (c *purgeCmd) show(ctx context.Context, a *app, st store.Store, what store.Purge) error {
	n, p := 0, &printer{w: a.out}
	err := eachPurgeable(ctx, st, what, func(id string) error {
		art, err := st.Article(ctx, id)
		if err != nil {
			return err
		}
		if n++; n <= purgeBatch {
			p.line("%s  %s", cmp.Or(art.Canonical, art.URL), plainCell(art.Title))
		}
		return p.err
	})
	if err != nil {
		return err
	}
	if n > purgeBatch {
		p.line("and %d more", n-purgeBatch)
	}
	_, err = fmt.Fprintf(a.err, "%d articles; nothing was purged\n", n)
	return errors.Join(p.err, err)
}

// eachPurgeable gives each article that a purge is about to fn, which may remove it.
func eachPurgeable(ctx context.Context, st store.Store, what store.Purge, fn func(id string) error) error {
	for after := ""; ; {
		list, err := st.Purgeable(ctx, what, after, purgeBatch)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, id := range list {
			if err := ctx.Err(); err != nil {
				return fmt.Errorf("interrupted: run the same again to go on: %w", err)
			}
			if err := fn(id); err != nil {
				return err
			}
			after = id
		}
	}
}

// purging is a purge under way.
type purging struct {
	store    store.Store
	what     store.Purge
	articles []string
	records  int
	events   map[string]bool
	changes  map[news.Change]int
}

func (u *purging) run(ctx context.Context, now time.Time) error {
	if err := u.store.Entomb(ctx, u.what, now); err != nil {
		return err
	}
	return eachPurgeable(ctx, u.store, u.what, func(id string) error {
		done, err := u.store.PurgeArticle(ctx, id, u.what, now)
		if err != nil {
			return err
		}
		u.articles, u.records = append(u.articles, id), u.records+done.Records
		for _, e := range done.Events {
			u.events[e] = true
		}
		for ch, n := range done.Changes {
			u.changes[ch] += n
		}
		return nil
	})
}

func (u *purging) summary(a *app) error {
	p := &printer{w: a.err}
	p.line("%d articles, %d records, %d events touched", len(u.articles), u.records, len(u.events))
	for _, ch := range news.Changes {
		if n := u.changes[ch]; n > 0 {
			p.line("%d messages %s", n, ch)
		}
	}
	return p.err
}
