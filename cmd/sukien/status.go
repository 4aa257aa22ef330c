package main

import (
	"context"
	"encoding/json"
	"time"

	"sukien/store"
	"sukien/stream"
)

// statusCmd shows how the system does.
type statusCmd struct {
	Format string `enum:"text,json" default:"text" help:"text or json."`
}

// Example is shown first in --help.
func (statusCmd) Example() string { return "sukien status" }

// health is what status knows. Queues are absent when no NATS answers.
type health struct {
	Store   store.Counts      `json:"store"`
	Sources []store.LinkCount `json:"sources"`
	// Health is how the outlets do, where they were visited.
	Health []store.SourceHealth `json:"health"`
	// Pushes are what waits for saved searches.
	Pushes []store.PushDepth `json:"pushes,omitempty"`
	Queues []stream.Depth    `json:"queues,omitempty"`
	NATS   string            `json:"nats"`
	// Series is what is to be looked at in the series of meetings.
	Series editions `json:"series"`
	// Disk says why crawling pauses for want of room; empty when there is enough.
	Disk string `json:"disk,omitempty"`
}

// Run prints counts, sources and queues.
func (c *statusCmd) Run(ctx context.Context, a *app) error {
	s, _, err := a.settings()
	if err != nil {
		return err
	}
	var h health
	err = a.reading(ctx, func(st store.Store) (err error) {
		if h.Store, err = st.Counts(ctx); err != nil {
			return err
		}
		if h.Sources, err = st.LinkCounts(ctx, time.Now()); err != nil {
			return err
		}
		if h.Pushes, err = st.PushDepths(ctx); err != nil {
			return err
		}
		if h.Series, err = editionsIn(ctx, s, st, time.Now()); err != nil {
			return err
		}
		h.Health, err = st.SourceHealth(ctx, time.Now())
		return err
	})
	if err != nil {
		return err
	}
	h.Queues, h.NATS = queues(ctx, a, s)
	h.Disk = newDiskRoom(s, nil).short()
	if c.Format == "json" {
		return json.NewEncoder(a.out).Encode(h)
	}
	return h.print(a)
}

// queues asks the running system's NATS; that none answers is a finding, not a failure.
func queues(ctx context.Context, a *app, s *Settings) ([]stream.Depth, string) {
	log, err := a.logger(s)
	if err != nil {
		return nil, err.Error()
	}
	conn, err := dial("", s, log)
	if err != nil {
		return nil, "not running (" + err.Error() + ")"
	}
	defer conn.Close()
	depths, err := conn.Depths(ctx)
	if err != nil {
		return nil, err.Error()
	}
	return depths, "running"
}

func (h *health) print(a *app) error {
	p := &printer{w: a.out}
	p.line("articles %d (%d not read yet), events %d and %d only mentioned, unsent messages %d, dead letters %d",
		h.Store.Articles, h.Store.Unextracted, h.Store.Events, h.Store.Mentions, h.Store.Unsent, h.Store.Dead)
	p.line("series: %d events whose number and date disagree (sukien series alarms), %d with an edition overdue (sukien series overdue)", h.Series.Alarms, h.Series.Overdue)
	if h.Disk != "" {
		p.line("crawling pauses: %s", h.Disk)
	}
	p.line("NATS: %s", h.NATS)
	for _, q := range h.Queues {
		for _, c := range q.Consumers {
			p.line("  %-16s %-12s %d waiting, %d under way", q.Stream, c.Name, c.Pending, c.Unacked)
		}
	}
	for _, d := range h.Pushes {
		late := max(time.Since(d.Oldest), 0).Round(time.Second)
		p.line("  push %-24s %d waiting, %d tried in vain, %s late", d.Search, d.Waiting, d.Failing, late)
	}
	if p.err != nil || len(h.Health) == 0 {
		return p.err
	}
	p.line("")
	if p.err != nil {
		return p.err
	}
	return healthTable(a, h.Health, h.Sources, time.Now())
}
