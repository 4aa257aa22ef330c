package main

import (
	"math"

	"sukien/store"
	"sukien/store/resolve"
)

// caseOf is why an event's records are one meeting.
func caseOf(told []store.Telling) resolve.Case {
	var list []*resolve.Told
	for i := range told {
		for _, r := range told[i].Records {
			list = append(list, resolve.Tell(&told[i].Article, r))
		}
	}
	return resolve.Why(list)
}

// why is a case in JSON.
type why struct {
	Joined []reason `json:"joined,omitempty"`
	Apart  []reason `json:"apart,omitempty"`
	// Alone are records that no other brings in.
	Alone []string `json:"alone,omitempty"`
}

// reason is what was decided on two records.
type reason struct {
	Records [2]string `json:"records"`
	URLs    [2]string `json:"urls"`
	Same    bool      `json:"same"`
	Score   float64   `json:"score"`
	Why     string    `json:"why"`
}

func whyOf(c resolve.Case) *why {
	w := &why{Joined: reasons(c.Joined), Apart: reasons(c.Apart)}
	for _, t := range c.Alone {
		w.Alone = append(w.Alone, t.Record.ID)
	}
	return w
}

func reasons(list []resolve.Link) []reason {
	var out []reason
	for _, l := range list {
		out = append(out, reason{[2]string{l.A.Record.ID, l.B.Record.ID}, [2]string{l.A.URL, l.B.URL}, l.Same, math.Round(100*l.Score) / 100, l.Why()})
	}
	return out
}

// printCase shows a case for a person.
func printCase(p *printer, c resolve.Case) {
	pair := func(l resolve.Link) {
		p.line("  %+.1f  %s", l.Score, plainCell(l.Why()))
		for _, t := range []*resolve.Told{l.A, l.B} {
			p.line("        %s  %s  %s", t.Published, plainCell(t.Record.Name), plainCell(t.URL))
		}
	}
	if len(c.Joined) > 0 {
		p.line("\none event because:")
	}
	for _, l := range c.Joined {
		pair(l)
	}
	for _, t := range c.Alone {
		p.line("     ·  nothing of it alone: an analyst put it here, or an article that has left since")
		p.line("        %s  %s  %s", t.Published, plainCell(t.Record.Name), plainCell(t.URL))
	}
	if len(c.Apart) > 0 {
		p.line("\nthough:")
	}
	for _, l := range c.Apart {
		pair(l)
	}
}
