package people

import "sukien/news/viet"

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
		to = r.commaBody(to, &o)
		in.offices = append(in.offices, o)
		in.many = in.many || o.Plural
		return to
	}
	if e, to := r.at(j, classHonorific); e != nil && !r.named(j, to) {
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
	if r.setOff(in) {
		return in.end + 1
	}
	return in.end
}

// commaBody reads the body that a comma parts from an office without one, where
// the holder's name follows it: "Tổng Giám đốc, Hội đồng Kinh doanh X Conrad Whitley".
func (r *reading) commaBody(i int, o *Office) int {
	if o.Org != "" || o.Weight >= stateWeight || r.key(i) != "," || !r.capital(i+1) {
		return i
	}
	b, ok := r.knownBody(i + 1)
	if !ok || r.officeStarts(i+1) || r.name(b.span.To, true) < b.span.To+2 {
		return i
	}
	r.setBody(o, b)
	o.Org = r.text(b.span)
	o.Span.To = b.span.To
	o.Text = r.text(o.Span)
	return b.span.To
}

// named tells of "Hai Bà Trưng": an honorific of two words does not begin each with a capital.
func (r *reading) named(i, to int) bool {
	e, _ := r.at(i, classHonorific)
	return e.Kind == "many" && r.capital(to-1) && r.toks[to-1].Shape == viet.Title && r.capital(i)
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
	if r.key(j) == "," && r.spokenTo(in) {
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

// setOff tells of a name between commas behind a whole office: "Chánh văn phòng
// Nội các Nhật Bản, Kihara Minoru, cho biết".
func (r *reading) setOff(in *intro) bool {
	n, j := len(in.offices), in.end+1
	if n == 0 || in.offices[n-1].Org == "" || r.key(in.end) != "," || in.honorific != "" || !r.foreign(j) {
		return false
	}
	end := r.name(j, true)
	return end > j+1 && r.key(end) == ","
}

// stateWeight is the weight of the highest offices, which go together with each other alone.
const stateWeight = 9

// spokenTo tells whether the one office read so far is that of somebody spoken
// to or cited, and the name is another's: "Báo cáo với Chủ tịch nước, | Bộ
// trưởng …", "theo chỉ đạo của Thủ tướng, | Bộ trưởng …".
func (r *reading) spokenTo(in *intro) bool {
	if len(in.offices) != 1 || !in.offices[0].Sole || in.offices[0].Weight < stateWeight || in.honorific != "" {
		return false
	}
	if e, _ := r.at(in.end+1, classTitle); e != nil && weight(e) >= stateWeight {
		return false
	}
	switch r.key(in.offices[0].Span.From - 1) {
	case "với", "cho", "trình", "gửi":
		return true
	}
	return r.cue(in.offices[0].Span.From) == "refer"
}

// officeStarts tells whether an office begins at j.
func (r *reading) officeStarts(j int) bool {
	if r.has(j, classTitle) {
		return true
	}
	e, to := r.at(j, classPrefix)
	return e != nil && r.has(to, classTitle)
}

// peer gives the person after "người đồng cấp" the chief office of the one
// named before in the sentence; where nobody is, lookPeer finds it behind.
func (r *reading) peer(in *intro, to int) int {
	o := Office{Span: viet.Span{From: in.end, To: to}}
	if p, end := r.state(to); end > to {
		o.OrgSpan, o.Country, to = viet.Span{From: to, To: end}, p.Country, end
		o.Org = r.text(o.OrgSpan)
		o.Span.To = end
	}
	var of *Office
	if n := len(r.persons); n > 0 && (r.persons[n-1].Span.From >= r.sentenceFrom || o.Org == "") {
		of = chief(r.persons[n-1].Offices)
	}
	switch {
	case of != nil:
		o.like(of)
	case o.Org == "":
		return in.end
	default:
		o.peer = true
	}
	in.offices = append(in.offices, o)
	in.peer = true
	return to
}

// like gives an office the title of another.
func (o *Office) like(of *Office) {
	o.Title, o.Weight, o.Text, o.TitleSpan, o.peer = of.Title, of.Weight, of.Title, of.TitleSpan, false
}

// lookPeer gives those whose counterpart is named behind them his office: "cuộc
// họp với người đồng cấp Lào X, Bộ trưởng Quốc phòng Y"; the offices of the rest go.
func (r *reading) lookPeer() {
	for i := range r.persons {
		p := &r.persons[i]
		for k := range p.Offices {
			if !p.Offices[k].peer {
				continue
			}
			var of *Office
			if n := i + 1; n < len(r.persons) && r.oneSentence(p.Span.To, r.persons[n].Span.From) {
				of = chief(r.persons[n].Offices)
			}
			if of == nil && i > 0 {
				of = chief(r.persons[i-1].Offices)
			}
			if of == nil {
				p.Offices = p.Offices[:k]
				break
			}
			p.Offices[k].like(of)
		}
	}
}

// maxPeer bounds the tokens behind somebody's name within which a counterpart's office is looked for.
const maxPeer = 25

// oneSentence tells whether no sentence ends between tokens from and to, not far apart.
func (r *reading) oneSentence(from, to int) bool {
	if to-from > maxPeer {
		return false
	}
	for ; from < to; from++ {
		if r.toks[from].Kind == viet.Break || r.key(from) == "." && !r.glued(from+1) {
			return false
		}
	}
	return true
}
