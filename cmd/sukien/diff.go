package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"sukien/extractor"
	"sukien/news"
	"sukien/store"
)

// rulesDiffCmd tells what other rules would change.
type rulesDiffCmd struct {
	again
	Rules   string `help:"The folder of the other rules." type:"existingdir" placeholder:"DIR"`
	Lexicon string `help:"The folder of the other lexicons." type:"existingdir" placeholder:"DIR"`
	Format  string `enum:"table,json" default:"table" help:"table, or json (a line for each article that differs)."`
}

// Example is shown first in --help.
func (rulesDiffCmd) Example() string {
	return "sukien rules diff --rules my-rules --limit 500\nsukien rules diff --lexicon my-lexicon --source baochinhphu.vn --format json"
}

// Run extracts stored articles with the rules in force and with the others.
func (c *rulesDiffCmd) Run(ctx context.Context, a *app) error {
	if c.Rules == "" && c.Lexicon == "" {
		return misuse{fmt.Errorf("%w: nothing to compare with: give --rules or --lexicon", news.ErrInvalid)}
	}
	q, err := c.query(news.PageArticle)
	if err != nil {
		return err
	}
	before, after, err := c.extractors(a)
	if err != nil {
		return err
	}
	d := &rulesDiff{before: before, after: after, slots: map[string]int{}}
	write, end := d.writer(a, c.Format)
	return a.reading(ctx, func(st store.Store) error {
		d.articles, err = eachPage(ctx, st, q, c.Limit, func(list []news.Article, _ string) error {
			for i := range list {
				if err := errors.Join(ctx.Err(), d.article(&list[i], write)); err != nil {
					return err
				}
			}
			return nil
		})
		return cmp.Or(err, end(), d.summary(a))
	})
}

// extractors are the one in force and the other, which has what is not given
// from the one in force.
func (c *rulesDiffCmd) extractors(a *app) (before, after *extractor.Extractor, err error) {
	s, _, err := a.settings()
	if err != nil {
		return nil, nil, err
	}
	if before, err = newExtractor(s); err != nil {
		return nil, nil, err
	}
	other := *s
	if c.Rules != "" {
		other.RulesDir = c.Rules
	}
	if c.Lexicon != "" {
		other.LexiconDir = c.Lexicon
	}
	after, err = newExtractor(&other)
	return before, after, err
}

// rulesDiff counts what differs.
type rulesDiff struct {
	before, after                             *extractor.Extractor
	articles, differ, added, removed, changed int
	slots                                     map[string]int
}

// articleDiff is what differs in one article: a line of the JSON.
type articleDiff struct {
	Article string        `json:"article"`
	URL     string        `json:"url,omitempty"`
	Title   string        `json:"title,omitempty"`
	Added   []news.Record `json:"added,omitempty"`
	Removed []news.Record `json:"removed,omitempty"`
	Changed []recordDiff  `json:"changed,omitempty"`
}

// recordDiff is a record that both have, with the slots that differ.
type recordDiff struct {
	Name  string     `json:"name"`
	Slots []slotDiff `json:"slots"`
}

// slotDiff is one slot; a side that has nothing is left out.
type slotDiff struct {
	Slot   string `json:"slot"`
	Before any    `json:"before,omitempty"`
	After  any    `json:"after,omitempty"`
}

func (d *rulesDiff) article(a *news.Article, write func(*articleDiff) error) error {
	diff, err := diffRecords(d.before.Extract(a), d.after.Extract(a))
	if err != nil {
		return fmt.Errorf("article %s: %w", a.ID, err)
	}
	if len(diff.Added)+len(diff.Removed)+len(diff.Changed) == 0 {
		return nil
	}
	diff.Article, diff.URL, diff.Title = a.ID, a.URL, a.Title
	d.differ++
	d.added, d.removed, d.changed = d.added+len(diff.Added), d.removed+len(diff.Removed), d.changed+len(diff.Changed)
	for _, c := range diff.Changed {
		for _, s := range c.Slots {
			d.slots[s.Slot]++
		}
	}
	return write(diff)
}

