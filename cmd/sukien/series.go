package main

import (
	"context"
	"strconv"
	"time"

	"sukien/news"
	"sukien/news/lexicon"
	"sukien/store"
)

// seriesCmd groups what is asked about the registry of series.
type seriesCmd struct {
	List    seriesListCmd    `cmd:"" help:"The series with their last edition, from the lexicon and from events."`
	Overdue seriesOverdueCmd `cmd:"" help:"Series whose next edition should have been by now."`
	Alarms  seriesAlarmsCmd  `cmd:"" help:"Events whose number and date contradict the editions known."`
}

// Example is shown first in --help.
func (seriesCmd) Example() string {
	return "sukien series list\nsukien series overdue\nsukien series alarms"
}

// alarm is an event that contradicts its series.
type alarm struct {
	ID      string    `json:"id"`
	Series  string    `json:"series"`
	Ordinal int       `json:"ordinal"`
	Start   news.Date `json:"start"`
	Why     string    `json:"why"`
}

// registry reads the lexicon's series and lets them learn the editions that the
// store's events tell of, oldest number first; what contradicts is an alarm.
func registry(ctx context.Context, a *app) (list []*lexicon.Series, alarms []alarm, err error) {
	s, _, err := a.settings()
	if err != nil {
		return nil, nil, err
	}
	err = a.reading(ctx, func(st store.Store) error {
		list, alarms, err = seriesIn(ctx, s, st)
		return err
	})
	return list, alarms, err
}

// seriesIn is registry of an open store.
func seriesIn(ctx context.Context, s *Settings, st store.Store) (list []*lexicon.Series, alarms []alarm, err error) {
	lex, err := loadLexicon(s)
	if err != nil {
		return nil, nil, err
	}
	byID := map[string]*lexicon.Series{}
	var ids []string
	for _, e := range lex.All("series") {
		byID[e.ID] = e.Series()
		list, ids = append(list, byID[e.ID]), append(ids, e.ID)
	}
	err = eachRows(0, func(limit int, cursor string) ([]news.Event, string, error) {
		return st.Events(ctx, store.EventQuery{Series: ids, Limit: limit, Cursor: cursor})
	}, func(events []news.Event) error {
		alarms = append(alarms, learn(byID, events)...)
		return nil
	})
	return list, alarms, err
}

// editions counts what is to be looked at in the series.
type editions struct {
	// Alarms are events whose number and date contradict the editions known.
	Alarms int `json:"alarms"`
	// Overdue are series whose next edition should have been by now.
	Overdue int `json:"overdue"`
}

func editionsIn(ctx context.Context, s *Settings, st store.Store, now time.Time) (n editions, err error) {
	list, alarms, err := seriesIn(ctx, s, st)
	n.Alarms = len(alarms)
	for _, x := range list {
		if _, late := x.Overdue(now); late {
			n.Overdue++
		}
	}
	return n, err
}

// learn takes the editions that events tell of.
func learn(byID map[string]*lexicon.Series, events []news.Event) (alarms []alarm) {
	for i := range events {
		e := &events[i]
		s := byID[e.Series]
		if s == nil || e.Ordinal == 0 || !e.Start.HasYear() || e.Parent != nil {
			continue
		}
		if why := s.Contradiction(e.Ordinal, e.Start); why != "" {
			alarms = append(alarms, alarm{e.ID, e.Series, e.Ordinal, e.Start, why})
			continue
		}
		if e.Status == news.Held {
			s.Learn(e.Ordinal, e.Start, e.ID)
		}
	}
	return alarms
}

type seriesListCmd struct {
	Format string `enum:"table,json" default:"table" help:"table or json (a line each, with all editions)."`
}

// Example is shown first in --help.
func (seriesListCmd) Example() string { return "sukien series list --format json" }

// Run prints the series.
func (c *seriesListCmd) Run(ctx context.Context, a *app) error {
	list, _, err := registry(ctx, a)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		return jsonLines[*lexicon.Series](a.out).write(list)
	}
	var rows [][]string
	for _, s := range list {
		row := []string{s.ID, s.Name, strconv.Itoa(len(s.Editions)), "", "", ""}
		if n := len(s.Editions); n > 0 {
			last := s.Editions[n-1]
			row[3], row[4], row[5] = strconv.Itoa(last.Number), string(last.When), last.Seen
		}
		rows = append(rows, row)
	}
	return table(a.out, []string{"ID", "NAME*", "EDITIONS", "LAST", "WHEN", "SEEN"}, rows)
}

type seriesOverdueCmd struct {
	Format string `enum:"table,json" default:"table" help:"table or json (a line each)."`
}

// Example is shown first in --help.
func (seriesOverdueCmd) Example() string { return "sukien series overdue" }

// overdue is an edition that should have been.
type overdue struct {
	Series string    `json:"series"`
	Name   string    `json:"name"`
	Next   int       `json:"next"`
	Due    news.Date `json:"due"`
}

// Run prints what is overdue today.
func (c *seriesOverdueCmd) Run(ctx context.Context, a *app) error {
	list, _, err := registry(ctx, a)
	if err != nil {
		return err
	}
	var late []overdue
	var rows [][]string
	for _, s := range list {
		if e, ok := s.Overdue(time.Now()); ok {
			late = append(late, overdue{s.ID, s.Name, e.Number, e.When})
			rows = append(rows, []string{s.ID, s.Name, strconv.Itoa(e.Number), string(e.When)})
		}
	}
	if c.Format == "json" {
		return jsonLines[overdue](a.out).write(late)
	}
	return table(a.out, []string{"ID", "NAME*", "EDITION", "DUE"}, rows)
}

type seriesAlarmsCmd struct {
	Format string `enum:"table,json" default:"table" help:"table or json (a line each)."`
}

// Example is shown first in --help.
func (seriesAlarmsCmd) Example() string { return "sukien series alarms" }

// Run prints the events to look at.
func (c *seriesAlarmsCmd) Run(ctx context.Context, a *app) error {
	_, alarms, err := registry(ctx, a)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		return jsonLines[alarm](a.out).write(alarms)
	}
	var rows [][]string
	for _, m := range alarms {
		rows = append(rows, []string{m.ID, m.Series, strconv.Itoa(m.Ordinal), string(m.Start), m.Why})
	}
	return table(a.out, []string{"ID", "SERIES", "EDITION", "START", "BUT*"}, rows)
}
