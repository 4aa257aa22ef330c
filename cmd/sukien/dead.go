package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"sukien/store"
)

// deadCmd groups what is done with dead letters.
type deadCmd struct {
	List  deadListCmd  `cmd:"" help:"List them with their reasons."`
	Retry deadRetryCmd `cmd:"" help:"Send some, or all, again."`
	Drop  deadDropCmd  `cmd:"" help:"Forget some."`
}

// Example is shown first in --help.
func (deadCmd) Example() string {
	return "sukien dead list"
}

type deadListCmd struct{}

// Example is shown first in --help.
func (deadListCmd) Example() string { return "sukien dead list" }

// maxLetters bounds the letters that are read at once.
const maxLetters = 10000

// Run prints a table of the letters.
func (deadListCmd) Run(ctx context.Context, a *app) error {
	return a.reading(ctx, func(st store.Store) error {
		list, err := st.Letters(ctx, maxLetters)
		if err != nil {
			return err
		}
		var rows [][]string
		for _, l := range list {
			rows = append(rows, []string{strconv.FormatInt(l.ID, 10), l.When.Format("2006-01-02 15:04"), l.Stage, l.Subject, strconv.Itoa(l.Tries), l.Reason})
		}
		return table(a.out, []string{"ID", "WHEN", "STAGE", "SUBJECT", "TRIES", "REASON*"}, rows)
	})
}

type deadRetryCmd struct {
	IDs []int64 `arg:"" optional:"" name:"id" help:"Numbers from dead list."`
	All bool    `help:"All of them."`
}

// Example is shown first in --help.
func (deadRetryCmd) Example() string { return "sukien dead retry 3 4\nsukien dead retry --all" }

// Run puts letters back into the outbox; a running or the next sukien run sends them.
func (c *deadRetryCmd) Run(ctx context.Context, a *app) error {
	return a.letters(ctx, c.IDs, c.All, func(st store.Store, id int64) error { return st.RetryLetter(ctx, id) })
}

type deadDropCmd struct {
	IDs []int64 `arg:"" name:"id" help:"Numbers from dead list."`
}

// Example is shown first in --help.
func (deadDropCmd) Example() string { return "sukien dead drop 3" }

// Run forgets letters.
func (c *deadDropCmd) Run(ctx context.Context, a *app) error {
	return a.letters(ctx, c.IDs, false, func(st store.Store, id int64) error { return st.DropLetter(ctx, id) })
}

// letters does something to each letter, with the store open for writing.
func (a *app) letters(ctx context.Context, ids []int64, all bool, do func(store.Store, int64) error) error {
	s, _, err := a.settings()
	if err != nil {
		return err
	}
	st, err := openStore(ctx, s)
	if err != nil {
		return err
	}
	if all {
		list, err := st.Letters(ctx, maxLetters)
		if err != nil {
			return errors.Join(err, st.Close())
		}
		for _, l := range list {
			ids = append(ids, l.ID)
		}
	}
	done := 0
	for _, id := range ids {
		if e := do(st, id); e != nil {
			err = errors.Join(err, e)
		} else {
			done++
		}
	}
	fmt.Fprintf(a.out, "%d done\n", done)
	return errors.Join(err, st.Close())
}
