package people

import "sukien/news/viet"

// after reads the offices behind a name: in brackets, behind a comma or hyphen,
// or as an apposition; it returns where the mention ends.
func (r *reading) after(p *Person, s viet.Span) int {
	j := p.Span.To
	if j >= s.To {
		return j
	}
	c := j
	if r.key(j) == "," {
		c++
	}
	if to := r.taking(c); to > 0 && len(p.Offices) == 0 {
		return r.becomes(p, to)
	}
	j = r.alias(j)
	switch r.key(j) {
	case ",", "-", "(":
	default:
		return p.Span.To
	}
	ends, offices := r.chain(j+1, s, len(p.Offices) == 0 && p.Honorific != "")
	r.ends, r.offices = ends, offices
	if len(offices) == 0 || len(offices) == 1 && r.anotherActs(&offices[0], ends[0]) {
		return p.Span.To
	}
	// The last offices are of the next person when that one's name follows.
	if last := ends[len(ends)-1]; r.nextNamed(last) && r.toks[last].Space {
		offices = offices[:len(offices)-1]
		ends = ends[:len(ends)-1]
		if len(p.Offices) > 0 || len(offices) == 0 {
			return p.Span.To
		}
	}
	p.Offices = append(p.Offices, offices...)
	p.Span.To = ends[len(ends)-1]
	if r.key(j) == "(" && r.key(p.Span.To) == ")" {
		p.Span.To++
	}
	return p.Span.To
}

// maxAlias bounds the words of a name in other letters.
const maxAlias = 4

// alias passes the name in other letters that stands in brackets between a name
// and its offices: "Khương Dật Phàm | (Jiang Yifan), Phó Viện trưởng".
func (r *reading) alias(i int) int {
	if r.key(i) != "(" || !r.foreign(i+1) {
		return i
	}
	end := int(r.runEnd[i+1])
	if end-i > maxAlias+1 || r.key(end) != ")" || r.key(end+1) != "," && r.key(end+1) != "-" {
		return i
	}
	return end + 1
}

// anotherActs tells whether an office alone behind a comma is the subject of
// what follows, for somebody else holds it: "… thăm bà X, Thủ tướng chia sẻ".
func (r *reading) anotherActs(o *Office, end int) bool {
	if !o.Sole || o.Org != "" || !r.word(end) || r.capital(end) {
		return false
	}
	for i := range r.persons {
		for k := range r.persons[i].Offices {
			if sameTitle(r.persons[i].Offices[k].Title, o.Title) {
				return true
			}
		}
	}
	return false
}

// nextNamed tells whether the name of another person stands at token i.
func (r *reading) nextNamed(i int) bool {
	from := r.pass(i)
	end := r.name(from, true)
	return end > from+1 || end > from && r.foreign(from)
}

// maxTaking bounds the words of "được điều động, chỉ định giữ chức".
const maxTaking = 10

// taking is where an office begins that the words at token i say somebody takes
// up: "giữ chức", "được điều động, luân chuyển và chỉ định giữ chức"; 0 when none does.
func (r *reading) taking(i int) int {
	passive := false
	for r.key(i) == "đã" || r.key(i) == "vừa" {
		i++
	}
	for j := i; j < i+maxTaking; j++ {
		if e, to := r.at(j, classCue); e != nil && e.Kind == "becomes" && (j == i || passive && r.key(to-1) != "là") {
			return to
		}
		switch {
		case r.key(j) == "được":
			passive = true
		case !r.word(j) && r.key(j) != ",", r.capital(j), j > i && !passive:
			return 0
		}
	}
	return 0
}

// becomes reads the office at token i of a person named without one, and of
// those named with him: "bầu ông A và ông B giữ chức Phó Chủ tịch".
func (r *reading) becomes(p *Person, i int) int {
	o, to, ok := r.office(i, true)
	if !ok {
		return p.Span.To
	}
	for from, k := p.Span.From, len(r.persons)-1; k >= 0 && len(r.persons[k].Offices) == 0 && r.joins(r.persons[k].Span.To, from); k-- {
		r.persons[k].Offices = []Office{o}
		from = r.persons[k].Span.From
	}
	p.Offices = append(p.Offices, o)
	p.Span.To = to
	return to
}

// pass skips honorifics and ranks.
func (r *reading) pass(i int) int {
	for range 3 {
		if _, to := r.at(i, classHonorific); to > i {
			i = r.dot(to)
		} else if _, to := r.at(i, classRank); to > i {
			i = r.dot(to)
		}
	}
	return i
}

// chain reads offices joined by commas and hyphens, with the larger bodies
// that follow ("…, Bệnh viện K"). first: the person had no office yet, so that
// foreign words behind a firm's name go on with it. What it gives holds until the next call.
func (r *reading) chain(i int, s viet.Span, first bool) (ends []int, offices []Office) {
	ends, offices = r.ends[:0], r.offices[:0]
	for range maxOffices {
		j := i
		if e, to := r.at(j, classHonorific); e != nil && e.Attr["degree"] == "yes" {
			j = r.dot(to)
		}
		if r.key(j) == "là" {
			j++
		}
		o, to, ok := r.office(j, true)
		if !ok || to > s.To {
			return ends, offices
		}
		if first && len(offices) == 0 {
			to = r.firmGoesOn(to, &o)
		}
		to = r.widerBody(to, &o)
		offices = append(offices, o)
		ends = append(ends, to)
		switch r.key(to) {
		case ",", "-", "kiêm":
			i = to + 1
		case "đồng":
			if r.key(to+1) != "thời" {
				return ends, offices
			}
			i = to + 2
		default:
			return ends, offices
		}
	}
	return ends, offices
}

// firmGoesOn takes foreign words behind a firm into its name: "văn phòng Tokyo | Gas Asia tại Hà Nội".
func (r *reading) firmGoesOn(i int, o *Office) int {
	if o.OrgSpan.To != i || o.Weight > 6 || !r.foreign(i) || !r.toks[i].Space || r.personFrom(i, int(r.runEnd[i])) {
		return i
	}
	end := int(r.runEnd[i])
	o.OrgSpan.To, o.Span.To, o.OrgCanonical, o.Country = end, end, "", ""
	o.Org, o.Text = r.text(o.OrgSpan), r.text(o.Span)
	if r.key(end) == "tại" {
		if _, to := r.place(end + 1); to > end+1 {
			return to
		}
	}
	return end
}

// widerBody passes ", Sở Y tế tỉnh X" or ", Thái Lan" behind an office with a
// body; for an office without one it is the body.
func (r *reading) widerBody(i int, o *Office) int {
	if r.key(i) != "," || o.Weight >= 8 && o.Org == "" {
		return i
	}
	if p, to := r.state(i + 1); to > i+1 && r.clauseEnds(to) {
		if o.Country == "" || o.Country == "VN" {
			o.Country = p.Country
		}
		return to
	}
	b, ok := r.body(i + 1)
	if !ok || b.bare || r.officeStarts(i+1) {
		return i
	}
	if o.Org == "" {
		r.setBody(o, b)
		o.Org = r.text(b.span)
	}
	return b.span.To
}
