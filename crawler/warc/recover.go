package warc

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"sukien/news"
)

// recoverDir ends the files that a process left open: each is cut behind its
// last whole member and gets its name; one without any goes.
func recoverDir(dir string) error {
	left, err := filepath.Glob(filepath.Join(dir, "*.warc.gz"+openSuffix))
	if err != nil {
		return err
	}
	for _, file := range left {
		whole, err := wholeUpTo(file)
		if err == nil && whole == 0 {
			err = os.Remove(file)
		} else if err == nil {
			err = cut(file, whole)
		}
		if err != nil {
			return fmt.Errorf("%w: WARC file left open: %w", news.ErrForbidden, err)
		}
	}
	parts, err := filepath.Glob(filepath.Join(dir, "body-*"+spoolSuffix))
	for _, file := range parts {
		err = errors.Join(err, os.Remove(file))
	}
	return err
}

// wholeUpTo is the size of the whole members of a file, up to the first that is broken.
func wholeUpTo(file string) (int64, error) {
	f, err := os.Open(file)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	m := &members{file: newTape(f, keepFile, 0)}
	for {
		whole := m.file.offset()
		if err := m.open(); err != nil {
			return whole, nil
		}
		if _, err := io.Copy(io.Discard, m.zip); err != nil {
			return whole, nil
		}
	}
}

func cut(file string, size int64) error {
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Truncate(size), f.Sync(), f.Close()); err != nil {
		return err
	}
	return rename(filepath.Dir(file), strings.TrimSuffix(filepath.Base(file), openSuffix))
}

// syncDir makes a rename in a folder last; Windows has no such call and no need.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
