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

// healthTable has a row for each outlet: those with something to look at first.
func healthTable(a *app, list []store.SourceHealth, links []store.LinkCount, now time.Time) error {
	due := map[string]store.LinkCount{}
	for _, c := range links {
		due[c.Source] = c
	}
	slices.SortStableFunc(list, func(a, b store.SourceHealth) int { return cmp.Compare(len(b.Findings), len(a.Findings)) })
	var rows [][]string
	for _, h := range list {
		last := "never"
		if !h.LastYield.IsZero() {
			last = h.LastYield.Local().Format("2006-01-02 15:04")
		}
		rows = append(rows, []string{
			h.Source, last, strconv.Itoa(h.Articles), strconv.FormatFloat(h.Usual, 'f', 1, 64), strconv.Itoa(due[h.Source].Due), classCounts(h.Errors),
			robotsCell(h.Hosts), paceCell(h.Hosts, now), delayCell(h.Delay), findingCell(h.Findings),
		})
	}
	return table(a.out, []string{"SOURCE", "LAST NEW", "24H", "USUAL", "DUE", "ERRORS", "ROBOTS", "PACE", "DELAY", "NOTE*"}, rows)
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
		return "rests until " + rest.Local().Format("15:04")
	}
	return slow.Round(100 * time.Millisecond).String()
}

func delayCell(d store.Delay) string {
	if d.Messages == 0 {
		return ""
	}
	return fmt.Sprintf("≤ %s, 9 of 10 ≤ %s", short(d.Half), short(d.Most))
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

func findingCell(list []store.Finding) string {
	var parts []string
	for _, f := range list {
		parts = append(parts, f.Kind+": "+f.Detail)
	}
	return strings.Join(parts, "; ")
}
