package extractor

import (
	"slices"

	"sukien/news"
)

// cluster is a meeting: the mentions that name it.
type cluster struct {
	mentions []int
	kind     news.Kind
	ordinal  int
	// lead is the mention that names it best.
	best  int
	score float64
	why   []scored
	main  bool

	// parent is the meeting that this one is part of, -1 when none is told.
	parent int
	// earlier is the edition before that this one takes its name from, -1 for none.
	earlier int
	// over: a later edition takes its name from this one.
	over   bool
	date   *dateLink
	slots  []slotValue
	places []int
	people []official
}

// scored is a feature that spoke for or against a meeting.
type scored struct {
	name   string
	weight float64
}

// cluster brings the mentions of one meeting together, in the order of the text.
func (d *document) cluster() {
	d.clusters = d.clusters[:0]
	titleEnd := d.rd.TitleEnd
	for pass := range 2 {
		for i := range d.mentions {
			m := &d.mentions[i]
			if (m.from < titleEnd) != (pass == 1) {
				continue // the text first: the title abridges what the text names
			}
			if m.bare {
				d.resolveBare(i)
			} else {
				d.resolveNamed(i)
			}
		}
	}
}

func (d *document) join(c, i int) {
	cl := &d.clusters[c]
	m := &d.mentions[i]
	m.cluster = c
	cl.mentions = append(cl.mentions, i)
	if cl.ordinal == 0 {
		cl.ordinal = m.ordinal
	}
	b := &d.mentions[cl.best]
	if (b.bare || b.said() && !m.said()) && !m.bare {
		cl.best, cl.kind = i, m.kind
	}
}

func (d *document) found(i int) {
	m := &d.mentions[i]
	m.cluster = len(d.clusters)
	cl := d.newCluster()
	cl.mentions = append(cl.mentions, i)
	cl.kind, cl.ordinal, cl.best = m.kind, m.ordinal, i
}

// newCluster adds a meeting, in the memory of one of the article before.
func (d *document) newCluster() *cluster {
	n := len(d.clusters)
	d.clusters = slices.Grow(d.clusters, 1)[:n+1]
	cl := &d.clusters[n]
	*cl = cluster{mentions: cl.mentions[:0], why: cl.why[:0], slots: cl.slots[:0], people: cl.people[:0]}
	return cl
}

// resolveNamed joins a named mention to the meeting it agrees with best, or founds one.
func (d *document) resolveNamed(i int) {
	best, bestSim := -1, 0.0
	for c := range d.clusters {
		if s := d.similarity(c, i); s > bestSim {
			best, bestSim = c, s
		}
	}
	if m := &d.mentions[i]; m.predicate && (best < 0 || bestSim < 1) && d.isSaid(i) {
		m.to, m.bare = m.headTo, true
		d.resolveBare(i)
		return
	}
	switch {
	case best >= 0 && d.titled(i) >= 0 && d.clusters[best].kind != d.mentions[i].kind:
		d.join(d.titled(i), i)
	case best >= 0 && bestSim >= d.needed(best, i):
		d.join(best, i)
	case d.equated(i) >= 0:
		d.join(d.equated(i), i)
	case d.session(i) >= 0:
		d.sit(d.session(i), i)
	case d.mentions[i].from < d.rd.TitleEnd && d.titleOf(i) >= 0:
		d.join(d.titleOf(i), i)
	case d.known(i) >= 0:
		d.join(d.known(i), i)
	case d.unnamed(i) >= 0:
		d.join(d.unnamed(i), i)
	default:
		d.found(i)
	}
}

// needed is how alike names must be to be one: less where both are summits,
// which are called by their parties in many ways.
func (d *document) needed(c, i int) float64 {
	w := &d.x.weights
	if s := d.x.sym.summit; d.headHas(&d.mentions[i], s) && d.headHas(&d.mentions[d.clusters[c].best], s) {
		return w.sameSummit
	}
	return w.sameName
}

// nameReach is how many sentences after it was last called by its kind alone a
// meeting may still be named.
const nameReach = 8

// lastSent is the sentence of the last mention of a meeting so far.
func (d *document) lastSent(c int) int {
	ms := d.clusters[c].mentions
	return d.mentions[ms[len(ms)-1]].sent
}

// unnamed finds a meeting that was called by its bare kind so far and that
// mention i can name.
func (d *document) unnamed(i int) int {
	m := &d.mentions[i]
	if m.aside {
		return -1
	}
	for c := range d.clusters {
		cl := &d.clusters[c]
		b := &d.mentions[cl.best]
		if m.verb && d.headKey(i) != d.headKey(cl.best) || m.predicate || d.apart(b, m) || cl.ordinal > 1 && d.isFirst(m) || m.sent-d.lastSent(c) > nameReach {
			continue
		}
		if cl.kind == m.kind && (b.bare || b.said() || d.numbered(cl.best) && m.ordinal == 0 && d.headKey(i) == d.headKey(cl.best)) && !d.allAside(c) {
			return c
		}
	}
	return -1
}

