package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"sukien/crawler/crawlertest"
	"sukien/news"
	"sukien/store"
	"sukien/store/sqlite"
	"sukien/stream"
)

// world is a made-up site and a data directory, for running sukien as a
// process of its own.
type world struct {
	t    *testing.T
	dir  string
	bin  string
	env  []string
	site *crawlertest.Site
	// store is the store.url, "" for SQLite in data; nats the outside NATS, "" for none.
	store, nats string
}

func newWorld(t *testing.T, opts crawlertest.Options) *world {
	t.Helper()
	site, err := crawlertest.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { site.Close() })
	w := &world{t: t, dir: t.TempDir(), site: site}
	sources := filepath.Join(w.dir, "sources")
	if err := os.Mkdir(sources, 0o750); err != nil {
		t.Fatal(err)
	}
	ca, err := site.WriteCA(w.dir)
	if err := errors.Join(err, site.WriteSources(sources)); err != nil {
		t.Fatal(err)
	}
	w.setup(site.URL(), ca, sources)
	return w
}

// setup links the test binary as sukien and points it at a proxy.
func (w *world) setup(proxy, ca, sources string) {
	self, err := os.Executable()
	w.bin = filepath.Join(w.dir, "sukien")
	if err := errors.Join(err, os.Symlink(self, w.bin)); err != nil {
		w.t.Fatal(err)
	}
	w.env = append(os.Environ(), "SUKIEN_DATA_DIR="+filepath.Join(w.dir, "data"), "SUKIEN_SOURCES_DIR="+sources, "SUKIEN_CRAWLER_PROXY="+proxy,
		"SUKIEN_CRAWLER_CA_FILE="+ca, "SUKIEN_CRAWLER_ALLOW_PRIVATE=127.0.0.0/8", "SUKIEN_NATS_LISTEN=", "SUKIEN_WEB_LISTEN=")
}

// command prepares a run of sukien.
func (w *world) command(args ...string) (*exec.Cmd, *bytes.Buffer) {
	cmd := exec.Command(w.bin, args...)
	cmd.Env, cmd.Dir = w.env, w.dir
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	return cmd, &out
}

// sukien runs it to its end.
func (w *world) sukien(args ...string) string {
	w.t.Helper()
	cmd, out := w.command(args...)
	if err := cmd.Run(); err != nil {
		w.t.Fatalf("sukien %v: %v\n%s", args, err, out)
	}
	return out.String()
}

func (w *world) data() string { return filepath.Join(w.dir, "data") }

// reader is the store, for reading.
func (w *world) reader() store.Store {
	w.t.Helper()
	settings := &Settings{DataDir: w.data()}
	settings.Store.URL = w.store
	st, err := openReader(w.t.Context(), settings)
	if err != nil {
		w.t.Fatal(err)
	}
	return st
}

// events are the events of the store, as what does not depend on the order of
// the crawl: name, day and articles.
func (w *world) events() []string {
	w.t.Helper()
	st := w.reader()
	defer st.Close()
	list, _, err := st.Events(w.t.Context(), store.EventQuery{Limit: 10000, Mentions: true})
	if err != nil {
		w.t.Fatal(err)
	}
	var out []string
	for _, e := range list {
		var urls []string
		for _, r := range e.Records {
			urls = append(urls, r.URL)
		}
		slices.Sort(urls)
		out = append(out, fmt.Sprint(e.Salience, " ", e.Kind, " ", e.Name, " ", e.Start, " ", urls))
	}
	slices.Sort(out)
	return out
}

