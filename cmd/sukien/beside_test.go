package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sukien/crawler/crawlertest"
)

// TestSourcesTestShowsStaleSelectors gives an outlet one selector that still
// fits and one whose class is gone.
func TestSourcesTestShowsStaleSelectors(t *testing.T) {
	t.Parallel()
	w := newWorld(t, crawlertest.Options{Now: at})
	files, err := filepath.Glob(filepath.Join(w.dir, "sources", "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	domain := strings.TrimSuffix(filepath.Base(files[0]), ".yaml")
	if out := w.sukien("sources", "test", domain); strings.Contains(out, "selectors") {
		t.Errorf("an outlet without selectors has a column for them:\n%s", out)
	}
	old, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(files[0], append(old, "selectors:\n  version: 1\n  title: title\n  content: .detail-v1\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	out := w.sukien("sources", "test", domain)
	for _, want := range []string{"generic", "≠ selectors that match nothing: content", "title "} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
}
