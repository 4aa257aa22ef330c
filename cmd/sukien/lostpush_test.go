package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"sukien/crawler/crawlertest"
	"sukien/store"
)

// TestLostStreamLosesNoDigest: messages that were in the stream when it was lost,
// before a saved search had read them, still come into its digest, once.
func TestLostStreamLosesNoDigest(t *testing.T) {
	w := newWorld(t, crawlertest.Options{Now: at})
	w.sukien("run", "--once")
	sent := 0
	for _, ids := range w.sent() {
		sent += len(ids)
	}
	st, err := openStore(t.Context(), &Settings{DataDir: w.data()})
	if err != nil {
		t.Fatal(err)
	}
	search := store.Search{Name: "sang", Created: time.Now().Add(-time.Hour), Spec: []byte(`{"mail":"lan@bao.example","digest":"daily@07:30"}`)}
	if err := st.AddSearch(t.Context(), search); err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := os.RemoveAll(filepath.Join(w.data(), "jetstream")); err != nil {
			t.Fatal(err)
		}
		w.sukien("run", "--once")
		if got := w.waiting("sang"); got != sent || sent == 0 {
			t.Errorf("%d messages wait for the digest, %d were sent", got, sent)
		}
	}
}

// waiting is how many messages wait to be pushed for a search.
func (w *world) waiting(search string) int {
	w.t.Helper()
	st := w.reader()
	defer st.Close()
	depths, err := st.PushDepths(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	for _, d := range depths {
		if d.Search == search {
			return d.Waiting
		}
	}
	return 0
}
