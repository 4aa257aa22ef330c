package people

import (
	"sukien/news/viet"
)

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
	case "cầm", "đối":
		if k := r.key(i + 1); (k == "quyền" || k == "lập") && r.capital(i+2) {
			return i + 2 // "Đảng X (AB) cầm quyền"
		}
	case "về":
		return r.subject(i+1, o)
	case "phụ":
		if r.key(i+1) == "trách" {
			return r.charge(i+2, o)
		}
	case "(":
		return r.bracket(i, o)
	}
	return i
}

// maxSubject bounds the words of "về khí hậu" between an office and the name.
const maxSubject = 5

// subject reads what an envoy is for, when a name follows; else it gives back "về".
func (r *reading) subject(i int, o *Office) int {
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
	for j = i; j < i+maxFar && r.word(j) && !r.has(j, classHonorific); j++ {
	}
	if j > i && r.key(j) == "," && (r.has(j+1, classHonorific) || !o.Sole && o.OrgSpan.To > 0 && r.officeStarts(j+1)) {
		return j // "về Chính sách đối ngoại và an ninh, ông …"
	}
	return i - 1
}

// maxFar bounds the words of a subject before a comma and an honorific.
const maxFar = 12

// term reads "2021-2026" or "2021 - 2026".
func (r *reading) term(i int) int {
	for i < len(r.toks) && (r.toks[i].Kind == viet.Number || r.key(i) == "-") {
		i++
	}
	return i
}

// charge reads what someone is in charge of, up to a mark, a name or the body whose office it is.
func (r *reading) charge(i int, o *Office) int {
	if b, ok := r.body(i); ok {
		return b.span.To
	}
	for j := i; j < len(r.toks) && j < i+12; j++ {
		if r.toks[j].Kind == viet.Break || r.toks[j].Kind == viet.Punct && r.key(j) != "-" {
			return j
		}
		if to := r.bodyOf(j, o); to > j && j > i {
			return to
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
		return r.ofLarger(b.span.To+1, o)
	}
	if r.capital(i+1) && r.key(int(r.runEnd[i+1])) == ")" && int(r.runEnd[i+1])-i <= 3 {
		return r.behindBracket(int(r.runEnd[i+1])+1, o)
	}
	return i
}

// ofLarger takes in the body that stands behind the bracket, where the holder's
// name follows: "Viện Lập pháp (Hạ viện) Quốc hội Lào".
func (r *reading) ofLarger(i int, o *Office) int {
	b, ok := r.knownBody(i)
	if !ok || r.name(b.span.To, true) < b.span.To+2 {
		return i
	}
	o.OrgSpan.To, o.OrgCanonical, o.Country = b.span.To, "", b.country
	return b.span.To
}

// behindBracket takes in the end of a body that a bracket parts: "Mặt trận Tổ quốc (MTTQ) Việt Nam".
func (r *reading) behindBracket(i int, o *Office) int {
	end := i
	if to := r.unit(i); to > i && !r.capital(i) {
		end = to
	} else if e, to := r.at(i, classPart); e != nil && e.Kind == "" {
		end = to
	} else if p, to := r.country(i); p != nil {
		end = to
	}
	if to := r.unit(end); to > end && !r.capital(end) {
		end = to
	}
	if end > i {
		o.OrgSpan.To = end
	}
	return end
}
