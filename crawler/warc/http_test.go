package warc_test

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"sukien/crawler/warc"
	"sukien/news"
)

// coded packs text with what a writer makes.
func coded(t testing.TB, text string, make func(io.Writer) io.WriteCloser) string {
	t.Helper()
	var b bytes.Buffer
	w := make(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestParseResponse(t *testing.T) {
	const html = "<html><p>Hội nghị khai mạc sáng nay.</p></html>"
	gz := string(zip(t, html))
	br := coded(t, html, func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) })
	deflated := coded(t, html, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) })
	raw := coded(t, html, func(w io.Writer) io.WriteCloser {
		f, err := flate.NewWriter(w, 6)
		if err != nil {
			t.Fatal(err)
		}
		return f
	})
	zst := coded(t, html, func(w io.Writer) io.WriteCloser {
		z, err := zstd.NewWriter(w)
		if err != nil {
			t.Fatal(err)
		}
		return z
	})
	chunked := func(body string) string {
		return fmt.Sprintf("%x\r\n%s\r\n%x;ext=1\r\n%s\r\n0\r\nTrailer: x\r\n\r\n", 7, body[:7], len(body)-7, body[7:])
	}
	for _, tt := range []struct{ name, fields, body string }{
		{"plain", "", html},
		{"chunked", "Transfer-Encoding: chunked\r\n", chunked(html)},
		{"chunked in the header only", "Transfer-Encoding: chunked\r\n", html},
		{"gzip", "Content-Encoding: gzip\r\n", gz},
		{"gzip and chunked", "Content-Encoding: GZIP\r\nTransfer-Encoding: Chunked\r\n", chunked(gz)},
		{"gzip in the header only", "Content-Encoding: gzip\r\n", html},
		{"deflate", "Content-Encoding: deflate\r\n", deflated},
		{"deflate without zlib's frame", "Content-Encoding: deflate\r\n", raw},
		{"deflate in the header only", "Content-Encoding: deflate\r\n", html},
		{"br", "Content-Encoding: br\r\n", br},
		{"br in the header only", "Content-Encoding: br\r\n", html},
		{"zstd", "Content-Encoding: zstd\r\n", zst},
		{"zstd in the header only", "Content-Encoding: zstd\r\n", html},
		{"identity", "Content-Encoding: identity\r\n", html},
		{"two codings", "Content-Encoding: br, gzip\r\n", string(zip(t, br))},
		{"unknown, and not there", "Content-Encoding: utf-8\r\n", html},
		{"lines that are no fields", "chẳng phải\r\n: x\r\nA B: x\r\n", html},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res, err := warc.ParseResponse([]byte("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"+tt.fields+"\r\n"+tt.body), limit)
			if err != nil || res.Status != 200 || string(res.Body) != html || res.Header.Get("content-type") != "text/html" {
				t.Errorf("%+v, %v", res, err)
			}
		})
	}
}

func TestParseResponseBad(t *testing.T) {
	bomb := string(zip(t, strings.Repeat("0", limit+1)))
	for _, tt := range []struct {
		name, block string
		is          error
	}{
		{"empty", "", news.ErrInvalid},
		{"no status", "HTTP/1.1\r\n\r\n", news.ErrInvalid},
		{"a status that is none", "HTTP/1.1 abc OK\r\n\r\n", news.ErrInvalid},
		{"a bomb", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + bomb, news.ErrTooLarge},
		{"a bomb in a bomb", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\n\r\n" + string(zip(t, bomb)), news.ErrTooLarge},
		{"too much", "HTTP/1.1 200 OK\r\n\r\n" + strings.Repeat("x", limit+1), news.ErrTooLarge},
		{"an endless header", "HTTP/1.1 200 OK\r\n" + strings.Repeat("A: b\r\n", 60_000), news.ErrTooLarge},
		{"a coding that nobody knows", "HTTP/1.1 200 OK\r\nContent-Encoding: x-la\r\n\r\n\x00\x01\x02", news.ErrInvalid},
	} {
		if _, err := warc.ParseResponse([]byte(tt.block), limit); !errors.Is(err, tt.is) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.is)
		}
	}
}
