package people

import (
	"sukien/news/lexicon"
	"sukien/news/viet"
)

// found is a body or State at some place of the text.
type found struct {
	span viet.Span
	// canonical, kind and country are the lexicon's.
	canonical, kind, country string
	// open: known by its first word alone; bare: the first word is all there is.
	open, bare bool
}

// body is the body that begins at token i: a known one, with the country or
// unit that follows, or an open one.
func (r *reading) body(i int) (found, bool) {
	known, knownOK := r.knownBody(i)
	open, openOK := r.openBody(i)
	if knownOK && (!openOK || open.span.To <= known.span.To || r.foreign(known.span.To) && !r.has(known.span.To, classPlace)) {
		return known, true
	}
	return open, openOK
}

func (r *reading) knownBody(i int) (found, bool) {
	e, end := r.at(i, classBody)
	if e == nil {
		return found{}, false
	}
	b := found{span: viet.Span{From: i, To: end}, canonical: e.Name, kind: e.Kind, country: e.Country}
	if p, pe := r.state(end); pe > end {
		b.span.To, b.country = pe, p.Country
		if p.Country != "VN" {
			b.canonical = ""
		}
	}
	return b, true
}

// state is the country named at token i with its formal style ("Cộng hòa
// Nam Phi", "Vương quốc Tây Ban Nha"), and where it ends; end is i when there is none.
func (r *reading) state(i int) (*lexicon.Entry, int) {
	j := i
	for range 3 {
		form, end := r.at(j, classForm)
		if form == nil {
			break
		}
		if p, pe := r.country(j); p != nil && pe > end {
			break
		}
		j = end
	}
	if p, end := r.country(j); p != nil {
		return p, end
	}
	if e, _ := r.at(i, classForm); j > i && e.Kind != "drop" && r.foreign(j) {
		return &unknownState, j + 1
	}
	return nil, i
}

// unknownState is a State of formal style that the gazetteer does not know.
var unknownState = lexicon.Entry{Class: classPlace, Kind: "country"}

// country is the country named at token i.
func (r *reading) country(i int) (*lexicon.Entry, int) {
	if !r.capital(i) && !r.has(i, classForm) {
		return nil, i
	}
	var best *lexicon.Entry
	end := i
	if i >= len(r.toks) {
		return nil, i
	}
	for _, m := range r.matches[r.first[i]:r.first[i+1]] {
		for _, e := range m.Entries {
			if e.Class == classPlace && e.Kind == "country" && m.To > end {
				best, end = e, m.To
			}
		}
	}
	return best, end
}

// place is any place named at token i that is written with a capital or with its unit ("tỉnh", "xã").
func (r *reading) place(i int) (*lexicon.Entry, int) {
	e, end := r.at(i, classPlace)
	if e == nil || !r.capital(end-1) {
		return nil, i
	}
	if run := int(r.runEnd[i]); minor(e) && end < run && r.personFrom(i, run) {
		return nil, i
	}
	return e, end
}

// minor tells of the thousands of places some of which share their names with persons.
func minor(p *lexicon.Entry) bool { return p.Kind == "commune" || p.Kind == "district" }

// units are the words that a unit's name follows; true for those written with a full stop.
var units = map[string]bool{
	"tỉnh": false, "huyện": false, "quận": false, "xã": false, "phường": false, "thôn": false,
	"tp": true, "tx": true, "tt": true, "q": true, "p": true,
}

// unit is the end of an administrative unit at token i: "tỉnh Nghệ An",
// "phường Chợ Quán", "thành phố", "TP Huế"; i when there is none.
func (r *reading) unit(i int) int {
	if _, end := r.place(i); end > i {
		return end
	}
	j := i
	dotted, known := units[r.key(i)]
	switch {
	case known && (!dotted || r.capital(i)):
		j = i + 1
	case r.key(i) == "thành" && r.key(i+1) == "phố", r.key(i) == "thị" && (r.key(i+1) == "xã" || r.key(i+1) == "trấn"), r.key(i) == "đặc" && r.key(i+1) == "khu":
		j = i + 2
	default:
		return i
	}
	if dotted && r.key(j) == "." && r.glued(j) && r.capital(j+1) {
		j++
	}
	if dotted && !r.capital(j) && len(r.key(i)) == 1 {
		return i
	}
	if _, end := r.place(j); end > j {
		return end
	}
	if large[r.key(i)] && !r.foreign(j) && r.capital(j) {
		return j // every province is in the dictionary: a person's name follows
	}
	return r.properTail(j)
}

// large are the units whose names the dictionaries have without a gap.
var large = map[string]bool{"tỉnh": true, "tp": true, "thành": true}

