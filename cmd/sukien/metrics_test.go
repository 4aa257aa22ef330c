package main

import (
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
	"sukien/store"
	"sukien/store/sqlite"
	"sukien/stream"
)

// metricNames are the names that a text uses, without what a histogram adds.
func metricNames(text string) []string {
	list := regexp.MustCompile(`\bsukien_[a-z0-9_]+`).FindAllString(text, -1)
	for i := range list {
		for _, part := range []string{"_bucket", "_sum", "_count"} {
			list[i] = strings.TrimSuffix(list[i], part)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// TestMetricsAndTheirDashboard scrapes a pipeline that has something of all, and
// compares with what dashboard and alerts ask for.
func TestMetricsAndTheirDashboard(t *testing.T) {
	t.Parallel()
	st, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "sukien.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	s, err := stream.Open(t.Context(), stream.Config{Dir: t.TempDir(), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	now := time.Now()
	observe := store.Observation{Source: "tin.example", Host: "tin.example", At: now, Counts: map[string]int{
		store.CountArticles: 3, store.CountPages: 5, store.CountFailed + "timeout": 2, store.DelayCount(7 * time.Minute): 4},
		State: &store.HostState{Rest: now.Add(time.Hour)}, Findings: []store.Finding{{Kind: "down", About: "tin.example"}}}
	if err := st.Observe(t.Context(), observe); err != nil {
		t.Fatal(err)
	}
	if err := st.AddSearch(t.Context(), store.Search{Name: "a", Spec: []byte(`{}`), Created: now}); err != nil {
		t.Fatal(err)
	}
	if err := st.HoldPush(t.Context(), store.Push{Search: "a", ID: "e1-1", Body: []byte(`{}`), Due: now}); err != nil {
		t.Fatal(err)
	}
	if err := s.Admit(t.Context(), []stream.Analyst{{Name: "lan", Hash: "x"}}); err != nil {
		t.Fatal(err)
	}
	p := &pipeline{settings: &Settings{}, store: st, stream: s, log: slog.New(slog.DiscardHandler)}
	m := newMetrics(p)
	m.tell("a", "held", 1)
	w := httptest.NewRecorder()
	m.handler().ServeHTTP(w, httptest.NewRequest("GET", "/metrics", nil))
	body := w.Body.String()
	for _, want := range []string{
		`sukien_up{part="stream"} 1`, `sukien_up{part="store"} 1`, `sukien_series{what="alarms"} 0`, `sukien_source_delay_seconds_bucket{source="tin.example",le="900"} 4`, `sukien_source_errors_24h{class="timeout",source="tin.example"} 2`,
		`sukien_push_waiting{search="a"} 1`, `sukien_push_total{outcome="held",search="a"} 1`, `sukien_stream_pending{consumer="analyst_lan",stream="events"} 0`, `go_goroutines`,
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in\n%.3000s", want, body)
		}
	}
	source, err := os.ReadFile("metrics.go")
	if err != nil {
		t.Fatal(err)
	}
	var defined []string
	for _, g := range regexp.MustCompile(`gauge\("([a-z0-9_]+)"`).FindAllStringSubmatch(string(source), -1) {
		defined = append(defined, "sukien_"+g[1])
	}
	shown := readDashboard(t)
	for _, name := range append(shown, metricNames(body)...) {
		if !slices.Contains(defined, name) {
			t.Errorf("there is no metric %s", name)
		}
	}
	for _, name := range defined {
		if !slices.Contains(shown, name) {
			t.Errorf("the dashboard does not show %s", name)
		}
	}
}

// TestDashboardShape holds what Grafana asks of a dashboard's JSON: panels with
// ids of their own, side by side in 24 columns, each with a data source and
// queries with names of their own.
func TestDashboardShape(t *testing.T) {
	type source struct{ Type, UID string }
	var board struct {
		UID, Title    string
		SchemaVersion int
		Templating    struct {
			List []struct{ Name, Type, Query string }
		}
		Panels []struct {
			ID          int
			Title, Type string
			Datasource  source
			GridPos     struct{ H, W, X, Y int }
			Targets     []struct{ RefID, Expr string }
		}
	}
	body, err := os.ReadFile(filepath.Join("..", "..", "configs", "observability", "dashboard.json"))
	if err == nil {
		err = json.Unmarshal(body, &board)
	}
	if err != nil || board.UID == "" || board.Title == "" || board.SchemaVersion < 36 || len(board.Templating.List) != 1 || board.Templating.List[0].Type != "datasource" {
		t.Fatalf("%v in %+v", err, board)
	}
	ids, cells := map[int]bool{}, map[[2]int]string{}
	for _, p := range board.Panels {
		if p.ID <= 0 || ids[p.ID] || p.Title == "" || p.Type == "" || p.Datasource != (source{"prometheus", "${" + board.Templating.List[0].Name + "}"}) || len(p.Targets) == 0 {
			t.Errorf("panel %+v", p)
		}
		ids[p.ID] = true
		for x := p.GridPos.X; x < p.GridPos.X+p.GridPos.W; x++ {
			for y := p.GridPos.Y; y < p.GridPos.Y+p.GridPos.H; y++ {
				if other, taken := cells[[2]int{x, y}]; taken || x < 0 || x >= 24 {
					t.Fatalf("panel %s is over %q at column %d, row %d", p.Title, other, x, y)
				}
				cells[[2]int{x, y}] = p.Title
			}
		}
		refs := map[string]bool{}
		for _, q := range p.Targets {
			if q.Expr == "" || q.RefID == "" || refs[q.RefID] {
				t.Errorf("panel %s: query %+v", p.Title, q)
			}
			refs[q.RefID] = true
		}
	}
}

// readDashboard gives the metrics that the dashboard and the alerts use.
func readDashboard(t *testing.T) []string {
	t.Helper()
	var board struct {
		Panels []struct{ Targets []struct{ Expr string } }
	}
	dir := filepath.Join("..", "..", "configs", "observability")
	body, err := os.ReadFile(filepath.Join(dir, "dashboard.json"))
	if err == nil {
		err = json.Unmarshal(body, &board)
	}
	if err != nil {
		t.Fatal(err)
	}
	var exprs []string
	for _, p := range board.Panels {
		for _, target := range p.Targets {
			exprs = append(exprs, target.Expr)
		}
	}
	var rules struct {
		Groups []struct {
			Rules []struct{ Alert, Expr string }
		}
	}
	body, err = os.ReadFile(filepath.Join(dir, "alerts.yaml"))
	if err == nil {
		err = yaml.Unmarshal(body, &rules)
	}
	if err != nil || len(rules.Groups) != 1 || len(rules.Groups[0].Rules) == 0 {
		t.Fatal("alerts", err)
	}
	for _, r := range rules.Groups[0].Rules {
		exprs = append(exprs, r.Expr)
	}
	return metricNames(strings.Join(exprs, "\n"))
}
