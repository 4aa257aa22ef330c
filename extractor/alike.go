package extractor

import "sukien/news"

// headKey is the last word of the head: "cuộc họp" and "họp" are alike.
func (d *document) headKey(i int) string {
	m := &d.mentions[i]
	return d.toks[m.headTo-1].Key
}

func agree(a, b int) bool { return a == 0 || b == 0 || a == b }

// akin tells whether one meeting may be called by both kinds in one article.
func akin(a, b news.Kind) bool {
	if a == b {
		return true
	}
	return family(a) != 0 && family(a) == family(b)
}

func family(k news.Kind) int {
	switch k {
	case news.Conference, news.Meeting, news.Session:
		return 1
	case news.Workshop, news.Seminar, news.Forum:
		return 2
	case news.Ceremony, news.OtherKind:
		return 3
	}
	return 0
}

// similarity compares a mention with the names of a meeting: the share of the
// shorter name's words, 0 when kind or edition forbid.
func (d *document) similarity(c, i int) float64 {
	cl := &d.clusters[c]
	m := &d.mentions[i]
	if !agree(cl.ordinal, m.ordinal) {
		return 0
	}
	best := 0.0
	for _, k := range cl.mentions {
		o := &d.mentions[k]
		if o.bare || !(akin(o.kind, m.kind) || talksLike(o.kind, m.kind) && o.ordinal == m.ordinal || d.opening(o) || d.opening(m)) {
			continue
		}
		best = max(best, d.overlap(o, m))
	}
	return best
}

// talksLike: a visit, a meeting and talks may share their words.
func talksLike(a, b news.Kind) bool {
	return (a == news.Talks || a == news.Meeting) && (b == news.Talks || b == news.Meeting)
}

// overlap is the share of the shorter name's content words that the other has too.
func (d *document) overlap(a, b *mention) float64 {
	na, nb := a.to-a.headTo, b.to-b.headTo
	if na > nb {
		a, b, na, nb = b, a, nb, na
	}
	if na == 0 {
		return 0
	}
	n, total := 0, 0
	for i := a.headTo; i < a.to; i++ {
		if len(d.toks[i].Key) < 2 {
			continue
		}
		total++
		for j := b.from; j < b.to; j++ {
			if d.toks[i].Key == d.toks[j].Key {
				n++
				break
			}
		}
	}
	if total == 0 {
		return 0
	}
	return float64(n) / float64(total)
}
