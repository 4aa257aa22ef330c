package storetest

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"sukien/news"
	"sukien/store"
)

var purgeTests = map[string]func(*testing.T, Open){
	"an address":      testPurgeURL,
	"a person":        testPurgePerson,
	"before a day":    testPurgeBefore,
	"never there":     testPurgeUnknown,
	"before it comes": testPurgeWaiting,
}

// purge removes all that a purge is about.
func (f *fixture) purge(p store.Purge) (ids []string, events map[string]bool) {
	f.t.Helper()
	if err := f.Entomb(f.t.Context(), p, now); err != nil {
		f.t.Fatal(err)
	}
	events = map[string]bool{}
	for after := ""; ; {
		list, err := f.Purgeable(f.t.Context(), p, after, 2)
		if err != nil {
			f.t.Fatal(err)
		}
		for _, id := range list {
			done, err := f.PurgeArticle(f.t.Context(), id, p, now.Add(time.Hour))
			if err != nil {
				f.t.Fatal(err)
			}
			for _, e := range done.Events {
				events[e] = true
			}
			ids, after = append(ids, id), id
		}
		if len(list) < 2 {
			return ids, events
		}
	}
}

// leaves fails when a word is in anything that is stored of some events, or waits
// to be sent.
func (f *fixture) leaves(words string, events map[string]bool) {
	f.t.Helper()
	for id := range events {
		e, err := f.Event(f.t.Context(), id)
		if err != nil {
			f.t.Fatal(err)
		}
		data, err := json.Marshal(e)
		if err != nil || strings.Contains(string(data), words) {
			f.t.Errorf("event %s still has %q: %s, %v", id, words, data, err)
		}
	}
	rows, err := f.Pending(f.t.Context(), 1000)
	if err != nil {
		f.t.Fatal(err)
	}
	for _, m := range rows {
		if strings.Contains(string(m.Body), words) {
			f.t.Errorf("message %s still has %q: %s", m.ID, words, m.Body)
		}
	}
}

func testPurgeURL(t *testing.T, open Open) {
	f := fresh(t, open)
	id := f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	f.tell("bao-hai.example", 1, forum(4, "2026-03-20"))
	alone := f.tell("bao-mot.example", 2, forum(7, "2026-05-20"))
	a, err := f.Article(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Add(t.Context(), []store.Link{{URL: a.URL, Host: "bao-mot.example", Source: "bao-mot.example", Kind: "article", Priority: 100, Due: now, Origin: news.Live}}); err != nil {
		t.Fatal(err)
	}
	if err := f.AddSearch(t.Context(), store.Search{Name: "tim", Created: now, Spec: []byte(`{}`)}); err != nil {
		t.Fatal(err)
	}
	for _, m := range f.messages() {
		if err := f.HoldPush(t.Context(), store.Push{Search: "tim", ID: m.id, Body: []byte(`{}`), Due: now}); err != nil {
			t.Fatal(err)
		}
	}
	ids, events := f.purge(store.Purge{URL: a.URL})
	if list, err := f.TakePushes(t.Context(), now, time.Minute, 10); err != nil || len(list) != 1 {
		t.Errorf("%d pushes wait, %v; want that of the other event", len(list), err)
	}
	if len(ids) != 1 || ids[0] != id || len(events) != 1 {
		t.Errorf("purged %v, events %v", ids, events)
	}
	if _, err := f.Article(t.Context(), id); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("the article: %v", err)
	}
	if _, err := f.RawPage(t.Context(), id); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("its page: %v", err)
	}
	f.leaves(a.URL, events)
	if _, changed := f.save(article("bao-mot.example", 1)); changed {
		t.Error("a purged address is stored again")
	}
	if l := f.lease(now); l != nil {
		t.Errorf("a purged address is to be fetched: %+v", l)
	}
	for _, e := range f.all() {
		if e.Ordinal == 4 && len(e.Records) != 1 {
			t.Errorf("the event that another tells of, too: %+v", e)
		}
	}
	b, err := f.Article(t.Context(), alone)
	if err != nil {
		t.Fatal(err)
	}
	f.flush()
	_, events = f.purge(store.Purge{URL: b.URL})
	if got := f.changes(); got != "retracted" || len(f.all()) != 1 {
		t.Errorf("changes %q, %d events; want the event of one article retracted", got, len(f.all()))
	}
	f.leaves(b.URL, events)
	f.leaves("Diễn đàn", events)
}

