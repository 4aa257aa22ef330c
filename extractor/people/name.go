package people

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"sukien/news/viet"
)

// maxName bounds the words of a name: Arab and Malay names are long.
const maxName = 9

// personFrom tells whether the words from j to the end of their run are a
// Vietnamese person's name by their look: a common family name and one to three more syllables.
func (r *reading) personFrom(j, end int) bool {
	n := end - j
	if n < 2 || n > 4 || r.toks[j].Shape == viet.Upper && n < 3 {
		return false
	}
	e, _ := r.at(j, classFamily)
	if e == nil || e.Kind != "strong" {
		return false
	}
	for k := j; k < end; k++ {
		if !r.syllable(k) && !r.marked(k) {
			return false
		}
	}
	if p, to := r.at(j, classPlace); p != nil && to >= end {
		return false
	}
	return r.nobody(j) < end
}

// marked tells whether token i has a letter beyond ASCII: "Phớc" and "Kđăm"
// are no syllables by the tables and yet are parts of names.
func (r *reading) marked(i int) bool {
	return strings.ContainsFunc(r.toks[i].Key, func(c rune) bool { return c >= 0x80 })
}

// foreign tells whether token i is a capitalised word that is no Vietnamese syllable.
func (r *reading) foreign(i int) bool {
	return r.capital(i) && !r.syllable(i)
}

// syllable tells whether token i is a Vietnamese syllable, worked out once.
func (r *reading) syllable(i int) bool {
	if r.sounds[i] == unheard {
		r.sounds[i] = other
		if viet.IsSyllable(r.toks[i].Key) {
			r.sounds[i] = native
		}
	}
	return r.sounds[i] == native
}

// name is the end of the person's name that begins at token i; i when none does.
// sure says that an office or honorific stands before it.
func (r *reading) name(i int, sure bool) int {
	if !r.capital(i) || r.toks[i].Kind != viet.Word {
		return i
	}
	if !sure && !r.has(i, classFamily) && !r.foreign(i) || r.nobody(i) > i {
		return i
	}
	if r.toks[i].Shape == viet.Upper && r.has(i, classStop) || r.runsOn(i) {
		return i
	}
	if r.acronym(i) && !r.shoutedFamily(i) && !r.initialAt(i) || r.roman(i) && !r.initialAt(i) || r.startsOther(i) {
		return i
	}
	if p, to := r.at(i, classPlace); p != nil && p.Kind != "commune" && to >= int(r.runEnd[i]) && !r.has(i, classFamily) {
		return i
	}
	end := i
	if r.foreign(i) || r.hyphened(i) || r.initialAt(i) {
		end = r.foreignName(i)
	} else if end = r.vietName(i); r.hyphened(end-1) || r.foreign(end) && r.toks[end].Space && !r.startsOther(end) && r.toks[end].Shape != viet.Upper {
		end = r.foreignName(i)
	}
	if r.noPerson(i, end) {
		return i
	}
	return end
}

// nobody is the end of the name of a leader of the past at token i, or of words
// that only look like a name ("Thái Bình Dương"); i when none stands there.
func (r *reading) nobody(i int) int {
	if e, to := r.at(i, classCue); e != nil && (e.Kind == "leader" || e.Kind == "no_name") {
		return to
	}
	return i
}

// runsOn tells of a word that has grown together with the one before or behind
// it where a page lost a blank: "củaHọc", "NgaConrad".
func (r *reading) runsOn(i int) bool {
	word := r.src[r.toks[i].Start:r.toks[i].End]
	lower := false
	for k, c := range word {
		if !unicode.IsUpper(c) {
			if k == 0 {
				return true
			}
			lower = true
		} else if lower && k > 2 && viet.IsSyllable(viet.Key(word[:k])) {
			return true
		}
	}
	return false
}

// initialAt tells of an initial with its full stop and more of a name behind it: "A. Lukashenko", "J.D. Vance".
func (r *reading) initialAt(i int) bool {
	if !r.capital(i) || utf8.RuneCountInString(r.toks[i].Key) != 1 || r.key(i+1) != "." || !r.glued(i+1) {
		return false
	}
	return r.capital(i+2) && (utf8.RuneCountInString(r.toks[i+2].Key) > 1 || r.initialAt(i+2) || r.capital(i+3) && r.toks[i+3].Space)
}

