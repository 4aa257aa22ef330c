package web

import (
	"slices"
	"strings"

	"sukien/news"
)

// Piece is a run of an article's text; Slot and Rule are set where it fills a
// slot, joined by commas where it fills several.
type Piece struct {
	Text, Slot, Rule string
	// Anchor is the name that links lead to, mostly empty.
	Anchor string
}

// Root is the first slot's root, by which marks are coloured.
func (p Piece) Root() string {
	first, _, _ := strings.Cut(p.Slot, ",")
	return rootOf(first)
}

// Highlight cuts text into paragraphs of pieces, so that each slot's words can
// be marked. in is "text" or "title", as Evidence.In. Where evidence overlaps
// the text is cut at each beginning and end, and a piece names all slots that it
// fills, the shortest first. Offsets outside the text, of an article that
// changed since, mark nothing.
func Highlight(text, in string, evidence []news.Evidence) [][]Piece {
	runes := []rune(text)
	kept := inOrder(in, len(runes), evidence)
	cuts := []int{0, len(runes)}
	for _, e := range kept {
		cuts = append(cuts, e.From, e.To)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	paragraphs := [][]Piece{nil}
	for i := 1; i < len(cuts); i++ {
		p := over(kept, cuts[i-1], cuts[i])
		for n, part := range strings.Split(string(runes[cuts[i-1]:cuts[i]]), "\n") {
			if n > 0 {
				paragraphs = append(paragraphs, nil)
			}
			last := &paragraphs[len(paragraphs)-1]
			if part != "" {
				*last = append(*last, Piece{Text: part, Slot: p.Slot, Rule: p.Rule})
			}
		}
	}
	return paragraphs
}

// inOrder keeps the evidence that lies in the text, the shortest first.
func inOrder(in string, length int, evidence []news.Evidence) []news.Evidence {
	kept := slices.DeleteFunc(slices.Clone(evidence), func(e news.Evidence) bool {
		return e.In != in || e.From < 0 || e.To > length || e.From >= e.To
	})
	slices.SortStableFunc(kept, func(a, b news.Evidence) int { return (a.To - a.From) - (b.To - b.From) })
	return kept
}

// over names the slots that cover a piece of text, each once.
func over(evidence []news.Evidence, from, to int) Piece {
	var slots, rules []string
	for _, e := range evidence {
		if e.From <= from && to <= e.To {
			if !slices.Contains(slots, e.Slot) {
				slots = append(slots, e.Slot)
			}
			if !slices.Contains(rules, e.Rule) {
				rules = append(rules, e.Rule)
			}
		}
	}
	return Piece{Slot: strings.Join(slots, ", "), Rule: strings.Join(rules, ", ")}
}
