package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"sukien/configs"
	"sukien/crawler/crawlertest"
	"sukien/news"
	"sukien/store"
)

// crawled is a world whose site was crawled once.
func crawled(t *testing.T) *world {
	t.Helper()
	w := newWorld(t, crawlertest.Options{Now: at})
	w.sukien("run", "--once")
	return w
}

// out runs sukien and gives stdout and stderr apart.
func (w *world) out(args ...string) (stdout, stderr string) {
	w.t.Helper()
	cmd, _ := w.command(args...)
	var out, said strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		w.t.Fatalf("sukien %v: %v\n%s", args, err, said.String())
	}
	return out.String(), said.String()
}

// lines counts the lines of a text.
func lines(text string) int { return strings.Count(text, "\n") }

func TestAfterACrawl(t *testing.T) {
	t.Parallel()
	w := crawled(t)
	for _, tt := range []struct {
		name string
		test func(*testing.T, *world)
	}{{"exports", testExports}, {"rules diff", testRulesDiff}, {"serve", testServe}, {"reextract", testReextract}} {
		t.Run(tt.name, func(t *testing.T) {
			mine := *w
			mine.t = t
			tt.test(t, &mine)
		})
	}
}

func testExports(t *testing.T, w *world) {
	list, _ := w.out("events", "--format", "json")
	days, located := 0, 0
	for _, line := range strings.Split(strings.TrimSpace(list), "\n") {
		var e news.Event
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		if e.Start.IsDay() {
			days++
		}
		if slices.ContainsFunc(e.Places, func(p news.Place) bool { return p.Lat != 0 }) {
			located++
		}
	}
	text, _ := w.out("events", "--format", "ics")
	if cal, err := ics.ParseCalendar(strings.NewReader(text)); err != nil || len(cal.Events()) != days || days == 0 {
		t.Errorf("ics: %d events, want %d: %v", len(cal.Events()), days, err)
	}
	text, _ = w.out("events", "--format", "geojson")
	var places struct{ Features []any }
	if err := json.Unmarshal([]byte(text), &places); err != nil || len(places.Features) != located {
		t.Errorf("geojson: %d features, want %d: %v", len(places.Features), located, err)
	}
	text, _ = w.out("events", "--format", "parquet")
	f, err := parquet.OpenFile(strings.NewReader(text), int64(len(text)))
	if err != nil || f.NumRows() != int64(lines(list)) {
		t.Errorf("parquet: %v, want %d rows", err, lines(list))
	}
}

// builtIn is a copy of the rules inside the binary, without some files.
func builtIn(t *testing.T, without ...string) string {
	t.Helper()
	dir := t.TempDir()
	files, err := fs.Glob(configs.FS, "rules/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := fs.ReadFile(configs.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(without, filepath.Base(name)) {
			write(t, dir, filepath.Base(name), string(data))
		}
	}
	return dir
}

func testRulesDiff(t *testing.T, w *world) {
	out, said := w.out("rules", "diff", "--rules", builtIn(t))
	if out != "" || !strings.Contains(said, " 0 differ: 0 records added, 0 removed, 0 changed") {
		t.Errorf("the same rules differ: %s%s", out, said)
	}
	all, _ := w.out("articles", "--format", "json")
	out, said = w.out("rules", "diff", "--format", "json", "--rules", wordsAndWeights(t))
	removed := 0
	for _, line := range strings.Split(strings.TrimSpace(out), "\n") {
		var d articleDiff
		if err := json.Unmarshal([]byte(line), &d); err != nil || len(d.Added)+len(d.Changed) > 0 {
			t.Fatalf("%v: %s", err, line)
		}
		removed += len(d.Removed)
	}
	if want := fmt.Sprintf("%d articles, %d differ: 0 records added, %d removed, 0 changed\n", lines(all), lines(out), removed); removed == 0 || !strings.HasPrefix(said, want) {
		t.Errorf("said %q, want %q", said, want)
	}
	out, said = w.out("rules", "diff", "--limit", "3", "--rules", builtIn(t, "50-roles.yaml"))
	if !strings.HasPrefix(said, "3 articles, ") || out != "" && !strings.HasPrefix(out, "CHANGE ") {
		t.Errorf("with a limit: %s%s", out, said)
	}
}

