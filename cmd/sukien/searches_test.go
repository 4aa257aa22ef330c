package main

import (
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sukien/configs"
	"sukien/crawler/crawlertest"
	"sukien/news"
	"sukien/news/lexicon"
)

// TestSearchIsPushed saves a search beside a running process, whose webhook gets
// what is in the stream, signed; its dead letter is sent again.
func TestSearchIsPushed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, crawlertest.Options{Now: at})
	w.sukien("run", "--once")
	var gone atomic.Bool
	gone.Store(true)
	got := make(chan string, 1000)
	hook := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || !strings.HasPrefix(r.Header.Get("Webhook-Signature"), "v1,") {
			t.Errorf("a request without its signature: %v", err)
		}
		if gone.Load() {
			rw.WriteHeader(http.StatusGone)
			return
		}
		got <- r.Header.Get("Webhook-Id") + " " + string(body)
	}))
	defer hook.Close()
	secretFile := filepath.Join(w.dir, "secret")
	if err := os.WriteFile(secretFile, []byte("geheim\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.fails(exitMisuse, "searches", "add", "all", "--webhook", hook.URL)
	w.env = append(w.env, "SUKIEN_NATS_LISTEN=127.0.0.1:0", "SUKIEN_WEB_LISTEN=127.0.0.1:0", "SUKIEN_PUSH_WEBHOOK_SECRET=file:"+secretFile, "SUKIEN_PUSH_ALLOW_PRIVATE=127.0.0.0/8")
	stop := w.background("run", "--roles", "store,serve")
	w.sukien("searches", "add", "all", "--webhook", hook.URL, "--change", "new", "--backfill")
	w.fails(exitMisuse, "searches", "add", "all", "--webhook", hook.URL)
	want := len(w.mainEvents())
	deadline := time.Now().Add(30 * time.Second)
	for strings.Count(w.sukien("dead", "list"), "sukien.push.v1.all") < want {
		if time.Now().After(deadline) {
			t.Fatalf("want %d dead letters:\n%s", want, w.sukien("dead", "list"))
		}
	}
	stop()
	gone.Store(false)
	w.sukien("dead", "retry", "--all")
	stop = w.background("run", "--roles", "store,serve")
	seen := map[string]bool{}
	for len(seen) < want {
		select {
		case m := <-got:
			id, _, _ := strings.Cut(m, " ")
			if seen[id] || strings.Contains(m, `"evidence"`) {
				t.Errorf("sent twice, or with an article's words: %s", id)
			}
			seen[id] = true
		case <-time.After(20 * time.Second):
			t.Fatalf("got %d messages, want %d", len(seen), want)
		}
	}
	if out := w.sukien("searches", "test", "all"); !strings.Contains(out, "sent to") || !strings.HasPrefix(<-got, "test-") {
		t.Errorf("test: %s", out)
	}
	if out := w.sukien("searches", "list"); !strings.Contains(out, "http://127.0.0") {
		t.Errorf("list: %s", out)
	}
	w.sukien("searches", "remove", "all")
	w.fails(exitFailed, "searches", "remove", "all")
	stop()
	if len(got) > 0 {
		t.Errorf("%d messages too many", len(got))
	}
	if out := w.sukien("config"); strings.Contains(out, secretFile) {
		t.Errorf("config shows a secret")
	}
}

// TestSearchOfARunOnce: what a run --once finds is pushed before it ends.
func TestSearchOfARunOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, crawlertest.Options{Now: at})
	var got atomic.Int64
	hook := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { got.Add(1) }))
	defer hook.Close()
	w.env = append(w.env, "SUKIEN_PUSH_WEBHOOK_SECRET=geheim", "SUKIEN_PUSH_ALLOW_PRIVATE=127.0.0.0/8")
	w.sukien("searches", "add", "all", "--webhook", hook.URL, "--change", "new")
	w.sukien("run", "--once")
	if want := len(w.mainEvents()); int(got.Load()) != want {
		t.Errorf("%d pushes, want %d", got.Load(), want)
	}
	w.sukien("searches", "remove", "all")
	w.sukien("run", "--once") // ends, though the search's place in the stream was left behind
}

