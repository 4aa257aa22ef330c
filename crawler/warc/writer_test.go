package warc_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sukien/crawler/warc"
	"sukien/news"
)

var began = time.Date(2026, 3, 18, 9, 0, 0, 123e6, time.UTC)

// exchange sends a body through a writer.
func exchange(t testing.TB, w *warc.Writer, url string, status int, body string, more func(*warc.Exchange)) {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("User-Agent", "SukienBot/1.0")
	res := &http.Response{StatusCode: status, Status: fmt.Sprintf("%d %s", status, http.StatusText(status)), ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}, "Transfer-Encoding": {"chunked"}, "X-Hai-Dong": {"một\r\nhai"}}}
	x := w.Begin(began, req, res, "192.0.2.7")
	if _, err := io.Copy(io.Discard, x.Tee(strings.NewReader(body))); err != nil {
		t.Fatal(err)
	}
	if more != nil {
		more(x)
		return
	}
	if err := x.Save(); err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB, dir string, max int64) *warc.Writer {
	t.Helper()
	w, err := warc.Open(dir, warc.Options{Prefix: "thu", MaxSize: max, Software: "sukien/thu", UserAgent: "SukienBot/1.0"})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// files are the finished files of a folder, in order; anything else in it fails t.
func files(t testing.TB, dir string) [][]byte {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]byte
	for _, f := range list {
		if f.Name() == ".lock" {
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil || !strings.HasSuffix(f.Name(), ".warc.gz") {
			t.Fatalf("%s left behind, %v", f.Name(), err)
		}
		out = append(out, data)
	}
	return out
}

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	w := open(t, dir, 0)
	long := strings.Repeat("Một đoạn dài. ", 200_000) // waits in a file
	exchange(t, w, address(1)+"?a=1&b=2", 200, "<html>một", nil)
	exchange(t, w, address(2), 304, "", nil)
	exchange(t, w, address(3), 404, "không có", nil)
	exchange(t, w, address(4), 200, long, nil)
	exchange(t, w, address(5), 200, "<html>bị", func(x *warc.Exchange) {
		x.Cut("length")
		if err := x.Save(); err != nil {
			t.Error(err)
		}
	})
	exchange(t, w, address(6), 200, long, func(x *warc.Exchange) {
		if err := x.Drop(); err != nil {
			t.Error(err)
		}
	})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	all := files(t, dir)
	answers := strictFile(t, all[0])
	if len(all) != 1 || len(answers) != 5 {
		t.Fatalf("%d files, %d answers", len(all), len(answers))
	}
	first := answers[0]
	if first.get("WARC-Target-URI") != address(1)+"?a=1&b=2" || first.get("WARC-Date") != "2026-03-18T09:00:00.123Z" || first.get("WARC-IP-Address") != "192.0.2.7" ||
		string(first.block) != "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nX-Hai-Dong: một  hai\r\n\r\n<html>một" {
		t.Errorf("%v\n%s", first.fields, first.block)
	}
	if answers[1].get("WARC-Type") != "revisit" || answers[4].get("WARC-Truncated") != "length" || !bytes.HasSuffix(answers[3].block, []byte(long)) {
		t.Errorf("types and ends: %v, %v", answers[1].fields, answers[4].fields)
	}
	req := strict(t, all[0])[2]
	if want := "GET /tin-1.html?a=1&b=2 HTTP/1.1\r\nHost: bao-mot.example\r\nUser-Agent: SukienBot/1.0\r\n\r\n"; string(req.block) != want {
		t.Errorf("request %q", req.block)
	}
}

func TestRotation(t *testing.T) {
	dir := t.TempDir()
	w := open(t, dir, 4000)
	var wg sync.WaitGroup
	for n := range 40 {
		wg.Go(func() { exchange(t, w, address(n), 200, fmt.Sprintf("<html>%d %x", n, make([]byte, n*20)), nil) })
	}
	wg.Wait()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	all := files(t, dir)
	for _, data := range all {
		for _, k := range strictFile(t, data) {
			seen[k.get("WARC-Target-URI")]++
		}
		if len(data) > 4000+2000 {
			t.Errorf("a file of %d bytes", len(data))
		}
	}
	if len(seen) != 40 || len(all) < 3 {
		t.Errorf("%d pages in %d files", len(seen), len(all))
	}
}

// TestReadBack: the product's own reader sees the same pages.
func TestReadBack(t *testing.T) {
	dir := t.TempDir()
	w := open(t, dir, 0)
	for n := range 5 {
		exchange(t, w, address(n), 200, "<html>chữ", nil)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	pages, errs, _ := read(t, bytes.NewReader(files(t, dir)[0]))
	if !slices.Equal(pages, numbers(0, 5)) || len(errs) > 0 {
		t.Errorf("pages %v, errors %v", pages, errs)
	}
}

// TestCrash: a file that a process left open, cut at any byte, is ended behind
// its last whole member.
func TestCrash(t *testing.T) {
	dir := t.TempDir()
	w := open(t, dir, 0)
	for n := range 3 {
		exchange(t, w, address(n), 200, "<html>chữ", nil)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	whole := files(t, dir)[0]
	for cut := 0; cut <= len(whole); cut += 37 {
		dir := t.TempDir()
		for name, data := range map[string][]byte{"thu-1.warc.gz.open": whole[:cut], "body-7.part": []byte("nửa chừng")} {
			if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := open(t, dir, 0).Close(); err != nil {
			t.Fatal(err)
		}
		for _, data := range files(t, dir) {
			if got := strict(t, data); len(got) == 0 || len(data) > cut {
				t.Errorf("cut at %d: %d records in %d bytes", cut, len(got), len(data))
			}
		}
	}
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	w := open(t, dir, 0)
	if _, err := warc.Open(dir, warc.Options{}); !errors.Is(err, news.ErrBusy) {
		t.Errorf("a second writer: %v", err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "tep")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := warc.Open(filepath.Join(file, "x"), warc.Options{}); !errors.Is(err, news.ErrForbidden) {
		t.Errorf("below a file: %v", err)
	}
}
