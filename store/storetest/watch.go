package storetest

import (
	"errors"
	"testing"
	"time"

	"sukien/news"
	"sukien/store"
)

var watchTests = map[string]func(*testing.T, Open){
	"counts":   testWatchCounts,
	"state":    testWatchState,
	"findings": testWatchFindings,
	"silence":  testWatchSilence,
	"refusal":  testWatchRefusal,
}

func (f *fixture) observe(o store.Observation) {
	f.t.Helper()
	if err := f.Observe(f.t.Context(), o); err != nil {
		f.t.Fatal(err)
	}
}

func (f *fixture) health(at time.Time) []store.SourceHealth {
	f.t.Helper()
	list, err := f.SourceHealth(f.t.Context(), at)
	if err != nil {
		f.t.Fatal(err)
	}
	return list
}

func testWatchCounts(t *testing.T, open Open) {
	f := fresh(t, open)
	f.observe(store.Observation{Source: "b.example", Host: "b.example", At: now, Counts: map[string]int{store.CountPages: 1}})
	for _, age := range []time.Duration{0, time.Hour, 30 * time.Hour} {
		f.observe(store.Observation{Source: "a.example", Host: "a.example", At: now.Add(-age), Counts: map[string]int{
			store.CountArticles: 2, store.CountPages: 5, store.CountFailed + "timeout": 1, store.DelayCount(7 * time.Minute): 4,
		}})
	}
	f.observe(store.Observation{Source: "a.example", At: now, Counts: map[string]int{store.DelayCount(3 * time.Hour): 2, store.DelayCount(1000 * time.Hour): 1}})
	f.reopen()
	list := f.health(now)
	if len(list) != 2 || list[0].Source != "a.example" || list[1].Source != "b.example" {
		t.Fatalf("health %+v", list)
	}
	a := list[0]
	if a.Articles != 4 || a.Pages != 10 || a.Errors["timeout"] != 2 || !a.LastYield.Equal(now) {
		t.Errorf("counts of a day: %+v", a)
	}
	if d := a.Delay; d.Messages != 15 || d.Half != 15*time.Minute || d.Most != 6*time.Hour || d.Buckets[900] != 12 {
		t.Errorf("delay %+v", d)
	}
	if b := list[1]; !b.LastYield.IsZero() || b.Usual != 0 || len(b.Findings) != 0 || b.Delay.Messages != 0 {
		t.Errorf("an outlet that never gave an article: %+v", b)
	}
}

func testWatchState(t *testing.T, open Open) {
	f := fresh(t, open)
	state := store.HostState{Robots: "rules", Pace: 1500 * time.Millisecond, Rest: now.Add(time.Hour)}
	f.observe(store.Observation{Source: "a.example", Host: "m.a.example", At: now.Add(-time.Minute), State: &store.HostState{Robots: "none"}})
	f.observe(store.Observation{Source: "a.example", Host: "m.a.example", At: now, State: &state})
	f.observe(store.Observation{Source: "a.example", Host: "m.a.example", At: now.Add(time.Minute), Counts: map[string]int{store.CountPages: 1}})
	list := f.health(now)
	state.Host, state.Seen = "m.a.example", now
	if len(list) != 1 || len(list[0].Hosts) != 1 || list[0].Hosts[0] != state {
		t.Errorf("hosts %+v, want %+v", list, state)
	}
}

func testWatchFindings(t *testing.T, open Open) {
	f := fresh(t, open)
	seen := func(at time.Time, list ...store.Finding) {
		f.observe(store.Observation{Source: "a.example", Host: "a.example", At: at, Findings: list})
	}
	seen(now, store.Finding{Kind: "challenge", About: "a.example", Detail: "one"}, store.Finding{Kind: "moved", About: "http://a.example/rss", Detail: "to b.example"})
	seen(now.Add(time.Hour), store.Finding{Kind: "challenge", About: "a.example", Detail: "two", Times: 3})
	got := f.health(now.Add(time.Hour))[0].Findings
	want := store.Finding{Kind: "challenge", About: "a.example", Detail: "two", First: now, Last: now.Add(time.Hour), Times: 4}
	if len(got) != 2 || got[0] != want || got[1].Kind != "moved" {
		t.Errorf("findings %+v, want %+v and a move", got, want)
	}
	f.observe(store.Observation{Source: "a.example", Host: "a.example", At: now.Add(2 * time.Hour), Well: []string{"a.example"}})
	if got := f.health(now.Add(2 * time.Hour))[0].Findings; len(got) != 1 || got[0].Kind != "moved" {
		t.Errorf("findings after the host was well: %+v", got)
	}
	if got := f.health(now.Add(15 * 24 * time.Hour))[0].Findings; len(got) != 0 {
		t.Errorf("findings that nobody saw for long: %+v", got)
	}
}

// testWatchSilence watches outlets that work in different ways.
func testWatchSilence(t *testing.T, open Open) {
	for name, tc := range map[string]struct {
		days   int // watched
		yields func(hour time.Time) bool
		quiet  time.Duration // since the last day watched
		silent bool
	}{
		"a daily that stopped yesterday": {14, func(h time.Time) bool { return h.Hour() < 15 }, 36 * time.Hour, true},
		"a daily over night":             {14, func(h time.Time) bool { return h.Hour() < 15 }, 8 * time.Hour, false},
		"a ministry over the weekend": {14, func(h time.Time) bool {
			return h.Weekday() != time.Saturday && h.Weekday() != time.Sunday && h.Hour() < 10
		}, 60 * time.Hour, false},
		"a ministry for two weeks": {14, func(h time.Time) bool {
			return h.Weekday() != time.Saturday && h.Weekday() != time.Sunday && h.Hour() < 10
		}, 14 * 24 * time.Hour, true},
		"an outlet that was seen for two days": {2, func(time.Time) bool { return true }, 72 * time.Hour, false},
		"one article a week":                   {28, func(h time.Time) bool { return h.Weekday() == time.Monday && h.Hour() == 3 }, 10 * 24 * time.Hour, false},
	} {
		t.Run(name, func(t *testing.T) {
			f := fresh(t, open)
			var end time.Time
			for at := now.Add(-time.Duration(tc.days) * 24 * time.Hour); at.Before(now); at = at.Add(time.Hour) {
				if tc.yields(at) {
					end = at
					f.observe(store.Observation{Source: "a.example", Host: "a.example", At: at, Counts: map[string]int{store.CountArticles: 1}})
				}
			}
			list := f.health(end.Add(tc.quiet))
			silent := len(list) == 1 && len(list[0].Findings) == 1 && list[0].Findings[0].Kind == "silent"
			if silent != tc.silent {
				t.Errorf("health %+v", list)
			}
		})
	}
}

func testWatchRefusal(t *testing.T, open Open) {
	if err := fresh(t, open).Observe(t.Context(), store.Observation{At: now}); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("an observation without its source: %v", err)
	}
}
