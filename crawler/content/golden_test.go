package content_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sukien/crawler/content"
	"sukien/news"
)

var update = flag.Bool("update", false, "write the golden files anew")

// fetchedAt is when the fixtures were fetched, so that "3 ngày trước" means a day.
var fetchedAt = time.Date(2025, 12, 1, 8, 0, 0, 0, news.Hanoi)

func strip(t testing.TB, p news.Page, opts content.Options) *content.Result {
	t.Helper()
	if p.Fetched.IsZero() {
		p.Fetched = fetchedAt
	}
	res, err := content.Strip(p, opts)
	if err != nil {
		t.Fatalf("Strip: %v", err)
	}
	return res
}

// TestGolden strips every invented page and page text in testdata and compares
// the article with the one beside it.
func TestGolden(t *testing.T) {
	for _, pattern := range []string{"testdata/pages/*.html", "testdata/text/*.txt"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) < 10 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, file := range files {
			t.Run(filepath.Base(file), func(t *testing.T) { checkGolden(t, file) })
		}
	}
}

func checkGolden(t *testing.T, file string) {
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	res := strip(t, news.Page{URL: "https://www.example.vn/tin/1", Body: body, Text: filepath.Ext(file) == ".txt"}, content.Options{})
	got := goldenOf(t, res)
	name := strings.TrimSuffix(file, filepath.Ext(file)) + ".golden.json"
	if *update {
		if err := os.WriteFile(name, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// goldenOf is the article and what the page says beside it, the text as a list
// of paragraphs.
func goldenOf(t *testing.T, res *content.Result) []byte {
	t.Helper()
	a := *res.Article
	text := strings.Split(a.Text, "\n")
	a.Text, a.ID, a.Fetched = "", "", ""
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(struct {
		Article news.Article
		Text    []string
		Next    string   `json:",omitempty"`
		AMP     string   `json:",omitempty"`
		Feeds   []string `json:",omitempty"`
	}{a, text, res.Next, res.AMP, res.Feeds})
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}
