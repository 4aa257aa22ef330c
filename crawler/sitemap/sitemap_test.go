package sitemap_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"sukien/crawler/sitemap"
	"sukien/news"
)

func read(r io.Reader) (out []sitemap.Entry, err error) {
	err = sitemap.Read(r, func(e sitemap.Entry) bool {
		out = append(out, e)
		return true
	})
	return out, err
}

const newsMap = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://a.example/tin-1.html?a=1&amp;b=2 </loc><lastmod>2026-11-20T08:00:00+07:00</lastmod>
<image:image><image:loc>https://a.example/1.jpg</image:loc><image:title>Ảnh</image:title></image:image>
<news:news><news:publication_date>2026-11-19</news:publication_date><news:title><![CDATA[Hội nghị & bàn bạc]]></news:title></news:news></url>
<url><loc>https://a.example/tin-2.html</loc><lastmod>hôm qua</lastmod></url>
<url><lastmod>2026-01-01</lastmod></url>
</urlset>`

func TestRead(t *testing.T) {
	got, err := read(strings.NewReader(newsMap))
	if err != nil || len(got) != 2 {
		t.Fatalf("%v, %v", got, err)
	}
	e := got[0]
	if e.URL != "https://a.example/tin-1.html?a=1&b=2" || e.Title != "Hội nghị & bàn bạc" || e.Index {
		t.Errorf("entry %+v", e)
	}
	if want := time.Date(2026, 11, 20, 8, 0, 0, 0, news.Hanoi); !e.Modified.Equal(want) {
		t.Errorf("modified %v", e.Modified)
	}
	if want := time.Date(2026, 11, 19, 0, 0, 0, 0, news.Hanoi); !e.Published.Equal(want) {
		t.Errorf("published %v", e.Published)
	}
	if !got[1].Modified.IsZero() {
		t.Errorf("a date that is none: %v", got[1].Modified)
	}
}

func TestReadIndexGzip(t *testing.T) {
	var b bytes.Buffer
	zip := gzip.NewWriter(&b)
	io.WriteString(zip, `<sitemapindex><sitemap><loc>https://a.example/s-2026-11.xml.gz</loc><lastmod>2026-11</lastmod></sitemap></sitemapindex>`)
	zip.Close()
	got, err := read(&b)
	if err != nil || len(got) != 1 || !got[0].Index || got[0].Modified.Month() != time.November {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestReadFaults(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		entries    int
		want       error
	}{
		{"empty", "", 0, news.ErrInvalid},
		{"HTML", "<!DOCTYPE html><html><body><p>404</body></html>", 0, news.ErrInvalid},
		{"feed", `<rss version="2.0"><channel></channel></rss>`, 0, news.ErrInvalid},
		{"cut short: what came is given", newsMap[:strings.Index(newsMap, "tin-2")], 1, news.ErrInvalid},
		{"broken gzip", "\x1f\x8bnope", 0, news.ErrInvalid},
		{"no entry", `<urlset></urlset>`, 0, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := read(strings.NewReader(tc.text))
			if len(got) != tc.entries || !errors.Is(err, tc.want) || (tc.want == nil) != (err == nil) {
				t.Errorf("%d entries, %v; want %d, %v", len(got), err, tc.entries, tc.want)
			}
		})
	}
}

func TestReadStops(t *testing.T) {
	n := 0
	err := sitemap.Read(strings.NewReader(newsMap), func(sitemap.Entry) bool { n++; return false })
	if err != nil || n != 1 {
		t.Errorf("%d entries, %v", n, err)
	}
}

// endless is a sitemap without end.
type endless struct{ left string }

func (e *endless) Read(p []byte) (int, error) {
	if e.left == "" {
		e.left = "<url><loc>https://a.example/tin-100001.html</loc></url>"
	}
	n := copy(p, e.left)
	e.left = e.left[n:]
	return n, nil
}

func TestReadBounds(t *testing.T) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	n := 0
	err := sitemap.Read(io.MultiReader(strings.NewReader("<urlset>"), &endless{}), func(sitemap.Entry) bool { n++; return true })
	if !errors.Is(err, news.ErrTooLarge) || n != sitemap.MaxEntries {
		t.Errorf("%d entries, %v", n, err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 4<<20 {
		t.Errorf("%d bytes are left on the heap", grown)
	}
	bomb := io.MultiReader(strings.NewReader("<urlset><!--"), io.LimitReader(zeros{}, sitemap.MaxBytes+1))
	if err := sitemap.Read(bomb, func(sitemap.Entry) bool { return true }); !errors.Is(err, news.ErrTooLarge) {
		t.Errorf("a comment of 64 MB: %v", err)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(newsMap))
	f.Add([]byte("<sitemapindex><sitemap><loc/></sitemap>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		_, err := read(bytes.NewReader(data))
		if err != nil && !errors.Is(err, news.ErrInvalid) && !errors.Is(err, news.ErrTooLarge) {
			t.Fatalf("error %v", err)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var s strings.Builder
	s.WriteString("<urlset>")
	for i := range 1000 {
		fmt.Fprintf(&s, "<url><loc>https://a.example/tin-%d.html</loc><lastmod>2026-11-20T08:00:00+07:00</lastmod></url>", 100000+i)
	}
	s.WriteString("</urlset>")
	b.ReportAllocs()
	b.SetBytes(int64(s.Len()))
	for b.Loop() {
		if err := sitemap.Read(strings.NewReader(s.String()), func(sitemap.Entry) bool { return true }); err != nil {
			b.Fatal(err)
		}
	}
}
