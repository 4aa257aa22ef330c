package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"sukien/crawler/warc"
	"sukien/news"
)

// archiveInput is one file that a backfill reads.
type archiveInput struct {
	path string
	// name and size tell the file from others between two runs: its whole path, or
	// of standard input how it begins.
	name string
	size int64
	kind func(r io.Reader, in archiveInput, limit int64, at archiveSpot, wants func(string) bool) (archiveReader, error)
	// stdin is standard input, nil for a file.
	stdin io.Reader
}

// archiveSpot is a place in an input: how many of its lines were read, or the
// last record. The zero value is its beginning.
type archiveSpot struct {
	Line   int            `json:"line,omitempty"`
	Record *warc.Position `json:"record,omitempty"`
}

// archivePage is a page of an input.
type archivePage struct {
	*news.Page
	where string
	spot  archiveSpot
}

// archiveReader reads the pages of an input.
type archiveReader interface {
	// next is the next page; io.EOF. A *badPage is one that cannot be read, after
	// which it goes on; any other error ends the input.
	next() (archivePage, error)
	// read is how much of the input was read, in bytes; passed the number of
	// records that hold no page, by why.
	read() int64
	passed() map[string]int64
}

// badPage is a page that cannot be read.
type badPage struct {
	where string
	err   error
}

// Error names the place.
func (b *badPage) Error() string { return b.where + ": " + b.err.Error() }

// Unwrap gives the reason.
func (b *badPage) Unwrap() error { return b.err }

// fileInputs are the page and JSON-lines files that names stand for.
func fileInputs(names []string) []archiveInput {
	var list []archiveInput
	for _, name := range names {
		for _, file := range archiveFiles(name) {
			in := archiveInput{path: file, name: wholePath(file), kind: pageFile}
			if strings.HasSuffix(file, ".jsonl") || strings.HasSuffix(file, ".jsonl.gz") {
				in.kind = lineFile
			}
			if info, err := os.Stat(file); err == nil {
				in.size = info.Size()
			}
			list = append(list, in)
		}
	}
	return list
}

// archiveFiles lists the page and JSON-lines files that a name stands for.
func archiveFiles(name string) []string {
	if info, err := os.Stat(name); err != nil || !info.IsDir() {
		return []string{name}
	}
	var files []string
	for _, pattern := range []string{"*.jsonl", "*.jsonl.gz"} {
		found, err := filepath.Glob(filepath.Join(name, pattern))
		if err == nil {
			files = append(files, found...)
		}
	}
	return append(files, pageFiles(name)...)
}

func wholePath(file string) string {
	if path, err := filepath.Abs(file); err == nil {
		return path
	}
	return file
}

// warcInputs are the WARC files that names stand for.
func warcInputs(names []string, stdin io.Reader) ([]archiveInput, error) {
	var list []archiveInput
	for _, name := range names {
		in := archiveInput{path: name, name: wholePath(name), kind: warcFile}
		if name == "-" {
			r := bufio.NewReaderSize(stdin, streamHead)
			head, err := r.Peek(streamHead)
			if err != nil && !errors.Is(err, io.EOF) {
				return nil, fmt.Errorf("%w: standard input: %w", news.ErrInvalid, err)
			}
			in.name, in.stdin = news.HashID("s", string(head)), r
		} else if info, err := os.Stat(name); err == nil {
			in.size = info.Size()
		}
		list = append(list, in)
	}
	return list, nil
}

// streamHead is how much of standard input tells it from others, in bytes: a
// WARC file begins with a record that has an id of its own.
const streamHead = 4 << 10

// open opens an input at a spot.
func (in archiveInput) open(limit int64, at archiveSpot, wants func(string) bool) (archiveReader, io.Closer, error) {
	if in.stdin != nil {
		r, err := in.kind(in.stdin, in, limit, at, wants)
		return r, io.NopCloser(nil), err
	}
	f, err := os.Open(in.path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, nil, fmt.Errorf("%w: is the path right?", news.ErrNotFound)
	case err != nil:
		return nil, nil, fmt.Errorf("%w: %w", news.ErrForbidden, err)
	}
	r, err := in.kind(f, in, limit, at, wants)
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	return r, f, nil
}

// warcPages reads a WARC file.
type warcPages struct{ *warc.Pages }

func warcFile(r io.Reader, in archiveInput, limit int64, at archiveSpot, wants func(string) bool) (archiveReader, error) {
	// A record has more than its page: HTTP's header, and what compression saves.
	block := limit + 1<<20
	if at.Record == nil {
		return warcPages{warc.NewPages(warc.NewReader(r, in.path, block), limit, wants)}, nil
	}
	again, err := warc.Resume(r, in.path, block, *at.Record)
	if err != nil {
		return nil, err
	}
	return warcPages{warc.NewPages(again, limit, wants)}, nil
}

func (w warcPages) next() (archivePage, error) {
	page, err := w.NextPage()
	at := w.At()
	p := archivePage{Page: page, spot: archiveSpot{Record: &at}}
	var bad *warc.RecordError
	if errors.As(err, &bad) {
		return p, &badPage{bad.File + ":" + bad.At.String(), bad.Err}
	}
	if err == nil {
		p.where = fmt.Sprintf("%s (record at %s)", page.URL, at)
	}
	return p, err
}

func (w warcPages) read() int64              { return w.Read() }
func (w warcPages) passed() map[string]int64 { return w.Passed }

// onePage reads a file that is a page.
type onePage struct {
	page archivePage
	done bool
}

func pageFile(r io.Reader, in archiveInput, limit int64, at archiveSpot, _ func(string) bool) (archiveReader, error) {
	if at.Line > 0 {
		return &onePage{done: true}, nil
	}
	body, err := readBounded(r, in.path, limit)
	if err != nil {
		return nil, err
	}
	page := &news.Page{Body: body, Text: strings.HasSuffix(in.path, ".txt")}
	return &onePage{page: archivePage{Page: page, where: in.path, spot: archiveSpot{Line: 1}}}, nil
}

func (o *onePage) next() (archivePage, error) {
	if o.done {
		return archivePage{}, io.EOF
	}
	o.done = true
	return o.page, nil
}

func (o *onePage) read() int64 {
	if o.page.Page == nil {
		return 0
	}
	return int64(len(o.page.Body))
}
func (o *onePage) passed() map[string]int64 { return nil }
