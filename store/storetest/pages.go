package storetest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"sukien/news"
	"sukien/store"
)

var pageTests = map[string]func(*testing.T, Open){
	"save":        testSave,
	"no archive":  testNoArchive,
	"not found":   testNotFound,
	"requeue":     testRequeue,
	"other pages": testOtherPages,
	"full text":   testFullText,
	"articles":    testArticles,
	"foreign":     testForeign,
}

func testSave(t *testing.T, open Open) {
	f := fresh(t, open)
	a := article("bao-mot.example", 1)
	id, changed := f.save(a)
	if id != a.ID || !changed {
		t.Errorf("first save: %s, %v; want %s, true", id, changed, a.ID)
	}
	if _, changed := f.save(a); changed {
		t.Error("the same article again counts as changed")
	}
	if rows, _ := f.Pending(t.Context(), 10); len(rows) != 1 || !strings.HasPrefix(rows[0].Subject, "sukien.article.v1.bao-mot-example.") {
		t.Errorf("outbox %v, want one article message", rows)
	}
	f.flush()
	a.Text += " Thêm một câu."
	if _, changed := f.save(a); !changed {
		t.Error("another text does not count as changed")
	}
	rows, err := f.Pending(t.Context(), 10)
	if err != nil || len(rows) != 1 {
		t.Fatalf("outbox after the change: %v, %v", rows, err)
	}
	f.reopen()
	got, err := f.Article(t.Context(), id)
	if err != nil || got.Text != a.Text || got.Title != a.Title {
		t.Errorf("article %+v, %v", got, err)
	}
	page, err := f.RawPage(t.Context(), id)
	if err != nil || string(page.Body) != "<p>"+a.Text+"</p>" || page.URL != a.URL || !page.Fetched.Equal(now) {
		t.Errorf("page %+v, %v", page, err)
	}
}

func testNoArchive(t *testing.T, open Open) {
	f := fresh(t, open)
	a := article("bao-mot.example", 1)
	p := store.SavedPage{Page: &news.Page{URL: a.URL, Fetched: now, Body: []byte("<p>kín</p>")}, Article: a, NoArchive: true, Now: now}
	id, _, err := f.SavePage(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.RawPage(t.Context(), id); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("raw page of a noarchive page: %v", err)
	}
}

func testNotFound(t *testing.T, open Open) {
	f := fresh(t, open)
	_, articleErr := f.Article(t.Context(), "none")
	_, pageErr := f.RawPage(t.Context(), "none")
	_, eventErr := f.Event(t.Context(), "none")
	_, ingestErr := f.Ingest(t.Context(), news.Extraction{ArticleID: "none"}, now)
	for name, err := range map[string]error{
		"Article": articleErr, "RawPage": pageErr, "Event": eventErr, "Ingest": ingestErr,
		"RetryLetter": f.RetryLetter(t.Context(), 7), "DropLetter": f.DropLetter(t.Context(), 7),
	} {
		if !errors.Is(err, news.ErrNotFound) {
			t.Errorf("%s of what is not there: %v", name, err)
		}
	}
}

// testRequeue: what was never ingested is asked for again, though the stream
// and the outbox have forgotten it.
func testRequeue(t *testing.T, open Open) {
	f := fresh(t, open)
	lost, _ := f.save(article("bao-mot.example", 1))
	done, _ := f.save(article("bao-mot.example", 2))
	f.ingest(done)
	f.flush()
	f.reopen()
	n, err := f.Requeue(t.Context())
	if n != 1 || err != nil {
		t.Fatalf("requeued %d, %v; want 1", n, err)
	}
	rows, err := f.Pending(t.Context(), 10)
	if err != nil || len(rows) != 1 || !strings.HasSuffix(rows[0].Subject, lost) || len(rows[0].Body) == 0 {
		t.Errorf("outbox %+v, %v; want the message of %s with its body", rows, err, lost)
	}
	if c, err := f.Counts(t.Context()); err != nil || c.Articles != 2 || c.Unextracted != 1 || c.Unsent != 1 {
		t.Errorf("counts %+v, %v", c, err)
	}
}

func testOtherPages(t *testing.T, open Open) {
	f := fresh(t, open)
	a := article("bao-mot.example", 1)
	a.PageType = news.PageListing
	f.save(a)
	if rows, _ := f.Pending(t.Context(), 10); len(rows) != 0 {
		t.Errorf("a listing is to be extracted: %v", rows)
	}
	if n, err := f.Requeue(t.Context()); n != 0 || err != nil {
		t.Errorf("requeued %d, %v", n, err)
	}
}

