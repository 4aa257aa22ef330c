package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"sukien/crawler/crawlertest"
	"sukien/store"
)

func TestStatusTellsOfEachOutlet(t *testing.T) {
	t.Parallel()
	w := newWorld(t, crawlertest.Options{Now: at, Hostile: true})
	w.env = append(w.env, "SUKIEN_CRAWLER_TIMEOUT=3s")
	w.sukien("run", "--once")
	out, _ := w.out("status", "--format", "json")
	var h struct{ Health []store.SourceHealth }
	if err := json.Unmarshal([]byte(out), &h); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	by := map[string]store.SourceHealth{}
	for _, s := range h.Health {
		by[s.Source] = s
	}
	good := by["songha.example"]
	if good.Articles == 0 || good.Pages == 0 || good.LastYield.IsZero() || len(good.Findings) != 0 || len(good.Hosts) != 1 || good.Hosts[0].Robots != "rules" {
		t.Errorf("a good outlet: %+v", good)
	}
	if good.Delay.Messages == 0 || good.Delay.Half == 0 {
		t.Errorf("no delay from publication to message: %+v", good.Delay)
	}
	bad := by[crawlertest.HostileHost]
	kinds := map[string]bool{}
	for _, f := range bad.Findings {
		kinds[f.Kind] = true
	}
	if !kinds["challenge"] || len(bad.Errors) < 3 {
		t.Errorf("a hostile outlet: %+v", bad)
	}
	if denied := by[crawlertest.DeniedHost]; len(denied.Hosts) != 1 || denied.Hosts[0].Robots != "unreachable" || !denied.Hosts[0].Rest.After(time.Now()) {
		t.Errorf("an outlet without robots.txt: %+v", denied)
	}
	text, _ := w.out("status")
	for _, want := range []string{"SOURCE", "LAST NEW", "24H/USUAL", "ERRORS", "ROBOTS", "DELAY", "songha.example", "unreachable", "rests ", " challenge since "} {
		if !strings.Contains(text, want) {
			t.Errorf("status lacks %q:\n%s", want, text)
		}
	}
}
