package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"sukien/crawler/crawlertest"
	"sukien/news"
)

// one is an event of the store.
func (w *world) one(id string) news.Event {
	w.t.Helper()
	var e news.Event
	if err := json.Unmarshal([]byte(w.sukien("events", "show", id, "--format", "json")), &e); err != nil {
		w.t.Fatal(err)
	}
	return e
}

// listed are the events in force, those of several articles first.
func (w *world) listed() (list []news.Event) {
	w.t.Helper()
	for line := range strings.Lines(w.sukien("events", "--format", "json")) {
		var e news.Event
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			w.t.Fatalf("%s: %v", line, err)
		}
		list = append(list, e)
	}
	slices.SortStableFunc(list, func(a, b news.Event) int { return len(b.Records) - len(a.Records) })
	return list
}

// TestCorrections corrects events in a store that no process runs over, and then
// through the process that does.
func TestCorrections(t *testing.T) {
	t.Parallel()
	w := newWorld(t, crawlertest.Options{Now: at})
	w.sukien("run", "--once")
	list := w.listed()
	first, second, third := list[0], list[1], list[2]
	if len(first.Records) < 2 {
		t.Fatalf("no event of two articles: %+v", first)
	}
	w.sukien("events", "edit", first.ID, "theme=Nước là của chung", "--by", "an", "--note", "theo giấy mời")
	if e := w.one(first.ID); e.Theme != "Nước là của chung" || e.Revision != first.Revision+1 || !slices.Equal(e.Pinned, []string{"theme"}) {
		t.Errorf("edited: %+v", e)
	}
	if shown := w.sukien("events", "show", first.ID); !strings.Contains(shown, "an: theo giấy mời") || !strings.Contains(shown, "pinned       theme") {
		t.Errorf("shown:\n%s", shown)
	}
	out := w.sukien("events", "split", first.ID, "--records", first.Records[0].ID)
	if !strings.Contains(out, "is the new event") || len(w.one(first.ID).Records) != len(first.Records)-1 {
		t.Errorf("split:\n%s", out)
	}
	w.sukien("events", "undo", first.ID)
	w.sukien("events", "merge", second.ID, third.ID)
	if e := w.one(third.ID); e.MergedInto != second.ID {
		t.Errorf("merged: %+v", e)
	}
	stop := w.running()
	w.sukien("events", "confirm", second.ID)
	w.sukien("events", "reject", first.ID, "--by", "an")
	if cmd, out := w.command("events", "edit", second.ID, "start=2026-02-30"); cmd.Run() == nil || cmd.ProcessState.ExitCode() != exitMisuse || !strings.Contains(out.String(), "that exists") {
		t.Errorf("a day that is none: %s", out)
	}
	if cmd, out := w.command("events", "confirm", "e-none"); cmd.Run() == nil || !strings.Contains(out.String(), "not found") {
		t.Errorf("an event that is none: %s", out)
	}
	stop()
	w.sukien("reextract", "--restart")
	if slices.ContainsFunc(w.listed(), func(e news.Event) bool { return e.ID == first.ID || e.ID == third.ID }) {
		t.Error("what was rejected or merged is back after a new reading")
	}
	w.sukien("run", "--once")
	sent := w.sent()
	if !slices.Contains(sent["retracted"], first.ID) || !slices.Contains(sent["merged"], third.ID) || !slices.Contains(sent["updated"], second.ID) || !slices.Contains(sent["corrected"], first.ID) {
		t.Errorf("sent %v", sent)
	}
}

// running starts sukien run and waits until it takes corrections; the function
// ends it.
func (w *world) running() func() {
	w.t.Helper()
	cmd, out := w.command("run", "--roles", "extract,store")
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	socket := filepath.Join(w.data(), "sukien.sock")
	for limit := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if _, err := os.Stat(socket); err == nil {
			break
		}
		if time.Now().After(limit) {
			w.t.Fatalf("it does not take corrections:\n%s", out)
		}
	}
	return func() {
		w.t.Helper()
		w.signal(cmd.Process, syscall.SIGTERM)
		if err := cmd.Wait(); err != nil {
			w.t.Errorf("run: %v\n%s", err, out)
		}
	}
}
