package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"
	"golang.org/x/term"
)

// defaultWidth is used when the output is no terminal.
const defaultWidth = 120

// minColumn is the narrowest a column is cut to, in terminal cells.
const minColumn = 8

// table prints rows under a head, cut so that a line fits the terminal: the
// widest column gives way first, one whose head ends in "*" last, and what is
// typed in again (ID, DOMAIN, SOURCE) never.
func table(w io.Writer, head []string, rows [][]string) error {
	head, last := lastToYield(head)
	widths := make([]int, len(head))
	for _, row := range append([][]string{head}, rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], runewidth.StringWidth(plainCell(cell)))
		}
	}
	fit(widths, terminalWidth(w), last, func(i int) bool { return slices.Contains(whole, head[i]) })
	for _, row := range append([][]string{head}, rows...) {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = runewidth.FillRight(runewidth.Truncate(plainCell(cell), widths[i], "…"), widths[i])
		}
		if _, err := fmt.Fprintln(w, strings.TrimRight(strings.Join(cells, "  "), " ")); err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	return nil
}

// whole are the heads of columns that are never cut.
var whole = []string{"ID", "DOMAIN", "SOURCE"}

// lastToYield finds the column marked with "*" and takes the mark away; -1 for none.
func lastToYield(head []string) ([]string, int) {
	last := -1
	head = slices.Clone(head)
	for i, h := range head {
		if name, ok := strings.CutSuffix(h, "*"); ok {
			head[i], last = name, i
		}
	}
	return head, last
}

// fit narrows columns until a line with two blanks between columns has total
// cells: the widest but column last down to twice minColumn, then any that is
// not to stay whole.
func fit(widths []int, total, last int, whole func(int) bool) {
	for _, floor := range []int{2 * minColumn, minColumn} {
		for sum(widths)+2*(len(widths)-1) > total {
			widest := -1
			for i, w := range widths {
				if w > floor && !whole(i) && (i != last || floor == minColumn) && (widest < 0 || w > widths[widest]) {
					widest = i
				}
			}
			if widest < 0 {
				break
			}
			widths[widest]--
		}
	}
}

func sum(list []int) (n int) {
	for _, v := range list {
		n += v
	}
	return n
}

// terminalWidth is w's width in cells.
func terminalWidth(w io.Writer) int {
	if f, ok := w.(*os.File); ok {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
			return width
		}
	}
	return defaultWidth
}

// isTerminal tells whether w shows to a person.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// plainCell makes foreign text safe for a terminal: one line, no control
// characters, so that no page can send escape sequences.
func plainCell(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return ' '
		case r < 0x20 || r == 0x7f || 0x80 <= r && r < 0xa0 || 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069:
			return -1
		}
		return r
	}, s)
}
