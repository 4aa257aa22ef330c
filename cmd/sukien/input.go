package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sukien/news"
)

// input is one thing to read that was named on the command line.
type input struct {
	// doc names it in the output: base name without extension, or the URL.
	doc string
	// path is a file, "-" for stdin, or a URL.
	path string
	// text says that tags are already gone.
	text bool
}

func isURL(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// pageExtensions are the files that a directory is searched for.
var pageExtensions = []string{".html", ".htm", ".xhtml", ".shtml", ".txt"}

// inputs expands names: a directory gives its page files in order of name. A
// name that cannot be read is kept, so that it gets its error line.
func inputs(names []string, text bool) []input {
	var all []input
	for _, name := range names {
		info, err := os.Stat(name)
		if isURL(name) || name == "-" || err != nil || !info.IsDir() {
			all = append(all, newInput(name, text))
			continue
		}
		for _, file := range pageFiles(name) {
			all = append(all, newInput(file, text))
		}
	}
	return all
}

func newInput(name string, text bool) input {
	if isURL(name) {
		return input{doc: name, path: name}
	}
	ext := filepath.Ext(name)
	return input{doc: strings.TrimSuffix(filepath.Base(name), ext), path: name, text: text || ext == ".txt"}
}

// pageFiles lists the page files below dir. Folders that cannot be read are
// listed themselves, so that they get an error line.
func pageFiles(dir string) []string {
	var files []string
	walk := func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			files = append(files, path)
			return fs.SkipDir
		case !d.IsDir() && slices.Contains(pageExtensions, strings.ToLower(filepath.Ext(path))):
			files = append(files, path)
		}
		return nil
	}
	if err := filepath.WalkDir(dir, walk); err != nil {
		files = append(files, dir)
	}
	return files
}

// read brings the bytes of a file or of stdin, at most limit.
func (in input) read(stdin io.Reader, limit int64) ([]byte, error) {
	r := stdin
	if in.path != "-" {
		f, err := os.Open(in.path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%w: %s: is the path right?", news.ErrNotFound, in.path)
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", news.ErrForbidden, err)
		}
		defer f.Close()
		r = f
	}
	return readBounded(r, in.path, limit)
}

// readBounded reads the whole of a file, at most limit bytes.
func readBounded(r io.Reader, path string, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", news.ErrInvalid, path, err)
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("%w: %s has more than %d bytes: raise crawler.max_body if it is a page", news.ErrTooLarge, path, limit)
	}
	return data, nil
}
