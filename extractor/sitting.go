package extractor

import "sukien/news"

// session finds the whole session that a sitting belongs to, or the sitting
// that a session told of afterwards is the whole of: in one sentence or the next.
func (d *document) session(i int) int {
	m := &d.mentions[i]
	if m.kind != news.Session || m.from < d.rd.TitleEnd && !m.sitting {
		return -1
	}
	for c := range d.clusters {
		for _, k := range d.clusters[c].mentions {
			o := &d.mentions[k]
			if o.kind == news.Session && o.from >= d.rd.TitleEnd && m.sent-o.sent <= 1 && (d.sitsAt(m, o) || d.wholeOf(m, o, c)) {
				return c
			}
		}
	}
	return -1
}

// sitsAt tells whether m is a sitting of session o, told of before.
func (d *document) sitsAt(m, o *mention) bool {
	return m.sitting && (o.ordinal > 0 || o.verb && !o.sitting && o.sent == m.sent)
}

// wholeOf tells whether session m is that of sitting o, of meeting c.
func (d *document) wholeOf(m, o *mention, c int) bool {
	return o.sitting && d.clusters[c].ordinal == 0 && (m.ordinal > 0 || d.satAt(o, m))
}

// satAt tells whether a session is where the sitting before it was:
// "cho ý kiến về dự án Luật tại Phiên họp chuyên đề".
func (d *document) satAt(sitting, m *mention) bool {
	return !m.verb && m.from-sitting.to == 1 && d.toks[sitting.to].Key == "tại"
}

// sit makes mention i one with session c: a session that sits is not only referred to.
func (d *document) sit(c, i int) {
	d.join(c, i)
	cl := &d.clusters[c]
	for _, k := range cl.mentions {
		o := &d.mentions[k]
		if o.sent >= d.mentions[i].sent-1 {
			o.aside = false
		}
		if b := &d.mentions[cl.best]; b.sitting && (o.ordinal > 0 || d.satAt(b, o)) {
			cl.best = k
		}
	}
}
