package people

import (
	"strings"

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
	if to := r.ofOffice(e, i, j, o); to > j {
		return to
	}
	if to := r.namedAfterPlace(e, j, o); to > j {
		o.OrgSpan = viet.Span{From: j, To: to}
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
		o.OrgSpan, o.Country = viet.Span{From: j, To: to}, r.unitCountry(j, to)
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

// unitCountry is the country of the unit or town that ends at token to: Viet
// Nam's where the gazetteer has none.
func (r *reading) unitCountry(j, to int) string {
	for ; j < to; j++ {
		if p, end := r.place(j); end == to {
			return p.Country
		}
	}
	return "VN"
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
		if to := r.bodyOf(j, o); to > j {
			return to
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

// bodyOf takes the body behind "của" or "thuộc", or one that begins with a
// capital at token i, for an office that has none: "phụ trách kỹ thuật | của tập
// đoàn X". It returns where that ends, i when there is none.
func (r *reading) bodyOf(i int, o *Office) int {
	j := i
	switch r.key(i) {
	case "của", "thuộc":
		j++
		r.titleEnd[j] = r.titleEnd[j] || r.has(j, classHead) // "của tập đoàn X", in small letters
	}
	if o.Org != "" || o.OrgSpan.To > 0 || j == i && !r.headAt(i) {
		return i
	}
	b, ok := r.body(j)
	if !ok || b.bare {
		return i
	}
	r.setBody(o, b)
	return b.span.To
}

// seat: an office on a board that names no firm is of the board itself.
func (r *reading) seat(e *lexicon.Entry, i int, o *Office) int {
	if e.Attr["seat"] == "" {
		return i
	}
	for j := o.TitleSpan.From; j < o.TitleSpan.To; j++ {
		if r.has(j, classHead) {
			o.OrgSpan, o.held = viet.Span{From: j, To: o.TitleSpan.To}, true
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

// ofOffice reads "của Tổng thống Mỹ" or "Tổng thống Mỹ" behind an envoy's,
// adviser's or spouse's office: it is of another office. Where that one's
// holder is named too ("của Tổng thống Mỹ Conrad Whitley, ông …"), the name
// behind is his, not the envoy's.
func (r *reading) ofOffice(e *lexicon.Entry, i, j int, o *Office) int {
	aide := e.Attr["aide"] == "yes"
	t, end := r.at(j, classTitle)
	if t == nil || !aide && (j == i || !r.capital(j)) || aide && t.Attr["sole"] != "yes" {
		return j
	}
	p, to := r.state(end)
	switch {
	case to == end && !aide:
		return j
	case to == end:
	case !aide && r.capital(to) && !o.apposed:
		return j
	default:
		o.OrgSpan, o.Country = viet.Span{From: r.formal(end), To: to}, p.Country
	}
	if n := r.name(to, true); n > to && aide && (o.apposed || r.principal(to, n, t) || (r.key(n) == "," || r.key(n) == "-") && r.has(n+1, classHonorific)) {
		return n
	}
	return to
}

// principal tells whether the name from i to end is that of somebody whom the
// text has named with the office t, or in full behind a comma.
func (r *reading) principal(i, end int, t *lexicon.Entry) bool {
	for k := range r.persons {
		p := &r.persons[k]
		if p.NameSpan.To == p.NameSpan.From || r.key(p.NameSpan.To-1) != r.key(end-1) {
			continue
		}
		for _, o := range p.Offices {
			if sameTitle(t.Name, o.Title) || strings.EqualFold(t.Name, o.Title) {
				return true
			}
		}
	}
	return end == i+1 && r.foreign(i)
}

// namedAfterPlace reads a firm's name that begins with a place, behind its
// officer's name: "…, Giám đốc Fukuoka Film Commission".
func (r *reading) namedAfterPlace(e *lexicon.Entry, j int, o *Office) int {
	if !o.apposed || e.Attr["firm"] == "" {
		return j
	}
	_, to := r.place(j)
	end := int(r.runEnd[min(j, len(r.toks))])
	if to == j || end < to+1 || !r.foreign(to) || !r.toks[to].Space {
		return j
	}
	return min(end, j+maxFirm)
}

// nameFollows tells whether a place that ends at i can be whose office it is:
// what is left of the run of capitals is nothing or a whole name.
func (r *reading) nameFollows(i int) bool {
	if i >= len(r.toks) || !r.capital(i) || !r.toks[i].Space || r.initialAt(i) {
		return true
	}
	return int(r.runEnd[i])-i > 1 || r.foreign(i) || !r.capital(i-1)
}

// maxFirm bounds the words of a firm's name that no dictionary knows.
const maxFirm = 4

// firm reads a name that no dictionary knows behind an office: capitals ("PV
// GAS", "UNCTAD"), or behind an office of business foreign words up to a person's name.
func (r *reading) firm(e *lexicon.Entry, i int, o *Office) int {
	if o.Weight >= 8 && !o.apposed || !r.capital(i) || r.initialAt(i) {
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
	if !r.foreign(i) {
		return i
	}
	for j := i + 1; j <= i+maxFirm && j < end; j++ {
		if r.personFrom(j, end) {
			return j
		}
	}
	switch {
	case e.Attr["firm"] != "" && (o.apposed || end-i == 1), o.apposed && end-i == 1 && o.Weight < stateWeight-1:
		return min(end, i+maxFirm)
	case e.Attr["firm"] == "":
		return i
	case end-i > 2:
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

// shouted tells whether token i stands in a line that is all capitals: a
// Vietnamese word in capitals goes before it, for "ASEAN BAC" are two acronyms.
func (r *reading) shouted(i int) bool {
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		switch t := &r.toks[j]; {
		case t.Kind != viet.Word:
		case t.Shape != viet.Upper:
			return false
		case viet.IsSyllable(t.Key):
			return true
		}
	}
	return false
}

func (r *reading) clauseEnds(i int) bool {
	return i >= len(r.toks) || r.toks[i].Kind == viet.Punct || r.toks[i].Kind == viet.Break
}
