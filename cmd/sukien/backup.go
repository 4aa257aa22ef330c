package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"sukien/news"
	"sukien/store"
	"sukien/store/dump"
)

// backupCmd writes the store into a file.
type backupCmd struct {
	File string `arg:"" help:"The file to write, or - for standard output." type:"path"`
}

// Example is shown first in --help.
func (backupCmd) Example() string {
	return "sukien backup sukien-2026-11-24.zst\nsukien backup - | sukien restore - --store postgres://sukien@db/sukien"
}

// Run writes all that the store holds at one instant, also beside a running system.
func (c *backupCmd) Run(ctx context.Context, a *app) error {
	return a.reading(ctx, func(st store.Store) error {
		write := func(w io.Writer) (*dump.Sums, error) {
			return dump.Write(w, time.Now(), func(to dump.Sink) error { return st.Dump(ctx, to) })
		}
		if c.File == "-" {
			if isTerminal(a.out) {
				return misuse{fmt.Errorf("%w: a backup is no text for a terminal: name a file", news.ErrInvalid)}
			}
			sums, err := write(a.out)
			return errors.Join(err, told(a.err, sums, err))
		}
		sums, err := complete(c.File, write)
		return errors.Join(err, told(a.err, sums, err))
	})
}

// complete writes a file that is there once it is complete and on the disk.
func complete(name string, write func(io.Writer) (*dump.Sums, error)) (sums *dump.Sums, err error) {
	f, err := os.OpenFile(name+".part", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("%w: backup: %w", news.ErrForbidden, err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	sums, err = write(w)
	if err == nil {
		err = errors.Join(w.Flush(), f.Sync())
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, errors.Join(err, os.Remove(f.Name()))
	}
	return sums, os.Rename(f.Name(), name)
}

// told prints how many rows of what there are, unless it failed.
func told(w io.Writer, sums *dump.Sums, err error) error {
	if err != nil {
		return nil
	}
	p := &printer{w: w}
	for _, t := range []string{"article", "page", "record", "event", "revision", "decision", "outbox", "link"} {
		p.line("%8d %ss", sums.Tables[t].Rows, t)
	}
	return p.err
}

// restoreCmd brings a backup into an empty store.
type restoreCmd struct {
	File string `arg:"" help:"A file that sukien backup wrote, or - for standard input." type:"path"`
}

// Example is shown first in --help.
func (restoreCmd) Example() string {
	return "sukien restore sukien-2026-11-24.zst --data new/\nsukien restore sukien-2026-11-24.zst --store postgres://sukien@db/sukien"
}

// Run restores all of it or nothing, reads it again and compares.
func (c *restoreCmd) Run(ctx context.Context, a *app) error {
	s, _, err := a.settings()
	if err != nil {
		return err
	}
	in := io.NopCloser(a.in)
	if c.File != "-" {
		if in, err = os.Open(c.File); err != nil {
			return misuse{fmt.Errorf("%w: backup: %w", news.ErrNotFound, err)}
		}
	}
	defer in.Close()
	st, err := openStore(ctx, s)
	if err != nil {
		return err
	}
	sums, err := restore(ctx, st, in)
	return errors.Join(err, st.Close(), told(a.err, sums, err))
}

func restore(ctx context.Context, st store.Store, in io.Reader) (sums *dump.Sums, err error) {
	err = st.Load(ctx, func(to dump.Sink) (err error) {
		sums, err = dump.Read(in, to)
		return err
	})
	if err != nil {
		return nil, err
	}
	var now dump.Sums
	if err := st.Dump(ctx, &now); err != nil {
		return nil, err
	}
	if list := sums.Differences(&now); len(list) > 0 {
		return nil, fmt.Errorf("%w: what was restored is not what the backup has: %s", news.ErrInvalid, strings.Join(list, "; "))
	}
	return sums, nil
}
