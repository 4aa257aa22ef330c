package people

import (
	"sukien/news/lexicon"
	"sukien/news/viet"
)

// ministry gives a minister or deputy whose ministry is not written beside the
// office the one that the text names, when it names one alone.
func (r *reading) ministry() {
	only, written := r.onlyMinistry()
	if only == nil {
		return
	}
	named := r.ministers()
	for i := range r.persons {
		p := &r.persons[i]
		if c, _ := p.Chief(); p.Name == "" || c.Org != "" || r.foreign(p.NameSpan.From) || named[p.Name] {
			continue
		}
		for k := range p.Offices {
			if o := &p.Offices[k]; o.minister && o.Org == "" {
				o.Org, o.OrgCanonical, o.Country, o.derived = written, only.Name, only.Country, true
			}
		}
	}
}

// ministers are the names that stand beside a ministry or State somewhere.
func (r *reading) ministers() map[string]bool {
	named := map[string]bool{}
	for _, p := range r.persons {
		for _, o := range p.Offices {
			if o.minister && o.Org != "" {
				named[p.Name] = true
			}
		}
	}
	return named
}

// onlyMinistry is the Vietnamese ministry that the text names and how it is
// first written; nil when none or several.
func (r *reading) onlyMinistry() (only *lexicon.Entry, written string) {
	for k := range r.matches {
		m := &r.matches[k]
		if r.masks[k]&classBody == 0 || r.key(m.From) != "bộ" {
			continue
		}
		e := r.entryOf(m, classBody)
		if e.Kind != "ministry" {
			continue
		}
		if _, to := r.state(m.To); to > m.To {
			continue
		}
		if only != nil && only != e {
			return nil, ""
		}
		only, written = e, first(written, r.text(viet.Span{From: m.From, To: m.To}))
	}
	return only, written
}
