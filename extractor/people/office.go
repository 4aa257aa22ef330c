package people

import (
	"strconv"
	"strings"

	"sukien/news/lexicon"
	"sukien/news/viet"
)

// defaultWeight is the weight of a title that gives none.
const defaultWeight = 5

// office reads the office that begins at token i, and where it ends.
// apposed says that it stands behind its holder's name, so that no name follows it.
func (r *reading) office(i int, apposed bool) (Office, int, bool) {
	r.apposed = apposed
	o := Office{apposed: apposed}
	j := r.prefixes(i, &o)
	e, end := r.at(j, classTitle)
	if e == nil {
		return o, i, false
	}
	start := i
	for r.dropped(start) {
		_, start = r.at(start, classPrefix)
	}
	o.TitleSpan = viet.Span{From: start, To: end}
	o.Weight = weight(e)
	o.Sole, o.Voice = e.Attr["sole"] == "yes", e.Attr["voice"] == "yes"
	o.minister = e.Attr["portfolio"] == "Bộ"
	end = r.abbreviated(r.inCharge(r.suffixes(end, &o), &o))
	end = r.officeBody(e, end, &o)
	end = r.afterOffice(end, &o)
	o.Span = viet.Span{From: start, To: max(end, o.TitleSpan.To)}
	o.Text, o.Title = r.text(o.Span), r.text(o.TitleSpan)
	if o.OrgSpan.To > o.OrgSpan.From {
		o.Org = r.text(o.OrgSpan)
	}
	return o, o.Span.To, true
}

func weight(e *lexicon.Entry) int {
	written := e.Attr["weight"]
	if written == "" {
		return defaultWeight
	}
	if n, err := strconv.Atoi(written); err == nil {
		return n
	}
	return defaultWeight
}

// prefixes reads "nguyên", "Quyền", "các" before a title.
func (r *reading) prefixes(i int, o *Office) int {
	for range 3 {
		if e, end := r.at(i, classTitle); e != nil && end > i+1 {
			return i
		}
		e, end := r.at(i, classPrefix)
		if e == nil || e.Name == "quyền" && (r.key(i-1) == "ủy" || r.key(i-1) == "uỷ") {
			return i
		}
		o.Former = o.Former || e.Kind == "former"
		o.dead = o.dead || e.Kind == "dead"
		o.Plural = o.Plural || e.Kind == "plural"
		i = end
	}
	return i
}

// dropped tells whether the word at i is a prefix that is no part of the title.
func (r *reading) dropped(i int) bool {
	e, _ := r.at(i, classPrefix)
	if e == nil || r.has(i, classTitle) {
		return false
	}
	return e.Kind == "plural" || e.Attr["drop"] == "yes"
}

// suffixes reads "Thường trực", "thứ nhất" behind a title.
func (r *reading) suffixes(i int, o *Office) int {
	for range 2 {
		e, end := r.at(i, classSuffix)
		if e == nil {
			break
		}
		i = end
		o.TitleSpan.To = end
	}
	return i
}

// inCharge gives back the words "phụ trách" that a title ends in where what
// follows is a field: "Phó Chủ tịch | phụ trách đối ngoại của Tập đoàn X".
func (r *reading) inCharge(i int, o *Office) int {
	if r.key(i-1) != "trách" || r.key(i-2) != "phụ" || i != o.TitleSpan.To || !r.word(i) || r.capital(i) || r.has(i, classHead) || r.has(i, classHonorific) {
		return i
	}
	o.TitleSpan.To = i - 2
	return i - 2
}

// abbreviated passes the bracketed short form of a title: "Giám đốc điều hành (CEO)".
func (r *reading) abbreviated(i int) int {
	if r.key(i) == "(" && r.acronym(i+1) && r.key(i+2) == ")" && r.capital(i+3) {
		return i + 3
	}
	return i
}