func testServe(t *testing.T, w *world) {
	cmd, _ := w.command("serve", "--listen", "127.0.0.1:0", "--nats", "nats://127.0.0.1:1")
	cmd.Stdout, cmd.Stderr = nil, nil
	stdout, err := cmd.StdoutPipe()
	if err := errors.Join(err, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	said, err := bufio.NewReader(stdout).ReadString('\n')
	url, ok := strings.CutPrefix(strings.TrimSpace(said), "Sukien is at ")
	if err != nil || !ok {
		t.Fatalf("said %q, %v", said, err)
	}
	for path, status := range map[string]int{"": 200, "readyz": 204, "api/v1/events?limit=1": 200, "feed.atom": 200, "calendar.ics": 200, "api/v1/stream": 503} {
		res, err := http.Get(url + path)
		if err != nil {
			t.Fatal(err)
		}
		_, err = io.Copy(io.Discard, res.Body)
		if err := errors.Join(err, res.Body.Close()); err != nil || res.StatusCode != status {
			t.Errorf("%s answered %d, %v", path, res.StatusCode, err)
		}
	}
	if err := errors.Join(cmd.Process.Signal(os.Interrupt), cmd.Wait()); err != nil {
		t.Errorf("stopped with %v", err)
	}
}

// testReextract reads the stored pages with the same rules, with rules that
// know no roles, and with the first ones again.
func testReextract(t *testing.T, w *world) {
	before, sent := w.stored(), w.sent()
	out := w.sukien("reextract")
	if diff := cmp.Diff(before, w.stored()); diff != "" {
		t.Errorf("the same rules changed the store:\n%s%s", diff, out)
	}
	if diff := cmp.Diff(sent, w.sent()); diff != "" {
		t.Errorf("the same rules sent messages:\n%s%s", diff, out)
	}
	env := w.env
	w.env = append(slices.Clip(env), "SUKIEN_RULES_DIR="+builtIn(t, "50-roles.yaml"))
	out = w.sukien("reextract")
	if cmp.Equal(before, w.stored()) {
		t.Errorf("other rules changed nothing:\n%s", out)
	}
	after := w.sent()
	if len(after["corrected"]) <= len(sent["corrected"]) || len(after["new"]) != len(sent["new"]) {
		t.Errorf("other rules sent %v, before %v", after, sent)
	}
	w.env = env
	out = w.sukien("reextract")
	if diff := cmp.Diff(before, w.stored()); diff != "" {
		t.Errorf("the first rules again:\n%s%s", diff, out)
	}
}

// stored are the slots of the store's events by id, but for the evidence.
func (w *world) stored() map[string]news.Slots {
	w.t.Helper()
	out, _ := w.out("events", "--mentions", "--format", "json")
	list := map[string]news.Slots{}
	for _, line := range strings.Split(strings.TrimSpace(out), "\n") {
		var e news.Event
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			w.t.Fatal(err)
		}
		e.Evidence = nil
		list[e.ID] = e.Slots
	}
	return list
}

// TestServeWithoutAStore holds that serve says what to do.
func TestServeWithoutAStore(t *testing.T) {
	w := newWorld(t, crawlertest.Options{Now: at})
	cmd, out := w.command("serve", "--listen", "127.0.0.1:0")
	var exit *exec.ExitError
	if err := cmd.Run(); !errors.As(err, &exit) || exit.ExitCode() != exitFailed || !strings.Contains(out.String(), "run sukien run first") {
		t.Errorf("ended with %v: %s", err, out)
	}
}

// counting is a store that tells of every page read.
type counting struct {
	store.Store
	mu   sync.Mutex
	read []string
	tell func(n int)
}

func (c *counting) RawPage(ctx context.Context, id string) (*news.Page, error) {
	c.mu.Lock()
	c.read = append(c.read, id)
	n := len(c.read)
	c.mu.Unlock()
	if c.tell != nil {
		c.tell(n)
	}
	return c.Store.RawPage(ctx, id)
}