// isFirst tells whether a name begins with "the first": it is of no later edition.
func (d *document) isFirst(m *mention) bool {
	_, ok := d.rd.At(m.headTo, d.x.sym.first)
	return ok
}

// numbered tells whether a mention is named by its edition alone: "phiên họp thứ 3".
func (d *document) numbered(i int) bool {
	m := &d.mentions[i]
	it, ok := d.rd.At(m.headTo, d.x.sym.ordinal)
	return ok && int(it.To) == m.to
}

// titleOf finds the meeting of the lead that a differently worded mention of the title can only mean.
func (d *document) titleOf(i int) int {
	for c := range d.clusters {
		cl := &d.clusters[c]
		first := &d.mentions[cl.mentions[0]]
		if first.from < d.rd.LeadEnd && d.mayBe(first, &d.mentions[i]) && !d.apart(first, &d.mentions[i]) && agree(cl.ordinal, d.mentions[i].ordinal) && !d.isAside(cl.mentions[0]) && !d.isAside(i) &&
			(d.mentions[i].ordinal == cl.ordinal || d.headKey(i) == d.headKey(cl.mentions[0]) && cl.kind == d.mentions[i].kind) {
			return c
		}
	}
	return -1
}

// titled finds the meeting of the lead that a mention of the title calls by the
// same head, however alike another one of another kind is: "gặp lãnh đạo
// Palau" is what "gặp Tổng thống Palau" tells of, not "cuộc họp với lãnh đạo Palau".
func (d *document) titled(i int) int {
	if d.mentions[i].from >= d.rd.TitleEnd {
		return -1
	}
	c := d.titleOf(i)
	if c < 0 || d.headKey(d.clusters[c].mentions[0]) != d.headKey(i) {
		return -1
	}
	return c
}

// resolveBare joins "hội nghị", "buổi lễ" to the last meeting called so.
func (d *document) resolveBare(i int) {
	m := &d.mentions[i]
	word := d.headKey(i)
	same, kin := -1, -1
	for c := range d.clusters {
		cl := &d.clusters[c]
		if d.called(c, word) && (same < 0 || d.allAside(same) || !d.allAside(c)) {
			same = c
		}
		if d.mayBe(&d.mentions[cl.best], m) && !d.apart(&d.mentions[cl.best], m) && !d.allAside(c) &&
			(kin < 0 || cl.kind == m.kind || d.clusters[kin].kind != m.kind) {
			kin = c
		}
	}
	switch {
	case d.abbreviated(m) >= 0:
		d.join(d.abbreviated(m), i)
	case same >= 0:
		m.aside = m.aside || d.allAside(same) && d.toldElse(same, m.sent)
		d.join(same, i)
	case kin >= 0:
		d.join(kin, i)
	default:
		d.found(i)
	}
}

// toldElse tells whether a sentence is about another meeting than c, so that
// a meeting only referred to is only referred to again.
func (d *document) toldElse(c, sent int) bool {
	for i := range d.mentions {
		m := &d.mentions[i]
		if m.sent == sent && !m.aside && !m.bare && !slices.Contains(d.clusters[c].mentions, i) {
			return true
		}
	}
	return false
}

// called tells whether a meeting has been called by a head with a word in it:
// "hội nghị thượng đỉnh" is a "hội nghị".
func (d *document) called(c int, word string) bool {
	for _, k := range d.clusters[c].mentions {
		m := &d.mentions[k]
		for t := m.from; t < m.headTo; t++ {
			if d.toks[t].Key == word {
				return true
			}
		}
	}
	return false
}

// isAside tells whether a mention only refers to its meeting.
func (d *document) isAside(i int) bool { return d.mentions[i].aside }

func (d *document) allAside(c int) bool {
	for _, i := range d.clusters[c].mentions {
		if !d.mentions[i].aside {
			return false
		}
	}
	return true
}

// isSaid tells whether what follows the head of mention i is said of a meeting
// that was named before: then the mention is the head alone.
func (d *document) isSaid(i int) bool {
	m := &d.mentions[i]
	if m.introduced {
		return false
	}
	for c := range d.clusters {
		for _, k := range d.clusters[c].mentions {
			if d.headKey(k) == d.headKey(i) && d.mentions[k].from < m.from {
				return true
			}
		}
	}
	return false
}

// opening tells whether a mention is of the opening or closing of another gathering.
func (d *document) opening(m *mention) bool {
	it, ok := d.rd.At(m.from, d.x.sym.opening)
	return ok && int(it.To) >= m.headTo
}
