package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"sukien/crawler/warc"
	"sukien/news"
)

// pageLines reads saved pages as JSON lines.
type pageLines struct {
	path   string
	in     *bufio.Reader
	under  *counted
	limit  int64
	line   int
	wants  func(string) bool
	others map[string]int64
}

func lineFile(r io.Reader, in archiveInput, limit int64, at archiveSpot, wants func(string) bool) (archiveReader, error) {
	p := &pageLines{path: in.path, under: &counted{r: r}, limit: limit, wants: wants, others: map[string]int64{}}
	r = p.under
	if strings.HasSuffix(in.path, ".gz") {
		var err error
		if r, err = gzip.NewReader(r); err != nil {
			return nil, fmt.Errorf("%w: %w", news.ErrInvalid, err)
		}
	}
	p.in = bufio.NewReaderSize(r, 1<<20)
	for p.line < at.Line {
		if _, err := boundedLine(p.in, 0); err != nil && !errors.Is(err, news.ErrTooLarge) {
			return nil, fmt.Errorf("%w: the file is shorter than it was: %w", news.ErrInvalid, err)
		}
		p.line++
	}
	return p, nil
}

func (p *pageLines) next() (archivePage, error) {
	for {
		line, err := boundedLine(p.in, p.limit*2)
		if len(line) == 0 && err != nil && !errors.Is(err, news.ErrTooLarge) {
			if errors.Is(err, io.EOF) {
				return archivePage{}, io.EOF
			}
			return archivePage{}, fmt.Errorf("%w: line %d: %w", news.ErrInvalid, p.line+1, err)
		}
		p.line++
		got := archivePage{where: fmt.Sprintf("%s:%d", p.path, p.line), spot: archiveSpot{Line: p.line}}
		if errors.Is(err, news.ErrTooLarge) {
			return got, &badPage{got.where, err}
		}
		if len(line) == 0 {
			continue
		}
		if got.Page, err = savedPage(line); err != nil {
			return got, &badPage{got.where, err}
		}
		if p.wants == nil || p.wants(got.URL) {
			return got, nil
		}
		p.others[warc.PassedFilter]++
	}
}

func (p *pageLines) read() int64              { return p.under.n }
func (p *pageLines) passed() map[string]int64 { return p.others }

// counted counts what is read.
type counted struct {
	r io.Reader
	n int64
}

// Read reads.
func (c *counted) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += int64(n)
	return n, err
}

// boundedLine reads a line of at most limit bytes; a longer one is passed over
// with news.ErrTooLarge.
func boundedLine(in *bufio.Reader, limit int64) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, more, err := in.ReadLine()
		if int64(len(line)+len(part)) > limit {
			line, long = nil, true
		}
		if !long {
			line = append(line, part...)
		}
		if err != nil || !more {
			if long && err == nil {
				err = fmt.Errorf("%w: a line of more than %d bytes", news.ErrTooLarge, limit)
			}
			return line, err
		}
	}
}

// savedPage reads one line.
func savedPage(line []byte) (*news.Page, error) {
	var saved struct {
		URL     string     `json:"url"`
		Fetched news.Stamp `json:"fetched"`
		HTML    string     `json:"html"`
	}
	if err := json.Unmarshal(line, &saved); err != nil {
		return nil, fmt.Errorf("%w: no saved page: %w", news.ErrInvalid, err)
	}
	fetched, ok := saved.Fetched.Time()
	if !ok && saved.Fetched != "" {
		return nil, saved.Fetched.Check()
	}
	return &news.Page{URL: saved.URL, Fetched: fetched, Body: []byte(saved.HTML), ContentType: "text/html; charset=utf-8"}, nil
}