// TestInterruptedReextractGoesOn reads 220 articles, is stopped in the second
// hundred, and goes on there: all are read, the first hundred once.
func TestInterruptedReextractGoesOn(t *testing.T) {
	t.Parallel()
	const articles = 220
	s := &Settings{DataDir: t.TempDir()}
	s.Extract.Workers = 2
	st, err := openStore(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	fill(t, st, articles)
	pages := &counting{Store: st}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	pages.tell = func(n int) {
		if n == 150 {
			stop()
		}
	}
	first := rereading(t, s, pages)
	if err := first.read(ctx); err != nil {
		t.Fatal(err)
	}
	if n := len(pages.read); n < 150 || n >= 200 {
		t.Fatalf("stopped after %d articles", n)
	}
	done := slices.Clone(pages.read[:100])
	pages.read, pages.tell = nil, nil
	if err := rereading(t, s, pages).read(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(pages.read) != articles-100 {
		t.Errorf("went on with %d articles, want %d", len(pages.read), articles-100)
	}
	for _, id := range done {
		if slices.Contains(pages.read, id) {
			t.Fatalf("article %s was read again", id)
		}
	}
	for _, id := range pages.read {
		if a, err := st.Article(t.Context(), id); err != nil || !strings.Contains(a.Text, "vùng hạ lưu") {
			t.Fatalf("article %s was not stripped again: %q, %v", id, a.Text, err)
		}
	}
	pages.read = nil
	if err := rereading(t, s, pages).read(t.Context()); err != nil || len(pages.read) != articles {
		t.Errorf("after the end it read %d articles, %v", len(pages.read), err)
	}
}

func rereading(t *testing.T, s *Settings, st store.Store) *reextract {
	t.Helper()
	p := &pipeline{settings: s, store: st, log: slog.New(slog.DiscardHandler), changes: map[news.Change]int{}}
	ext, err := newExtractor(s)
	if err != nil {
		t.Fatal(err)
	}
	p.ext.Store(ext)
	c := &reextractCmd{}
	return &reextract{pipeline: p, cmd: c, out: io.Discard, mark: c.bookmark(s, ext.Pack())}
}

// fill stores n short articles.
func fill(t *testing.T, st store.Store, n int) {
	t.Helper()
	for i := range n {
		url := fmt.Sprintf("https://bao.example/%d.html", i)
		page := &news.Page{URL: url, Fetched: at, Body: fmt.Appendf(nil, "<html><body><article><h1>Tin số %d</h1><p>Nước sông lên cao ở vùng hạ lưu, người dân các xã ven sông chuyển đồ đạc lên nơi cao hơn từ sáng sớm.</p></article></body></html>", i)}
		a := &news.Article{URL: url, Source: "bao.example", PageType: news.PageArticle, Title: fmt.Sprint("Tin số ", i), Text: "Nước sông lên cao."}
		if _, _, err := st.SavePage(t.Context(), store.SavedPage{Page: page, Article: a, Origin: news.Live, Now: at.Add(-time.Duration(i) * time.Second)}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestBookmarkIsOfRulesAndFilters(t *testing.T) {
	s := &Settings{DataDir: t.TempDir()}
	mine := &reextractCmd{again: again{Source: "bao.example"}}
	if err := mine.bookmark(s, "sha256:1").save(position{Key: mine.bookmark(s, "sha256:1").key, Cursor: "5~a", Done: 100}); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name    string
		cmd     *reextractCmd
		pack    string
		restart bool
		cursor  string
	}{
		{"the same", mine, "sha256:1", false, "5~a"},
		{"restart", mine, "sha256:1", true, ""},
		{"other rules", mine, "sha256:2", false, ""},
		{"other filters", &reextractCmd{again: again{Source: "tin.example"}}, "sha256:1", false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := tt.cmd.bookmark(s, tt.pack).load(tt.restart); err != nil || got.Cursor != tt.cursor {
				t.Errorf("goes on at %+v, %v", got, err)
			}
		})
	}
}
