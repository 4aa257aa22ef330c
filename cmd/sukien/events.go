package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"sukien/news"
	"sukien/store"
	"sukien/web"
)

// eventsCmd queries events.
type eventsCmd struct {
	List eventsListCmd `cmd:"" default:"withargs" help:"List events."`
	Show eventsShowCmd `cmd:"" help:"One event with its history, articles and evidence."`

	Confirm eventsConfirmCmd `cmd:"" help:"An event is right as it stands: keep it so."`
	Edit    eventsEditCmd    `cmd:"" help:"Set slots, kept over every later reading."`
	Merge   eventsMergeCmd   `cmd:"" help:"Several events are one meeting."`
	Split   eventsSplitCmd   `cmd:"" help:"Some articles of an event tell of another meeting."`
	Reject  eventsRejectCmd  `cmd:"" help:"An event is no meeting."`
	Undo    eventsUndoCmd    `cmd:"" help:"Take a correction back."`
}

// Example is shown first in --help.
func (eventsCmd) Example() string {
	return "sukien events --from 2026-11-01 --place \"Hà Nội\"\nsukien events --level international --format ics > meetings.ics"
}

type eventsListCmd struct {
	filters
	Status   []string `help:"held, upcoming, postponed, cancelled." placeholder:"STATUS"`
	From     string   `help:"First day, 2026-11-01." placeholder:"D"`
	To       string   `help:"Last day." placeholder:"D"`
	Mentions bool     `help:"Also events that are only mentioned."`
	Limit    int      `help:"At most so many rows. Default: 50 on a terminal, else all." placeholder:"N"`
	Format   string   `enum:"table,json,csv,ics,geojson,parquet" default:"table" help:"table, json (a line each), csv, ics (calendar; events whose day is known), geojson (those with coordinates) or parquet."`
}

// Example is shown first in --help.
func (eventsListCmd) Example() string {
	return "sukien events --from 2026-11-01 --place \"Hà Nội\"\nsukien events --series ammswd --format json\nsukien events --level international --format ics > meetings.ics\nsukien events show ID"
}

// Run prints the events, latest first.
func (c *eventsListCmd) Run(ctx context.Context, a *app) error {
	q, err := c.query()
	if err != nil {
		return err
	}
	if c.Format == "parquet" && isTerminal(a.out) {
		return misuse{fmt.Errorf("%w: parquet is no text for a terminal: write > events.parquet", news.ErrInvalid)}
	}
	w, err := newEventWriter(a.out, c.Format)
	if err != nil {
		return err
	}
	return a.reading(ctx, func(st store.Store) error {
		err := eachRows(rowLimit(c.Limit, a.out), func(limit int, cursor string) ([]news.Event, string, error) {
			q.Limit, q.Cursor = limit, cursor
			return st.Events(ctx, q)
		}, w.write)
		if err != nil {
			return err
		}
		return w.end()
	})
}

// query turns the flags into a query.
func (c *eventsListCmd) query() (q store.EventQuery, err error) {
	if err := c.check(); err != nil {
		return q, err
	}
	q = store.EventQuery{Series: c.Series, Source: c.Source, Places: c.Place, Officials: c.Official, Words: c.Words,
		From: news.Date(c.From), To: news.Date(c.To), Mentions: c.Mentions}
	for _, d := range []news.Date{q.From, q.To} {
		if err := d.Check(); err != nil {
			return q, misuse{err}
		}
	}
	for _, k := range c.Kind {
		q.Kinds = append(q.Kinds, news.Kind(k))
	}
	for _, l := range c.Level {
		q.Levels = append(q.Levels, news.Level(l))
	}
	for _, s := range c.Status {
		q.Statuses = append(q.Statuses, news.Status(s))
	}
	return q, nil
}

func newEventWriter(out io.Writer, format string) (*rowWriter[news.Event], error) {
	switch format {
	case "json":
		return jsonLines[news.Event](out), nil
	case "csv", "ics", "geojson", "parquet":
		x, err := web.NewExport(out, format)
		if err != nil {
			return nil, err
		}
		return &rowWriter[news.Event]{x.Write, x.Close}, nil
	}
	var rows [][]string
	return &rowWriter[news.Event]{func(list []news.Event) error {
		for i := range list {
			rows = append(rows, eventRow(&list[i]))
		}
		return nil
	}, func() error {
		return table(out, []string{"WHEN", "KIND", "NAME*", "PLACE", "OFFICIALS", "SRC", "ID"}, rows)
	}}, nil
}

