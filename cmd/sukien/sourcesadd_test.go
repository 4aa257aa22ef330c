package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sukien/crawler/crawlertest"
	"sukien/crawler/source"
)

// siteEnv serves the made-up site and gives the environment of a command that
// sees it as the web.
func siteEnv(t *testing.T, opts crawlertest.Options) (*crawlertest.Site, []string) {
	t.Helper()
	opts.Now = time.Now()
	site, err := crawlertest.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := site.Close(); err != nil {
			t.Error(err)
		}
	})
	dir := t.TempDir()
	ca, err := site.WriteCA(dir)
	if err != nil {
		t.Fatal(err)
	}
	return site, []string{
		"SUKIEN_CRAWLER_PROXY=" + site.URL(), "SUKIEN_CRAWLER_CA_FILE=" + ca, "SUKIEN_CRAWLER_ALLOW_PRIVATE=127.0.0.0/8", "SUKIEN_DATA_DIR=" + filepath.Join(dir, "data"),
	}
}

// sukien runs a command in this process.
func sukien(t *testing.T, env []string, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	status = run(t.Context(), args, streams{nil, &out, &errs}, env)
	return status, out.String(), errs.String()
}

func TestSourcesAdd(t *testing.T) {
	t.Parallel()
	_, env := siteEnv(t, crawlertest.Options{})
	for _, tc := range []struct {
		url, domain, name        string
		feeds, sitemaps, minimum int
	}{
		{"http://songha.example/", "songha.example", "Báo Sông Hà", 1, 0, 3},
		{"https://hangtinvietsao.example", "hangtinvietsao.example", "Hãng tin Việt Sao", 1, 0, 3},
		{"http://datcangmoi.example/trong-tinh", "datcangmoi.example", "Báo Đất Cảng Mới", 0, 1, 2},
		{"dothi24.example", "dothi24.example", "Đô thị 24", 1, 1, 3},
	} {
		t.Run(tc.domain, func(t *testing.T) {
			dir := t.TempDir()
			env := append(env, "SUKIEN_SOURCES_DIR="+dir)
			status, out, errs := sukien(t, env, "sources", "add", tc.url, "--kind", "national")
			if status != 0 {
				t.Fatalf("status %d\n%s", status, errs)
			}
			file := filepath.Join(dir, tc.domain+".yaml")
			if strings.TrimSpace(out) != file {
				t.Errorf("said %q, want %s", out, file)
			}
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s, err := source.Parse(tc.domain+".yaml", data)
			if err != nil {
				t.Fatal(err)
			}
			if s.Name != tc.name || len(s.Feeds) != tc.feeds || len(s.Sitemaps) != tc.sitemaps || len(s.Sections) < tc.minimum {
				t.Errorf("found\n%s\n%s", data, errs)
			}
			for _, a := range s.Addresses() {
				if !a.Tried || a.TriedOn == "" || a.KnownFrom == "" {
					t.Errorf("address without its history: %+v", a)
				}
			}
			if status, out, errs := sukien(t, env, "sources", "check"); status != 0 || out != "1 outlets, no fault\n" {
				t.Errorf("check: %d %s %s", status, out, errs)
			}
			if status, out, errs := sukien(t, env, "sources", "test", tc.domain); status != 0 {
				t.Errorf("test: %d\n%s\n%s", status, out, errs)
			}
			if status, _, errs := sukien(t, env, "sources", "add", tc.url); status != 1 || !strings.Contains(errs, "--force") {
				t.Errorf("added twice: %d %s", status, errs)
			}
		})
	}
}

func TestSourcesAddDryRunAndRefusals(t *testing.T) {
	_, env := siteEnv(t, crawlertest.Options{Hostile: true})
	status, out, errs := sukien(t, env, "sources", "add", "http://anhsinh.example", "--dry-run")
	if status != 0 || !strings.Contains(out, "domain: anhsinh.example\n") || !strings.Contains(out, "tried: true, tried_on: ") {
		t.Errorf("dry run: %d\n%s\n%s", status, out, errs)
	}
	dir := t.TempDir()
	for _, tc := range []struct {
		name, url, want string
		env             []string
		status          int
	}{
		{"no folder of one's own", "http://songha.example", "set it to a folder of your own", nil, 2},
		{"nothing readable", "http://" + crawlertest.HostileHost, "none of the pages that were found reads as an article", []string{"SUKIEN_SOURCES_DIR=" + dir}, 1},
		{"no address", "mailto:a@b.example", "no address that can be fetched", []string{"SUKIEN_SOURCES_DIR=" + dir}, 1},
		{"robots.txt cannot be read", "http://" + crawlertest.DeniedHost, "robots", []string{"SUKIEN_SOURCES_DIR=" + dir}, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			status, out, errs := sukien(t, append(env, tc.env...), "sources", "add", tc.url)
			if status != tc.status || !strings.Contains(errs, tc.want) || out != "" {
				t.Errorf("status %d, %q, %q", status, out, errs)
			}
		})
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestSourcesTestOffline(t *testing.T) {
	dir := t.TempDir()
	const body = "<p>Sáng nay, hội nghị đã khai mạc tại thủ đô với sự tham dự của đại biểu nhiều tỉnh, thành.</p>" +
		"<p>Phát biểu tại hội nghị, ban tổ chức cho biết các địa phương sẽ cùng nhau giữ gìn nguồn nước của dòng sông chung.</p>"
	page := func(name, head, body string) {
		text := `<html><head><title>Khai mạc hội nghị sông nước toàn quốc</title>` + head + `</head><body><h1>Khai mạc hội nghị sông nước toàn quốc</h1>` + body + `</body></html>`
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const when = `<meta property="article:published_time" content="2026-11-20T08:00:00+07:00">`
	page("a.html", when+`<link rel="canonical" href="https://songha.example/thoi-su/khai-mac-hoi-nghi-song-nuoc-toan-quoc-100001.html">`, body)
	page("songha.example-b.html", when, body)
	page("khac.html", when+`<link rel="canonical" href="https://khac.example/tin-100001.html">`, body)
	sources := t.TempDir()
	file := "domain: songha.example\nname: Báo Sông Hà\nkind: national\nsections: [{url: \"https://songha.example/\", tried: true}]\n"
	if err := os.WriteFile(filepath.Join(sources, "songha.example.yaml"), []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	env := []string{"SUKIEN_SOURCES_DIR=" + sources}
	if status, out, errs := sukien(t, env, "sources", "test", "--offline", dir); status != 0 || out != "songha.example: 2 pages, 0 with faults\n" {
		t.Errorf("status %d\n%s%s", status, out, errs)
	}
	page("c.html", `<link rel="canonical" href="https://songha.example/thoi-su">`, "<p>Ngắn.</p>")
	status, out, errs := sukien(t, env, "sources", "test", "songha.example", "--offline", dir)
	if status != 1 || !strings.Contains(out, "no time of publication; discovery would pass over its address https://songha.example/thoi-su\n") || !strings.Contains(errs, "1 of 3 pages") {
		t.Errorf("status %d\n%s%s", status, out, errs)
	}
	if status, _, errs := sukien(t, env, "sources", "test", "khac.example", "--offline", dir); status != 1 || !strings.Contains(errs, "no page of khac.example") {
		t.Errorf("status %d %s", status, errs)
	}
}
