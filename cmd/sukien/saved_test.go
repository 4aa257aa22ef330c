package main

import (
	"context"
	"encoding/xml"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sukien/store"
	"sukien/store/sqlite"
	"sukien/store/storetest"
	"sukien/stream"
	"sukien/web"
)

// TestSavedSearchFeeds: a saved search has feeds at an address that stays, for
// who has a token.
func TestSavedSearchFeeds(t *testing.T) {
	st, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "sukien.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	storetest.Fill(t, st, 300)
	for _, q := range []store.Search{
		{Name: "le", Spec: []byte(`{"kind":["ceremony","forum"],"words":["/^Lễ khởi công|diễn đàn/"],"change":["new"],"mail":"lan@bao.example"}`)},
		{Name: "gia-lai", Spec: []byte(`{"place":["gia lai"],"mail":"lan@bao.example"}`)},
		{Name: "khong", Spec: []byte(`{"words":["không có bao giờ"],"mail":"lan@bao.example"}`)},
	} {
		if err := st.AddSearch(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	if err := st.AddAnalyst(t.Context(), store.Analyst{Name: "lan", Hash: stream.HashSecret("bi-mat")}); err != nil {
		t.Fatal(err)
	}
	p := &pipeline{settings: &Settings{}, store: st}
	cfg := web.Config{Live: liveStream{}, Ready: func(context.Context) error { return nil }, Log: slog.New(slog.DiscardHandler), Tokens: tokens{st}, Private: true, Rate: 1000, Now: time.Now}
	if err := p.teach(&cfg); err != nil {
		t.Fatal(err)
	}
	h, err := web.Handler(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		path, token string
		status      int
		has, not    string
		items       bool
	}{
		{"/feed.atom?search=le", "bi-mat", 200, "", "Hội nghị", true},
		{"/feed.json?search=gia-lai", "bi-mat", 200, "Gia Lai", "", true},
		{"/calendar.ics?search=gia-lai", "bi-mat", 200, "LOCATION:Gia Lai", "", true},
		{"/?search=gia-lai", "bi-mat", 200, "/feed.atom?search=gia-lai", "", true},
		{"/feed.atom?search=khong", "bi-mat", 200, "<feed", "<entry", false},
		{"/feed.atom?search=ai-do", "bi-mat", 404, "sukien searches list", "", false},
		{"/feed.atom?search=le", "sai", 401, "", "<entry", false},
	} {
		t.Run(row.path, func(t *testing.T) {
			r := httptest.NewRequest("GET", row.path, nil)
			r.SetBasicAuth("lan", row.token)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			body := w.Body.String()
			if w.Code != row.status || !strings.Contains(body, row.has) || row.not != "" && strings.Contains(body, row.not) {
				t.Fatalf("status %d, want %d with %q and without %q in\n%.2000s", w.Code, row.status, row.has, row.not, body)
			}
			var feed struct {
				Entries []struct{} `xml:"entry"`
			}
			if strings.HasPrefix(row.path, "/feed.atom") && w.Code == http.StatusOK {
				if err := xml.Unmarshal(w.Body.Bytes(), &feed); err != nil || (len(feed.Entries) > 0) != row.items {
					t.Errorf("%d entries, %v", len(feed.Entries), err)
				}
			}
		})
	}
}
