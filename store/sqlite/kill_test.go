package sqlite_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sukien/news"
	"sukien/store"
	"sukien/store/sqlite"
)

// killDir makes the test binary a writer that is to be killed: see TestKill.
const killDir = "SUKIEN_TEST_KILL_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(killDir); dir != "" {
		if err := writeForEver(context.Background(), dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// writeForEver commits articles with a meeting each, and says of each, once it
// was acknowledged, which event came of it.
func writeForEver(ctx context.Context, dir string) error {
	s, err := sqlite.Open(ctx, filepath.Join(dir, "sukien.db"))
	if err != nil {
		return err
	}
	c, err := s.Counts(ctx)
	if err != nil {
		return err
	}
	now := time.Date(2026, 3, 18, 9, 0, 0, 0, time.UTC)
	for n := c.Articles; ; n++ {
		url := fmt.Sprintf("https://bao-mot.example/%d", n)
		a := &news.Article{ID: news.ArticleID(url), URL: url, PageType: news.PageArticle, Title: "Bài", Text: fmt.Sprint("Nội dung ", n)}
		if _, _, err := s.SavePage(ctx, store.SavedPage{Page: &news.Page{URL: url, Body: []byte(a.Text)}, Article: a, Now: now}); err != nil {
			return err
		}
		r := news.Record{Slots: news.Slots{Salience: news.Main, Kind: news.Congress, Name: fmt.Sprintf("Đại hội làng nghề lần thứ %d", n+1), Ordinal: n + 1}}
		if _, err := s.Ingest(ctx, news.Extraction{ArticleID: a.ID, Pack: "p", Records: []news.Record{r}}, now); err != nil {
			return err
		}
		fmt.Println(a.ID)
	}
}

// TestKill kills a writing process again and again: what it said was done is
// there, whole, with its message, and the next process goes on at once.
func TestKill(t *testing.T) {
	dir := t.TempDir()
	var acked []string
	for round := range 5 {
		acked = append(acked, killAfter(t, dir, 3+7*round)...)
	}
	s, err := sqlite.Open(t.Context(), filepath.Join(dir, "sukien.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	rows, err := s.Pending(t.Context(), 10_000)
	if err != nil {
		t.Fatal(err)
	}
	told := map[string]int{}
	for _, m := range rows {
		if strings.HasPrefix(m.Subject, "sukien.event.v1.new.") {
			told[m.Subject]++
		}
	}
	for _, id := range acked {
		if _, err := s.Article(t.Context(), id); err != nil {
			t.Errorf("acknowledged article: %v", err)
		}
	}
	c, err := s.Counts(t.Context())
	if err != nil || c.Events < len(acked) || c.Events != c.Records || c.Events != len(told) || c.Articles > c.Events+5 {
		t.Errorf("%d acknowledged, counts %+v, %d new messages, %v", len(acked), c, len(told), err)
	}
	for subject, n := range told {
		if n != 1 {
			t.Errorf("%s was sent as new %d times", subject, n)
		}
	}
}

// killAfter runs the writer until it has acknowledged n articles, kills it, and
// gives all that it acknowledged.
func killAfter(t *testing.T, dir string, n int) []string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), killDir+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var acked []string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if acked = append(acked, lines.Text()); len(acked) == n {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = cmd.Wait() // killed
	if len(acked) < n {
		t.Fatalf("the writer stopped by itself after %d articles", len(acked))
	}
	return acked
}
