package extractor

import (
	"slices"

	"sukien/extractor/place"
	"sukien/news"
	"sukien/news/timex"
)

// heldReach is how many tokens behind the name of a meeting its place can be
// where a verb says that it is held there.
const heldReach = 40

// heldAt tells whether a place at token to is where mention i is said to be
// held: "Lễ kỷ niệm … đã được tổ chức trọng thể tại", or for a trip where it leads.
func (d *document) heldAt(i, to int) bool {
	m := &d.mentions[i]
	if to-m.to > heldReach {
		return false
	}
	if m.kind == news.Visit {
		return true
	}
	if d.mentionBetween(m.to, to, i) >= 0 {
		return false
	}
	held := false
	for t := m.to; t < to; t++ {
		held = held || d.toks[t].Key == "do" // "Hội nghị … do Bộ A tổ chức … tại"
		if _, ok := d.rd.At(t, d.x.sym.happens); ok {
			return true
		}
		if _, ok := d.rd.At(t, d.x.sym.hold); ok && held {
			return true
		}
	}
	return false
}

// framing tells whether mention o is a greater gathering beside which others
// are told of, and a place at token to is where it is held: "trong khuôn khổ
// Diễn đàn X diễn ra tại | Huế, A gặp B".
func (d *document) framing(o, to int) bool {
	m := &d.mentions[o]
	if !m.aside || m.kind == news.Visit || !d.heldAt(o, to) {
		return false
	}
	for t := max(0, m.from-frameWords); t < m.from; t++ {
		switch d.toks[t].Key {
		case "lề", "khổ", "dịp":
			return true
		}
	}
	return false
}

// frameWords is how many tokens before its name the word can stand that makes a
// gathering the frame of others.
const frameWords = 3

// tokensApart is how many tokens lie between two, those in brackets and quotes
// aside unless the second stands in the quote.
func (d *document) tokensApart(from, to int) int {
	n, in, quoted := 0, false, false
	for t := from; t < to; t++ {
		switch d.toks[t].Key {
		case "(":
			in = true
		case ")":
			in = false
		case "\"":
			quoted = !quoted
		case "“":
			quoted = true
		case "”":
			quoted = false
		default:
			if !in && !quoted {
				n++
			}
		}
	}
	if quoted {
		return to - from
	}
	return n
}

// tooFar tells whether a place at token to is too far behind mention i, and
// those coordinated with it, to be where it is.
func (d *document) tooFar(i, to int) bool {
	if o := d.mentionBetween(d.mentions[i].to, to, i); o >= 0 && d.framing(o, to) {
		return false
	}
	if d.sentence(to) == d.mentions[i].sent && d.datedAt(to) && d.mentionBetween(d.mentions[i].to, to, i) < 0 {
		return false
	}
	return d.tokensApart(d.mentions[i].to, to) > afterReach && !d.heldAt(i, to) && d.tokensApart(d.chainEnd(i, to), to) > afterReach
}

// homecoming tells whether a place before a trip's name is where those who end
// it come back to: "đã về đến Hà Nội, kết thúc tốt đẹp chuyến công tác".
func (d *document) homecoming(m *mention, p *place.Mention) bool {
	for t := p.To; t+1 < m.from; t++ {
		if d.toks[t].Key == "kết" && d.toks[t+1].Key == "thúc" {
			return m.kind == news.Visit && p.Country == home
		}
	}
	return false
}

// dateWords is how many tokens may stand between a day and the place behind it.
const dateWords = 8

// datedAt tells whether a day stands right before the "tại" of a place at token
// to, "giờ địa phương" aside: "…, chiều 9/9 (giờ địa phương), tại | Viêng Chăn".
func (d *document) datedAt(to int) bool {
	for t := to - 1; t > max(0, to-dateWords); t-- {
		if k, ok := slices.BinarySearchFunc(d.dates, t, func(e timex.Expr, t int) int { return e.Last - t }); ok {
			return isDay(d.dates[k])
		}
		switch d.toks[t-1].Key {
		case "tại", ",", "(", ")", "theo", "giờ", "địa", "phương":
		default:
			return false
		}
	}
	return false
}

// chainEnd is where the last of the mentions between mention i and token to
// ends that are coordinated with it, else where mention i does.
func (d *document) chainEnd(i, to int) int {
	end := d.mentions[i].to
	for o := range d.mentions {
		if m := &d.mentions[o]; m.from >= end && m.to <= to && m.sent == d.mentions[i].sent && d.chained(i, to) {
			end = m.to
		}
	}
	return end
}

// placeless tells whether a place at token to, behind mention i, is not where it
// is: those who telephone are at no place that is told behind it, and what is
// quoted of a meeting speaks of other places.
func (d *document) placeless(i, to int) bool {
	m := &d.mentions[i]
	for t := m.from; t < m.to; t++ {
		if _, ok := d.rd.At(t, d.x.sym.phone); ok {
			return true
		}
	}
	open := 0
	for t := m.to; t < to; t++ {
		if d.toks[t].Key == "khi" && d.toks[t-1].Key == "sau" {
			return true // "họp khẩn về dịch sau khi một người ở Huế …"
		}
		switch d.toks[t].Key {
		case "“":
			open++
		case "”":
			open--
		}
	}
	return open > 0
}

// settledAt tells whether words of what is done in a country without any
// gathering end before token i: "quan tâm đầu tư | tại Việt Nam".
func (d *document) settledAt(i int) bool {
	for t := max(0, i-4); t < i; t++ {
		if it, ok := d.rd.At(t, d.x.sym.settled); ok && int(it.To) == i {
			return true
		}
	}
	return false
}

// topical tells whether a place ends what a meeting is about rather than
// telling where it is: "cuộc họp về xây dựng trung tâm tài chính tại Việt Nam".
func (d *document) topical(m *mention, p *place.Mention) bool {
	if p.From < m.from || p.From > m.to+2 || p.Kind != news.CountryPlace || p.Country != home {
		return false
	}
	for t := m.from; t < min(m.to, p.From); t++ {
		if d.toks[t].Key == "về" {
			return true
		}
	}
	return false
}

// afterReach is how many tokens behind the name of a meeting its place can be.
const afterReach = 14
