package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"sukien/crawler/crawlertest"
	"sukien/news"
)

// TestPurge removes an article that alone tells of an event: it is gone from the
// store and the stream, its event is retracted, and the next crawl does not bring
// it back.
func TestPurge(t *testing.T) {
	t.Parallel()
	w := newWorld(t, crawlertest.Options{Now: at})
	w.sukien("run", "--once")
	out, _ := w.out("events", "--format", "json")
	var alone news.Event
	for line := range strings.Lines(out) {
		var e news.Event
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		if len(e.Records) == 1 && e.Salience == news.Main {
			alone = e
		}
	}
	if alone.ID == "" {
		t.Fatal("no event of one article")
	}
	url := alone.Records[0].URL
	if list, text := w.out("purge", "--url", url, "--dry-run"); !strings.Contains(list, url) || !strings.Contains(text, "1 articles; nothing was purged") {
		t.Errorf("dry run: %s%s", list, text)
	}
	before := w.told()
	if text := w.sukien("purge", "--url", url); !strings.Contains(text, "1 articles, ") || !strings.Contains(text, "messages retracted") {
		t.Errorf("purge: %s", text)
	}
	w.sukien("run", "--once")
	after := w.told()
	if len(after) != len(before)-1 || slices.ContainsFunc(after, func(a string) bool { return strings.Contains(a, url) }) {
		t.Errorf("%d articles, %d before", len(after), len(before))
	}
	if out, _ := w.out("events", "--format", "json"); strings.Contains(out, alone.ID) {
		t.Errorf("the event is still listed")
	}
	sent := w.sent()
	if !slices.Contains(sent["retracted"], alone.ID) || slices.Contains(sent["new"], alone.ID) {
		t.Errorf("the stream has new %v, retracted %v", slices.Contains(sent["new"], alone.ID), slices.Contains(sent["retracted"], alone.ID))
	}
}
