package storetest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"sukien/news"
	"sukien/store"
	"sukien/store/dump"
	"sukien/store/resolve"
)

// plainNews is one in how many articles that tell of no meeting, as the rules see it.
const plainNews = 4

// Fill puts made-up news into an empty store until it holds so many events,
// mentions among them: what the benchmarks of others look at. It loads rows as
// sukien restore does, for who makes up the news knows which meeting each record
// is of: nothing is to be resolved. Each article is a link of the frontier too.
func Fill(t testing.TB, st store.Store, events int) {
	t.Helper()
	p := &printer{w: newWorld(1), open: map[*meeting][]*resolve.Told{}}
	p.w.letters = 900 // to be there sooner
	err := st.Load(t.Context(), func(to dump.Sink) error {
		p.to = to
		for p.events < events {
			if err := p.issue(); err != nil {
				return err
			}
		}
		return p.close(nil)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// printer writes the rows of made-up news.
type printer struct {
	w      *world
	to     dump.Sink
	open   map[*meeting][]*resolve.Told
	events int
}

// issue writes a day's articles, and the events that are written of no more.
func (p *printer) issue() error {
	for range articlesDay {
		m := p.w.next()
		if p.w.n%plainNews == 0 {
			m.records = nil
		}
		if err := p.article(m); err != nil {
			return err
		}
		for n, r := range m.records {
			a := m.article
			r.ID = news.HashID("r", a.ID, fmt.Sprint(n))
			told := &resolve.Told{Record: r, ArticleID: a.ID, URL: a.URL, Source: a.Source, Published: a.Published, Print: m.print, Title: a.Title}
			p.open[m.of[n]] = append(p.open[m.of[n]], told)
		}
	}
	return p.close(p.w.open)
}

// close writes the events of the meetings that are not open.
func (p *printer) close(open []*meeting) error {
	var over [][]*resolve.Told
	for m, told := range p.open {
		if !slices.Contains(open, m) {
			over = append(over, told)
			delete(p.open, m)
		}
	}
	slices.SortFunc(over, func(a, b []*resolve.Told) int { return compareTold(a[0], b[0]) })
	for _, told := range over {
		if err := p.event(told); err != nil {
			return err
		}
	}
	return nil
}

func compareTold(a, b *resolve.Told) int { return strings.Compare(a.Record.ID, b.Record.ID) }

func (p *printer) article(m made) error {
	a := m.article
	at, _ := a.Published.Time()
	if err := p.row("article", map[string]any{
		"id": a.ID, "saved": at.UnixMilli(), "source": a.Source, "page_type": string(a.PageType), "published": string(a.Published), "content": a.ID,
		"origin": string(news.Live), "extracted": "sha256:one", "body": nil, "print": int64(m.print), "json": a,
	}); err != nil {
		return err
	}
	return p.row("link", map[string]any{
		"url": a.URL, "host": a.Source, "source": a.Source, "kind": "article", "priority": int64(4), "due": int64(0), "via": "", "hops": int64(0),
		"published": at.UnixMilli(), "modified": int64(0), "origin": string(news.Live), "added": at.UnixMilli(), "fetched": at.UnixMilli(), "changed": at.UnixMilli(),
		"interval": int64(0), "fetches": int64(1), "failures": int64(0), "etag": "", "last_modified": "", "signature": "", "result": "fetched", "class": "", "status": int64(200), "target": "",
	})
}

// event writes an event with its records, a revision a record at most.
func (p *printer) event(told []*resolve.Told) error {
	slices.SortFunc(told, compareTold)
	f := resolve.Fuse(told)
	e := &news.Event{ID: news.HashID("e", told[0].Record.ID), Slots: f.Slots, Records: f.Records, Conflicts: f.Conflicts, IndependentSources: f.Independent, Origin: news.Live}
	var nobody *resolve.Authority
	e.Officials = nobody.Identify(e.Officials, e.Start)
	for i, r := range told {
		at, _ := r.Published.Time()
		if i == 0 || at.Before(e.FirstSeen) {
			e.FirstSeen = at
		}
		if at.After(e.Updated) {
			e.Updated = at
		}
	}
	store.Remember(e, news.New, nil, told[0].URL)
	e.Revision, p.events = 1, p.events+1
	sent, until := int64(0), e.Start
	if e.Salience == news.Main {
		sent = 1
	}
	if e.End != "" {
		until = e.End
	}
	err := p.row("event", map[string]any{
		"id": e.ID, "revision": int64(1), "sent": sent, "salience": string(e.Salience), "merged": "", "kind": string(e.Kind), "level": string(e.Level),
		"series": e.Series, "status": string(e.Status), "start": string(e.Start), "until": string(until), "changed": e.Updated.UnixMilli(), "json": e,
	})
	if err == nil {
		err = p.row("revision", map[string]any{"event": e.ID, "revision": int64(1), "json": e.History[0]})
	}
	for i, r := range told {
		if err == nil {
			err = p.row("record", map[string]any{
				"id": r.Record.ID, "article": r.ArticleID, "n": int64(i), "event": e.ID, "part": e.ID, "url": r.URL, "source": r.Source, "published": string(r.Published),
				"story": "", "reprint": "", "print": int64(r.Print), "title": r.Title, "terms": "", "json": r.Record,
			})
		}
	}
	return err
}

// row writes a row; what is no value of a column becomes JSON.
func (p *printer) row(table string, cols map[string]any) error {
	names := slices.Sorted(maps.Keys(cols))
	values := make([]any, len(names))
	for i, n := range names {
		switch v := cols[n].(type) {
		case string, int64, nil:
			values[i] = v
		default:
			data, err := json.Marshal(v)
			if err != nil {
				return err
			}
			values[i] = string(data)
		}
	}
	if err := p.to.Table(dump.Table{Name: table, Columns: names}); err != nil {
		return err
	}
	return p.to.Row(values)
}
