package people

import "sukien/news/viet"

// maxOffices bounds the offices that are read beside one name.
const maxOffices = 12

// sentence finds the mentions of one sentence.
func (r *reading) sentence(s viet.Span) {
	for i := s.From; i < s.To; {
		i = max(i+1, r.mention(i, s))
	}
}

// intro is what stands before a name.
type intro struct {
	offices                 []Office
	honorific, rank, gender string
	end                     int
	// many: a list of persons follows ("các đồng chí", "các Phó Thủ tướng").
	many bool
	// peer: "người đồng cấp".
	peer bool
}

// mention reads the mention that begins at token i, with the list that it opens; it returns where it ends.
func (r *reading) mention(i int, s viet.Span) int {
	if r.toks[i].Kind != viet.Word {
		return i
	}
	if _, to := r.place(i); to > i && r.has(i, classHonorific) && !r.has(i, classFamily) {
		return to
	}
	if e, to := r.at(i, classCue); e != nil && e.Kind == "leader" {
		return to
	}
	in := r.intro(i)
	sure := in.end > i
	if !sure {
		if !r.bareStart(i) {
			return i
		}
	}
	if in.many {
		if end := r.list(i, in, s); end > 0 {
			return end
		}
	}
	end := r.name(in.end, sure)
	if end == in.end || !sure && !r.bareName(i, end) {
		return r.alone(i, in)
	}
	if next, ok := r.governed(&in, end); ok {
		if to := r.name(next.end, true); to > next.end {
			in, end = next, to
		}
	}
	p := r.person(i, in, end)
	p.Bare = !sure
	e := r.after(&p, s)
	r.add(p)
	return e
}

// governed reads "Tỉnh trưởng Chernihiv - ông …": the one foreign word behind
// the office is what it governs, for the holder's own name follows.
func (r *reading) governed(in *intro, end int) (intro, bool) {
	n := len(in.offices)
	if n == 0 || end-in.end != 1 || in.honorific != "" || !r.foreign(in.end) {
		return *in, false
	}
	next := *in
	next.offices = append([]Office(nil), in.offices...)
	o := &next.offices[n-1]
	o.OrgSpan = viet.Span{From: in.end, To: end}
	o.Org = r.text(o.OrgSpan)
	o.Span.To = end
	next.end = end
	j := r.joint(&next)
	e, to := r.at(j, classHonorific)
	if j == end || e == nil {
		return *in, false
	}
	next.honorific, next.end = r.text(viet.Span{From: j, To: to}), r.dot(to)
	return next, true
}

// person makes a mention of an intro and the name behind it.
func (r *reading) person(i int, in intro, end int) Person {
	p := Person{
		Span: viet.Span{From: i, To: end}, NameSpan: viet.Span{From: in.end, To: end},
		Offices: in.offices, Honorific: in.honorific, Rank: in.rank, Gender: in.gender,
	}
	p.Name = r.text(p.NameSpan)
	for k := range p.Offices {
		if o := &p.Offices[k]; o.derived && r.foreign(in.end) {
			o.Org, o.OrgCanonical = "", "" // a ministry of which State is not said
		}
	}
	return p
}

// intro reads offices, honorifics and ranks at token i.
func (r *reading) intro(i int) intro {
	in := intro{end: i}
	for range maxOffices {
		next := r.introStep(&in)
		if next == in.end {
			break
		}
		in.end = next
	}
	return in
}

func (r *reading) introStep(in *intro) int {
	j := in.end
	if in.end > 0 {
		if next := r.joint(in); next > j {
			j = next
		}
	}
	if e, to := r.at(j, classCue); e != nil && e.Kind == "peer" {
		return r.peer(in, to)
	}
	if o, to, ok := r.office(j, false); ok && !r.longerHonorific(j, to) {
		in.offices = append(in.offices, o)
		in.many = in.many || o.Plural
		return to
	}
	if e, to := r.at(j, classHonorific); e != nil {
		in.honorific = r.text(viet.Span{From: j, To: to})
		if e.Kind == "male" || e.Kind == "female" {
			in.gender = e.Kind
		}
		in.many = in.many || e.Kind == "many"
		return r.dot(to)
	}
	if e, to := r.at(j, classRank); e != nil {
		in.rank = r.text(viet.Span{From: j, To: to})
		return r.dot(to)
	}
	return in.end
}

func (r *reading) longerHonorific(j, to int) bool {
	_, end := r.at(j, classHonorific)
	return end > to
}

// dot passes the full stop of an abbreviation: "TS. Nguyễn".
func (r *reading) dot(i int) int {
	if r.key(i) == "." && r.glued(i) && (r.capital(i+1) || r.has(i+1, classHonorific)) {
		return i + 1
	}
	return i
}

// joint passes the comma, hyphen or "kiêm" between two offices of one person;
// it returns in.end when what follows is no further office.
func (r *reading) joint(in *intro) int {
	j := in.end
	if len(in.offices) == 0 && in.rank == "" && in.honorific == "" {
		return j
	}
	switch r.key(j) {
	case ",", "-":
		j++
	case "kiêm":
		return j + 1
	case "đồng":
		if r.key(j+1) == "thời" && r.key(j+2) == "là" {
			return j + 3
		}
		return j
	default:
		return j
	}
	if r.officeStarts(j) {
		return j
	}
	if e, to := r.at(j, classHonorific); e != nil && e.Kind != "many" {
		named := len(in.offices) > 0 && in.honorific == "" && (r.key(in.end) == "-" || in.offices[len(in.offices)-1].Org != "") && r.capital(to)
		if e.Attr["degree"] == "yes" || named || r.officeStarts(to) && in.rank != "" {
			return j
		}
	}
	if r.has(j, classRank) && len(in.offices) > 0 {
		return j
	}
	return in.end
}

