package storetest

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"sukien/news"
	"sukien/store"
)

var pushTests = map[string]func(*testing.T, Open){
	"analysts": testAnalysts,
	"searches": testSearches,
	"once":     testPushOnce,
	"lease":    testPushLease,
	"retry":    testPushRetry,
	"forget":   testPushForgets,
}

func testAnalysts(t *testing.T, open Open) {
	f := fresh(t, open)
	lan := store.Analyst{Name: "lan", Hash: "aa", Created: now}
	if err := errors.Join(f.AddAnalyst(t.Context(), store.Analyst{Name: "minh", Hash: "bb", Created: now}), f.AddAnalyst(t.Context(), lan)); err != nil {
		t.Fatal(err)
	}
	if err := f.AddAnalyst(t.Context(), store.Analyst{Name: "lan", Hash: "cc", Created: now}); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("a name twice: %v", err)
	}
	f.reopen()
	if got, err := f.AnalystByHash(t.Context(), "aa"); err != nil || got != lan {
		t.Errorf("by token: %+v, %v", got, err)
	}
	list, err := f.Analysts(t.Context())
	if err != nil || len(list) != 2 || list[0] != lan {
		t.Errorf("analysts %+v, %v", list, err)
	}
	if at, err := f.Seen(t.Context(), "lan"); err != nil || !at.IsZero() {
		t.Errorf("seen before she looked: %v, %v", at, err)
	}
	if err := f.MarkSeen(t.Context(), "lan", now); err != nil {
		t.Error(err)
	}
	if at, err := f.Seen(t.Context(), "lan"); err != nil || !at.Equal(now) {
		t.Errorf("seen until %v, %v, want %v", at, err, now)
	}
	if at, err := f.Seen(t.Context(), "minh"); err != nil || !at.IsZero() {
		t.Errorf("seen by another: %v, %v", at, err)
	}
	if err := f.DropAnalyst(t.Context(), "lan"); err != nil {
		t.Error(err)
	}
	if _, err := f.Seen(t.Context(), "lan"); !errors.Is(err, news.ErrNotFound) || !errors.Is(f.MarkSeen(t.Context(), "lan", now), news.ErrNotFound) {
		t.Errorf("seen by who was dropped: %v", err)
	}
	if err := f.DropAnalyst(t.Context(), "lan"); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("dropped twice: %v", err)
	}
	if _, err := f.AnalystByHash(t.Context(), "aa"); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("the token of who was dropped: %v", err)
	}
}

func testSearches(t *testing.T, open Open) {
	f := fresh(t, open)
	f.search("b", "a")
	if err := f.AddSearch(t.Context(), store.Search{Name: "a", Spec: []byte(`{}`), Created: now}); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("a name twice: %v", err)
	}
	f.hold("a", "e1-1", now)
	f.hold("nobody", "e1-1", now)
	f.reopen()
	list, err := f.Searches(t.Context())
	if err != nil || len(list) != 2 || list[0].Name != "a" || string(list[0].Spec) != `{"to":"a"}` || !list[0].Created.Equal(now) {
		t.Errorf("searches %+v, %v", list, err)
	}
	if err := f.DropSearch(t.Context(), "a"); err != nil {
		t.Error(err)
	}
	if err := f.DropSearch(t.Context(), "a"); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("dropped twice: %v", err)
	}
	if got := f.take(now); len(got) != 0 {
		t.Errorf("left of a search that is no more: %v", got)
	}
}

func (f *fixture) search(names ...string) {
	f.t.Helper()
	for _, name := range names {
		if err := f.AddSearch(f.t.Context(), store.Search{Name: name, Created: now, Spec: fmt.Appendf(nil, `{"to":%q}`, name)}); err != nil {
			f.t.Fatal(err)
		}
	}
}

func (f *fixture) hold(search, id string, due time.Time) {
	f.t.Helper()
	if err := f.HoldPush(f.t.Context(), store.Push{Search: search, ID: id, Body: []byte(`{"id":"` + id + `"}`), Due: due}); err != nil {
		f.t.Fatal(err)
	}
}

// take gives what is due as search/id:tries, and its rows.
func (f *fixture) take(at time.Time) (list []string) {
	f.t.Helper()
	got, err := f.TakePushes(f.t.Context(), at, time.Minute, 100)
	if err != nil {
		f.t.Fatal(err)
	}
	for _, p := range got {
		if want := `{"id":"` + p.ID + `"}`; string(p.Body) != want {
			f.t.Errorf("body %s, want %s", p.Body, want)
		}
		list = append(list, fmt.Sprintf("%s/%s:%d", p.Search, p.ID, p.Tries))
	}
	return list
}

