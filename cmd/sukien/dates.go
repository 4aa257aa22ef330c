package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"sukien/news"
	"sukien/news/timex"
	"sukien/news/viet"
)

// datesCmd prints time expressions.
type datesCmd struct {
	Inputs    []string `arg:"" optional:"" name:"input" help:"Text files, directories, or - for stdin."`
	Text      []string `sep:"none" help:"Words to read instead of files." placeholder:"WORDS"`
	Reference string   `help:"What relative and incomplete dates are worked out from: 2026-11-24 or RFC 3339." placeholder:"T"`
}

// Example is shown first in --help.
func (datesCmd) Example() string {
	return `sukien dates --reference 2019-11-19 --text "Trong hai ngày 21, 22/11"`
}

// Run prints a JSON line for each expression.
func (c *datesCmd) Run(a *app) error {
	s, _, err := a.settings()
	if err != nil {
		return err
	}
	if len(c.Inputs) == 0 && len(c.Text) == 0 {
		return misuse{fmt.Errorf("%w: name files, - for stdin, or --text WORDS", news.ErrInvalid)}
	}
	if err := news.Stamp(c.Reference).Check(); err != nil {
		return misuse{fmt.Errorf("--reference: %w", err)}
	}
	ref := timex.Reference{}
	ref.Published, _ = news.Stamp(c.Reference).Time()
	if len(c.Text) > 0 {
		return printDates(a, "text", strings.Join(c.Text, " "), ref)
	}
	failed := 0
	for _, in := range inputs(c.Inputs, true) {
		data, err := in.read(a.in, s.Crawler.MaxBody)
		if err != nil {
			failed++
			fmt.Fprintln(a.err, "sukien:", err)
			continue
		}
		if err := printDates(a, in.doc, string(data), ref); err != nil {
			return err
		}
	}
	if failed > 0 {
		return errReported
	}
	return nil
}

func printDates(a *app, doc, text string, ref timex.Reference) error {
	text = viet.NFC(text)
	enc := json.NewEncoder(a.out)
	enc.SetEscapeHTML(false)
	for _, l := range timex.Lines(doc, text, timex.Parse(text, ref), ref) {
		if err := enc.Encode(l); err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	return nil
}
