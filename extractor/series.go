package extractor

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"sukien/news"
	"sukien/news/lexicon"
)

// identify writes what the registry of series knows of a meeting: key,
// abbreviation, level, and the year of an edition whose date was printed
// without one.
func (d *document) identify(cl *cluster, r *news.Record) {
	m := &d.mentions[cl.best]
	r.Level = d.levelIn(m.from, m.to)
	r.Abbreviation = d.abbreviationIn(m.headTo, m.to)
	e := d.seriesOf(cl)
	if e == nil {
		return
	}
	r.Series = e.ID
	if e.Abbr != "" {
		r.Abbreviation = e.Abbr
	}
	if l := news.Level(e.Attr["level"]); l != "" {
		r.Level = l
	}
	year := editionYear(e.Attr["editions"], r.Ordinal, r.Start)
	if year == "" {
		r.YearEstimate = estimatedYear(e, r.Ordinal, r.Start)
		return
	}
	r.DateBasis = news.DateSeries
	r.Start = withYear(year, r.Start)
	if r.End != "" {
		r.End = withYear(year, r.End)
	}
}

// seriesOf gives the series that a name of the meeting begins with, nil when none does.
func (d *document) seriesOf(cl *cluster) *lexicon.Entry {
	var best *lexicon.Entry
	width := 0
	named := cl.mentions
	if cl.earlier >= 0 {
		named = d.clusters[cl.earlier].mentions
	}
	for _, i := range named {
		m := &d.mentions[i]
		k, _ := slices.BinarySearchFunc(d.lex, m.from, func(l lexicon.Match, from int) int { return l.From - from })
		for ; k < len(d.lex) && d.lex[k].From <= m.headTo; k++ {
			l := &d.lex[k]
			if l.To > m.to || l.To-l.From <= width {
				continue
			}
			for _, e := range l.Entries {
				if e.Class == "series" {
					best, width = e, l.To-l.From
					break
				}
			}
		}
	}
	return best
}

// editionYear gives the year of an edition whose month agrees with a date
// without a year; editions are "ORDINAL=WHEN …".
func editionYear(editions string, ordinal int, start news.Date) string {
	if ordinal == 0 || !strings.HasPrefix(string(start), "--") || len(start) < len("--01") {
		return ""
	}
	number := strconv.Itoa(ordinal)
	for _, f := range strings.Fields(editions) {
		n, when, _ := strings.Cut(f, "=")
		if n == number && len(when) >= len("2006-01") && when[5:7] == string(start)[2:4] {
			return when[:4]
		}
	}
	return ""
}

// estimatedYear is the year that the series' cadence suggests for a date without
// one, 0 for none.
func estimatedYear(e *lexicon.Entry, ordinal int, start news.Date) int {
	if ordinal == 0 || !strings.HasPrefix(string(start), "--") {
		return 0
	}
	day, err := time.Parse("--01-02", string(start))
	if err != nil {
		return 0
	}
	return e.Series().EstimateYear(ordinal, day.Month())
}

// withYear is a date without a year, in that year.
func withYear(year string, d news.Date) news.Date {
	if !strings.HasPrefix(string(d), "--") {
		return d
	}
	return news.Date(year + string(d)[1:])
}

// levelIn gives the standing that the first words of a name tell of.
func (d *document) levelIn(from, to int) news.Level {
	for i := from; i < to; i++ {
		if it, ok := d.rd.At(i, d.x.sym.level); ok && int(it.To) <= to {
			return news.Level(d.x.set.Name(it.Kind))
		}
	}
	return ""
}

// abbreviationIn gives the capitals that a name puts in brackets: "(AMMSWD)".
func (d *document) abbreviationIn(from, to int) string {
	for i := from; i+2 < to; i++ {
		if d.toks[i].Key != "(" {
			continue
		}
		t := d.toks[i+1]
		word := d.src[t.Start:t.End]
		if len(word) > 2 && word == strings.ToUpper(word) && d.toks[i+2].Key == ")" && !strings.ContainsAny(word, "0123456789") {
			return word
		}
	}
	return ""
}

// parentOf writes the larger meeting that a rule says a meeting is part of.
func (d *document) parentOf(c int, r *news.Record) {
	cl := &d.clusters[c]
	if cl.parent < 0 {
		return
	}
	p := &d.clusters[cl.parent]
	m := &d.mentions[p.best]
	if cl.parent == c || m.bare {
		return
	}
	r.Parent = &news.Parent{Name: clean(d.text(m.from, m.to)), Ordinal: p.ordinal}
	r.Evidence = append(r.Evidence, d.evidence("parent", m.from, m.to, m.rule))
}

// fillParents reads the links that the rules found between meetings: m is
// held within q. The part has the whole's date when it has none of its own
// and a rule says that both went together.
func (d *document) fillParents() {
	for c := range d.clusters {
		d.clusters[c].parent = -1
	}
	for i := range d.links {
		l := &d.links[i]
		if l.Rule.Emit != d.x.sym.part {
			continue
		}
		whole := d.mentionAt(l, d.x.sym.q)
		part := d.meetingOf(l)
		if whole < 0 {
			continue
		}
		if part < 0 {
			part = d.mainOf(whole)
		}
		if part < 0 || d.mentions[part].cluster == d.mentions[whole].cluster {
			continue
		}
		cl := &d.clusters[d.mentions[part].cluster]
		if cl.parent < 0 {
			cl.parent = d.mentions[whole].cluster
		}
		if cl.date == nil && l.Rule.Set["date"] == "whole" {
			cl.date = d.clusters[d.mentions[whole].cluster].date
		}
	}
}

// mainOf gives the meeting that a sentence is about: its first mention that
// does not only refer, apart from the one given; when there is none, the last
// one before.
func (d *document) mainOf(i int) int {
	before := -1
	for k := range d.mentions {
		m := &d.mentions[k]
		if k == i || m.aside || m.cluster == d.mentions[i].cluster {
			continue
		}
		if m.sent == d.mentions[i].sent {
			return k
		}
		if m.sent == d.mentions[i].sent-1 {
			before = k
		}
	}
	return before
}