// officeStarts tells whether an office begins at j.
func (r *reading) officeStarts(j int) bool {
	if r.has(j, classTitle) {
		return true
	}
	e, to := r.at(j, classPrefix)
	return e != nil && r.has(to, classTitle)
}

// peer gives the person after "người đồng cấp" the chief office of the one before.
func (r *reading) peer(in *intro, to int) int {
	if len(r.persons) == 0 {
		return in.end
	}
	of := chief(r.persons[len(r.persons)-1].Offices)
	if of == nil {
		return in.end
	}
	o := Office{Title: of.Title, Weight: of.Weight, Text: of.Title, TitleSpan: of.TitleSpan, Span: viet.Span{From: in.end, To: to}}
	if p, end := r.state(to); end > to {
		o.OrgSpan, o.Country, to = viet.Span{From: to, To: end}, p.Country, end
		o.Org = r.text(o.OrgSpan)
		o.Span.To = end
	}
	in.offices = append(in.offices, o)
	in.peer = true
	return to
}

// alone keeps an office that stands for its holder; it returns where that ends.
func (r *reading) alone(i int, in intro) int {
	if len(in.offices) == 0 || !in.offices[0].Sole || in.many {
		if len(in.offices) > 0 {
			return in.offices[0].Span.To
		}
		return i
	}
	r.add(Person{Span: viet.Span{From: i, To: in.end}, Offices: in.offices, Rank: in.rank})
	return in.end
}

// bareStart tells whether a name may begin at i with nothing before it: at the
// start of a run of capitals, not behind a street or school.
func (r *reading) bareStart(i int) bool {
	if !r.capital(i) || r.capital(i-1) && r.toks[i].Space {
		return false
	}
	switch r.cueAt[i] {
	case "blocker":
		return false
	}
	if r.startsOther(i) {
		return false
	}
	return r.has(i, classFamily) || r.foreign(i) && r.foreignApposed(i)
}

// foreignApposed tells whether a foreign name of two words or more begins at i
// and an office stands behind it: "Kurt Volker, đặc phái viên của …".
func (r *reading) foreignApposed(i int) bool {
	if r.acronym(i) || r.has(i, classPlace) || r.has(i, classBody) {
		return false
	}
	end := r.foreignName(i)
	return end-i >= 2 && (r.key(end) == "," || r.key(end) == "-") && r.officeStarts(end+1)
}

// bareName tells whether a name with nothing before it is one by its look: a
// common family name and two or three syllables more, filling its run.
func (r *reading) bareName(i, end int) bool {
	if r.foreign(i) {
		return true
	}
	if end-i < 3 || end < int(r.runEnd[i]) && end-i < 4 {
		return false
	}
	e, _ := r.at(i, classFamily)
	if e == nil || e.Kind != "strong" || r.toks[i].Shape == viet.Upper {
		return false
	}
	if r.glued(end) && r.key(end) == "-" || r.key(end) == "-" && r.capital(end+1) && r.glued(end) {
		return false
	}
	return !r.headAt(i) && !r.placeTo(i, end)
}

// placeTo tells whether a place is named at i that takes up the words to end,
// or one of the places that no person is named like.
func (r *reading) placeTo(i, end int) bool {
	p, to := r.at(i, classPlace)
	return p != nil && (to >= end || !minor(p) && to > i+1)
}

// add appends a mention and reads its context.
func (r *reading) add(p Person) {
	r.context(&p)
	r.persons = append(r.persons, p)
}

// after reads the offices behind a name: in brackets, behind a comma or hyphen,
// or as an apposition; it returns where the mention ends.
func (r *reading) after(p *Person, s viet.Span) int {
	j := p.Span.To
	if j >= s.To {
		return j
	}
	if e, to := r.at(j, classCue); e != nil && e.Kind == "becomes" && len(p.Offices) == 0 {
		return r.becomes(p, to)
	}
	switch r.key(j) {
	case ",", "-", "(":
	default:
		return j
	}
	ends, offices := r.chain(j+1, s)
	if len(offices) == 0 {
		return j
	}
	// The last offices are of the next person when that one's name follows.
	if last := ends[len(ends)-1]; r.name(r.pass(last), true) > r.pass(last)+1 && r.toks[last].Space {
		offices = offices[:len(offices)-1]
		ends = ends[:len(ends)-1]
		if len(p.Offices) > 0 || len(offices) == 0 {
			return j
		}
	}
	p.Offices = append(p.Offices, offices...)
	p.Span.To = ends[len(ends)-1]
	if r.key(j) == "(" && r.key(p.Span.To) == ")" {
		p.Span.To++
	}
	return p.Span.To
}

// becomes reads "giữ chức Bí thư …" behind a name without office.
func (r *reading) becomes(p *Person, i int) int {
	o, to, ok := r.office(i, true)
	if !ok {
		return p.Span.To
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
// that follow ("…, Bệnh viện K").
func (r *reading) chain(i int, s viet.Span) (ends []int, offices []Office) {
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