// properTail is the end of the one to three capitalised words of a name that no
// dictionary knows, before a person's name or any other break.
func (r *reading) properTail(i int) int {
	end := int(r.runEnd[min(i, len(r.toks))])
	if end-i >= 3 && r.foreign(i) && r.foreign(i+1) {
		return max(i+1, end-3) // "Fukuoka | Hattori Seitaro"
	}
	for j := i; j < end; j++ {
		if r.personFrom(j, end) || r.has(j, classHonorific) && j > i {
			return j
		}
		if j-i == 3 {
			return j
		}
	}
	return max(i, end)
}

// openBody reads a body of which the lexicon knows the first word.
// Its first letter is a capital, unless an office stands before it.
func (r *reading) openBody(i int) (found, bool) {
	e, end := r.at(i, classHead)
	if e == nil || !r.capital(i) && !r.officeBefore(i) {
		return found{}, false
	}
	if end == i+1 && r.has(i, classFamily) && int(r.runEnd[i])-i >= 3 && r.personFrom(i, int(r.runEnd[i])) {
		return found{}, false // Đoàn is a family name too
	}
	b := found{span: viet.Span{From: i, To: end}, kind: e.Kind, open: true}
	t := tail{reading: r, head: e, from: end, holder: !r.apposed && r.officeBefore(i)}
	b.span.To = t.read()
	if b.span.To == end {
		b.bare = true
		return b, e.Attr["bare"] == "yes" || !r.capital(i) && r.personFrom(min(end, len(r.toks)), int(r.runEnd[min(end, len(r.toks))]))
	}
	b.country = t.country
	return b, true
}

// officeBefore tells whether a title ends before token i.
func (r *reading) officeBefore(i int) bool { return i > 0 && r.titleEnd[i] }

// headAt tells whether an open name begins at i with a capital.
func (r *reading) headAt(i int) bool { return r.capital(i) && r.has(i, classHead) }

// tail reads what follows the head of an open name.
type tail struct {
	*reading
	head    *lexicon.Entry
	from    int
	country string
	// end is behind the last word that can end the name; placed: it is a place.
	end    int
	placed bool
	// holder: the name of the office's holder may follow.
	holder bool
	// proper: a capitalised word of the name was read.
	proper bool
	// joint: the word before joins ("và", "về").
	joint bool
}

// maxTail bounds the tokens of an open name behind its head.
const maxTail = 30

func (t *tail) read() int {
	t.end = t.from
	if t.key(t.from) == "của" {
		return t.from
	}
	for j := t.from; j < len(t.toks) && j < t.from+maxTail; {
		next := t.step(j)
		if next == j {
			break
		}
		j = next
	}
	return t.end
}

// step takes the word or phrase at j into the name; it returns j when the name ends before.
func (t *tail) step(j int) int {
	if t.head.Attr["area"] == "yes" {
		return t.areaStep(j)
	}
	if t.toks[j].Kind == viet.Punct {
		return t.markStep(j)
	}
	if t.toks[j].Kind == viet.Number {
		return t.numberStep(j)
	}
	if p, end := t.place(j); p != nil && !(end == j+1 && t.compound(end)) && !(t.personFrom(j, int(t.runEnd[j])) && t.nameable(j)) {
		t.country = p.Country
		t.end, t.placed, t.joint = end, true, false
		return end
	}
	if t.capital(j) {
		return t.capitalStep(j)
	}
	return t.lowerStep(j)
}

// areaStep takes one unit or State, or for a known body below ("Công an tỉnh X") one name.
func (t *tail) areaStep(j int) int {
	if t.placed {
		return j
	}
	if p, end := t.state(j); end > j {
		t.country = p.Country
		t.end, t.placed = end, true
		return end
	}
	end := t.unit(j)
	if end == j && t.capital(j) && !t.has(j, classFamily) && !t.startsOther(j) && !t.has(j, classHonorific) {
		end = t.properTail(j)
	}
	if end > j {
		t.end, t.placed = end, true
	}
	return end
}

func (t *tail) capitalStep(j int) int {
	end := int(t.runEnd[j])
	if t.nameable(j) && t.personFrom(j, end) || t.has(j, classHonorific) && !t.namedAfter() {
		return j
	}
	if e, to := t.at(j, classTitle); e != nil && to-j > 1 && !t.joint && j > t.from {
		return j
	}
	if e, to := t.at(j, classPart); e != nil && to > j+1 && e.Kind != "joint" {
		t.end, t.joint, t.placed = to, false, false
		return to
	}
	if t.placed && !t.joint && end-j >= 2 && (t.foreign(j) || t.country != "" && t.country != "VN" || t.has(j, classFamily) && end-j <= 4) {
		return j
	}
	if t.proper && !t.joint && t.holderAhead(j, end) {
		return j
	}
	t.end, t.joint, t.placed, t.proper = j+1, false, false, true
	if t.compound(j + 1) {
		t.end++
	}
	return t.end
}