func testPushOnce(t *testing.T, open Open) {
	f := fresh(t, open)
	f.search("a", "b")
	for range 2 {
		f.hold("a", "e1-1", now)
		f.hold("b", "e1-1", now.Add(time.Hour))
		f.hold("a", "e2-1", now)
	}
	got, err := f.TakePushes(t.Context(), now, time.Minute, 1)
	if err != nil || len(got) != 1 || got[0].ID != "e1-1" || !got[0].Due.Equal(now) {
		t.Fatalf("took %+v, %v", got, err)
	}
	if err := f.SettlePushes(t.Context(), []int64{got[0].Row}, now); err != nil {
		t.Fatal(err)
	}
	f.reopen()
	f.hold("a", "e1-1", now)
	if got := f.take(now); !slices.Equal(got, []string{"a/e2-1:0"}) {
		t.Errorf("after one was delivered: %v", got)
	}
	if got := f.take(now.Add(time.Hour)); !slices.Equal(got, []string{"b/e1-1:0", "a/e2-1:0"}) {
		t.Errorf("an hour later: %v", got)
	}
}

func testPushLease(t *testing.T, open Open) {
	f := fresh(t, open)
	f.search("a")
	f.hold("a", "e1-1", now)
	if got := f.take(now); len(got) != 1 {
		t.Fatalf("took %v", got)
	}
	if got := f.take(now.Add(30 * time.Second)); len(got) != 0 {
		t.Errorf("given twice: %v", got)
	}
	if got := f.take(now.Add(time.Minute)); !slices.Equal(got, []string{"a/e1-1:0"}) {
		t.Errorf("after its taker died: %v", got)
	}
}

func testPushRetry(t *testing.T, open Open) {
	f := fresh(t, open)
	f.search("a")
	f.hold("a", "e1-1", now)
	got, err := f.TakePushes(t.Context(), now, time.Minute, 10)
	if err != nil || len(got) != 1 {
		t.Fatal(got, err)
	}
	row := got[0].Row
	if err := errors.Join(f.DelayPushes(t.Context(), []int64{row}, now.Add(time.Second), true), f.DelayPushes(t.Context(), []int64{row}, now.Add(2*time.Second), false)); err != nil {
		t.Fatal(err)
	}
	depths, err := f.PushDepths(t.Context())
	if err != nil || len(depths) != 1 || depths[0].Search != "a" || depths[0].Waiting != 1 || depths[0].Failing != 1 || !depths[0].Oldest.Equal(now.Add(2*time.Second)) {
		t.Errorf("depths %+v, %v", depths, err)
	}
	if got := f.take(now.Add(2 * time.Second)); !slices.Equal(got, []string{"a/e1-1:1"}) {
		t.Errorf("after a failed try: %v", got)
	}
	letter := store.Letter{Stage: "push", Subject: "sukien.push.v1.a", MsgID: "e1-1", Body: []byte("{}"), Reason: "no", Tries: 2, When: now}
	if err := f.BuryPush(t.Context(), row, letter); err != nil {
		t.Fatal(err)
	}
	if got := f.take(now.Add(time.Hour)); len(got) != 0 {
		t.Errorf("buried and taken: %v", got)
	}
	letters, err := f.Letters(t.Context(), 10)
	if err != nil || len(letters) != 1 || letters[0].Reason != "no" || letters[0].Subject != letter.Subject {
		t.Errorf("letters %+v, %v", letters, err)
	}
	f.hold("a", "e1-1", now)
	if got := f.take(now); !slices.Equal(got, []string{"a/e1-1:0"}) {
		t.Errorf("sent again from the dead letters: %v", got)
	}
}

func testPushForgets(t *testing.T, open Open) {
	f := fresh(t, open)
	f.search("a")
	f.hold("a", "e1-1", now)
	got, err := f.TakePushes(t.Context(), now, time.Minute, 10)
	if err != nil || len(got) != 1 {
		t.Fatal(got, err)
	}
	if err := f.SettlePushes(t.Context(), []int64{got[0].Row}, now); err != nil {
		t.Fatal(err)
	}
	if err := f.SettlePushes(t.Context(), nil, now.Add(store.PushMemory+time.Hour)); err != nil {
		t.Fatal(err)
	}
	f.hold("a", "e1-1", now)
	if got := f.take(now); len(got) != 1 {
		t.Errorf("remembered for longer than it should: %v", got)
	}
}
