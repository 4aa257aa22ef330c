package storetest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"sukien/news"
	"sukien/store"
)

var queryTests = map[string]func(*testing.T, Open){
	"people":  testPeople,
	"filters": testFilters,
	"cursor":  testCursor,
	"readers": testReaders,
	"changes": testChanges,
	"missed":  testMissed,
}

func testFilters(t *testing.T, open Open) {
	f := fresh(t, open)
	f.tell("bao-mot.example", 1, with(forum(4, "2026-03-20"), func(r *news.Record) { r.Series, r.End = "dien-dan-song-hong", "2026-03-22" }))
	f.tell("bao-hai.example", 1, with(forum(7, "2026-08-01"), func(r *news.Record) {
		r.Name, r.Kind, r.Level, r.Status = "Hội nghị Thủy lợi phía Nam lần thứ 7", news.Conference, news.Ministry, news.Held
		r.Places = []news.Place{{Name: "Viêng Chăn", Kind: news.CityPlace, Country: "LA"}}
		r.Officials = []news.Official{{Name: "Trần Văn Thử"}}
	}))
	f.tell("bao-hai.example", 2, mention(forum(3, "2025-03-20")))
	f.tell("bao-hai.example", 3, with(forum(2, ""), func(r *news.Record) { r.Places, r.Officials = nil, nil }))
	for _, row := range []struct {
		name string
		q    store.EventQuery
		want int
	}{
		{"all with a main record", store.EventQuery{}, 3},
		{"with mentions", store.EventQuery{Mentions: true}, 4},
		{"series", store.EventQuery{Series: []string{"dien-dan-song-hong"}}, 1},
		{"kinds are alternatives", store.EventQuery{Kinds: []news.Kind{news.Conference, news.Forum}}, 3},
		{"kind and level", store.EventQuery{Kinds: []news.Kind{news.Conference}, Levels: []news.Level{news.National}}, 0},
		{"status", store.EventQuery{Statuses: []news.Status{news.Held}}, 1},
		{"place without diacritics", store.EventQuery{Places: []string{"da nang"}}, 1},
		{"place with other case", store.EventQuery{Places: []string{"VIÊNG CHĂN"}}, 1},
		{"place as country", store.EventQuery{Places: []string{"la"}}, 1},
		{"a part of a place's word", store.EventQuery{Places: []string{"nan"}}, 0},
		{"official", store.EventQuery{Officials: []string{"do thi mau"}}, 1},
		{"official by last name", store.EventQuery{Officials: []string{"Mẫu"}}, 1},
		{"official with a wildcard", store.EventQuery{Officials: []string{"%"}}, 0},
		{"source", store.EventQuery{Source: []string{"bao-hai.example"}}, 2},
		{"from within the span", store.EventQuery{From: "2026-03-22", To: "2026-03-31"}, 1},
		{"from after the span", store.EventQuery{From: "2026-03-23", To: "2026-03-31"}, 0},
		{"to", store.EventQuery{To: "2026-03-20"}, 1},
		{"words of the name", store.EventQuery{Words: []string{"thuy loi"}}, 1},
		{"words of an official", store.EventQuery{Words: []string{"Thử thủy lợi"}}, 1},
		{"words are alternatives", store.EventQuery{Words: []string{"thuy loi", "sông Hồng"}}, 3},
	} {
		list, _, err := f.Events(t.Context(), row.q)
		if err != nil || len(list) != row.want {
			t.Errorf("%s: %d events, %v; want %d", row.name, len(list), err, row.want)
		}
	}
}

func testCursor(t *testing.T, open Open) {
	f := fresh(t, open)
	for n := range 7 {
		f.tell("bao-mot.example", n, forum(n+1, []news.Date{"2026-03-20", "2026-03-21", ""}[n%3]))
	}
	var got []news.Event
	for cursor, rounds := "", 0; ; rounds++ {
		list, next, err := f.Events(t.Context(), store.EventQuery{Limit: 2, Cursor: cursor})
		if err != nil || rounds > 4 {
			t.Fatalf("round %d: %v", rounds, err)
		}
		got = append(got, list...)
		if cursor = next; next == "" {
			break
		}
	}
	seen := map[string]bool{}
	for i, e := range got {
		seen[e.ID] = true
		if i > 0 && got[i-1].Start < e.Start {
			t.Errorf("%s comes before %s", got[i-1].Start, e.Start)
		}
	}
	if len(seen) != 7 || len(got) != 7 {
		t.Errorf("%d events in %d rows, want 7", len(seen), len(got))
	}
	if _, _, err := f.Events(t.Context(), store.EventQuery{Cursor: "nonsense"}); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("a broken cursor: %v", err)
	}
}

