package people

import "sukien/news/viet"

// context marks what the words around a mention tell of it.
func (r *reading) context(p *Person) {
	i := p.Span.From
	switch r.cueBefore(i) {
	case "invite":
		p.Inviter = true
	case "represent":
		p.Represented = !r.dropPrincipal(p)
	case "sent_of":
		p.Sender = true
	case "refer":
		p.Referred = !r.saidThere(p.Span.To)
	case "past":
		p.Past = true
	case "photo":
		p.Byline = p.Byline || len(p.Offices) == 0
	}
	if r.sends(p.Span.To) {
		p.Sender = true
		r.sendToo(p.Span.From)
	}
	if n := len(r.persons); n > 0 && r.persons[n-1].Sender && r.joins(r.persons[n-1].Span.To, i) {
		p.Sender = true
	}
	p.Former = len(p.Offices) > 0
	for _, o := range p.Offices {
		p.Past = p.Past || o.dead
		p.Former = p.Former && o.Former
	}
	if p.Bare && r.aloneInLine(p.Span) {
		p.Byline = true
	}
}

// saidThere tells whether what is cited was said at a meeting: "phát biểu của
// Tổng bí thư X tại hội nghị", "… được đưa ra sau cuộc gặp", not "tại Công điện số 5".
func (r *reading) saidThere(i int) bool {
	if to := r.uttered(i); to > i || r.key(i) == "trong" {
		switch r.key(to + 1) {
		case "cuộc", "buổi", "phiên", "chuyến", "lễ":
			return true
		}
		i = to
	}
	if r.key(i) != "tại" {
		return false
	}
	if _, to := r.place(i + 1); to > i+1 {
		return false
	}
	switch r.key(i + 1) {
	case "công", "văn", "thông", "nghị", "quyết", "chỉ", "tờ":
		return false
	}
	return true
}

// uttered is the end of "được đưa ra" at token i; i when it does not stand there.
func (r *reading) uttered(i int) int {
	j := i
	if r.key(j) == "được" {
		j++
	}
	if r.key(j) == "đưa" && r.key(j+1) == "ra" {
		return j + 2
	}
	return i
}

// sends tells whether what is said from token i is that flowers or words were sent.
func (r *reading) sends(i int) bool {
	switch r.key(i) {
	case "đã", "cũng", "vừa", "đều":
		i++
	}
	e, _ := r.at(i, classCue)
	return e != nil && e.Kind == "sent"
}

// sendToo marks those named right before token i as senders too: "Thủ tướng A,
// Chủ tịch Quốc hội B gửi lẵng hoa".
func (r *reading) sendToo(i int) {
	for k := len(r.persons) - 1; k >= 0 && r.joins(r.persons[k].Span.To, i); k-- {
		r.persons[k].Sender = true
		i = r.persons[k].Span.From
	}
}

// joins tells whether nothing but a comma or "và" stands between tokens from and to.
func (r *reading) joins(from, to int) bool {
	if to-from > 2 || to <= from {
		return false
	}
	for ; from < to; from++ {
		switch r.key(from) {
		case ",", ";", "và", "cùng":
		default:
			return false
		}
	}
	return true
}

// dropPrincipal takes a nameless first office away that the cue is for: "thừa
// ủy quyền Thủ tướng Chính phủ, Bộ trưởng X trình bày". Where another office
// follows the name, "thay mặt Tổng Bí thư, Chủ tịch nước X, Bộ trưởng Y", all
// offices are those of the one who is represented.
func (r *reading) dropPrincipal(p *Person) bool {
	if p.Name == "" || len(p.Offices) < 2 {
		return false
	}
	first, second := &p.Offices[0], &p.Offices[1]
	if !first.Sole || first.Span.From != p.Span.From || r.key(first.Span.To) != "," || second.apposed {
		return false
	}
	if r.key(p.Span.To) == "," && (r.hasAt(p.Span.To+1, classTitle) || r.hasAt(p.Span.To+1, classPrefix)) {
		return false
	}
	p.Offices = p.Offices[1:]
	p.Span.From = second.Span.From
	return true
}

// hasAt tells whether a phrase of a class begins at token i.
func (r *reading) hasAt(i int, c class) bool {
	e, _ := r.at(i, c)
	return e != nil
}

// cueBefore is the kind of the cue that ends before token i, past a colon or a bracket.
func (r *reading) cueBefore(i int) string {
	if k := r.key(i - 1); k == ":" || k == "(" {
		if kind := r.cue(i - 1); kind == "photo" {
			return kind
		}
		return ""
	}
	kind := r.cue(i)
	if kind == "photo" {
		return ""
	}
	return kind
}

// aloneInLine tells whether a line has nothing but this mention, as a byline does.
func (r *reading) aloneInLine(s viet.Span) bool {
	open := s.From == 0 || r.toks[s.From-1].Kind == viet.Break
	to := s.To
	for to < len(r.toks) && r.toks[to].Kind == viet.Punct {
		to++
	}
	return open && (to == len(r.toks) || r.toks[to].Kind == viet.Break)
}