// compound tells whether the lower-case syllable at j is the second half of a
// word whose first half has the capital ("Vô tuyến", "Giáo dục").
func (t *tail) compound(j int) bool {
	if !t.word(j) || t.capital(j) || t.has(j, classStop) || t.unit(j) > j {
		return false
	}
	e, _ := t.at(j, classPart)
	return e == nil || e.Kind != "joint"
}

// numberStep takes the number of a unit of the forces or of a school ("Quân khu 5").
func (t *tail) numberStep(j int) int {
	if t.head.Kind != "army" && t.head.Kind != "school" && t.head.Kind != "firm" && t.head.Kind != "institute" || t.key(j+1) == "/" || t.key(j+1) == "%" {
		return j
	}
	t.end = j + 1
	return j + 1
}

// holderAhead tells whether the last two foreign words of a run are the name
// of the office's holder: "Chủ tịch Tập đoàn Zentrix | Jonas Halvorsen".
func (t *tail) holderAhead(j, end int) bool {
	return t.holder && end-j == 2 && t.foreign(j-1) && t.foreign(j) && t.foreign(j+1)
}

// namedAfter tells of heads whose bodies are often named after persons.
func (t *tail) namedAfter() bool { return t.head.Kind == "school" || t.head.Kind == "faith" }

// nameable tells whether a person's name may begin at j: something of the
// body's name, or a head that stands alone, must go before.
func (t *tail) nameable(j int) bool {
	if j > t.from && (t.proper || !t.namedAfter()) {
		return !t.joint
	}
	if t.namedAfter() && !t.proper {
		return false
	}
	return (t.head.Attr["bare"] == "yes" || !t.capital(t.from-1)) && !t.namedAfter()
}

func (t *tail) lowerStep(j int) int {
	if end := t.unit(j); end > j {
		t.end, t.placed, t.joint = end, true, false
		return end
	}
	e, end := t.at(j, classPart)
	if e == nil {
		return t.lowerRun(j)
	}
	switch e.Kind {
	case "joint":
		if t.joint || t.headAt(end) || t.has(end, classBody) {
			return j
		}
		t.joint = true
	case "verb":
		if !t.joint && j > t.from && !t.capitalAhead(end) {
			return j
		}
		t.joint = false
		t.end = end
	default:
		t.end, t.joint = end, false
	}
	t.placed = false
	return end
}

// maxLower bounds a run of lower-case words in the open name of a body that no dictionary knows.
const maxLower = 4

// lowerRun takes lower-case words up to a mark, a capital or a word that never goes on a name.
func (t *tail) lowerRun(j int) int {
	if !t.proper || t.placed || t.head.Kind == "firm" || t.head.Kind == "school" {
		return j
	}
	k := j
	for k < len(t.toks) && t.word(k) && !t.capital(k) && !t.has(k, classStop) {
		if k++; k-j > maxLower {
			return j
		}
	}
	if k == j || t.has(k, classHonorific) && !t.capital(k) {
		return j
	}
	t.end, t.joint = k, false
	return k
}

// capitalAhead: a lower-case word between capitals belongs to the name.
func (t *tail) capitalAhead(j int) bool {
	return t.capital(j) && !t.has(j, classHonorific) && !t.has(j, classTitle) && !t.has(j, classBody)
}

// markStep takes a hyphen, an ampersand, or the comma of an enumeration.
func (t *tail) markStep(j int) int {
	next := j + 1
	if next >= len(t.toks) || !t.word(next) {
		if t.toks[j].Key == "." && t.glued(j) && t.capital(next) {
			return next
		}
		return j
	}
	starts := t.has(next, classHonorific) || t.has(next, classTitle) || t.has(next, classRank)
	switch t.toks[j].Key {
	case "-":
		if t.glued(j) && t.glued(next) {
			t.joint = true
			return next
		}
		if starts || !t.capital(next) || t.personFrom(next, int(t.runEnd[next])) || j == t.from {
			return j
		}
		t.joint = true
		return next
	case "&":
		t.joint = true
		return next
	case ",":
		if starts || t.headAt(next) || t.has(next, classBody) || !t.enumerates(next) {
			return j
		}
		t.joint = true
		return next
	case ".":
		if t.glued(j) && t.glued(next) && t.capital(next) {
			return next
		}
	}
	return j
}

// enumerates tells whether a comma before j stands in a name such as "Văn hóa,
// Thể thao và Du lịch": words of names only up to "và" or "&" and a capital.
func (t *tail) enumerates(j int) bool {
	if t.head.Kind != "ministry" && t.head.Kind != "department" && t.head.Kind != "committee" && t.head.Kind != "institute" {
		return false
	}
	for n := 0; n < 9 && j < len(t.toks); n++ {
		k := t.key(j)
		if k == "và" || k == "&" {
			return t.capital(j+1) || t.has(j+1, classPart) && !t.capital(j-1)
		}
		if !t.capital(j) && k != "," && !t.has(j, classPart) && !t.has(j-1, classPart) {
			return false
		}
		j++
	}
	return false
}
