package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"sukien/crawler"
	"sukien/news"
	"sukien/store"
)

// watch keeps in the store how the outlets do.
type watch struct{ store.Watch }

// Observe is of crawler.Watcher.
func (w watch) Observe(ctx context.Context, o crawler.Observation) error {
	out := store.Observation{
		Source: o.Source, Host: o.Host, At: o.At, Well: o.Well, Counts: map[string]int{},
		State: &store.HostState{Robots: o.Robots, Pace: o.Pace, Rest: o.Rest},
	}
	count := func(name string, n int) {
		if n > 0 {
			out.Counts[name] = n
		}
	}
	count(store.CountArticles, o.Articles)
	count(store.CountPages, o.Pages)
	for class, n := range o.Failed {
		count(store.CountFailed+class, n)
	}
	for _, f := range o.Findings {
		out.Findings = append(out.Findings, store.Finding{Kind: f.Kind, About: f.About, Detail: f.Detail, Times: f.Times})
	}
	return w.Watch.Observe(ctx, out)
}

// delayed counts how long an article's first message came after its
// publication, where that is known to the minute. Only the live crawl tells
// how quick the system is.
func (p *pipeline) delayed(ctx context.Context, x news.Extraction, done store.Ingested, now time.Time) error {
	if x.Origin != news.Live || done.Changes[news.New] == 0 {
		return nil
	}
	a, err := p.store.Article(ctx, x.ArticleID)
	if err != nil {
		return err
	}
	at, ok := a.Published.Time()
	if !ok || !a.Published.Precise() || a.Source == "" || at.After(now) {
		return nil
	}
	return p.store.Observe(ctx, store.Observation{Source: a.Source, At: now, Counts: map[string]int{store.DelayCount(now.Sub(at)): 1}})
}

// healthTable has a row for each outlet, and below it what is to be looked at.
func healthTable(a *app, list []store.SourceHealth, links []store.LinkCount, now time.Time) error {
	due := map[string]int{}
	for _, c := range links {
		due[c.Source] = c.Due
	}
	var rows [][]string
	for _, h := range list {
		last := "never"
		if !h.LastYield.IsZero() {
			last = h.LastYield.Local().Format("2006-01-02 15:04")
		}
		rows = append(rows, []string{
			h.Source, last, fmt.Sprintf("%d/%.1f", h.Articles, h.Usual), strconv.Itoa(due[h.Source]), classCounts(h.Errors),
			robotsCell(h.Hosts), paceCell(h.Hosts, now), delayCell(h.Delay), findingCell(h.Findings),
		})
	}
	if err := table(a.out, []string{"SOURCE", "LAST NEW", "24H/USUAL", "DUE", "ERRORS*", "ROBOTS", "PACE", "DELAY", "NOTE"}, rows); err != nil {
		return err
	}
	p := &printer{w: a.out}
	for _, h := range list {
		for _, f := range h.Findings {
			p.line("%s %s since %s, %d times: %s", h.Source, f.Kind, f.First.Local().Format("2006-01-02 15:04"), f.Times, plainCell(f.Detail))
		}
	}
	return p.err
}

// classCounts are the failures of a day by class, most first.
func classCounts(errors map[string]int) string {
	keys := sortedKeys(errors)
	slices.SortStableFunc(keys, func(a, b string) int { return cmp.Compare(errors[b], errors[a]) })
	var parts []string
	for _, k := range keys {
		parts = append(parts, fmt.Sprintf("%s %d", k, errors[k]))
	}
	return strings.Join(parts, ", ")
}

// robotsCell is the strictest word of the hosts.
func robotsCell(hosts []store.HostState) string {
	for _, word := range []string{"unreachable", "disallows all", "rules", "none"} {
		if slices.ContainsFunc(hosts, func(h store.HostState) bool { return h.Robots == word }) {
			return word
		}
	}
	return ""
}

// paceCell is the slowest pace of the hosts, or until when one of them rests.
func paceCell(hosts []store.HostState, now time.Time) string {
	var slow time.Duration
	var rest time.Time
	for _, h := range hosts {
		slow = max(slow, h.Pace)
		if h.Rest.After(rest) {
			rest = h.Rest
		}
	}
	if rest.After(now) {
		return "rests " + rest.Local().Format("15:04")
	}
	return slow.Round(100 * time.Millisecond).String()
}

// delayCell is within what half of the messages came, and nine tenths.
func delayCell(d store.Delay) string {
	if d.Messages == 0 {
		return ""
	}
	return short(d.Half) + "/" + short(d.Most)
}

// short is a duration as 30m, 2h or 7d.
func short(d time.Duration) string {
	switch {
	case d >= 48*time.Hour:
		return fmt.Sprintf("%dd", d/(24*time.Hour))
	case d >= time.Hour:
		return fmt.Sprintf("%dh", d/time.Hour)
	}
	return fmt.Sprintf("%dm", d/time.Minute)
}

// findingCell names the kinds; what each says stands below the table.
func findingCell(list []store.Finding) string {
	var kinds []string
	for _, f := range list {
		if !slices.Contains(kinds, f.Kind) {
			kinds = append(kinds, f.Kind)
		}
	}
	return strings.Join(kinds, ", ")
}
