package storetest

import (
	"errors"
	"testing"
	"time"

	"sukien/news"
	"sukien/store"
)

var keepTests = map[string]func(*testing.T, Open){
	"raw pages": testDropPages,
	"texts":     testDropTexts,
	"evidence":  testDropEvidence,
}

// aged are three articles that were saved a day apart, the last at now.
func aged(t *testing.T, open Open) (f *fixture, ids []string) {
	t.Helper()
	f = fresh(t, open)
	for n := range 3 {
		p := savedPage(article("bao-mot.example", n), 0)
		p.Now = now.AddDate(0, 0, n-2)
		id, _, err := f.SavePage(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
		f.ingest(id, forum(n+1, "2026-03-20"))
	}
	return f, ids
}

func testDropPages(t *testing.T, open Open) {
	f, ids := aged(t, open)
	for _, want := range []int{1, 1, 0} {
		if n, err := f.DropPages(t.Context(), now.Add(-time.Hour), 1); n != want || err != nil {
			t.Errorf("dropped %d, %v; want %d", n, err, want)
		}
	}
	for n, id := range ids {
		_, err := f.RawPage(t.Context(), id)
		if gone := errors.Is(err, news.ErrNotFound); gone != (n < 2) {
			t.Errorf("page %d: %v", n, err)
		}
	}
	if a, err := f.Article(t.Context(), ids[0]); err != nil || a.Text == "" {
		t.Errorf("the article went with its page: %+v, %v", a, err)
	}
	p := savedPage(article("bao-mot.example", 0), 0)
	p.Article.Text += " Thêm một câu."
	p.Page.Body = []byte("<p>mới</p>")
	if _, _, err := f.SavePage(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	if page, err := f.RawPage(t.Context(), ids[0]); err != nil || string(page.Body) != "<p>mới</p>" {
		t.Errorf("the page of a changed article: %+v, %v", page, err)
	}
}

func testDropTexts(t *testing.T, open Open) {
	f, ids := aged(t, open)
	for _, want := range []int{2, 0} {
		if n, err := f.DropTexts(t.Context(), now.Add(-time.Hour), 10); n != want || err != nil {
			t.Errorf("dropped %d, %v; want %d", n, err, want)
		}
	}
	for n, id := range ids {
		a, err := f.Article(t.Context(), id)
		if err != nil || (a.Text == "") != (n < 2) || a.Title == "" || a.URL == "" {
			t.Errorf("article %d: %+v, %v", n, a, err)
		}
	}
	if list, _, err := f.Articles(t.Context(), store.ArticleQuery{Words: "noi dung bai so"}); err != nil || len(list) != 1 {
		t.Errorf("%d articles are found by their text, %v", len(list), err)
	}
	if list, _, err := f.Articles(t.Context(), store.ArticleQuery{Words: "bài số 0"}); err != nil || len(list) != 1 {
		t.Errorf("%d articles are found by their title, %v", len(list), err)
	}
	if n, err := f.Requeue(t.Context()); n != 0 || err != nil {
		t.Errorf("%d articles are to be extracted again, %v", n, err)
	}
	if _, changed := f.save(article("bao-mot.example", 0)); changed {
		t.Error("the same article again counts as changed")
	}
}

func testDropEvidence(t *testing.T, open Open) {
	f, _ := aged(t, open)
	f.flush()
	for _, want := range []int{2, 0} {
		if n, err := f.DropEvidence(t.Context(), now.Add(-time.Hour), 10); n != want || err != nil {
			t.Errorf("dropped %d, %v; want %d", n, err, want)
		}
	}
	for _, e := range f.all() {
		told, err := f.Tellings(t.Context(), e.ID)
		if err != nil || len(told) != 1 || len(told[0].Records) != 1 {
			t.Fatalf("tellings %+v, %v", told, err)
		}
		kept := e.Ordinal == 3
		if r := told[0].Records[0]; (len(r.Evidence) > 0) != kept || r.Name == "" || len(r.Officials) == 0 {
			t.Errorf("event %d: evidence of its record %v", e.Ordinal, r.Evidence)
		}
	}
	if got := f.changes(); got != "" {
		t.Errorf("messages %s", got)
	}
}