func testPurgePerson(t *testing.T, open Open) {
	f := fresh(t, open)
	two := with(forum(4, "2026-03-20"), func(r *news.Record) {
		r.Officials = append(r.Officials, news.Official{Name: "Đỗ Thị Mâu", Title: "Giám đốc", Role: news.Speaker})
	})
	a := article("bao-mot.example", 1)
	a.Text = "Thứ trưởng ĐỖ THỊ MẪU khai mạc. Bà Đỗ Thị Mâu phát biểu. Đỗ Thị Mẫu bế mạc."
	id, _ := f.save(a)
	f.ingest(id, two)
	other := f.tell("bao-hai.example", 1, forum(9, "2026-06-20"))
	f.flush()
	ids, events := f.purge(store.Purge{Person: "Đỗ Thị Mẫu"})
	if len(ids) != 2 || len(events) != 2 {
		t.Errorf("purged %v (%s, %s), events %v", ids, id, other, events)
	}
	got, err := f.Article(t.Context(), id)
	if err != nil || got.Text != "Thứ trưởng ██████████ khai mạc. Bà Đỗ Thị Mâu phát biểu. ██████████ bế mạc." {
		t.Errorf("article %+v, %v", got, err)
	}
	if list, _, err := f.Events(t.Context(), store.EventQuery{Officials: []string{"Đỗ Thị Mẫu"}, Mentions: true}); err != nil || len(list) > 1 {
		t.Errorf("%d events by the name, %v", len(list), err)
	}
	f.leaves("Đỗ Thị Mẫu", events)
	for _, e := range f.all() {
		if want := map[int]int{4: 1, 9: 0}[e.Ordinal]; len(e.Officials) != want {
			t.Errorf("event %d: officials %+v", e.Ordinal, e.Officials)
		}
	}
	if got := f.changes(); got != "corrected corrected" {
		t.Errorf("changes %q", got)
	}
	if _, changed := f.save(a); changed {
		t.Error("the same page again counts as changed")
	}
	b := article("bao-ba.example", 1)
	b.Text = "Bà Đỗ Thị Mẫu đến dự."
	id, _ = f.save(b)
	if got, err := f.Article(t.Context(), id); err != nil || strings.Contains(got.Text, "Mẫu") {
		t.Errorf("a new article: %+v, %v", got, err)
	}
	if _, err := f.RawPage(t.Context(), id); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("its page: %v", err)
	}
}

func testPurgeBefore(t *testing.T, open Open) {
	f := fresh(t, open)
	for n, published := range []news.Stamp{"2026-03-01T10:00:00+07:00", "2026-03-09", "2026-03-10", "2026", ""} {
		a := article("bao-mot.example", n)
		a.Published = published
		f.save(a)
	}
	ids, _ := f.purge(store.Purge{Before: time.Date(2026, 3, 10, 0, 0, 0, 0, news.Hanoi)})
	list, _, err := f.Articles(t.Context(), store.ArticleQuery{})
	if err != nil || len(ids) != 2 || len(list) != 3 {
		t.Errorf("purged %d, left %d, %v", len(ids), len(list), err)
	}
	if _, changed := f.save(article("bao-mot.example", 0)); changed {
		t.Error("a purged article is stored again")
	}
}

// testPurgeUnknown: what was never stored is not to be.
func testPurgeUnknown(t *testing.T, open Open) {
	f := fresh(t, open)
	a := article("bao-mot.example", 1)
	if ids, _ := f.purge(store.Purge{URL: a.URL}); len(ids) != 0 {
		t.Errorf("purged %v", ids)
	}
	if _, changed := f.save(a); changed {
		t.Error("a purged address is stored")
	}
	if _, changed := f.save(article("bao-mot.example", 2)); !changed {
		t.Error("another is not")
	}
	if _, err := f.PurgeArticle(t.Context(), "khong-co", store.Purge{URL: a.URL}, now); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("an article that is not there: %v", err)
	}
}

// testPurgeWaiting: a name goes out of an article that waits for its extraction,
// and out of the message that asks for it.
func testPurgeWaiting(t *testing.T, open Open) {
	f := fresh(t, open)
	a := article("bao-mot.example", 1)
	a.Text = "Bà Đỗ Thị Mẫu đến dự."
	f.save(a)
	f.purge(store.Purge{Person: "đỗ thị mẫu"})
	f.leaves("Mẫu", nil)
	if rows, err := f.Pending(t.Context(), 10); err != nil || len(rows) != 1 || !strings.Contains(string(rows[0].Body), "█") {
		t.Errorf("messages %v, %v", rows, err)
	}
}
