package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"sukien/crawler/content"
	"sukien/extractor"
	"sukien/news"
)

// explainer writes why pages give what they give: as text for a terminal and
// as an HTML file for a person. A nil explainer writes nothing.
type explainer struct {
	mu   sync.Mutex
	text io.Writer
	html *os.File
}

// newExplainer is nil unless the command asks for an explanation.
func newExplainer(c *extractCmd, stderr io.Writer) (*explainer, error) {
	if !c.Explain && c.ExplainHTML == "" {
		return nil, nil
	}
	e := &explainer{}
	if c.Explain {
		e.text = stderr
	}
	if c.ExplainHTML != "" {
		f, err := createFile(c.ExplainHTML)
		if err != nil {
			return nil, err
		}
		e.html = f
	}
	return e, nil
}

// add explains one input.
func (e *explainer) add(doc string, blocks *content.Report, ext *extractor.Extractor, a *news.Article) error {
	if e == nil {
		return nil
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.html != nil {
		if err := blocks.HTML(e.html); err != nil {
			return err
		}
	}
	if e.text == nil {
		return nil
	}
	if _, err := fmt.Fprintf(e.text, "== %s\n", plainCell(doc)); err != nil {
		return err
	}
	return errors.Join(blocks.Text(e.text), printExplanation(e.text, ext.Explain(a)))
}

func (e *explainer) close() error {
	if e == nil || e.html == nil {
		return nil
	}
	return e.html.Close()
}

// printExplanation shows why an article gives its meetings, and which rules
// came nearest without matching.
func printExplanation(w io.Writer, x extractor.Explanation) error {
	p := &printer{w: w}
	p.line("rules and lexicons %s", x.Pack)
	for _, m := range x.Meetings {
		what := "mention"
		if m.Main {
			what = "main"
		}
		p.line("\n%s (%s, score %.2f)", plainCell(m.Name), what, m.Score)
		for _, f := range m.Features {
			p.line("  %+.2f  %s", f.Weight, f.Name)
		}
		for _, ev := range m.Record.Evidence {
			p.line("  %-22s %-26s %s %d–%d  “%s”", ev.Slot, ev.Rule, ev.In, ev.From, ev.To, plainCell(ev.Text))
		}
	}
	if len(x.Meetings) == 0 {
		p.line("\nno meeting")
	}
	p.line("\nrules that matched:")
	for _, f := range x.Fired {
		p.line("  %-28s %s %d–%d  “%s”", f.Rule, f.In, f.From, f.To, plainCell(f.Text))
	}
	p.line("\nrules that came nearest without matching:")
	for _, n := range x.Nearest {
		why := n.Guard
		if why == "" {
			why = fmt.Sprintf("column %d of its pattern", n.Column)
		}
		p.line("  %-28s matched “%s”, failed at %s (%s)", n.Rule, plainCell(n.Matched), failedAt(n), why)
	}
	return p.err
}

// failedAt says where a rule stopped fitting: at words, at the end of the
// sentence, or at what must or must not stand around the match.
func failedAt(n extractor.NearMiss) string {
	switch {
	case n.Guard != "":
		return "what stands around it"
	case n.At == "":
		return "the end of the sentence"
	}
	return "“" + plainCell(n.At) + "”"
}

// printer keeps the first error of many lines.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}
