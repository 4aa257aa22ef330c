package main

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"sukien/news"
	"sukien/store"
)

// TestKeeper: what is past its time goes, in batches, and nothing else.
func TestKeeper(t *testing.T) {
	s := &Settings{DataDir: t.TempDir()}
	st, err := openStore(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	now := time.Date(2026, 3, 18, 9, 0, 0, 0, time.UTC)
	const old = keepBatch + 20
	var pages []store.SavedPage
	for n := range old + 5 {
		url := fmt.Sprintf("https://bao-mot.example/%d.html", n)
		saved := now.AddDate(0, 0, -91)
		if n >= old {
			saved = now.AddDate(0, 0, -89)
		}
		a := &news.Article{ID: news.ArticleID(url), URL: url, PageType: news.PageArticle, Title: "Bài", Text: "Nội dung."}
		pages = append(pages, store.SavedPage{Page: &news.Page{URL: url, Body: []byte(url)}, Article: a, Now: saved})
	}
	ids, err := st.SavePages(t.Context(), pages, store.Bookmark{})
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	p := &pipeline{settings: s, store: st, log: slog.New(slog.NewTextHandler(&log, nil))}
	s.Keep.PageDays, s.Keep.TextDays = 90, 0
	if err := p.keepOnce(t.Context(), now); err != nil {
		t.Fatal(err)
	}
	for n, id := range ids {
		_, err := st.RawPage(t.Context(), id.ID)
		a, err2 := st.Article(t.Context(), id.ID)
		if errors.Is(err, news.ErrNotFound) != (n < old) || err2 != nil || a.Text == "" {
			t.Fatalf("article %d: page %v, article %+v, %v", n, err, a, err2)
		}
	}
	if !strings.Contains(log.String(), fmt.Sprintf("number=%d", old)) {
		t.Errorf("log %s", log.String())
	}
}
