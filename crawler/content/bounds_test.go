package content_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"sukien/crawler/content"
	"sukien/news"
)

// hostile are pages made to cost time or memory out of all proportion; size is
// in bytes.
func hostile(size int) map[string]string {
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	return map[string]string{
		"nested tags":              fill("<div>"),
		"nested formatting":        fill("<b><i><font color=a>"),
		"nested tables":            fill("<table><tr><td>"),
		"siblings":                 fill("<p>xin chào"),
		"unclosed everything":      fill("<ul><li><p><b><a href=x><span>x"),
		"text cut by stray ends":   fill("a</x>"),
		"text cut by stray cells":  fill("a<td>"),
		"one attribute":            `<p class="` + fill("abc ") + `">x</p>`,
		"one style":                `<p style="` + fill("display:") + `">x</p>`,
		"many attributes":          "<p " + fill("a=b ") + ">x</p>",
		"invalid UTF-8":            fill("\xff\xfe<p>\x80abc"),
		"title":                    "<title>" + fill("Hội nghị - ") + "</title><h1>Hội nghị</h1>",
		"semicolons":               "<p>" + fill("x;a"),
		"JSON-LD":                  `<script type="application/ld+json">` + fill("["),
		"dates":                    fill("<p>12/3/2020 10:20 "),
		"one line of dates":        "<p>" + fill("12/3/2020 10:20 "),
		"links":                    fill("<a href='/x'>Tin liên quan</a> "),
		"captions":                 fill("<img src=a><p><em>Ảnh: A</em>"),
		"bylines":                  fill("<p><b>Lê A (TTXVN)</b>"),
		"comments that do not end": fill("<!--"),
	}
}

// TestHostile gives up, cut, on what is too much, and ends on all of it. The
// time is the test's own limit; BenchmarkHostile shows that it is linear.
func TestHostile(t *testing.T) {
	for name, s := range hostile(1 << 20) {
		t.Run(name, func(t *testing.T) {
			strip(t, news.Page{URL: address, Body: []byte(s)}, content.Options{})
			strip(t, news.Page{URL: address, Body: []byte(s), Text: true}, content.Options{})
		})
	}
}

func TestDeepPageIsRead(t *testing.T) {
	deep := strings.Repeat("<div>", 2000) + string(page("", "", "")) + strings.Repeat("</div>", 2000)
	a := strip(t, news.Page{URL: address, Body: []byte(deep)}, content.Options{}).Article
	if a.Text != strings.Join(paragraphs, "\n") {
		t.Errorf("text %q", a.Text)
	}
}

func TestCutSaysSo(t *testing.T) {
	res := strip(t, news.Page{URL: address, Body: []byte(string(page("", "", "")) + strings.Repeat("<p>x", 500_000))}, content.Options{})
	if !res.Cut || !strings.HasPrefix(res.Article.Text, paragraphs[0]) {
		t.Errorf("cut %v, text of %d bytes", res.Cut, len(res.Article.Text))
	}
}

func FuzzStrip(f *testing.F) {
	files, err := filepath.Glob("testdata/*/*.[ht][tx][mt]*")
	if err != nil || len(files) == 0 {
		f.Fatalf("no seeds: %v", err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b, filepath.Ext(file) == ".txt")
	}
	f.Fuzz(func(t *testing.T, body []byte, text bool) {
		res, err := content.Strip(news.Page{URL: address, Body: body, Text: text, Fetched: fetchedAt}, content.Options{Explain: true})
		if err != nil {
			return
		}
		a := res.Article
		for name, st := range map[string]news.Stamp{"published": a.Published, "modified": a.Modified} {
			if err := st.Check(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if a.PageType == "" {
			t.Error("no page type")
		}
		content.Simhash(a.Text)
	})
}

// samples are the invented pages, and with SUKIEN_EVAL the real ones of that folder.
func samples(b *testing.B) (pages [][]byte) {
	b.Helper()
	patterns := []string{"testdata/pages/*.html"}
	if dir := os.Getenv("SUKIEN_EVAL"); dir != "" {
		patterns = []string{filepath.Join(dir, "pages", "*.html")}
	}
	size := 0
	for _, p := range patterns {
		files, err := filepath.Glob(p)
		if err != nil || len(files) == 0 {
			b.Fatalf("%s: %v", p, err)
		}
		for _, file := range files {
			body, err := os.ReadFile(file)
			if err != nil {
				b.Fatal(err)
			}
			pages = append(pages, body)
			size += len(body)
		}
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	return pages
}

// BenchmarkParse is bare html.Parse, the yardstick of BenchmarkStrip.
func BenchmarkParse(b *testing.B) {
	pages := samples(b)
	for b.Loop() {
		for _, body := range pages {
			if _, err := html.Parse(bytes.NewReader(body)); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkStrip parses, strips, reads metadata and collects links.
func BenchmarkStrip(b *testing.B) {
	pages := samples(b)
	for b.Loop() {
		for _, body := range pages {
			if _, err := content.Strip(news.Page{URL: address, Body: body, Fetched: fetchedAt}, content.Options{}); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkHostile shows the same megabytes a second for one and for ten megabytes.
func BenchmarkHostile(b *testing.B) {
	for _, size := range []int{1 << 20, 10 << 20} {
		for name, s := range hostile(size) {
			b.Run(name+"/"+map[int]string{1 << 20: "1MB", 10 << 20: "10MB"}[size], func(b *testing.B) {
				b.SetBytes(int64(len(s)))
				b.ReportAllocs()
				for b.Loop() {
					strip(b, news.Page{URL: address, Body: []byte(s)}, content.Options{})
				}
			})
		}
	}
}
