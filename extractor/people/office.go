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
	o.Sole = e.Attr["sole"] == "yes"
	o.minister = e.Attr["portfolio"] == "Bộ"
	end = r.suffixes(end, &o)
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
	if n, err := strconv.Atoi(e.Attr["weight"]); err == nil {
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
		if e == nil {
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

// officeBody reads whose office it is; it returns where that ends.
func (r *reading) officeBody(e *lexicon.Entry, end int, o *Office) int {
	if n := r.f.holds[e]; n > 0 {
		return r.heldBody(e, end, n, o)
	}
	if n, _ := strconv.Atoi(e.Attr["overlap"]); n > 0 {
		if b, ok := r.body(end - n); ok && b.span.To > end {
			r.setBody(o, b)
			return b.span.To
		}
	}
	if e.Attr["portfolio"] != "" {
		if to := r.fields(end); to > end {
			return r.fieldBody(e.Attr["portfolio"], end, to, o)
		}
	}
	if f := e.Attr["field"]; f != "" {
		return r.stateOr(f, end, o)
	}
	return r.org(e, end, o)
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
	if b, ok := r.body(held.From); ok && b.span.To > held.To {
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
	if strings.HasPrefix(body, "Bộ ") {
		o.Org, o.OrgCanonical, o.derived = body, body, true
	}
	return i
}

// org reads the body, State, unit or firm that follows a title.
func (r *reading) org(e *lexicon.Entry, i int, o *Office) int {
	j := i
	if r.key(j) == "của" {
		j++
	}
	if b, ok := r.body(j); ok {
		r.setBody(o, b)
		return b.span.To
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
	if o.Weight >= 8 || !r.capital(i) {
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

// afterOffice takes in what may stand between an office and the name: "tại
// Việt Nam", "phụ trách …", "khóa XV", "nhiệm kỳ 2021-2026", "năm 2024", a bracket.
func (r *reading) afterOffice(i int, o *Office) int {
	for range 4 {
		next := r.rider(i, o)
		if next == i {
			break
		}
		i = next
	}
	return i
}

func (r *reading) rider(i int, o *Office) int {
	switch r.key(i) {
	case "tại", "ở":
		if _, to := r.place(i + 1); to > i+1 && o.Org != "" || to > i+1 && o.OrgSpan.To > 0 {
			return to
		}
	case "khóa", "khoá", "năm", "thứ":
		if r.word(i+1) && r.toks[i+1].Shape != viet.Lower || i+1 < len(r.toks) && r.toks[i+1].Kind == viet.Number {
			return i + 2
		}
	case "nhiệm":
		if r.key(i+1) == "kỳ" {
			return r.term(i + 2)
		}
	case "về":
		return r.subject(i + 1)
	case "phụ":
		if r.key(i+1) == "trách" {
			return r.charge(i + 2)
		}
	case "(":
		return r.bracket(i, o)
	}
	return i
}

// maxSubject bounds the words of "về khí hậu" between an office and the name.
const maxSubject = 5

// subject reads what an envoy is for, when a name follows; else it gives back "về".
func (r *reading) subject(i int) int {
	j := i
	for j < i+maxSubject && r.word(j) && !r.capital(j) && !r.has(j, classHonorific) {
		j++
	}
	if p, to := r.place(j); p != nil {
		j = to
	}
	if j > i && r.capital(j) && (r.foreign(j) || r.personFrom(j, int(r.runEnd[j]))) {
		return j
	}
	return i - 1
}

// term reads "2021-2026" or "2021 - 2026".
func (r *reading) term(i int) int {
	for i < len(r.toks) && (r.toks[i].Kind == viet.Number || r.key(i) == "-") {
		i++
	}
	return i
}

// charge reads what someone is in charge of, up to a mark or a name.
func (r *reading) charge(i int) int {
	if b, ok := r.body(i); ok {
		return b.span.To
	}
	for j := i; j < len(r.toks) && j < i+12; j++ {
		if r.toks[j].Kind == viet.Break || r.toks[j].Kind == viet.Punct && r.key(j) != "-" {
			return j
		}
		if r.capital(j) && r.personFrom(j, int(r.runEnd[j])) || r.has(j, classHonorific) {
			return j
		}
	}
	return i
}

// bracket reads an abbreviation or the larger body in brackets behind an office's body.
func (r *reading) bracket(i int, o *Office) int {
	if o.OrgSpan.To != i {
		return i
	}
	if b, ok := r.body(i + 1); ok && r.key(b.span.To) == ")" {
		return b.span.To + 1
	}
	if r.capital(i+1) && r.key(int(r.runEnd[i+1])) == ")" && int(r.runEnd[i+1])-i <= 3 {
		return r.behindBracket(int(r.runEnd[i+1])+1, o)
	}
	return i
}

// behindBracket takes in the end of a body that a bracket parts: "Mặt trận Tổ quốc (MTTQ) Việt Nam".
func (r *reading) behindBracket(i int, o *Office) int {
	end := i
	if e, to := r.at(i, classPart); e != nil && e.Kind == "" {
		end = to
	} else if p, to := r.country(i); p != nil {
		end = to
	}
	if end > i {
		o.OrgSpan.To = end
	}
	return end
}
