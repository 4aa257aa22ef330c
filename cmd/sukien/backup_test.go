package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sukien/crawler/crawlertest"
	"sukien/store/storetest"
)

// TestBackup brings a store of crawled and corrected events from SQLite to
// PostgreSQL and back: both answer as the first does, and a run over them sends
// nothing that was sent.
func TestBackup(t *testing.T) {
	t.Parallel()
	w := newWorld(t, crawlertest.Options{Now: at})
	w.sukien("run", "--once")
	list := w.listed()
	w.sukien("events", "edit", list[0].ID, "theme=Nước là của chung") // its message waits
	w.sukien("events", "merge", list[1].ID, list[2].ID)
	file, back := filepath.Join(w.dir, "one.zst"), filepath.Join(w.dir, "two.zst")
	w.sukien("backup", file)
	url := server.Database(t)
	w.sukien("restore", file, "--store", url)
	w.sukien("backup", back, "--store", url)
	if cmd, out := w.command("restore", file); cmd.Run() == nil || !strings.Contains(out.String(), "not empty") {
		t.Errorf("restored over a store: %s", out)
	}
	again := newWorld(t, crawlertest.Options{Now: at})
	again.sukien("restore", back)
	one, theirs, two := w.reader(), onStore(w, url).reader(), again.reader()
	storetest.SameStores(t, one, theirs)
	storetest.SameStores(t, one, two)
	for _, st := range []interface{ Close() error }{one, theirs, two} {
		if err := st.Close(); err != nil {
			t.Fatal(err)
		}
	}
	w.sukien("run", "--once", "--roles", "extract,store")
	again.sukien("run", "--once", "--roles", "extract,store")
	sent := again.sent()
	waited := func(id string) bool { return id == list[0].ID || id == list[1].ID }
	if len(sent["new"]) != 0 || !waited(sent["corrected"][0]) || slices.ContainsFunc(sent["corrected"], func(id string) bool { return !waited(id) }) || !slices.Equal(sent["merged"], []string{list[2].ID}) {
		t.Errorf("sent again: %v", sent)
	}
	w.mustBeOnce()
}

// onStore is the world with another store.
func onStore(w *world, url string) *world {
	other := *w
	other.store = url
	return &other
}

// TestBackupBesideARun backs up and is told of a file that was cut.
func TestBackupBesideARun(t *testing.T) {
	t.Parallel()
	w := newWorld(t, crawlertest.Options{Now: at})
	w.sukien("run", "--once")
	stop := w.running()
	file := filepath.Join(w.dir, "one.zst")
	w.sukien("backup", file)
	cmd, out := w.command("backup", "-")
	var data, errs bytes.Buffer
	if cmd.Stdout, cmd.Stderr = &data, &errs; cmd.Run() != nil || data.Len() == 0 || !strings.Contains(errs.String(), "events") {
		t.Errorf("to standard output: %s%s", &errs, out)
	}
	stop()
	if err := os.WriteFile(file, data.Bytes()[:data.Len()/2], 0o600); err != nil {
		t.Fatal(err)
	}
	other := newWorld(t, crawlertest.Options{Now: at})
	if cmd, out := other.command("restore", file); cmd.Run() == nil || !strings.Contains(out.String(), "backup, line") {
		t.Errorf("half a backup: %s", out)
	}
	cmd, out = other.command("restore", "-")
	if cmd.Stdin = &data; cmd.Run() != nil || !slices.Equal(other.events(), w.events()) {
		t.Errorf("from standard input: %s", out)
	}
}