func eventRow(e *news.Event) []string {
	return []string{when(e), string(e.Kind), e.Name, placeNames(e), officialNames(e), strconv.Itoa(e.IndependentSources), e.ID}
}

// when is the span of an event's days, the end without what it shares with the start.
func when(e *news.Event) string {
	start, end := string(e.Start), string(e.End)
	switch {
	case end == "" || end == start:
		return start
	case e.Start.IsDay() && e.End.IsDay() && start[:8] == end[:8]:
		return start + "/" + end[8:]
	case e.Start.IsDay() && e.End.IsDay() && start[:5] == end[:5]:
		return start + "/" + end[5:]
	}
	return start + "/" + end
}

func placeNames(e *news.Event) string {
	var names []string
	for _, p := range e.Places {
		names = append(names, p.Name)
	}
	return strings.Join(names, "; ")
}

func officialNames(e *news.Event) string {
	var names []string
	for _, o := range e.Officials {
		names = append(names, o.Name)
	}
	return strings.Join(names, "; ")
}

type eventsShowCmd struct {
	ID     string `arg:"" help:"The event's id."`
	Why    bool   `help:"Also why its articles are taken to tell of one meeting."`
	Format string `enum:"text,json" default:"text" help:"text or json."`
}

// Example is shown first in --help.
func (eventsShowCmd) Example() string {
	return "sukien events show e4k1v9m2q8\nsukien events show e4k1v9m2q8 --why\nsukien events show e4k1v9m2q8 --format json"
}

// Run prints one event.
func (c *eventsShowCmd) Run(ctx context.Context, a *app) error {
	return a.reading(ctx, func(st store.Store) error {
		e, err := st.Event(ctx, c.ID)
		if err != nil {
			return err
		}
		told, err := st.Tellings(ctx, c.ID)
		if err != nil {
			return err
		}
		if c.Format == "json" {
			return c.encode(a.out, e, told)
		}
		p := &printer{w: a.out}
		printEvent(p, e, told)
		if c.Why {
			printCase(p, caseOf(told))
		}
		return p.err
	})
}

// encode prints an event as JSON, with --why beside its own fields.
func (c *eventsShowCmd) encode(w io.Writer, e *news.Event, told []store.Telling) error {
	out := struct {
		*news.Event
		Why *why `json:"why,omitempty"`
	}{Event: e}
	if c.Why {
		out.Why = whyOf(caseOf(told))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// printEvent shows an event for a person.
func printEvent(p *printer, e *news.Event, told []store.Telling) {
	slot := func(name, value string) {
		if value != "" {
			p.line("  %-12s %s", name, plainCell(value))
		}
	}
	p.line("%s", plainCell(e.Name))
	slot("id", e.ID)
	slot("kind", strings.TrimSpace(string(e.Kind)+" "+string(e.Level)))
	slot("when", strings.Trim(string(e.Start)+" – "+string(e.End), " –")+" "+e.StartTime)
	slot("where", placeNames(e))
	slot("status", strings.TrimSpace(string(e.Status)+" "+string(e.Mode)))
	slot("theme", e.Theme)
	slot("series", e.Series)
	slot("pinned", strings.Join(e.Pinned, ", "))
	slot("merged into", e.MergedInto)
	for _, o := range e.Organizers {
		slot("organizer", o.Name)
	}
	for _, o := range e.Officials {
		slot("official", strings.Trim(o.Name+", "+o.Title+", "+o.Org+" ("+string(o.Role)+")  "+o.ID, ", "))
	}
	for _, c := range e.Conflicts {
		for _, v := range c.Values {
			slot("conflict", c.Slot+" "+v.Value+" ("+strings.Join(v.Sources, ", ")+")")
		}
	}
	p.line("\nin %d articles, %d independent:", len(told), e.IndependentSources)
	for _, t := range told {
		p.line("  %s  %s  %s", t.Article.Published, plainCell(t.Article.Title), plainCell(t.Article.URL))
		for _, r := range t.Records {
			for _, ev := range r.Evidence {
				p.line("      %-22s “%s”  %s", ev.Slot, plainCell(ev.Text), ev.Rule)
			}
		}
	}
	p.line("\nhistory:")
	for _, r := range e.History {
		p.line("  %d  %s  %s  %s  %s", r.Revision, r.When.In(news.Hanoi).Format("2006-01-02 15:04:05"), r.Change, strings.Join(r.What, ", "), plainCell(strings.TrimSuffix(r.Cause+": "+r.Note, ": ")))
	}
}