// diffRecords pairs the records of an article: by name and kind, then by the
// words that the name was read from. What has no pair was added or removed.
func diffRecords(before, after []news.Record) (*articleDiff, error) {
	diff := &articleDiff{}
	partner := pair(before, after)
	for i, j := range partner {
		if j < 0 {
			diff.Removed = append(diff.Removed, before[i])
			continue
		}
		slots, err := diffSlots(before[i].Slots, after[j].Slots)
		if err != nil {
			return nil, err
		}
		if len(slots) > 0 {
			diff.Changed = append(diff.Changed, recordDiff{after[j].Name, slots})
		}
	}
	for j := range after {
		if !slices.Contains(partner, j) {
			diff.Added = append(diff.Added, after[j])
		}
	}
	return diff, nil
}

// pair gives for each record of before its partner in after, -1 for none.
func pair(before, after []news.Record) []int {
	partner := slices.Repeat([]int{-1}, len(before))
	for _, same := range []func(x, y *news.Record) bool{
		func(x, y *news.Record) bool { return x.Name == y.Name && x.Kind == y.Kind },
		func(x, y *news.Record) bool { return overlap(x, y, "name") },
		func(x, y *news.Record) bool { return overlap(x, y, "kind") },
	} {
		for i := range before {
			for j := range after {
				if partner[i] < 0 && !slices.Contains(partner, j) && same(&before[i], &after[j]) {
					partner[i] = j
				}
			}
		}
	}
	return partner
}

// overlap tells whether a slot of both was read from words in common.
func overlap(x, y *news.Record, slot string) bool {
	return slices.ContainsFunc(x.Evidence, func(a news.Evidence) bool {
		return a.Slot == slot && slices.ContainsFunc(y.Evidence, func(b news.Evidence) bool {
			return b.Slot == slot && a.In == b.In && a.From < b.To && b.From < a.To
		})
	})
}

// diffSlots lists the slots that differ, by their JSON names; confidence
// and evidence are no slots of the meeting.
func diffSlots(before, after news.Slots) ([]slotDiff, error) {
	x, err := slotValues(before)
	if err != nil {
		return nil, err
	}
	y, err := slotValues(after)
	if err != nil {
		return nil, err
	}
	var out []slotDiff
	for _, name := range store.Changed(before, after) {
		out = append(out, slotDiff{name, x[name], y[name]})
	}
	return out, nil
}

func slotValues(s news.Slots) (map[string]any, error) {
	data, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	values := map[string]any{}
	return values, json.Unmarshal(data, &values)
}

// writer prints the differences as they come, a table at the end.
func (d *rulesDiff) writer(a *app, format string) (write func(*articleDiff) error, end func() error) {
	if format == "json" {
		enc := json.NewEncoder(a.out)
		enc.SetEscapeHTML(false)
		return func(diff *articleDiff) error { return enc.Encode(diff) }, func() error { return nil }
	}
	var rows [][]string
	return func(diff *articleDiff) error {
			rows = append(rows, diffRows(diff)...)
			return nil
		}, func() error {
			if len(rows) == 0 {
				return nil
			}
			return table(a.out, []string{"CHANGE", "MEETING*", "SLOT", "BEFORE", "AFTER", "ID"}, rows)
		}
}

func diffRows(d *articleDiff) [][]string {
	var rows [][]string
	for i := range d.Added {
		rows = append(rows, []string{"added", d.Added[i].Name, "", "", recordCell(&d.Added[i]), d.Article})
	}
	for i := range d.Removed {
		rows = append(rows, []string{"removed", d.Removed[i].Name, "", recordCell(&d.Removed[i]), "", d.Article})
	}
	for _, c := range d.Changed {
		for _, s := range c.Slots {
			rows = append(rows, []string{"changed", c.Name, s.Slot, sideCell(s.Before, s.After), sideCell(s.After, s.Before), d.Article})
		}
	}
	return rows
}

func recordCell(r *news.Record) string {
	return strings.Join(strings.Fields(strings.Join([]string{string(r.Salience), string(r.Kind), string(r.Start)}, " ")), " ")
}

// summary counts on stderr.
func (d *rulesDiff) summary(a *app) error {
	p := &printer{w: a.err}
	p.line("%d articles, %d differ: %d records added, %d removed, %d changed", d.articles, d.differ, d.added, d.removed, d.changed)
	for _, slot := range sortedKeys(d.slots) {
		p.line("  %-14s %d", slot, d.slots[slot])
	}
	p.line("rules in force %s, others %s", d.before.Pack(), d.after.Pack())
	return p.err
}
