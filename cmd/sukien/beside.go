package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
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

// lineCount counts in how many articles of an outlet a line stands.
type lineCount map[string]int

func (n lineCount) add(text string) {
	lines := strings.Split(text, "\n")
	slices.Sort(lines)
	for _, l := range slices.Compact(lines) {
		n[l]++
	}
}

// print names the lines that several articles share: the outlet's own, if they
// say nothing of the story.
func (n lineCount) print(out io.Writer) error {
	for _, l := range slices.Sorted(maps.Keys(n)) {
		if n[l] < 2 || l == "" {
			continue
		}
		if _, err := fmt.Fprintf(out, "repeated on %d articles: %q\n         if it is the outlet's own and no article's: drop_lines in the outlet's file\n", n[l], l); err != nil {
			return err
		}
	}
	return nil
}
