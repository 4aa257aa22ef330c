package extractor

import (
	"cmp"
	"slices"

	"sukien/extractor/rule"
	"sukien/news"
)

// Explanation says why an article gives what it gives.
type Explanation struct {
	Pack string `json:"pack"`
	// Meetings are all gatherings seen, also those too weak to be a record.
	Meetings []Weighed `json:"meetings"`
	// Fired are the rules that matched, in the order of the phases and the text.
	Fired []Fired `json:"fired"`
	// Nearest are the rules that came closest without matching: first those that
	// matched and were forbidden by what stands around, then those that would
	// have made a meeting, each by the words they got through.
	Nearest []NearMiss `json:"nearest"`
}

// Weighed is a gathering with what spoke for and against it as the main event.
type Weighed struct {
	Name     string      `json:"name"`
	Main     bool        `json:"main"`
	Score    float64     `json:"score"`
	Features []Feature   `json:"features"`
	Mentions []string    `json:"mentions"`
	Record   news.Record `json:"record"`
}

// Feature is one weight of a score.
type Feature struct {
	Name   string  `json:"name"`
	Weight float64 `json:"weight"`
}

// Fired is a rule with the words it matched.
type Fired struct {
	Rule  string `json:"rule"`
	Phase string `json:"phase"`
	Text  string `json:"text"`
	In    string `json:"in"`
	// From and To count code points of the title or the text.
	From int `json:"from"`
	To   int `json:"to"`
}

// NearMiss is a rule that failed: what it had matched, the words it failed at,
// and the column of its pattern (from 1) or the guard that did not fit.
type NearMiss struct {
	Rule    string `json:"rule"`
	Matched string `json:"matched"`
	At      string `json:"at"`
	Column  int    `json:"column,omitempty"`
	Guard   string `json:"guard,omitempty"`
}

// nearest is how many near misses an Explanation holds.
const nearest = 12

// Explain extracts an article and says why, and why not.
func (x *Extractor) Explain(a *news.Article) Explanation {
	d := newDocument(x)
	misses := map[*rule.Rule]*miss{}
	d.trace = func(r *rule.Rule, from, far, col int, guard string) {
		m := misses[r]
		n := &miss{r, from, far, col, guard}
		if m == nil || n.rank() < m.rank() || n.rank() == m.rank() && (far-from > m.far-m.from || far-from == m.far-m.from && from < m.from) {
			misses[r] = n
		}
	}
	var fired []rule.Match
	d.fired = func(m *rule.Match) { fired = append(fired, *m) }
	d.extract(a)
	e := Explanation{Pack: x.pack}
	for c := range d.clusters {
		e.Meetings = append(e.Meetings, d.weighed(c))
	}
	for i := range fired {
		m := &fired[i]
		delete(misses, m.Rule)
		ev := d.evidence("", m.From, max(m.To, m.From+1), m.Rule.ID)
		e.Fired = append(e.Fired, Fired{m.Rule.ID, rule.Phases[m.Rule.Phase], ev.Text, ev.In, ev.From, ev.To})
	}
	e.Nearest = d.nearMisses(misses)
	return e
}

type miss struct {
	rule           *rule.Rule
	from, far, col int
	guard          string
}

// rank puts first what matched whole and was forbidden by a guard, then what
// would have made a meeting.
func (m *miss) rank() int {
	switch {
	case m.guard != "" && m.rule.Phase == rule.Meeting:
		return 0
	case m.guard != "":
		return 1
	case m.rule.Phase == rule.Meeting:
		return 2
	}
	return 3
}

func (d *document) nearMisses(misses map[*rule.Rule]*miss) []NearMiss {
	list := make([]*miss, 0, len(misses))
	for _, m := range misses {
		list = append(list, m)
	}
	slices.SortFunc(list, func(a, b *miss) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(b.far-b.from, a.far-a.from), cmp.Compare(a.rule.ID, b.rule.ID))
	})
	var out []NearMiss
	for _, m := range list[:min(len(list), nearest)] {
		n := NearMiss{Rule: m.rule.ID, Matched: d.text(m.from, m.far), Guard: m.guard}
		if m.guard == "" {
			n.Column = m.col + 1
			n.At = d.text(m.far, min(m.far+3, len(d.toks)))
		}
		out = append(out, n)
	}
	return out
}

func (d *document) weighed(c int) Weighed {
	cl := &d.clusters[c]
	m := &d.mentions[cl.best]
	w := Weighed{Name: clean(d.text(m.from, m.to)), Main: cl.main, Score: cl.score}
	for _, f := range cl.why {
		w.Features = append(w.Features, Feature{f.name, f.weight})
	}
	for _, i := range cl.mentions {
		w.Mentions = append(w.Mentions, clean(d.text(d.mentions[i].from, d.mentions[i].to)))
	}
	if d.recorded(cl) {
		w.Record = d.record(c)
	}
	return w
}
