// Package sitemap reads sitemaps, news sitemaps and sitemap indexes
// (sitemaps.org protocol 0.9) as they stream in, plain or gzip, in memory that
// does not grow with them.
package sitemap

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/net/html/charset"

	"sukien/news"
)

// Entry is one <url> of a sitemap or one <sitemap> of an index.
type Entry struct {
	URL string
	// Index says that URL is a sitemap itself.
	Index bool
	// Modified is lastmod, Published the news extension's publication_date;
	// zero when absent or not readable.
	Modified, Published time.Time
	// Title is the news extension's title.
	Title string
}

// The bounds of one sitemap: the protocol's 50,000 entries with as many again
// for sites that do not keep to it, and 64 MiB decompressed.
const (
	MaxEntries = 100_000
	MaxBytes   = 64 << 20
	maxText    = 4 << 10 // of one element
)

// Read gives each entry of r to each, in the file's order, until it answers
// false. Errors: news.ErrTooLarge past MaxEntries or MaxBytes, news.ErrInvalid
// when it is no sitemap; what came before was given.
func Read(r io.Reader, each func(Entry) bool) error {
	plain, err := inflate(r)
	if err != nil {
		return err
	}
	bounded := &bound{r: plain, left: MaxBytes}
	dec := xml.NewDecoder(bounded)
	dec.Strict = false
	dec.CharsetReader = charset.NewReaderLabel
	s := &scan{dec: dec, each: each}
	if err := s.run(); err != nil {
		if errors.Is(err, news.ErrTooLarge) {
			return err
		}
		return fmt.Errorf("%w: sitemap: %v", news.ErrInvalid, err)
	}
	return nil
}

// inflate undoes gzip, which is known by its first two bytes, whatever the
// name or the header says.
func inflate(r io.Reader) (io.Reader, error) {
	b := bufio.NewReader(r)
	if magic, _ := b.Peek(2); !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
		return b, nil
	}
	zip, err := gzip.NewReader(b)
	if err != nil {
		return nil, fmt.Errorf("%w: sitemap: %v", news.ErrInvalid, err)
	}
	return zip, nil
}

// bound fails when more than its bytes are read.
type bound struct {
	r    io.Reader
	left int64
}

// Read counts down.
func (b *bound) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, fmt.Errorf("%w: sitemap of more than %d bytes", news.ErrTooLarge, int64(MaxBytes))
	}
	return n, err
}

// scan walks the tokens.
type scan struct {
	dec   *xml.Decoder
	each  func(Entry) bool
	root  bool
	n     int
	entry Entry
	text  strings.Builder
}

func (s *scan) run() error {
	for {
		tok, err := s.dec.RawToken()
		if err == io.EOF && s.root {
			return io.ErrUnexpectedEOF
		}
		if err == io.EOF {
			return errors.New("neither urlset nor sitemapindex in it")
		}
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			s.start(t.Name.Local)
		case xml.CharData:
			if s.text.Len()+len(t) <= maxText {
				s.text.Write(t)
			}
		case xml.EndElement:
			if more, err := s.end(t.Name); err != nil || !more {
				return err
			}
		}
	}
}

func (s *scan) start(name string) {
	s.text.Reset()
	switch name {
	case "urlset", "sitemapindex":
		s.root = true
	case "url":
		s.entry = Entry{}
	case "sitemap":
		s.entry = Entry{Index: true}
	}
}

// end takes the text of an element that ends. The prefix tells the news
// extension's title and the page's loc from those of images and videos.
func (s *scan) end(name xml.Name) (more bool, err error) {
	text := strings.TrimSpace(s.text.String())
	s.text.Reset()
	switch {
	case name.Local == "loc" && name.Space == "":
		s.entry.URL = text
	case name.Local == "lastmod":
		s.entry.Modified = date(text)
	case name.Local == "publication_date" && name.Space != "video":
		s.entry.Published = date(text)
	case name.Local == "title" && name.Space == "news":
		s.entry.Title = text
	case name.Local == "url" || name.Local == "sitemap":
		return s.emit()
	case name.Local == "urlset" || name.Local == "sitemapindex":
		return false, nil
	}
	return true, nil
}

func (s *scan) emit() (bool, error) {
	if s.entry.URL == "" || !s.root {
		return true, nil
	}
	if s.n++; s.n > MaxEntries {
		return false, fmt.Errorf("%w: sitemap of more than %d entries", news.ErrTooLarge, MaxEntries)
	}
	return s.each(s.entry), nil
}

// layouts are the forms of W3C date and time that sitemaps have, and one that
// they should not have; those without a zone are in Vietnam's.
var layouts = []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", time.DateTime, time.DateOnly, "2006-01", "2006"}

func date(text string) time.Time {
	for _, l := range layouts {
		if t, err := time.ParseInLocation(l, text, news.Hanoi); err == nil {
			return t
		}
	}
	return time.Time{}
}