// officeBody reads whose office it is; it returns where that ends.
func (r *reading) officeBody(e *lexicon.Entry, end int, o *Office) int {
	if n := r.f.holds[e]; n > 0 {
		return r.heldBody(e, end, n, o)
	}
	if n := r.f.overlaps[e]; n > 0 && !(r.headAt(end) && r.key(end) == r.key(end-1)) { // not "Trưởng ban | Ban Chỉ đạo"
		r.titleEnd[end-n] = true // the body's own first word
		if b, ok := r.body(end - n); ok && b.span.To > end {
			r.setBody(o, b)
			return r.ofBody(b.span.To)
		}
	}
	if e.Attr["portfolio"] != "" {
		if to := r.fields(end); to > end {
			return r.fieldBody(e.Attr["portfolio"], end, to, o)
		}
	}
	if f := e.Attr["field"]; f != "" {
		if to := r.fields(end + 1); r.key(end) == "và" && to > end+1 {
			f += " " + r.text(viet.Span{From: end, To: to})
			end, o.TitleSpan.To = to, to
		}
		return r.stateOr(f, end, o)
	}
	return r.org(e, end, o)
}

// ofBody reads the larger body behind a body: "Ban Công tác | của Quốc hội".
func (r *reading) ofBody(i int) int {
	if r.key(i) == "của" {
		if b, ok := r.body(i + 1); ok {
			return b.span.To
		}
	}
	return i
}

// heldBody: the title's last n tokens are its body; a State or unit may follow.
func (r *reading) heldBody(e *lexicon.Entry, end, n int, o *Office) int {
	held := viet.Span{From: o.TitleSpan.To - n, To: o.TitleSpan.To}
	if r.key(end) == "của" {
		if _, to := r.state(end + 1); to > end+1 {
			end++
		}
	}
	if p, to := r.state(end); to > end {
		o.Country = p.Country
		o.OrgSpan = viet.Span{From: r.formal(end), To: to}
		if e.Attr["holds"] != "nước" && end == o.TitleSpan.To && held.From > o.TitleSpan.From {
			o.OrgSpan.From = held.From
		}
		return to
	}
	if e.Attr["holds"] == "nước" {
		return end
	}
	o.Country, o.OrgCanonical, o.held = "VN", e.Attr["holds"], true
	if held.From <= o.TitleSpan.From { // an abbreviation such as UVBCT
		o.Org = o.OrgCanonical
		return end
	}
	o.OrgSpan = held
	b, ok := r.body(held.From)
	if ok && b.span.To == held.To {
		r.larger(&b)
	}
	if ok && b.span.To > held.To {
		r.setBody(o, b)
		o.held = false
		return b.span.To
	}
	return end
}

// formal is i, or behind "nước" there.
func (r *reading) formal(i int) int {
	if e, end := r.at(i, classForm); e != nil && e.Kind == "drop" {
		return end
	}
	return i
}

func (r *reading) setBody(o *Office, b found) {
	o.OrgSpan, o.OrgCanonical, o.Country = b.span, b.canonical, b.country
}

// fields reads one field or more behind a minister's title: "Kinh tế và Tài chính".
func (r *reading) fields(i int) int {
	e, end := r.at(i, classField)
	if e == nil || !r.capital(i) {
		return i
	}
	for range 4 {
		next := end
		switch r.key(end) {
		case "và", "&", ",", "-":
			next = end + 1
		}
		e, to := r.at(next, classField)
		if next == end || e == nil || !r.capital(next) {
			break
		}
		end = to
	}
	return end
}

// fieldBody makes a ministry of a field, unless a State follows: "Bộ trưởng Ngoại giao Lào" is of Lào.
func (r *reading) fieldBody(head string, from, to int, o *Office) int {
	o.TitleSpan.To = to
	if b, ok := r.knownBody(to); ok {
		r.setBody(o, b)
		return b.span.To
	}
	return r.stateOr(head+" "+r.text(viet.Span{From: from, To: to}), to, o)
}

// stateOr takes the State that follows, else the body whose name is worked out.
func (r *reading) stateOr(body string, i int, o *Office) int {
	if p, to := r.state(i); to > i {
		o.OrgSpan, o.Country = viet.Span{From: r.formal(i), To: to}, p.Country
		return to
	}
	if to := r.unit(i); to > i && r.key(i) == "bang" {
		o.OrgSpan = viet.Span{From: i, To: to}
		return to
	}
	if strings.HasPrefix(body, "Bộ ") {
		o.Org, o.OrgCanonical, o.derived = body, body, true
	}
	return i
}
