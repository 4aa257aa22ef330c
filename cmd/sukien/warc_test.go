package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"sukien/crawler/crawlertest"
	"sukien/news"
)

// told are the articles of a store: address and title, in order.
func (w *world) told() []string {
	w.t.Helper()
	out, _ := w.out("articles", "--format", "json", "--limit", "10000")
	var list []string
	for line := range strings.Lines(out) {
		var a news.Article
		if err := json.Unmarshal([]byte(line), &a); err != nil {
			w.t.Fatal(err)
		}
		list = append(list, a.Source+" "+a.Canonical+" "+a.Title+" "+a.Text)
	}
	slices.Sort(list)
	return list
}

// TestWarcOut: what a crawl writes into an archive gives the same articles again
// when the archive is read, from files and from standard input, whole or in part.
func TestWarcOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t, crawlertest.Options{Now: at})
	dir := filepath.Join(w.dir, "kho")
	w.sukien("run", "--once", "--warc-out", dir)
	files, err := filepath.Glob(filepath.Join(dir, "*.warc.gz"))
	if err != nil || len(files) != 1 {
		t.Fatalf("archive %v, %v", files, err)
	}
	crawled := w.told()
	if len(crawled) == 0 {
		t.Fatal("nothing was crawled")
	}
	into := func(name string) *world {
		other := *w
		other.env = append(slices.Clone(w.env), "SUKIEN_DATA_DIR="+filepath.Join(w.dir, name))
		return &other
	}
	back := into("lai")
	if text := back.sukien("backfill", "--warc", files[0]); !strings.Contains(text, "0 failures") || !strings.Contains(text, "passed over") {
		t.Errorf("summary %s", text)
	}
	if got := back.told(); !slices.Equal(got, crawled) {
		t.Errorf("%d articles of the archive, %d crawled", len(got), len(crawled))
	}
	if text := back.sukien("backfill", "--warc", files[0]); !strings.Contains(text, "0 failures") || strings.Contains(text, " 0 of them known before") {
		t.Errorf("summary of a second reading %s", text)
	}
	testWarcStdin(t, into("ong"), files[0], crawled)
	one := into("mot")
	one.sukien("backfill", "--source", "songha.example", "--warc", files[0])
	want := slices.DeleteFunc(slices.Clone(crawled), func(a string) bool { return !strings.HasPrefix(a, "songha.example ") })
	if got := one.told(); !slices.Equal(got, want) || len(want) == 0 || len(want) == len(crawled) {
		t.Errorf("%d articles of one outlet, want %d", len(got), len(want))
	}
}

func testWarcStdin(t *testing.T, w *world, file string, want []string) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	cmd, out := w.command("backfill", "--warc", "-")
	cmd.Stdin = bytes.NewReader(data)
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if got := w.told(); !slices.Equal(got, want) {
		t.Errorf("%d articles from standard input, want %d", len(got), len(want))
	}
}