// testChanges: events are found by when they changed, and counted by series.
func testChanges(t *testing.T, open Open) {
	f := fresh(t, open)
	at := func(n int, minutes int, r news.Record) {
		id, _ := f.save(article("bao-mot.example", n))
		x := news.Extraction{ArticleID: id, Pack: "sha256:one", Records: []news.Record{r}, Origin: news.Live}
		if _, err := f.Ingest(t.Context(), x, now.Add(time.Duration(minutes)*time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	in := func(n int, day news.Date) news.Record {
		return with(forum(n, day), func(r *news.Record) { r.Series, r.Ordinal = "dien-dan-song-hong", n })
	}
	at(1, 1, in(4, "2027-03-20"))
	at(2, 2, in(5, "2026-03-20"))
	at(3, 3, with(forum(9, "2025-01-02"), func(r *news.Record) { r.Name, r.Officials = "Diễn đàn Bưởi lần thứ 9", nil }))
	at(4, 4, with(in(4, "2027-03-20"), func(r *news.Record) { r.End = "2027-03-22" }))
	var got []news.Date
	for cursor := ""; ; {
		list, next, err := f.Events(t.Context(), store.EventQuery{ByChange: true, Limit: 1, Cursor: cursor})
		if err != nil || len(got) > 3 {
			t.Fatal(got, err)
		}
		for _, e := range list {
			got = append(got, e.Start)
		}
		if cursor = next; next == "" {
			break
		}
	}
	if want := []news.Date{"2027-03-20", "2025-01-02", "2026-03-20"}; !slices.Equal(got, want) {
		t.Errorf("by change %v, want %v", got, want)
	}
	list, _, err := f.Events(t.Context(), store.EventQuery{Since: now.Add(2 * time.Minute)})
	if err != nil || len(list) != 2 {
		t.Errorf("%d events since the second minute, %v; want 2", len(list), err)
	}
	counts, err := f.Editions(t.Context())
	if want := (store.SeriesCount{Series: "dien-dan-song-hong", Events: 2, Last: "2027-03-20"}); err != nil || len(counts) != 1 || counts[0] != want {
		t.Errorf("editions %+v, %v", counts, err)
	}
}

// testMissed: articles that were read and have no meeting as their main event.
func testMissed(t *testing.T, open Open) {
	f := fresh(t, open)
	f.tell("bao-mot.example", 1, forum(4, "2026-03-20"))
	f.tell("bao-mot.example", 2, mention(forum(3, "2025-03-20")))
	f.tell("bao-mot.example", 3)
	f.save(article("bao-mot.example", 4)) // not read yet
	list, _, err := f.Articles(t.Context(), store.ArticleQuery{NoMain: true})
	if err != nil || len(list) != 2 {
		t.Errorf("%d articles without a main record, %v; want 2", len(list), err)
	}
}

// testReaders: readers neither wait for the writer nor see half a transaction.
func testReaders(t *testing.T, open Open) {
	f := fresh(t, open)
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			for ctx.Err() == nil {
				list, _, err := f.Events(t.Context(), store.EventQuery{Limit: 100})
				if err != nil {
					t.Errorf("reader: %v", err)
					return
				}
				for _, e := range list {
					if told, err := f.Tellings(t.Context(), e.ID); err != nil || len(told) == 0 {
						t.Errorf("event %s without its articles: %v", e.ID, err)
						return
					}
				}
			}
		})
	}
	for n := range 40 {
		f.tell("bao-mot.example", n, forum(n+1, "2026-03-20"))
	}
	stop()
	wg.Wait()
}

// testPeople: an official has one id over events, by which they are found.
func testPeople(t *testing.T, open Open) {
	f := fresh(t, open)
	at := func(org string, o int) news.Record {
		return with(forum(o, "2026-03-20"), func(r *news.Record) {
			r.Officials = []news.Official{{Name: "Lý Văn Thử", Title: "Chủ tịch", Org: org}}
		})
	}
	f.tell("bao-mot.example", 1, at("UBND tỉnh Hà Giang", 1))
	f.tell("bao-mot.example", 2, at("Tỉnh ủy Hà Giang", 2))
	f.tell("bao-mot.example", 3, at("UBND tỉnh Cà Mau", 3))
	ids := map[string]int{}
	for _, e := range f.all() {
		ids[e.Officials[0].ID]++
	}
	if len(ids) != 2 || ids[""] > 0 {
		t.Errorf("ids %v, want two people", ids)
	}
	for id, n := range ids {
		if list, _, err := f.Events(t.Context(), store.EventQuery{Officials: []string{id}}); err != nil || len(list) != n {
			t.Errorf("%s finds %d events, %v; want %d", id, len(list), err, n)
		}
	}
	if list, _, err := f.Events(t.Context(), store.EventQuery{Officials: []string{"ly van thu"}}); err != nil || len(list) != 3 {
		t.Errorf("the name finds %d events, %v", len(list), err)
	}
}
