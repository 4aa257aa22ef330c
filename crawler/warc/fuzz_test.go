package warc_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"sukien/crawler/warc"
	"sukien/news"
)

// FuzzPages: whatever a file holds, reading ends, within the bounds, and every
// error is one of the reader's own.
func FuzzPages(f *testing.F) {
	for _, pk := range packs {
		f.Add(pk.make(f, sample(3)))
	}
	f.Add([]byte("WARC/1.0\r\n\r\n"))
	f.Add([]byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		const small = 64 << 10
		p := warc.NewPages(warc.NewReader(bytes.NewReader(data), "thu.warc", small), small, nil)
		for n := 0; ; n++ {
			page, err := p.NextPage()
			var bad *warc.RecordError
			switch {
			case errors.Is(err, io.EOF):
				return
			case err == nil && len(page.Body) > small, n > len(data)+1:
				t.Fatalf("%d bytes of a page, %d records of %d bytes", len(page.Body), n, len(data))
			case err != nil && (!errors.As(err, &bad) || !errors.Is(err, news.ErrInvalid) && !errors.Is(err, news.ErrTooLarge)):
				t.Fatalf("error %v", err)
			}
		}
	})
}

// FuzzResponse: an answer's body stays within its bound.
func FuzzResponse(f *testing.F) {
	f.Add([]byte("HTTP/1.1 200 OK\r\nContent-Encoding: br, gzip, deflate, zstd\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"))
	f.Add([]byte("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + string(zip(f, "<html>"))))
	f.Fuzz(func(t *testing.T, block []byte) {
		const small = 16 << 10
		res, err := warc.ParseResponse(block, small)
		if err == nil && len(res.Body) > small {
			t.Fatalf("%d bytes", len(res.Body))
		}
		if err != nil && !errors.Is(err, news.ErrInvalid) && !errors.Is(err, news.ErrTooLarge) {
			t.Fatalf("error %v", err)
		}
	})
}
