package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"sukien/news"
	"sukien/store"
	"sukien/store/postgres"
)

var day = time.Date(2026, 3, 18, 9, 0, 0, 0, time.UTC)

// TestConnectionsLost breaks all connections in the middle of the work, as a
// server that is restarted does: calls take longer, none fails, nothing is there
// twice.
func TestConnectionsLost(t *testing.T) {
	url := server.Database(t)
	s := open(t, url)
	const rounds = 8
	for n := range rounds {
		done := make(chan error)
		go func() { done <- round(t.Context(), s, n) }()
		const broken = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sukien'`
		if _, err := server.SQL(t.Context(), url, broken); err != nil {
			t.Error(err)
		}
		if err := <-done; err != nil {
			t.Fatalf("round %d: %v", n, err)
		}
	}
	c, err := s.Counts(t.Context())
	if err != nil || c.Articles != rounds || c.Events != rounds || c.Unsent != 2*rounds {
		t.Errorf("counts %+v, %v; want %d articles and events with a message each", c, err, rounds)
	}
}

// round saves an article with its meeting, and fetches a link.
func round(ctx context.Context, s store.Store, n int) error {
	address := fmt.Sprintf("https://bao-mot.example/%d", n)
	a := &news.Article{URL: address, PageType: news.PageArticle, Title: "Bài", Text: fmt.Sprint("Nội dung ", n)}
	id, _, err := s.SavePage(ctx, store.SavedPage{Page: &news.Page{URL: address, Body: []byte(a.Text)}, Article: a, Now: day})
	if err != nil {
		return err
	}
	r := news.Record{Slots: news.Slots{Salience: news.Main, Kind: news.Congress, Name: fmt.Sprintf("Đại hội làng nghề lần thứ %d", n+1), Ordinal: n + 1}}
	if _, err := s.Ingest(ctx, news.Extraction{ArticleID: id, Pack: "p", Records: []news.Record{r}}, day); err != nil {
		return err
	}
	host := fmt.Sprintf("h%d.example", n)
	if _, err := s.Add(ctx, []store.Link{{URL: "http://" + host + "/", Host: host, Source: host, Due: day}}); err != nil {
		return err
	}
	_, err = s.Lease(ctx, day, "w", time.Minute, 1)
	return err
}

func TestReader(t *testing.T) {
	url := server.Database(t)
	if _, err := postgres.OpenReader(t.Context(), url); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("reading what is not there: %v", err)
	}
	w := open(t, url)
	r, err := postgres.OpenReader(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := r.Counts(t.Context()); err != nil {
		t.Errorf("a reader beside a writer: %v", err)
	}
	if err := round(t.Context(), r, 1); !errors.Is(err, news.ErrForbidden) {
		t.Errorf("a reader that writes: %v, want news.ErrForbidden", err)
	}
	if err := round(t.Context(), w, 1); err != nil {
		t.Error(err)
	}
}

// TestFaultsHideThePassword opens what cannot be opened in each way.
func TestFaultsHideThePassword(t *testing.T) {
	const secret = "geheim"
	for _, tt := range []struct {
		name, url string
		is        error
		says      string
	}{
		{"no URL", "postgres://u:" + secret + "%zz@127.0.0.1/x", news.ErrInvalid, "store.url is no URL"},
		{"a port that is none", "postgres://u:" + secret + "@127.0.0.1:99999/x", news.ErrInvalid, "cannot be used"},
		{"a parameter that is none", "postgres://u:" + secret + "@127.0.0.1/x?pool_max_conns=viele", news.ErrInvalid, "cannot be used"},
		{"no such host", "postgres://u:" + secret + "@nowhere.invalid/x", news.ErrNotFound, "nowhere.invalid"},
		{"nobody there", "postgres://u:" + secret + "@127.0.0.1:1/x", news.ErrTransient, "start it, or correct store.url"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ctx, stop := context.WithTimeout(t.Context(), 300*time.Millisecond)
			defer stop()
			_, err := postgres.Open(ctx, tt.url)
			if err == nil || !errors.Is(err, tt.is) {
				t.Fatalf("error %v, want %v", err, tt.is)
			}
			if said := err.Error(); strings.Contains(said, secret) || !strings.Contains(said, tt.says) || strings.Contains(said, "\n") {
				t.Errorf("said %q, want one line with %q", said, tt.says)
			}
		})
	}
}
