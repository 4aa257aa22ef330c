package web

import (
	"slices"
	"strings"

	"sukien/news"
)

// Piece is a run of an article's text; Slot and Rule are set where it fills a slot.
type Piece struct{ Text, Slot, Rule string }

// Highlight cuts text into paragraphs of pieces, so that each slot's words can
// be marked. in is "text" or "title", as Evidence.In. Where evidence overlaps,
// the one that begins first is marked, of those the longest. Offsets outside the
// text, of an article that changed since, mark nothing.
func Highlight(text, in string, evidence []news.Evidence) [][]Piece {
	runes := []rune(text)
	var paragraphs [][]Piece
	var current []Piece
	add := func(from, to int, e news.Evidence) {
		for i, part := range strings.Split(string(runes[from:to]), "\n") {
			if i > 0 {
				paragraphs, current = append(paragraphs, current), nil
			}
			if part != "" {
				current = append(current, Piece{part, e.Slot, e.Rule})
			}
		}
	}
	at := 0
	for _, e := range inOrder(in, evidence) {
		if e.From < at || e.To > len(runes) || e.From >= e.To {
			continue
		}
		add(at, e.From, news.Evidence{})
		add(e.From, e.To, e)
		at = e.To
	}
	add(at, len(runes), news.Evidence{})
	return append(paragraphs, current)
}

func inOrder(in string, evidence []news.Evidence) []news.Evidence {
	kept := slices.DeleteFunc(slices.Clone(evidence), func(e news.Evidence) bool { return e.In != in })
	slices.SortStableFunc(kept, func(a, b news.Evidence) int {
		if a.From != b.From {
			return a.From - b.From
		}
		return b.To - a.To
	})
	return kept
}
