// Package storetest is the conformance suite of the store's back ends: what one
// passes, all must.
//
//	storetest.go  Run, and what the tests are written with
//	pages.go      pages, articles, full text, what waits for extraction
//	bulk.go       many pages at once, bookmarks
//	events.go     ingest: one new message an event, changes, merges, retractions
//	correct.go    analysts' corrections, kept over all that comes later
//	dump.go       all rows out and in again
//	order.go      the order of articles does not matter
//	outbox.go     messages to send, dead letters, what a crash leaves
//	query.go      filters, cursors, readers beside a writer
//	frontier.go   links, leases, paces
//	purge.go      what is removed and not stored again
//	keep.go       what is forgotten in time
//	backfill.go   the links of a backfill
//	watch.go      how the outlets do
//	push.go       analysts, saved searches, what waits to be pushed
//	fill.go       a store of any size
//	bench.go      benchmarks; reach.go: a frontier of any size
package storetest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"sukien/news"
	"sukien/store"
)

// Open opens the store that a name stands for: the same name gives the same
// store again, another name an empty one. It is called again only after Close.
type Open func(t testing.TB, name string) store.Store

// Run runs the suite.
func Run(t *testing.T, open Open) {
	for _, group := range []struct {
		name  string
		tests map[string]func(*testing.T, Open)
	}{
		{"pages", pageTests}, {"bulk", bulkTests}, {"events", eventTests}, {"correct", correctTests}, {"order", orderTests},
		{"outbox", outboxTests}, {"query", queryTests}, {"frontier", frontierTests}, {"watch", watchTests}, {"backfill", backfillTests}, {"keep", keepTests}, {"purge", purgeTests}, {"dump", dumpTests}, {"push", pushTests},
	} {
		t.Run(group.name, func(t *testing.T) {
			for name, test := range group.tests {
				t.Run(name, func(t *testing.T) { test(t, open) })
			}
		})
	}
}

// now is when everything in the tests happens unless they say otherwise.
var now = time.Date(2026, 3, 18, 9, 0, 0, 0, time.UTC)

// fixture is a store under test with short ways to fill it.
type fixture struct {
	store.Store
	t    testing.TB
	open Open
	name string
}

func fresh(t testing.TB, open Open) *fixture {
	t.Helper()
	f := &fixture{t: t, open: open, name: "one"}
	f.Store = open(t, f.name)
	t.Cleanup(func() { f.close() })
	return f
}

func (f *fixture) close() {
	f.t.Helper()
	if f.Store == nil {
		return
	}
	if err := f.Store.Close(); err != nil {
		f.t.Errorf("close: %v", err)
	}
	f.Store = nil
}

// reopen closes the store and opens it again, as the next process does.
func (f *fixture) reopen() {
	f.t.Helper()
	f.close()
	f.Store = f.open(f.t, f.name)
}

// article makes an article of a source; n tells its articles apart.
func article(source string, n int) *news.Article {
	url := fmt.Sprintf("https://%s/bai-%d.html", source, n)
	return &news.Article{
		ID: news.ArticleID(url), URL: url, Canonical: url, Source: source, PageType: news.PageArticle,
		Title: fmt.Sprintf("Bài số %d của %s", n, source), Text: fmt.Sprintf("Nội dung bài số %d đăng trên %s.", n, source),
		Published: "2026-03-18T08:00:00+07:00", Language: "vi",
	}
}

// save stores an article with a page made of its text.
func (f *fixture) save(a *news.Article) (id string, changed bool) {
	f.t.Helper()
	page := &news.Page{URL: a.URL, Source: a.Source, Fetched: now, Status: 200, ContentType: "text/html", Body: []byte("<p>" + a.Text + "</p>")}
	id, changed, err := f.SavePage(f.t.Context(), store.SavedPage{Page: page, Article: a, Origin: news.Live, Now: now})
	if err != nil {
		f.t.Fatalf("save %s: %v", a.URL, err)
	}
	return id, changed
}

// ingest puts records of an article into the store.
func (f *fixture) ingest(articleID string, records ...news.Record) store.Ingested {
	f.t.Helper()
	done, err := f.Ingest(f.t.Context(), news.Extraction{ArticleID: articleID, Pack: "sha256:one", Records: records, Origin: news.Live}, now)
	if err != nil {
		f.t.Fatalf("ingest: %v", err)
	}
	return done
}

