package extractor

import (
	"slices"
	"strconv"

	"sukien/news"
	"sukien/news/viet"
)

// records turns the meetings into records, the main ones first.
func (d *document) records() []news.Record {
	var out []news.Record
	for _, main := range [...]bool{true, false} {
		for c := range d.clusters {
			if cl := &d.clusters[c]; cl.main == main && d.recorded(cl) {
				r := d.record(c)
				r.ID = news.RecordID(d.article.ID, len(out))
				out = append(out, r)
			}
		}
	}
	return out
}

// recorded tells whether a meeting has a record: one that is only mentioned, and by
// nothing but its kind, has none.
func (d *document) recorded(cl *cluster) bool { return cl.main || !d.mentions[cl.best].bare }

func (d *document) record(c int) news.Record {
	cl := &d.clusters[c]
	m := &d.mentions[cl.best]
	var r news.Record
	r.Evidence = d.shown[:0]
	r.Salience = news.Mention
	if cl.main {
		r.Salience = news.Main
	}
	r.Kind = cl.kind
	r.Name = d.nameOfCluster(cl)
	r.Evidence = append(r.Evidence, d.evidence("name", m.from, m.to, m.rule))
	r.Ordinal = cl.ordinal
	d.parentOf(c, &r)
	if cl.date != nil {
		r.Start, r.End = cl.date.start, cl.date.end
		r.DateBasis = d.dates[cl.date.expr].Basis
		e := d.dates[cl.date.expr]
		r.StartTime = e.Time
		r.Evidence = append(r.Evidence, d.evidence("start", e.First, e.Last, cl.date.rule))
	}
	d.identify(cl, &r)
	d.plain(cl, &r)
	d.organizers(cl, &r)
	d.placesOf(cl, &r)
	d.officials(cl, &r)
	r.Confidence = d.confidence(cl, &r)
	d.shown, r.Evidence = r.Evidence, slices.Clone(r.Evidence)
	return r
}

// nameOf is the name that a mention gives.
func (d *document) nameOf(m *mention) string {
	name := d.text(m.from, m.to)
	if m.topic[1] > 0 {
		name += " " + d.text(m.topic[0], m.topic[1])
	}
	return clean(name)
}

func itoa(n int) string { return strconv.Itoa(n) }

// plain writes theme, mode and status.
func (d *document) plain(cl *cluster, r *news.Record) {
	if v, ok := cl.slot("theme"); ok {
		r.Theme = clean(d.text(v.from, v.to))
		r.Evidence = append(r.Evidence, d.evidence("theme", v.from, v.to, v.rule))
	}
	if v, ok := d.modeOf(cl); ok {
		r.Mode = news.Mode(v.value)
		r.Evidence = append(r.Evidence, d.evidence("mode", v.from, v.to, v.rule))
	}
	var v slotValue
	if r.Status, v = d.statusOf(cl); v.slot != "" {
		r.Evidence = append(r.Evidence, d.evidence("status", v.from, v.to, v.rule))
	}
}

// organizers writes the bodies that hold a meeting, each once.
func (d *document) organizers(cl *cluster, r *news.Record) {
	var keys []string // of the names written
	for _, v := range cl.slots {
		if v.slot != "organizer" {
			continue
		}
		name := clean(d.text(v.from, v.to))
		if slices.ContainsFunc(r.Organizers, func(o news.Organizer) bool { return o.Name == name }) {
			continue
		}
		key := viet.Key(name)
		if slices.ContainsFunc(keys, func(k string) bool { return alike(k, key) }) {
			continue
		}
		keys = append(keys, key)
		r.Organizers = append(r.Organizers, news.Organizer{Name: name})
		r.Evidence = append(r.Evidence, d.evidence("organizers["+itoa(len(r.Organizers)-1)+"]", v.from, v.to, v.rule))
	}
}

// modeOf is how people take part in a meeting, or in the larger one that it
// went together with.
func (d *document) modeOf(cl *cluster) (slotValue, bool) {
	v, ok := cl.slot("mode")
	if !ok && cl.parent >= 0 && cl.date != nil && cl.date == d.clusters[cl.parent].date {
		return d.clusters[cl.parent].slot("mode")
	}
	return v, ok
}
