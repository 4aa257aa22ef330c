package extractor

import (
	"cmp"
	"slices"
)

// shortReach is how many tokens behind an abbreviation the verb stands at most
// that tells of a gathering: "WWDC 2021 sẽ diễn ra".
const shortReach = 4

// findShort adds, for every name that ends in an abbreviation in brackets, the
// later places where that abbreviation is said to be held. An organisation, the
// other thing that is called so, is not.
func (d *document) findShort() {
	n := len(d.mentions)
	for k := range n {
		m := &d.mentions[k]
		if at := d.shortOf(m); at >= 0 {
			d.addShort(m.from, at, k)
		}
	}
	if len(d.mentions) > n {
		slices.SortStableFunc(d.mentions, func(a, b mention) int { return cmp.Compare(a.from, b.from) })
	}
}

// shortOf is the token of the abbreviation in the brackets that end a name, -1 when there is none.
func (d *document) shortOf(m *mention) int {
	if m.verb || m.to-m.headTo < 4 || d.toks[m.to-1].Key != ")" || d.toks[m.to-3].Key != "(" || !d.isAbbreviation(m.to-2) {
		return -1
	}
	return m.to - 2
}

// addShort adds the later mentions of name k, which begins at token from, by
// the abbreviation at token at.
func (d *document) addShort(from, at, k int) {
	for i := at + 1; i < len(d.toks) && len(d.mentions) < maxMentions; i++ {
		if d.toks[i].Key == d.toks[at].Key && d.isAbbreviation(i) && d.heldBehind(i+1) && !d.inMention(i) {
			d.mentions = append(d.mentions, mention{
				from: i, to: i + 1, headTo: i + 1, short: from, kind: d.mentions[k].kind,
				bare: true, rule: d.mentions[k].rule, sent: d.sentence(i), introduced: true,
			})
		}
	}
}

// heldBehind tells whether a verb of being held stands within shortReach tokens of i.
func (d *document) heldBehind(i int) bool {
	for j := i; j < min(i+shortReach, len(d.toks)); j++ {
		if _, ok := d.rd.At(j, d.x.sym.happens); ok {
			return true
		}
	}
	return false
}

// inMention tells whether token i stands within a mention.
func (d *document) inMention(i int) bool {
	return slices.ContainsFunc(d.mentions, func(m mention) bool { return m.from <= i && i < m.to })
}

// abbreviated is the meeting whose name mention m abbreviates, -1 when it is no abbreviation.
func (d *document) abbreviated(m *mention) int {
	if m.short < 0 {
		return -1
	}
	k := slices.IndexFunc(d.mentions, func(o mention) bool { return o.from == m.short })
	if k < 0 || d.mentions[k].cluster >= len(d.clusters) {
		return -1
	}
	return d.mentions[k].cluster
}

// equated is the meeting that mention i is said to be: "chuyến thăm Lào là
// chuyến công tác đầu tiên"; "Đây là đại hội đầu tiên" says it of the one in
// the sentence before. It is -1 when it is said of none.
func (d *document) equated(i int) int {
	m := &d.mentions[i]
	if m.from == 0 || d.toks[m.from-1].Key != "là" {
		return -1
	}
	here := m.from > 1 && d.toks[m.from-2].Key == "đây"
	for k := i - 1; k >= 0; k-- {
		o := &d.mentions[k]
		if (o.to == m.from-1 || here && o.kind == m.kind && !o.aside && o.sent == m.sent-1) && d.mayBe(o, m) && o.cluster < len(d.clusters) {
			return o.cluster
		}
	}
	return -1
}