// sent are the event messages in the stream, by subject's CHANGE.
func (w *world) sent() map[string][]string {
	w.t.Helper()
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	s, err := stream.Open(w.t.Context(), stream.Config{URL: w.nats, Dir: w.data(), Log: quiet})
	if err != nil {
		w.t.Fatal(err)
	}
	defer s.Close()
	depths, err := s.Depths(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	var want int
	for _, d := range depths {
		if d.Stream == stream.Events {
			want = int(d.Messages)
		}
	}
	got := map[string][]string{}
	if want == 0 {
		return got
	}
	ctx, stop := context.WithCancel(w.t.Context())
	defer stop()
	n := 0
	err = s.Watch(ctx, stream.Watch{Since: time.Unix(1, 0)}, nil, func(d stream.Delivery) error {
		var m struct {
			Data news.Event `json:"data"`
		}
		if err := json.Unmarshal(d.Body, &m); err != nil {
			return err
		}
		change := strings.Split(d.Subject, ".")[3]
		got[change] = append(got[change], m.Data.ID)
		if n++; n == want {
			stop()
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return got
}

// mustBeOnce fails when an id is sent new twice, or an event of the store never.
func (w *world) mustBeOnce() {
	w.t.Helper()
	news := w.sent()["new"]
	seen := map[string]bool{}
	for _, id := range news {
		if seen[id] {
			w.t.Errorf("event %s was sent new twice", id)
		}
		seen[id] = true
	}
	st := w.reader()
	defer st.Close()
	list, _, err := st.Events(w.t.Context(), store.EventQuery{Limit: 10000})
	if err != nil {
		w.t.Fatal(err)
	}
	if len(list) == 0 {
		w.t.Error("the store has no events")
	}
	for _, e := range list {
		if !seen[e.ID] {
			w.t.Errorf("event %s (%s) was never sent", e.ID, e.Name)
		}
	}
}

// at is the made-up site's clock: its articles are of the days before.
var at = time.Now()

func TestRunOnceThenAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, crawlertest.Options{Now: at})
	w.sukien("run", "--once")
	w.mustBeOnce()
	first, sent, fetched := w.events(), w.sent(), len(w.site.Log())
	out := w.sukien("run", "--once")
	if again := len(w.site.Log()) - fetched; again > 0 {
		t.Errorf("a second run at once fetched %d pages:\n%s", again, out)
	}
	if got := w.events(); !slices.Equal(got, first) {
		t.Errorf("a second run changed the store")
	}
	if got := w.sent(); len(got["new"]) != len(sent["new"]) {
		t.Errorf("a second run sent %d new, the first %d", len(got["new"]), len(sent["new"]))
	}
}

func TestKilledCrawlGoesOn(t *testing.T) {
	t.Parallel()
	calm := newWorld(t, crawlertest.Options{Now: at})
	calm.sukien("run", "--once")
	want := calm.events()

	w := newWorld(t, crawlertest.Options{Now: at})
	kills := 0
	for after := 1; after < len(w.site.Articles())*2; after += 4 {
		if !w.killAfter(after) {
			break
		}
		kills++
	}
	w.sukien("run", "--once")
	if kills < 3 {
		t.Errorf("killed only %d times", kills)
	}
	if got := w.events(); !slices.Equal(got, want) {
		t.Errorf("after %d kills the store has\n%s\nwant\n%s", kills, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	w.mustBeOnce()
}

// killAfter starts a crawl and kills it at once when the site has answered n
// requests more; it is false when the crawl was through before.
func (w *world) killAfter(n int) bool {
	w.t.Helper()
	cmd, out := w.command("run", "--once")
	began := len(w.site.Log())
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-done:
			if err != nil {
				w.t.Fatalf("run: %v\n%s", err, out)
			}
			return false
		case <-tick.C:
			if len(w.site.Log())-began >= n {
				if err := cmd.Process.Signal(syscall.SIGKILL); err != nil && !errors.Is(err, os.ErrProcessDone) {
					w.t.Fatal(err)
				}
				<-done
				return true
			}
		}
	}
}

// pending are the subjects of the messages that are not noted as sent.
func (w *world) pending() (subjects []string) {
	w.t.Helper()
	st := w.reader()
	defer st.Close()
	list, err := st.Pending(w.t.Context(), 1000)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, m := range list {
		subjects = append(subjects, m.Subject)
	}
	return subjects
}

// TestLostStreamLosesNothing kills a crawl and takes its stream away. Nobody but
// the stream knows of a message that it had and the store did not note before the
// kill: that one alone is sent again, under the id that it had.
func TestLostStreamLosesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, crawlertest.Options{Now: at})
	if !w.killAfter(20) {
		t.Fatal("the crawl was through before it could be killed")
	}
	sent, unnoted := w.sent(), strings.Join(w.pending(), " ")
	if err := os.RemoveAll(filepath.Join(w.data(), "jetstream")); err != nil {
		t.Fatal(err)
	}
	w.sukien("run", "--once")
	calm := newWorld(t, crawlertest.Options{Now: at})
	calm.sukien("run", "--once")
	if got, want := w.events(), calm.events(); !slices.Equal(got, want) {
		t.Errorf("after the stream was lost the store has\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, id := range w.sent()["new"] {
		if slices.Contains(sent["new"], id) && !strings.Contains(unnoted, id) {
			t.Errorf("event %s was sent new before and after the stream was lost", id)
		}
	}
}

func TestSubscriberFromTheStart(t *testing.T) {
	t.Parallel()
	w := newWorld(t, crawlertest.Options{Now: at})
	s, err := stream.Open(t.Context(), stream.Config{Dir: filepath.Join(w.dir, "nats"), Listen: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	listener, _ := w.command("subscribe", "--nats", s.Address(), "--change", "new", "--log-level", "debug")
	listener.Stdout, listener.Stderr = nil, nil
	out, err := listener.StdoutPipe()
	said, err2 := listener.StderrPipe()
	if err := errors.Join(err, err2, listener.Start()); err != nil {
		t.Fatal(err)
	}
	waitFor(t, said, "subscribed")
	w.sukien("run", "--once", "--nats", s.Address())
	want := slices.DeleteFunc(w.events(), func(e string) bool { return !strings.HasPrefix(e, "main ") })
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	for n := range want {
		if !lines.Scan() {
			t.Fatalf("the subscriber got %d messages, the store has %d events", n, len(want))
		}
	}
	if err := listener.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if lines.Scan() {
		t.Errorf("the subscriber got a message too many: %s", lines.Text())
	}
	if err := listener.Wait(); err != nil {
		t.Error(err)
	}
}

// waitFor reads r until it says word, and the rest of it in the background.
func waitFor(t *testing.T, r io.Reader, word string) {
	t.Helper()
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if strings.Contains(lines.Text(), word) {
			go io.Copy(io.Discard, r) // ends with the process
			return
		}
	}
	t.Fatalf("never said %q", word)
}

func TestErrorsSayWhatToDo(t *testing.T) {
	t.Parallel()
	busy := newWorld(t, crawlertest.Options{Now: at})
	st, err := sqlite.Open(t.Context(), filepath.Join(busy.data(), "sukien.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	file := filepath.Join(t.TempDir(), "file")
	broken := t.TempDir()
	if err := errors.Join(os.WriteFile(file, nil, 0o600), os.WriteFile(filepath.Join(broken, "x.example.yaml"), []byte("domain: x.example\nfeds: []\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, crawlertest.Options{Now: at})
	tests := []struct {
		name   string
		w      *world
		env    string
		status int
		says   string
	}{
		{"dead NATS", w, "SUKIEN_NATS_URL=nats://127.0.0.1:1", 1, "no NATS at nats://127.0.0.1:1"},
		{"data directory cannot be written", w, "SUKIEN_DATA_DIR=" + file + "/data", 1, "set data_dir to a folder that can be written"},
		{"another process", busy, "", 1, "is another sukien's"},
		{"broken source file", w, "SUKIEN_SOURCES_DIR=" + broken, 1, "x.example.yaml:2:1"},
		{"no such sources", w, "SUKIEN_SOURCES_DIR=" + file, 2, "is the path right?"},
		{"bad proxy", w, "SUKIEN_CRAWLER_PROXY=ftp://x", 2, "ftp://x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cmd, out := tt.w.command("run", "--once")
			cmd.Env = append(slices.Clone(cmd.Env), tt.env)
			var exit *exec.ExitError
			if err := cmd.Run(); !errors.As(err, &exit) || exit.ExitCode() != tt.status {
				t.Errorf("ended with %v, want status %d", err, tt.status)
			}
			if said := out.String(); !strings.Contains(said, tt.says) || strings.Count(said, "sukien: ") > 1 {
				t.Errorf("said %q, want one line with %q", said, tt.says)
			}
		})
	}
}

func TestHostileSiteDoesNotStopTheRest(t *testing.T) {
	t.Parallel()
	w := newWorld(t, crawlertest.Options{Now: at, Hostile: true})
	w.env = append(w.env, "SUKIEN_CRAWLER_TIMEOUT=2s")
	out := w.sukien("run", "--once")
	calm := newWorld(t, crawlertest.Options{Now: at})
	calm.sukien("run", "--once")
	got := w.events()
	for _, e := range calm.events() {
		if !slices.Contains(got, e) {
			t.Errorf("the hostile site cost the event %s", e)
		}
	}
	for _, class := range []string{"too_large", "not_html", "challenge", "timeout", "robots", "encoding", "offsite"} {
		if !strings.Contains(out, "failures of class "+class+"\n") {
			t.Errorf("no failure of class %s is told:\n%s", class, out)
		}
	}
}
