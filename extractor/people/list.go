package people

import "sukien/news/viet"

// maxList bounds the persons of one list.
const maxList = 60

// list reads persons that share an intro: "các Phó Thủ tướng: A, B và C";
// "Các đồng chí Ủy viên Bộ Chính trị: A, Bí thư …; B, …". It returns 0 when no list follows.
func (r *reading) list(i int, in intro, s viet.Span) int {
	j := r.listStart(in.end)
	shared := in
	shared.honorific = ""
	n := len(r.persons)
	end := 0
	for range maxList {
		own := r.intro(j)
		name := r.name(own.end, true)
		if name == own.end || j >= s.To {
			break
		}
		p := r.person(j, own, name)
		p.Offices = merged(own.offices, shared.offices)
		end = r.after(&p, s)
		if len(r.persons) == n {
			p.Span.From = i
		}
		p.Bare = len(p.Offices) == 0 && own.end == j
		r.add(p)
		j = r.listNext(end)
		if j == end {
			break
		}
	}
	return end
}

// merged puts a person's own offices before those shared.
func merged(own, shared []Office) []Office {
	out := make([]Office, 0, len(own)+len(shared))
	return append(append(out, shared...), own...)
}

// listStart passes a colon or "gồm".
func (r *reading) listStart(i int) int {
	for range 3 {
		switch r.key(i) {
		case ":", "gồm", "là", "gồm:":
			i++
		}
	}
	return i
}

// aside passes a short bracket: "(tại Lào)".
func (r *reading) aside(i int) int {
	if r.key(i) != "(" {
		return i
	}
	for j := i + 1; j < i+8; j++ {
		if r.key(j) == ")" {
			return j + 1
		}
	}
	return i
}

// colonList reads the persons behind a colon, with or without offices: "Lãnh
// đạo Đảng, Nhà nước: A, B". Two full names at least must follow each other.
func (r *reading) colonList(i int, s viet.Span) int {
	first := i + 1
	if !r.fullName(first) {
		return i
	}
	next := r.listNext(int(r.runEnd[first]))
	if next == int(r.runEnd[first]) || !r.fullName(next) && r.intro(next).end == next {
		return i
	}
	return r.list(first, intro{end: first}, s)
}

// fullName tells whether a run of capitals at i is a Vietnamese person's name by its look.
func (r *reading) fullName(i int) bool {
	return i < len(r.toks) && r.personFrom(i, int(r.runEnd[i])) && !r.headAt(i) && !r.placeTo(i, int(r.runEnd[i]))
}

// listNext passes what stands between two persons of a list.
func (r *reading) listNext(i int) int {
	j := r.aside(i)
	switch r.key(j) {
	case ",", ";":
		j++
	}
	switch r.key(j) {
	case "và", "cùng", "với":
		j++
	}
	return j
}
