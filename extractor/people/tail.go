package people

import (
	"sukien/news/lexicon"
	"sukien/news/viet"
)

// tail reads what follows the head of an open name.
type tail struct {
	*reading
	head *lexicon.Entry
	// start is where the head begins, from where it ends.
	start, from int
	country     string
	// end is behind the last word that can end the name; placed: it is a place.
	end    int
	placed bool
	// raised: the head has a capital. office: an office stands before; holder: the name of its holder may follow.
	raised, office, holder bool
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
	_, phrase := t.at(j, classPart)
	if p, end := t.place(j); p != nil && phrase <= end && !(end == j+1 && p.Kind != "country" && t.compound(end)) && !(t.personFrom(j, int(t.runEnd[j])) && t.nameable(j)) && !t.ofNamesake(p, j) {
		t.country = p.Country
		t.end, t.placed, t.joint = end, true, false
		return end
	}
	if t.capital(j) {
		if end := t.unit(j); end > j+1 && len(t.key(j)) > 1 && units[t.key(j)] {
			t.country = t.unitCountry(j+1, end)
			t.end, t.placed, t.joint = end, true, false // "Bệnh viện Y học cổ truyền | TP. Huế"
			return end
		}
		return t.capitalStep(j)
	}
	return t.lowerStep(j)
}

// ofNamesake tells whether the country at token j is a syllable of the person
// after whom a school is named: "trường Đại học Trịnh Đức Anh".
func (t *tail) ofNamesake(p *lexicon.Entry, j int) bool {
	return p.Kind == "country" && t.namedAfter() && j > t.from && t.personFrom(j-1, int(t.runEnd[j]))
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
	if t.nameable(j) && t.personFrom(j, end) && !t.halfName(j, end) || t.has(j, classHonorific) && !t.namedAfter() {
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
	if (j > t.from || t.head.Kind == "front") && !t.joint && t.headAt(j) {
		if b, ok := t.body(j); ok && !b.bare {
			t.end, t.placed, t.proper, t.country = b.span.To, true, true, b.country
			return t.end // "khoa Nội | Bệnh viện Hữu nghị"
		}
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
	if !t.word(j) || t.capital(j) || t.unit(j) > j || linking(t.key(j)) {
		return false
	}
	if _, stop := t.at(j, classStop); stop > j+1 || stop > j && !t.capital(j+1) {
		return false
	}
	e, _ := t.at(j, classPart)
	return e == nil || e.Kind != "joint"
}

// linking tells of words that never end a word of two syllables.
func linking(key string) bool {
	switch key {
	case "có", "do", "và", "của", "với", "tại", "ở", "cho", "là", "gồm":
		return true
	}
	return false
}

// halfName tells whether token j is the second syllable of a body's name with
// a whole person's name behind it: "bệnh viện Bạch Mai | Nguyễn Quang Tuấn".
func (t *tail) halfName(j, end int) bool {
	return t.proper && j == t.from+1 && end-j == 4 && t.personFrom(j+1, end)
}

// numberStep takes the number of a unit of the forces or of a school ("Quân
// khu 5"), and that of a steering committee ("Ban Chỉ đạo 35 Trung ương").
func (t *tail) numberStep(j int) int {
	if t.head.Kind == "committee" && j == t.from && (t.capital(j+1) || t.has(j+1, classPart)) {
		return j + 1
	}
	if t.key(j-1) == "số" && t.end == j {
		t.end = j + 1 // "Tổ công tác số 3"
		return j + 1
	}
	if t.head.Kind != "army" && t.head.Kind != "school" && t.head.Kind != "firm" && t.head.Kind != "institute" || t.key(j+1) == "/" || t.key(j+1) == "%" {
		return j
	}
	t.end = j + 1
	return j + 1
}

// holderAhead tells whether the last two foreign words of a run are the name
// of the office's holder: "Chủ tịch Tập đoàn Zentrix | Jonas Halvorsen".
func (t *tail) holderAhead(j, end int) bool {
	return t.holder && end-j == 2 && t.foreign(j) && (t.foreign(j+1) || t.hyphened(j+1))
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
	return (t.head.Attr["bare"] == "yes" || !t.raised) && !t.namedAfter()
}

func (t *tail) lowerStep(j int) int {
	e, end := t.at(j, classPart)
	if to := t.unit(j); to > j && to >= end && !(t.placed && t.key(j-1) == "và") {
		t.end, t.placed, t.joint = to, true, false
		return to
	}
	if e == nil {
		return t.lowerRun(j)
	}
	switch e.Kind {
	case "joint":
		if t.joint || t.headAt(end) || t.has(end, classBody) || t.capital(end) && t.officeStarts(end) && !t.part(end) {
			return j
		}
		t.joint = true
	case "verb":
		if !t.joint && (j > t.from && (t.has(j, classStop) || !t.capitalAhead(end)) || t.acts(j, end)) {
			return t.heldRun(j)
		}
		t.joint = false
		t.end = end
	default:
		t.end, t.joint = end, false
	}
	t.placed = false
	return end
}

// acts tells whether the word at tokens j to end, right behind the head, is what
// the body does: "Hội Nông dân | tổ chức hội nghị", not "Ban | Tổ chức Trung ương".
func (t *tail) acts(j, end int) bool {
	_, stop := t.at(j, classStop)
	return j == t.from && stop >= end && !t.capitalAhead(end) && (t.from-t.start > 1 || t.key(t.start) == "đảng")
}

// part tells whether a word of bodies' names begins at token i that is no office at once.
func (t *tail) part(i int) bool {
	_, part := t.at(i, classPart)
	_, title := t.at(i, classTitle)
	return part > title
}

// capitalAhead: a lower-case word between capitals belongs to the name.
func (t *tail) capitalAhead(j int) bool {
	return t.capital(j) && !t.headAt(j) && !t.has(j, classHonorific) && !t.has(j, classTitle) && !t.has(j, classBody)
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
		if _, to := t.at(next, classTitle); t.glued(j) && t.glued(next) && to < next+2 {
			t.joint = true
			return next
		}
		if starts || !t.capital(next) && !(t.office && t.has(next, classPart)) || t.personFrom(next, int(t.runEnd[next])) || j == t.from {
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
		if !t.capital(j) && !t.capital(j-1) && k != "," && !t.has(j, classPart) && !t.has(j-1, classPart) {
			return false
		}
		j++
	}
	return false
}
