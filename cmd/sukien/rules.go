package main

import (
	"fmt"
	"strings"

	"sukien/news"
)

// rulesCmd groups what is done with extraction rules.
type rulesCmd struct {
	Check   rulesCheckCmd   `cmd:"" help:"Lint rules and lexicons: file:line:column of every fault."`
	Test    rulesTestCmd    `cmd:"" help:"Run the tests written in the rule files."`
	Explain rulesExplainCmd `cmd:"" help:"Why a text gives what it gives, and why not."`
	Diff    rulesDiffCmd    `cmd:"" help:"What other rules would change over stored articles."`
}

// Example is shown first in --help.
func (rulesCmd) Example() string {
	return "sukien rules test\nsukien rules diff --rules my-rules"
}

type rulesCheckCmd struct{}

// Example is shown first in --help.
func (rulesCheckCmd) Example() string {
	return "sukien rules check\nSUKIEN_RULES_DIR=my-rules sukien rules check"
}

// Run loads rules and lexicons strictly.
func (rulesCheckCmd) Run(a *app) error {
	s, _, err := a.settings()
	if err != nil {
		return err
	}
	ext, err := newExtractor(s)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "no fault; pack %s\n", ext.Pack())
	return err
}

type rulesTestCmd struct {
	Verbose bool `short:"v" help:"Also list what passed."`
}

// Example is shown first in --help.
func (rulesTestCmd) Example() string { return "sukien rules test" }

// Run prints each failed test with file:line.
func (c *rulesTestCmd) Run(a *app) error {
	s, _, err := a.settings()
	if err != nil {
		return err
	}
	ext, err := newExtractor(s)
	if err != nil {
		return err
	}
	passed, failed := 0, 0
	for _, t := range ext.Test() {
		if t.OK() {
			passed++
		} else {
			failed++
		}
		if !t.OK() || c.Verbose {
			fmt.Fprintln(a.out, plainCell(t.String()))
		}
	}
	fmt.Fprintf(a.out, "%d passed, %d failed\n", passed, failed)
	if failed > 0 {
		return errReported
	}
	return nil
}

type rulesExplainCmd struct {
	Text      []string `arg:"" help:"The text, or - to read it from stdin."`
	Title     string   `help:"The article's title."`
	Published string   `help:"Publication time: 2019-11-19 or RFC 3339." placeholder:"T"`
}

// Example is shown first in --help.
func (rulesExplainCmd) Example() string {
	return `sukien rules explain --published 2026-03-12 "Sáng 12/3, tại Hà Nội, Bộ Y tế tổ chức Hội nghị về nước sạch."`
}

// Run explains one text.
func (c *rulesExplainCmd) Run(a *app) error {
	s, _, err := a.settings()
	if err != nil {
		return err
	}
	if err := news.Stamp(c.Published).Check(); err != nil {
		return misuse{fmt.Errorf("--published: %w", err)}
	}
	text := strings.Join(c.Text, " ")
	if text == "-" {
		data, err := input{path: "-"}.read(a.in, s.Crawler.MaxBody)
		if err != nil {
			return err
		}
		text = string(data)
	}
	ext, err := newExtractor(s)
	if err != nil {
		return err
	}
	return printExplanation(a.out, ext.Explain(&news.Article{Title: c.Title, Text: text, Published: news.Stamp(c.Published), PageType: news.PageArticle}))
}
