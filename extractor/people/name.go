package people

import (
	"strings"

	"sukien/news/viet"
)

// maxName bounds the words of a name.
const maxName = 6

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
		if !viet.IsSyllable(r.toks[k].Key) && !r.marked(k) {
			return false
		}
	}
	if p, to := r.at(j, classPlace); p != nil && to >= end {
		return false
	}
	return true
}

// marked tells whether token i has a letter beyond ASCII: "Phớc" and "Kđăm"
// are no syllables by the tables and yet are parts of names.
func (r *reading) marked(i int) bool {
	return strings.ContainsFunc(r.toks[i].Key, func(c rune) bool { return c >= 0x80 })
}

// foreign tells whether token i is a capitalised word that is no Vietnamese syllable.
func (r *reading) foreign(i int) bool {
	return r.capital(i) && !viet.IsSyllable(r.toks[i].Key)
}

// name is the end of the person's name that begins at token i; i when none does.
// sure says that an office or honorific stands before it.
func (r *reading) name(i int, sure bool) int {
	if !r.capital(i) || r.toks[i].Kind != viet.Word {
		return i
	}
	if !sure && !r.has(i, classFamily) && !r.foreign(i) {
		return i
	}
	if r.toks[i].Shape == viet.Upper && r.has(i, classStop) {
		return i
	}
	if r.acronym(i) && !r.shoutedFamily(i) || r.roman(i) || r.startsOther(i) {
		return i
	}
	if p, to := r.at(i, classPlace); p != nil && p.Kind != "commune" && to >= int(r.runEnd[i]) && !r.has(i, classFamily) {
		return i
	}
	if r.foreign(i) || r.hyphened(i) {
		return r.foreignName(i)
	}
	end := r.vietName(i)
	if r.foreign(end) && r.toks[end].Space && !r.startsOther(end) && r.toks[end].Shape != viet.Upper {
		return r.foreignName(i)
	}
	return end
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
	if e, to := r.at(j, classCue); e != nil && e.Kind == "day" && (j-i >= 2) && to >= end && r.opensClause(to) {
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

// foreignName reads a name in Latin spelling: words with capitals, initials,
// hyphens, apostrophes, particles, Jr., Roman numbers.
func (r *reading) foreignName(i int) int {
	j, words := i, 0
	for words < maxName {
		next := r.namePart(j, i)
		if next == j && words == 1 && r.spacedHyphen(j) {
			next = r.namePart(j+1, i)
		}
		if next == j || next == j+1 && r.key(j) == "-" {
			break
		}
		j = next
		words++
	}
	return j
}

// spacedHyphen tells of "Frank - Walter Steinmeier": a hyphen between blanks
// within a foreign name, two foreign words behind it.
func (r *reading) spacedHyphen(j int) bool {
	return r.key(j) == "-" && r.foreign(j+1) && r.foreign(j+2) && r.toks[j+2].Space && !r.startsOther(j+1)
}

// namePart is the end of the part of a foreign name at j.
func (r *reading) namePart(j, from int) int {
	if j > from && j < len(r.toks) && !r.toks[j].Space {
		return j
	}
	if e, to := r.at(j, classParticle); e != nil && j > from {
		if e.Kind == "suffix" {
			return r.stop(to)
		}
		if !r.capital(j) {
			if next, second := r.at(to, classParticle); next != nil && !r.capital(to) {
				to = second // "von der"
			}
			if r.key(to) == "-" && r.glued(to) {
				to++
			}
			if !r.capital(to) {
				return j
			}
			return r.joined(to)
		}
	}
	if !r.capital(j) || j > from && r.breaksForeign(j) {
		return j
	}
	return r.joined(j)
}

// breaksForeign: an office, body or country begins, or a Vietnamese name.
func (r *reading) breaksForeign(j int) bool {
	if r.startsOther(j) || r.has(j, classHonorific) {
		return true
	}
	if e, _ := r.at(j, classCue); e != nil && e.Kind == "day" && r.opensClause(j+1) {
		return true
	}
	p, _ := r.country(j)
	return p != nil
}

// joined is the end of a word with what hangs on it: "Jean-Noël", "O'Neill", "E.".
func (r *reading) joined(j int) int {
	end := j + 1
	for r.glued(end) && r.glued(end+1) && r.word(end+1) && (r.key(end) == "-" || r.key(end) == "'") {
		end += 2
	}
	if end == j+1 && r.toks[j].End-r.toks[j].Start == 1 {
		return r.stop(end)
	}
	if r.key(end) == "'" && r.glued(end) && r.capital(end+1) && r.toks[end+1].Space && r.key(j-1) != "'" {
		return end + 1 // "Dato' Seri"
	}
	return end
}

// stop takes in the full stop of an initial or of "Jr.".
func (r *reading) stop(j int) int {
	if r.key(j) == "." && r.glued(j) && r.capital(j+1) {
		return j + 1
	}
	return j
}
