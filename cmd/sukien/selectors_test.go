package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sukien/crawler/crawlertest"
)

// TestBackfillUsesSelectors reads a saved page of an outlet whose file names a
// line of its own, from a host under the outlet's.
func TestBackfillUsesSelectors(t *testing.T) {
	t.Parallel()
	const slogan = "Tòa soạn xin cảm ơn bạn đọc đã đồng hành suốt mười năm qua và mong nhận thêm nhiều góp ý."
	w := newWorld(t, crawlertest.Options{Now: at})
	yaml := "domain: damlon.example\nname: Báo Đầm Lớn\nkind: national\nfeeds:\n  - url: https://damlon.example/rss\n    known_from: made up\nselectors:\n  version: 1\n  drop_lines:\n    - " + slogan + "\n"
	page := `<html><head><title>Hội nghị rong biển họp ở Vạn Lạch</title><link rel="canonical" href="https://tin.damlon.example/hoi-nghi-rong-bien-1234.html"><meta property="article:published_time" content="2024-08-14T11:42:00+07:00"></head>
<body><h1>Hội nghị rong biển họp ở Vạn Lạch</h1><div class="content"><p>Sáng 14/8, hội nghị rong biển vùng đầm phá họp tại thị trấn Vạn Lạch với 120 hộ nuôi của sáu xã.</p><p>` + slogan + `</p></div></body></html>`
	file := filepath.Join(w.dir, "saved.html")
	for name, text := range map[string]string{filepath.Join(w.dir, "sources", "damlon.example.yaml"): yaml, file: page} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w.sukien("backfill", "--files", file)
	if out := w.sukien("articles", "--format", "json"); !strings.Contains(out, "120 hộ nuôi") || strings.Contains(out, "Tòa soạn xin cảm ơn") {
		t.Errorf("articles:\n%s", out)
	}
	if out := w.sukien("reextract"); strings.Contains(out, "1 changed") {
		t.Errorf("the same page came out otherwise:\n%s", out)
	}
}