// noPerson tells whether what reads like a name is none: an acronym, a single
// letter that stands for a name not told, a firm with its head's name behind
// it, one half of "Mekong - Lan Thương", words around a State.
func (r *reading) noPerson(i, end int) bool {
	if end == i {
		return false
	}
	upper, letters := true, true
	for k := i; k < end; k++ {
		if r.toks[k].Kind != viet.Word {
			continue
		}
		one := utf8.RuneCountInString(r.toks[k].Key) == 1
		letters = letters && one
		upper = upper && r.toks[k].Shape == viet.Upper && (one || !r.syllable(k))
		if k > i && k < end-1 && r.personFrom(k, end) && r.foreign(k-1) {
			return true
		}
	}
	if letters || upper && !r.shouted(i) && !r.shoutedFamily(i) || r.lettered(end-1) {
		return true
	}
	if end == i+1 && r.foreign(i) && r.spacedDash(end) && r.capital(end+1) && !r.officeStarts(end+1) {
		return true
	}
	if end-i < 3 {
		return false
	}
	p, to := r.at(end-2, classPlace)
	return p != nil && to == end && p.Kind == "country"
}

// lettered tells of a single letter at the end of a name: "PV Gas D".
func (r *reading) lettered(i int) bool {
	return r.toks[i].Kind == viet.Word && utf8.RuneCountInString(r.toks[i].Key) == 1 && !r.has(i, classParticle) && !r.has(i, classFamily)
}

// spacedDash tells of a hyphen between blanks.
func (r *reading) spacedDash(i int) bool {
	return r.key(i) == "-" && r.toks[i].Space && i+1 < len(r.toks) && r.toks[i+1].Space
}

// shoutedFamily tells of a family name in capitals before the given name: "LEE Wan-kyu".
func (r *reading) shoutedFamily(i int) bool {
	if _, unit := units[r.key(i)]; unit {
		return false
	}
	return r.capital(i+1) && r.toks[i+1].Space && r.toks[i+1].Shape == viet.Title && !r.has(i, classBody) && !r.has(i, classPlace)
}

// roman tells of a Roman number of two digits or more, as in "khóa XV".
func (r *reading) roman(i int) bool {
	return r.toks[i].Shape == viet.Upper && strings.Trim(r.toks[i].Key, "ivxl") == ""
}

// hyphened tells of a syllable of a transliterated name: "Xỏn-xay".
func (r *reading) hyphened(i int) bool {
	return r.capital(i) && r.key(i+1) == "-" && r.glued(i+1) && r.word(i+2) && r.glued(i+2)
}

// vietName reads a Vietnamese name.
func (r *reading) vietName(i int) int {
	end := int(r.runEnd[i])
	shouted := r.toks[i].Shape == viet.Upper
	limit := 4
	if e, to := r.at(i, classFamily); e != nil && to == i+1 && r.key(i+1) == "thị" {
		limit = 5
	}
	j := i + 1
	for j < end && j-i < limit {
		if r.toks[j].Shape == viet.Upper != shouted && len(r.toks[j].Key) > 1 {
			break
		}
		if r.foreign(j) && !r.marked(j) || r.nameStops(i, j, end) {
			break
		}
		j++
	}
	return j
}

// nameStops tells whether the name that began at i ends before j: another
// person's name, an office, a body or a word of time begins there.
func (r *reading) nameStops(i, j, end int) bool {
	if r.startsOther(j) || r.toks[j].Shape == viet.Upper && j-i >= 2 && r.has(j, classStop) {
		return true
	}
	if e, to := r.at(j, classCue); e != nil && e.Kind == "day" && to >= end && r.opensClause(to) && (j-i >= 3 || j-i == 2 && to < len(r.toks) && r.toks[to].Kind == viet.Number) {
		return true
	}
	return j-i >= 3 && end-j >= 2 && r.personFrom(j, end)
}

// opensClause tells whether what follows a word like "Sáng" is no name: a number, a lower-case word.
func (r *reading) opensClause(i int) bool {
	return i < len(r.toks) && (r.toks[i].Kind == viet.Number || r.toks[i].Kind == viet.Word && r.toks[i].Shape == viet.Lower)
}

// startsOther tells whether an office or body of two words or more begins at j.
func (r *reading) startsOther(j int) bool {
	if _, to := r.at(j, classTitle); to > j+1 {
		return true
	}
	if _, to := r.at(j, classBody); to > j+1 {
		return true
	}
	if _, to := r.at(j, classHead); to > j+1 {
		return true
	}
	_, to := r.at(j, classRank)
	return to > j+1
}