// mainEvents are the events of the store that are not only mentioned.
func (w *world) mainEvents() (ids []string) {
	for _, e := range w.events() {
		if strings.HasPrefix(e, "main ") {
			ids = append(ids, e)
		}
	}
	return ids
}

func TestMessageFilters(t *testing.T) {
	words, err := fs.Sub(configs.FS, "lexicon")
	if err != nil {
		t.Fatal(err)
	}
	lex, err := lexicon.Load(words)
	if err != nil {
		t.Fatal(err)
	}
	e := news.Event{Slots: news.Slots{Kind: news.Session, Level: news.Province, Name: "Kỳ họp thứ 9 Hội đồng nhân dân", Theme: "Nước sạch", Series: "hdnd", Start: "2026-03-18",
		Places:    []news.Place{{Name: "Sầm Sơn", Kind: news.CityPlace, Country: "VN"}, {Name: "Viêng Chăn", Kind: news.CityPlace, Country: "LA"}},
		Officials: []news.Official{{Name: "Đỗ Thị Mẫu"}}}, Records: []news.RecordRef{{Source: "tin.example"}}}
	all := func(f filters) messageFilters { return messageFilters{filters: f} }
	tests := []struct {
		name   string
		filter messageFilters
		want   bool
	}{
		{"none", messageFilters{}, true},
		{"series", all(filters{Series: []string{"x", "hdnd"}}), true},
		{"other series", all(filters{Series: []string{"x"}}), false},
		{"kind", all(filters{Kind: []string{"session"}}), true},
		{"level", all(filters{Level: []string{"commune"}}), false},
		{"source", all(filters{Source: []string{"tin.example"}}), true},
		{"official without diacritics", all(filters{Official: []string{"do thi mau"}}), true},
		{"place", all(filters{Place: []string{"sam son"}}), true},
		{"province of a town", all(filters{Place: []string{"Thanh Hóa"}}), true},
		{"province without diacritics", all(filters{Place: []string{"thanh hoa"}}), true},
		{"other province", all(filters{Place: []string{"Nghệ An"}}), false},
		{"country by name", all(filters{Place: []string{"Lào"}}), true},
		{"country by code", all(filters{Place: []string{"LA"}}), true},
		{"other country", all(filters{Place: []string{"Thái Lan"}}), false},
		{"words", all(filters{Words: []string{"hoi dong"}}), true},
		{"words with diacritics", all(filters{Words: []string{"Hội đồng nhân dân"}}), true},
		{"theme", all(filters{Words: []string{"nước sạch"}}), true},
		{"part of a word", all(filters{Words: []string{"hội đồn"}}), false},
		{"expression", all(filters{Words: []string{`/kỳ họp thứ \d+/`}}), true},
		{"other expression", all(filters{Words: []string{`/^họp/`}}), false},
		{"decomposed expression", all(filters{Words: []string{"/ky\u0300 ho\u0323p/"}}), true},
		{"change", messageFilters{Change: []string{"new"}}, true},
		{"other change", messageFilters{Change: []string{"updated"}}, false},
		{"from", messageFilters{From: "2026-03-18"}, true},
		{"after", messageFilters{From: "2026-03-19"}, false},
		{"to a month", messageFilters{To: "2026-03"}, true},
		{"before", messageFilters{To: "2026-02"}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m, err := tt.filter.ready(lex)
			if err != nil || m.match(&e, news.New) != tt.want {
				t.Errorf("match %v, want %v, %v", !tt.want, tt.want, err)
			}
		})
	}
	for name, f := range map[string]messageFilters{"kind": all(filters{Kind: []string{"x"}}), "expression": all(filters{Words: []string{"/(/"}}), "change": {Change: []string{"x"}}, "day": {From: "soon"}} {
		if _, err := f.ready(nil); err == nil {
			t.Errorf("a bad %s is taken", name)
		}
	}
}
