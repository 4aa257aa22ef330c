package people

import "strings"

// wholeBodies gives the offices of a body that is named by its first word alone
// ("Phó Giám đốc Bệnh viện") the last body of that word that the text names in
// full before.
func (r *reading) wholeBodies(bodies []Body) {
	for i := range r.persons {
		p := &r.persons[i]
		for k := range p.Offices {
			o := &p.Offices[k]
			if o.OrgSpan.To-o.OrgSpan.From == 0 || o.held {
				continue
			}
			e, to := r.at(o.OrgSpan.From, classHead)
			if e == nil || to != o.OrgSpan.To || r.has(o.OrgSpan.From, classBody) || !housed(e.Kind) {
				continue
			}
			if b := r.lastBody(bodies, o); b != nil {
				o.Org, o.OrgCanonical, o.Country = b.Text, b.Canonical, b.Country
			}
		}
	}
}

// housed tells of kinds of bodies that a text calls by their first word once they are named.
func housed(kind string) bool {
	switch kind {
	case "hospital", "school", "institute", "firm", "bank", "army":
		return true
	}
	return false
}

// lastBody is the last of bodies, in their order, that ends before an office and
// begins with the words of its body and has more; nil when there is none.
func (r *reading) lastBody(bodies []Body, o *Office) *Body {
	n := o.OrgSpan.To - o.OrgSpan.From
	for k := len(bodies) - 1; k >= 0; k-- {
		b := &bodies[k]
		if b.Span.To > o.Span.From || b.Span.To-b.Span.From <= n {
			continue
		}
		if r.same(b.Span.From, o.OrgSpan) == b.Span.From+n && !strings.ContainsRune(b.Text, '\n') {
			return b
		}
	}
	return nil
}