func testFullText(t *testing.T, open Open) {
	f := fresh(t, open)
	a := article("bao-mot.example", 1)
	a.Title, a.Text = "Đà Nẵng khai mạc hội thảo thuỷ sản", "Chiều 17/3, Sở Nông nghiệp - Môi trường họp tại quận Sơn Đông."
	f.save(a)
	f.save(article("bao-mot.example", 2))
	for _, row := range []struct {
		name, words string
		found       bool
	}{
		{"with diacritics", "Đà Nẵng", true},
		{"without diacritics, đ as d", "da nang", true},
		{"decomposed", norm.NFD.String("đà nẵng"), true},
		{"words of title and text", "thuy san quan son dong", true},
		{"the other tone mark placement", "thủy sản", true},
		{"a dash and quotes are no operators", `"nong nghiep" - AND`, false},
		{"a bare dash", "nghiệp - môi", true},
		{"a word that is not there", "đà lạt", false},
		{"a part of a word", "nan", false},
		{"nothing but marks", `" - *`, false},
	} {
		list, _, err := f.Articles(t.Context(), store.ArticleQuery{Words: row.words})
		if err != nil || (len(list) == 1) != row.found {
			t.Errorf("%s: %d articles, %v; want found %v", row.name, len(list), err, row.found)
		}
	}
	a.Title = "Huế khai mạc hội thảo thuỷ sản"
	f.save(a)
	if list, _, err := f.Articles(t.Context(), store.ArticleQuery{Words: "da nang"}); err != nil || len(list) != 0 {
		t.Errorf("the words of the old title still find %d articles, %v", len(list), err)
	}
}

func testArticles(t *testing.T, open Open) {
	f := fresh(t, open)
	for n, published := range []news.Stamp{"2026-03-01T10:00:00+07:00", "2026-03-02", "2026-03", ""} {
		a := article("bao-mot.example", n)
		a.Published = published
		f.save(a)
	}
	f.save(article("bao-hai.example", 9))
	for _, row := range []struct {
		name string
		q    store.ArticleQuery
		want int
	}{
		{"all", store.ArticleQuery{}, 5},
		{"source", store.ArticleQuery{Source: "bao-hai.example"}, 1},
		{"from", store.ArticleQuery{From: "2026-03-02", Source: "bao-mot.example"}, 1},
		{"to", store.ArticleQuery{To: "2026-03-01", Source: "bao-mot.example"}, 2},
		{"listings", store.ArticleQuery{Type: news.PageListing}, 0},
	} {
		list, _, err := f.Articles(t.Context(), row.q)
		if err != nil || len(list) != row.want {
			t.Errorf("%s: %d articles, %v; want %d", row.name, len(list), err, row.want)
		}
	}
	seen := map[string]bool{}
	for cursor, rounds := "", 0; ; rounds++ {
		list, next, err := f.Articles(t.Context(), store.ArticleQuery{Limit: 2, Cursor: cursor})
		if err != nil || rounds > 3 {
			t.Fatalf("round %d: %v", rounds, err)
		}
		for _, a := range list {
			seen[a.ID] = true
		}
		if cursor = next; next == "" {
			break
		}
	}
	if len(seen) != 5 {
		t.Errorf("by pages of two: %d articles, want 5", len(seen))
	}
}

// testForeign: text of foreign bytes is kept, searched and told of.
func testForeign(t *testing.T, open Open) {
	f := fresh(t, open)
	a := article("bao-mot.example", 1)
	a.Title, a.Author = "Huế \x00 họp \xff\xfe", "\x00"
	a.Text = "mưa " + strings.Repeat("\x00", 10) + strings.Repeat("x", 5000) + " " + manyWords(100_000)
	id, _ := f.save(a)
	if list, _, err := f.Articles(t.Context(), store.ArticleQuery{Words: "huế họp mưa"}); err != nil || len(list) != 1 {
		t.Errorf("found %d articles, %v", len(list), err)
	}
	if _, _, err := f.Articles(t.Context(), store.ArticleQuery{Words: "\x00 \xff' & | ! <-> :* \\"}); err != nil {
		t.Errorf("words that are none: %v", err)
	}
	f.ingest(id, with(forum(4, "2026-03-20"), func(r *news.Record) {
		r.Name, r.Theme = "Diễn đàn \x00 sông \xff Hồng", strings.Repeat("dài ", 10_000)
		r.Places = []news.Place{{Name: strings.Repeat("Viêng Chăn ", 1000), Country: "LA"}}
		r.Officials = []news.Official{{Name: strings.Repeat("Mẫu\xff", 2000)}}
	}))
	if list, _, err := f.Events(t.Context(), store.EventQuery{Places: []string{"vieng chan"}, Words: []string{"song hong"}}); err != nil || len(list) != 1 {
		t.Errorf("found %d events, %v", len(list), err)
	}
	l := store.Letter{Stage: "extract", Subject: "sukien.article.v1.a.b", MsgID: "b\x00", Body: []byte{0, 255}, Reason: "\xff\x00"}
	if err := f.Bury(t.Context(), l); err != nil {
		t.Error(err)
	}
}

// manyWords are n words of which none is like another.
func manyWords(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "w%x ", i)
	}
	return b.String()
}
