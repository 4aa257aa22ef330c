package people

import (
	"sukien/news/lexicon"
)

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
var unknownState = lexicon.Entry{Class: "place", Kind: "country"}

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
	if r.begins[i]&classPlace == 0 {
		return nil, i
	}
	for _, m := range r.matches[r.first[i]:r.first[i+1]] {
		for _, e := range m.Entries {
			if r.f.classes[e.ClassNo()] == classPlace && e.Kind == "country" && m.To > end {
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
	"tỉnh": false, "huyện": false, "quận": false, "xã": false, "phường": false, "thôn": false, "bang": false,
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
	if end-i >= 4 && r.foreign(i+1) && r.foreign(i+2) {
		return i + 2 // "Nam Australia | Frances Adamson"
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
