package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"sukien/crawler/content"
)

// factNames head the rows of facts.
var factNames = [...]string{"type", "title", "published", "author", "text", "begins", "ends"}

// facts are what is worth comparing of a page's article.
func facts(r *content.Result) [len(factNames)]string {
	a := r.Article
	lines := strings.Split(a.Text, "\n")
	return [...]string{
		string(a.PageType), plainCell(a.Title), fmt.Sprintf("%s (%s)", a.Published, a.PublishedBasis), plainCell(a.Author),
		fmt.Sprintf("%d paragraphs, %d characters", len(lines), len([]rune(a.Text))), plainCell(lines[0]), plainCell(lines[len(lines)-1]),
	}
}

// beside prints what an article page gives, and in a second column what it
// gives with selectors; nil when the outlet has none. Rows that differ are
// marked "≠", and selectors that match nothing are named.
func beside(out io.Writer, generic, selected *content.Result) error {
	one, two := facts(generic), facts(cmp.Or(selected, generic))
	if selected != nil {
		if err := besideRow(out, "", "generic", " ", "selectors"); err != nil {
			return err
		}
	}
	for i, name := range factNames {
		var err error
		switch {
		case selected == nil:
			_, err = fmt.Fprintf(out, "         %-10s %s\n", name, one[i])
		case one[i] == two[i]:
			err = besideRow(out, name, one[i], "=", two[i])
		default:
			err = besideRow(out, name, one[i], "≠", two[i])
		}
		if err != nil {
			return err
		}
	}
	if selected == nil || len(selected.Stale) == 0 {
		return nil
	}
	_, err := fmt.Fprintf(out, "         ≠ selectors that match nothing: %s\n", strings.Join(selected.Stale, ", "))
	return err
}

// besideRow prints two columns, each cut to its width.
func besideRow(out io.Writer, name, one, sign, two string) error {
	_, err := fmt.Fprintf(out, "         %-10s %-48.48s %s %.64s\n", name, one, sign, two)
	return err
}
