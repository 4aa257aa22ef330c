package extractor

import "sukien/news"

// linkEditions finds, for every gathering that is named by its edition alone
// ("Hội nghị lần thứ 5"), the earlier edition that the article names in full.
func (d *document) linkEditions() {
	for c := range d.clusters {
		d.clusters[c].earlier = -1
	}
	for c := range d.clusters {
		cl := &d.clusters[c]
		if cl.kind == news.Session || !d.numbered(cl.best) || d.allAside(c) {
			continue
		}
		for o := range d.clusters {
			if d.editionBefore(o, c) {
				cl.earlier, d.clusters[o].over = o, true
				break
			}
		}
	}
}

// editionBefore tells whether meeting o is an earlier edition of c and has a
// name of its own.
func (d *document) editionBefore(o, c int) bool {
	e, cl := &d.clusters[o], &d.clusters[c]
	return e.kind == cl.kind && e.ordinal > 0 && e.ordinal < cl.ordinal && d.headKey(e.best) == d.headKey(cl.best) &&
		d.ordinalAt(&d.mentions[e.best]) > d.mentions[e.best].headTo
}

// ordinalAt is the token at which the edition in a name begins, -1 when it names none.
func (d *document) ordinalAt(m *mention) int {
	for i := m.headTo; i < m.to; i++ {
		if it, ok := d.rd.At(i, d.x.sym.ordinal); ok && int(it.To) <= m.to {
			return i
		}
	}
	return -1
}

// nameOfCluster is the name of a meeting: what its best mention gives, or that
// of the earlier edition with the meeting's own number.
func (d *document) nameOfCluster(cl *cluster) string {
	m := &d.mentions[cl.best]
	if cl.earlier < 0 {
		return d.nameOf(m)
	}
	e := &d.mentions[d.clusters[cl.earlier].best]
	return clean(d.text(e.from, d.ordinalAt(e)) + " " + d.text(m.headTo, m.to))
}
