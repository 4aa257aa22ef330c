package people

import "sukien/news/viet"

// sideReach is how many tokens before an office the State can stand whose side it is of.
const sideReach = 8

// sides gives foreign ministers and officers whose State is not written beside
// the office that of the delegation which they lead or are of: "phái đoàn
// Pakistan do Thứ trưởng Nội vụ X dẫn đầu", "phía Lào có Bộ trưởng Quốc phòng Y".
func (r *reading) sides() {
	for i := range r.persons {
		p := &r.persons[i]
		if p.Name == "" || len(p.Offices) == 0 || !r.foreign(p.NameSpan.From) {
			continue
		}
		for k := range p.Offices {
			o := &p.Offices[k]
			if o.Org != "" || o.Weight < 5 || o.apposed {
				continue
			}
			if s, country := r.sideBefore(o.Span.From); country != "" {
				o.OrgSpan, o.Org, o.Country = s, r.text(s), country
			}
		}
	}
}

// sideBefore is the State of the delegation of which the words before token i
// begin to tell who leads it.
func (r *reading) sideBefore(i int) (viet.Span, string) {
	switch r.key(i - 1) {
	case "do", "có", "gồm", "là":
	case "của": // "phía Lào có sự tham gia của"
		switch r.key(i - 2) {
		case "gia", "dự", "diện", "đạo":
		default:
			return viet.Span{}, ""
		}
	default:
		return viet.Span{}, ""
	}
	for j := i - 2; j > 0 && j > i-sideReach && r.word(j); j-- {
		p, to := r.state(j)
		if p == nil || to > i-1 || to <= j {
			continue
		}
		switch r.key(j - 1) {
		case "đoàn", "phía", "biểu", "phán":
			return viet.Span{From: j, To: to}, p.Country
		}
	}
	return viet.Span{}, ""
}
