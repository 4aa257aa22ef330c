package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"sukien/crawler/crawlertest"
	"sukien/stream"
)

// onPostgres makes a world keep its store in a database of its own.
func onPostgres(t *testing.T, opts crawlertest.Options) *world {
	t.Helper()
	url := server.Database(t)
	w := newWorld(t, opts)
	w.useStore(url)
	return w
}

func (w *world) useStore(url string) {
	w.store = url
	w.env = append(w.env, "SUKIEN_STORE_URL="+url)
}

// TestPostgresGivesTheSame crawls one site into SQLite and into PostgreSQL.
func TestPostgresGivesTheSame(t *testing.T) {
	t.Parallel()
	theirs := onPostgres(t, crawlertest.Options{Now: at})
	theirs.sukien("run", "--once")
	theirs.mustBeOnce()
	ours := newWorld(t, crawlertest.Options{Now: at})
	ours.sukien("run", "--once")
	if got, want := theirs.events(), ours.events(); !slices.Equal(got, want) {
		t.Errorf("PostgreSQL has\n%s\nSQLite has\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, args := range [][]string{
		{"events", "--place", "ha noi"}, {"events", "--from", at.AddDate(0, 0, -3).Format("2006-01-02")}, {"events", "--official", "tran huu khoat"},
		{"events", "--words", "nuoc sach"}, {"search", "nuoc sach asean"}, {"search", "Đại hội"}, {"search", `"hoi nghi" ASEAN`}, {"search", "khong co gi nhu vay"}, {"articles"},
	} {
		if got, want := shown(theirs, args), shown(ours, args); got != want {
			t.Errorf("sukien %v on PostgreSQL:\n%s\non SQLite:\n%s", args, got, want)
		}
	}
	fetched := len(theirs.site.Log())
	theirs.sukien("run", "--once")
	if again := len(theirs.site.Log()) - fetched; again > 0 {
		t.Errorf("a second run at once fetched %d pages", again)
	}
}

// shown is what a command prints, its lines sorted, without ids: these and the
// order of equals depend on the order of the crawl.
func shown(w *world, args []string) string {
	lines := strings.Split(w.sukien(args...), "\n")
	for i, l := range lines {
		if cells := strings.Fields(l); len(cells) > 0 {
			lines[i] = strings.Join(cells[:len(cells)-1], " ")
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// TestTwoProcessesOnOnePostgres lets two processes with two workers each crawl one
// site: every page is fetched by one of them, and the store has what a single
// one finds. One of them is stopped on the way until its leases have run out.
func TestTwoProcessesOnOnePostgres(t *testing.T) {
	t.Parallel()
	calm := newWorld(t, crawlertest.Options{Now: at})
	calm.sukien("run", "--once")
	want := calm.events()
	for _, tt := range []struct {
		name  string
		pause bool
	}{{"both run", false}, {"one is stopped past its lease", true}} {
		t.Run(tt.name, func(t *testing.T) {
			w := onPostgres(t, crawlertest.Options{Now: at})
			w.shareNATS()
			first, out1 := w.command("run", "--once", "--data", filepath.Join(w.dir, "first"))
			second, out2 := w.command("run", "--once", "--data", filepath.Join(w.dir, "second"))
			if err := first.Start(); err != nil {
				t.Fatal(err)
			}
			if tt.pause {
				w.pauseAt(first.Process, 12)
			}
			if err := second.Run(); err != nil {
				t.Fatalf("second: %v\n%s", err, out2)
			}
			if tt.pause {
				w.signal(first.Process, syscall.SIGCONT)
			}
			if err := first.Wait(); err != nil {
				t.Fatalf("first: %v\n%s", err, out1)
			}
			if got := w.events(); !slices.Equal(got, want) {
				t.Errorf("two processes have\n%s\none has\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			w.mustBeOnce()
			w.mustHaveShared(t, tt.pause, out1, out2)
		})
	}
}

// TestKilledOnPostgres kills a crawl a few times: the next process need not wait
// until the leases of the dead one expire.
func TestKilledOnPostgres(t *testing.T) {
	t.Parallel()
	calm := newWorld(t, crawlertest.Options{Now: at})
	calm.sukien("run", "--once")
	w := onPostgres(t, crawlertest.Options{Now: at})
	for _, after := range []int{5, 12} {
		if !w.killAfter(after) {
			t.Fatalf("the crawl was through before %d answers", after)
		}
	}
	began := time.Now()
	w.sukien("run", "--once")
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("it went on after %s", took)
	}
	if got, want := w.events(), calm.events(); !slices.Equal(got, want) {
		t.Errorf("after two kills the store has\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	w.mustBeOnce()
}

// shareNATS lets all processes of a world use one NATS with two crawl workers each.
func (w *world) shareNATS() {
	w.t.Helper()
	s, err := stream.Open(w.t.Context(), stream.Config{Dir: w.data(), Listen: "127.0.0.1:0"})
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() {
		if err := s.Close(); err != nil {
			w.t.Error(err)
		}
	})
	w.nats = s.Address()
	w.env = append(w.env, "SUKIEN_NATS_URL="+s.Address(), "SUKIEN_CRAWLER_WORKERS=2")
}

// pauseAt stops a process when the site has answered n requests, and lets its
// leases run out.
func (w *world) pauseAt(p *os.Process, n int) {
	w.t.Helper()
	for limit := time.Now().Add(20 * time.Second); len(w.site.Log()) < n; time.Sleep(time.Millisecond) {
		if time.Now().After(limit) {
			w.t.Fatalf("the site was asked for %d pages only", len(w.site.Log()))
		}
	}
	w.signal(p, syscall.SIGSTOP)
	if _, err := server.SQL(w.t.Context(), w.store, `UPDATE host SET until = 0 WHERE until > 0`); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) signal(p *os.Process, s os.Signal) {
	w.t.Helper()
	if err := p.Signal(s); err != nil {
		w.t.Fatal(err)
	}
}

// mustHaveShared fails when an article was stored twice, or fetched twice though
// no process was stopped, or when one process has done all.
func (w *world) mustHaveShared(t *testing.T, stopped bool, outs ...*bytes.Buffer) {
	t.Helper()
	fetched := map[string]int{}
	for _, r := range w.site.Log() {
		fetched[r.URL]++
	}
	for _, a := range w.site.Articles() {
		if n := fetched[a.URL]; n > 1 && !stopped {
			t.Errorf("%s was fetched %d times", a.URL, n)
		}
	}
	articles, err := server.SQL(t.Context(), w.store, `SELECT count(*), count(DISTINCT json->>'url'), count(*) FILTER (WHERE extracted = '') FROM article WHERE page_type = 'article'`)
	if err != nil {
		t.Fatal(err)
	}
	cells := strings.Split(strings.TrimSpace(articles), "|")
	if cells[0] != cells[1] || cells[2] != "0" {
		t.Errorf("articles, their URLs, not extracted: %v", cells)
	}
	for i, out := range outs {
		if strings.Contains(out.String(), " 0 pages") {
			t.Errorf("process %d had nothing to do:\n%s", i, out)
		}
	}
}