// tell saves an article of a source and ingests its records.
func (f *fixture) tell(source string, n int, records ...news.Record) string {
	f.t.Helper()
	id, _ := f.save(article(source, n))
	f.ingest(id, records...)
	return id
}

// forum is a record of a conference with a proper name, as one article tells it.
func forum(ordinal int, day news.Date) news.Record {
	return news.Record{Slots: news.Slots{
		Salience: news.Main, Kind: news.Forum, Level: news.National, Ordinal: ordinal,
		Name:  fmt.Sprintf("Diễn đàn Kinh tế sông Hồng lần thứ %d", ordinal),
		Start: day, DateBasis: news.DateExplicit, Status: news.Upcoming,
		Places:     []news.Place{{Name: "Đà Nẵng", AsWritten: "TP Đà Nẵng", Kind: news.CityPlace, Country: "VN"}},
		Organizers: []news.Organizer{{Name: "Bộ Xây dựng Cầu Đường"}},
		Officials:  []news.Official{{Name: "Đỗ Thị Mẫu", Title: "Thứ trưởng", Role: news.Chair}},
		Evidence:   []news.Evidence{{Slot: "start", Text: "ngày 20/3", In: "text", From: 3, To: 12, Rule: "date/day"}},
	}}
}

// with changes a copy of a record.
func with(r news.Record, change func(*news.Record)) news.Record {
	change(&r)
	return r
}

func mention(r news.Record) news.Record {
	return with(r, func(r *news.Record) { r.Salience = news.Mention })
}

// message is an event message as a subscriber reads it.
type message struct {
	subject, id, change string
	event               news.Event
	raw                 map[string]any
}

// events are the event messages that wait in the outbox.
func (f *fixture) messages() []message {
	f.t.Helper()
	rows, err := f.Pending(f.t.Context(), 10_000)
	if err != nil {
		f.t.Fatalf("pending: %v", err)
	}
	var list []message
	for _, row := range rows {
		if !strings.HasPrefix(row.Subject, "sukien.event.") {
			continue
		}
		var body struct{ Data news.Event }
		m := message{subject: row.Subject, id: row.ID, change: strings.Split(row.Subject, ".")[3]}
		if err := json.Unmarshal(row.Body, &body); err != nil {
			f.t.Fatalf("message %s: %v", row.ID, err)
		}
		if err := json.Unmarshal(row.Body, &m.raw); err != nil {
			f.t.Fatalf("message %s: %v", row.ID, err)
		}
		m.event = body.Data
		list = append(list, m)
	}
	return list
}

// changes are the changes of the event messages in order.
func (f *fixture) changes() string {
	f.t.Helper()
	var list []string
	for _, m := range f.messages() {
		c := m.change
		if m.event.Left {
			c += "(left)"
		}
		list = append(list, c)
	}
	return strings.Join(list, " ")
}

// flush marks all that waits as sent.
func (f *fixture) flush() {
	f.t.Helper()
	rows, err := f.Pending(f.t.Context(), 10_000)
	if err != nil {
		f.t.Fatalf("pending: %v", err)
	}
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.Row
	}
	if err := f.MarkSent(f.t.Context(), ids); err != nil {
		f.t.Fatalf("mark sent: %v", err)
	}
}

// all are the events in force, those only mentioned too.
func (f *fixture) all() []news.Event {
	f.t.Helper()
	list, _, err := f.Events(f.t.Context(), store.EventQuery{Mentions: true, Limit: 10_000})
	if err != nil {
		f.t.Fatalf("events: %v", err)
	}
	return list
}

// only is the single event in force.
func (f *fixture) only() news.Event {
	f.t.Helper()
	list := f.all()
	if len(list) != 1 {
		f.t.Fatalf("%d events, want 1: %+v", len(list), list)
	}
	return list[0]
}

// savedPage is an article to save whose text has a fingerprint.
func savedPage(a *news.Article, print uint64) store.SavedPage {
	return store.SavedPage{Page: &news.Page{URL: a.URL, Fetched: now, Body: []byte(a.Text)}, Article: a, Origin: news.Live, Print: print, Now: now}
}
