package people

import (
	"sukien/news/lexicon"
	"sukien/news/viet"
)

// org reads the body, State, unit or firm that follows a title.
func (r *reading) org(e *lexicon.Entry, i int, o *Office) int {
	j := i
	if r.key(j) == "của" {
		j++
	}
	if b, ok := r.body(j); ok {
		r.setBody(o, b)
		return r.ofBody(b.span.To)
	}
	if to := r.ofOffice(i, j, o); to > j {
		return to
	}
	if p, to := r.state(j); to > j && r.nameFollows(to) {
		o.OrgSpan, o.Country = viet.Span{From: r.formal(j), To: to}, p.Country
		return to
	}
	if e.Attr["place"] == "no" {
		return r.function(e, i, o)
	}
	if to := r.unit(j); to > j && r.nameFollows(to) && !r.namesake(j) {
		o.OrgSpan, o.Country = viet.Span{From: j, To: to}, "VN"
		return to
	}
	if to := r.firm(e, j, o); to > j {
		o.OrgSpan = viet.Span{From: j, To: to}
		return to
	}
	if to := r.function(e, i, o); to > i {
		return to
	}
	return r.seat(e, i, o)
}

// maxFunction bounds the words of a function behind a title.
const maxFunction = 10

// function reads what an office of business is for ("Giám đốc Kinh doanh khu
// vực châu Á của HPE"), behind the name only: up to a mark, with the firm
// behind "của" or at its end.
func (r *reading) function(e *lexicon.Entry, i int, o *Office) int {
	if !o.apposed || e.Attr["firm"] == "" && weight(e) > 2 {
		return i
	}
	if end := int(r.runEnd[min(i, len(r.toks))]); end-i >= 2 && (r.clauseEnds(end) || r.has(end, classStop)) {
		o.OrgSpan = viet.Span{From: i, To: end}
		return end
	}
	j := i
	for ; j < i+maxFunction && (!r.clauseEnds(j) || r.key(j) == "-" && r.glued(j) && r.glued(j+1)); j++ {
		if r.key(j) == "của" && r.capital(j+1) && !r.has(j+1, classTitle) {
			if b, ok := r.body(j + 1); ok {
				r.setBody(o, b)
				return b.span.To
			}
			o.OrgSpan = viet.Span{From: j + 1, To: int(r.runEnd[j+1])}
			return o.OrgSpan.To
		}
		if r.has(j, classHonorific) || r.has(j, classStop) {
			break
		}
		if r.headAt(j) {
			return j
		}
	}
	from := j
	for from > i && (r.foreign(from-1) || r.acronym(from-1)) {
		from--
	}
	if from < j {
		o.OrgSpan = viet.Span{From: from, To: j}
	}
	return j
}

// seat: an office on a board that names no firm is of the board itself.
func (r *reading) seat(e *lexicon.Entry, i int, o *Office) int {
	if e.Attr["seat"] == "" {
		return i
	}
	for j := o.TitleSpan.From; j < o.TitleSpan.To; j++ {
		if r.has(j, classHead) {
			o.OrgSpan = viet.Span{From: j, To: o.TitleSpan.To}
			break
		}
	}
	return i
}

// namesake tells of a commune or district that bears a person's name, written
// without "xã" or "phường": behind an office it is the person.
func (r *reading) namesake(j int) bool {
	p, _ := r.place(j)
	return p != nil && minor(p) && (r.has(j, classFamily) || p.Kind == "commune")
}

// ofOffice reads "của Tổng thống Mỹ" behind an envoy's or adviser's office: it
// is of another office, whose own holder is not named.
func (r *reading) ofOffice(i, j int, o *Office) int {
	if j == i || !r.has(j, classTitle) || !r.capital(j) {
		return j
	}
	_, end := r.at(j, classTitle)
	p, to := r.state(end)
	if to == end || r.capital(to) && !o.apposed {
		return j
	}
	o.OrgSpan, o.Country = viet.Span{From: j, To: to}, p.Country
	return to
}

// nameFollows tells whether a place that ends at i can be whose office it is:
// what is left of the run of capitals is nothing or a whole name.
func (r *reading) nameFollows(i int) bool {
	if i >= len(r.toks) || !r.capital(i) || !r.toks[i].Space {
		return true
	}
	return int(r.runEnd[i])-i > 1 || r.foreign(i) || !r.capital(i-1)
}

// maxFirm bounds the words of a firm's name that no dictionary knows.
const maxFirm = 4

// firm reads a name that no dictionary knows behind an office: capitals ("PV
// GAS", "UNCTAD"), or behind an office of business foreign words up to a person's name.
func (r *reading) firm(e *lexicon.Entry, i int, o *Office) int {
	if o.Weight >= 8 && !o.apposed || !r.capital(i) {
		return i
	}
	end := int(r.runEnd[i])
	if r.acronym(i) {
		j := i + 1
		for j < end && j-i < maxFirm && (o.apposed || r.acronym(j) || r.has(j, classPlace)) {
			j++
		}
		return j
	}
	if !r.foreign(i) || e.Attr["firm"] == "" {
		return i
	}
	if o.apposed || end-i == 1 {
		return min(end, i+maxFirm)
	}
	for j := i + 1; j <= i+maxFirm && j < end; j++ {
		if r.personFrom(j, end) {
			return j
		}
	}
	if end-i > 2 {
		return end - 2
	}
	return i
}

// acronym tells whether token i is all capitals and no Roman number.
func (r *reading) acronym(i int) bool {
	if !r.capital(i) || r.toks[i].Shape != viet.Upper {
		return false
	}
	for _, c := range r.toks[i].Key {
		switch c {
		case 'i', 'v', 'x':
		default:
			return !r.shouted(i)
		}
	}
	return false
}

// shouted tells whether token i stands in a line that is all capitals.
func (r *reading) shouted(i int) bool {
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		if r.toks[j].Kind == viet.Word {
			return r.toks[j].Shape == viet.Upper
		}
	}
	return false
}

func (r *reading) clauseEnds(i int) bool {
	return i >= len(r.toks) || r.toks[i].Kind == viet.Punct || r.toks[i].Kind == viet.Break
}
