package compare_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	readability "github.com/go-shiori/go-readability"
	"github.com/markusmobius/go-trafilatura"

	"sukien/crawler/content"
	"sukien/news"

	"golang.org/x/net/html"
)

// row is one line of a prediction file, as score_pages.py reads it.
type row struct {
	Doc       string `json:"doc"`
	Title     string `json:"title"`
	Published string `json:"published"`
	Author    string `json:"author"`
	Text      string `json:"text"`
}

// extractor reads the article of a page; what it cannot read it leaves empty.
type extractor struct {
	name string
	read func(body []byte, addr *url.URL) row
}

var extractors = []extractor{
	{"sukien", readSukien},
	{"go-trafilatura", readTrafilatura(false)},
	{"go-trafilatura with fallback", readTrafilatura(true)},
	{"go-readability", readReadability},
}

func readSukien(body []byte, addr *url.URL) row {
	res, err := content.Strip(news.Page{URL: addr.String(), Body: body}, content.Options{})
	if err != nil {
		return row{}
	}
	a := res.Article
	return row{Title: a.Title, Published: string(a.Published), Author: a.Author, Text: a.Text}
}

func readTrafilatura(fallback bool) func([]byte, *url.URL) row {
	return func(body []byte, addr *url.URL) row {
		res, err := trafilatura.Extract(bytes.NewReader(body), trafilatura.Options{OriginalURL: addr, EnableFallback: fallback, ExcludeComments: true})
		if err != nil || res == nil {
			return row{}
		}
		r := row{Title: res.Metadata.Title, Author: res.Metadata.Author, Text: res.ContentText}
		if !res.Metadata.Date.IsZero() {
			r.Published = res.Metadata.Date.Format("2006-01-02T15:04:05-07:00")
		}
		return r
	}
}

func readReadability(body []byte, addr *url.URL) row {
	a, err := readability.FromReader(bytes.NewReader(body), addr)
	if err != nil {
		return row{}
	}
	r := row{Title: a.Title, Author: a.Byline, Text: a.TextContent}
	if a.PublishedTime != nil {
		r.Published = a.PublishedTime.In(news.Hanoi).Format("2006-01-02T15:04:05-07:00")
	}
	return r
}

// sample is a real page with its address.
type sample struct {
	doc  string
	addr *url.URL
	body []byte
}

// samples are the pages of the folder that SUKIEN_EVAL names.
func samples(tb testing.TB) (dir string, pages []sample) {
	tb.Helper()
	dir = os.Getenv("SUKIEN_EVAL")
	if dir == "" {
		tb.Skip("set SUKIEN_EVAL to the evaluation folder")
	}
	gold, err := os.ReadFile(filepath.Join(dir, "pages-dev.jsonl"))
	if err != nil {
		tb.Fatal(err)
	}
	for line := range strings.Lines(string(gold)) {
		var g struct{ Doc, File, URL string }
		if err := json.Unmarshal([]byte(line), &g); err != nil {
			tb.Fatal(err)
		}
		body, err := os.ReadFile(filepath.Join(dir, g.File))
		if err != nil {
			tb.Fatal(err)
		}
		addr, err := url.Parse(g.URL)
		if err != nil {
			tb.Fatal(err)
		}
		pages = append(pages, sample{g.Doc, addr, body})
	}
	return dir, pages
}

// score runs the scorer of the evaluation folder over what x reads.
func score(t *testing.T, dir string, pages []sample, x extractor) map[string]any {
	t.Helper()
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	for _, p := range pages {
		r := x.read(p.body, p.addr)
		r.Doc = p.doc
		if err := enc.Encode(r); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "pred.jsonl")
	if err := os.WriteFile(file, buf.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "python3", filepath.Join(dir, "score_pages.py"), filepath.Join(dir, "pages-dev.jsonl"), file, "--json")
	cmd.Stderr = io.Discard
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: scoring: %v", x.name, err)
	}
	var res map[string]any
	if err := json.Unmarshal(out, &res); err != nil {
		t.Fatal(err)
	}
	return res
}

// TestAhead scores all extractors in one run; ours must not be behind in any column.
func TestAhead(t *testing.T) {
	dir, pages := samples(t)
	columns := []string{"f1", "outlet_mean", "outlet_min", "lead_kept", "title", "day", "minute", "author"}
	var ours map[string]any
	for i, x := range extractors {
		res := score(t, dir, pages, x)
		var line strings.Builder
		for _, c := range columns {
			v, _ := res[c].(float64)
			line.WriteString(" " + c + " " + format(v))
			if i > 0 {
				if own, _ := ours[c].(float64); own < v {
					t.Errorf("%s: %s has %.4f, ours %.4f", c, x.name, v, own)
				}
			}
		}
		if i == 0 {
			ours = res
		}
		t.Logf("%-30s%s", x.name, line.String())
		t.Logf("%-30s %v", "", res["outlets"])
	}
}

func format(v float64) string {
	b, _ := json.Marshal(float64(int(v*10000+0.5)) / 10000)
	return string(b)
}

// BenchmarkPages gives pages a second of each extractor on the same pages.
func BenchmarkPages(b *testing.B) {
	_, pages := samples(b)
	for _, x := range extractors {
		b.Run(x.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for _, p := range pages {
					x.read(p.body, p.addr)
				}
			}
			b.ReportMetric(float64(len(pages)*b.N)/b.Elapsed().Seconds(), "pages/s")
		})
	}
}

// BenchmarkParse is bare html.Parse of the same pages, the yardstick of
// BenchmarkPages/sukien, which is to take at most 1.5 times as long.
func BenchmarkParse(b *testing.B) {
	_, pages := samples(b)
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range pages {
			if _, err := html.Parse(bytes.NewReader(p.body)); err != nil {
				b.Fatal(err)
			}
		}
	}
}
