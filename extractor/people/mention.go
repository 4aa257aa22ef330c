package people

import "sukien/news/viet"

// maxOffices bounds the offices that are read beside one name.
const maxOffices = 12

// opensMention are the classes of the words that a mention can begin with
// unless it begins with a capital.
const opensMention = classTitle | classPrefix | classHonorific | classRank | classCue

// sentence finds the mentions of one sentence. Nine tokens of ten begin none:
// nothing is read at them.
func (r *reading) sentence(s viet.Span) {
	r.sentenceFrom = s.From
	for i := s.From; i < s.To; {
		switch t := &r.toks[i]; {
		case t.Kind == viet.Word && (t.Shape != viet.Lower || r.begins[i]&opensMention != 0):
			i = max(i+1, r.mention(i, s))
		case t.Kind == viet.Punct && t.Key == ":":
			i = max(i+1, r.colonList(i, s))
		default:
			i++
		}
	}
}

// mention reads the mention that begins at token i, with the list that it opens; it returns where it ends.
func (r *reading) mention(i int, s viet.Span) int {
	if _, to := r.place(i); to > i && r.has(i, classHonorific) && !r.has(i, classFamily) {
		return to
	}
	if to := r.nobody(i); to > i {
		return to
	}
	if e, to := r.at(i, classHonorific); e != nil && r.named(i, to) {
		return int(r.runEnd[i])
	}
	if to := r.seatOf(i); to > i {
		return to
	}
	in := intro{end: i}
	if r.begins[i]&opensMention != 0 {
		in = r.intro(i)
		if to := r.nobody(in.end); to > in.end {
			return to
		}
	}
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

// seatOf passes the office in the name of a body or of its holder's seat:
// "Ban Thư ký", "Phủ Tổng thống", "Văn phòng Thủ tướng".
func (r *reading) seatOf(i int) int {
	e, to := r.at(i, classTitle)
	if e == nil {
		return i
	}
	if _, head := r.at(i-1, classHead); head > i+1 && head >= to {
		return head
	}
	switch r.key(i - 1) {
	case "phủ", "dinh", "điện":
		if r.capital(i - 1) {
			return to
		}
	case "phòng":
		if r.key(i-2) == "văn" && weight(e) >= stateWeight-1 {
			return to
		}
	}
	return i
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
	switch r.cue(i) {
	case "blocker":
		return false
	}
	if r.startsOther(i) || r.inBody[i] {
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
