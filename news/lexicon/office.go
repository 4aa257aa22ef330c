package lexicon

import (
	"cmp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
	"sukien/news"
)

// Officials is the class of the people of whom it is known which offices they
// held. They are looked up by name, not found in running text.
const Officials Class = "official"

// Office is an office that a person held.
type Office struct {
	Title string `json:"title"`
	// Body is what it is an office of; a country for a foreign one.
	Body string `json:"body"`
	// From and To are the days, months or years of its beginning and end; Known is the
	// last of which it is known to be held, where no end is known.
	From  news.Date `json:"from"`
	To    news.Date `json:"to,omitempty"`
	Known news.Date `json:"known,omitempty"`
	// Basis is how it came to the person: elected, appointed, acting.
	Basis string `json:"basis,omitempty"`
}

// Held tells whether the office was held on a day, month or year. Where the
// precisions differ the coarser one decides.
func (o Office) Held(when news.Date) bool {
	return when.HasYear() && notBefore(when, o.From) && notBefore(o.last(), when)
}

func (o Office) last() news.Date { return cmp.Or(o.To, o.Known) }

// notBefore compares two dates at the precision that both have.
func notBefore(a, b news.Date) bool {
	n := min(len(a), len(b))
	return a[:n] >= b[:n]
}

// officeFields are the fields that an office may have, as listed in messages.
var officeFields = []string{"title", "body", "from", "to", "known", "basis"}

// offices reads the list of an entry's offices.
func (d *yamlFile) offices(n *yaml.Node) []Office {
	var out []Office
	for _, item := range d.sequence("offices", n) {
		if item.Kind != yaml.MappingNode {
			d.add(at(item), "office is no mapping: write {title: …, body: …, from: 2021-04-05}")
			continue
		}
		out = append(out, d.office(item))
	}
	return out
}

func (d *yamlFile) office(n *yaml.Node) (o Office) {
	before := len(d.faults.list)
	d.fields(n, map[string]bool{}, func(key string, k, v *yaml.Node) {
		if !slices.Contains(officeFields, key) {
			d.add(at(k), "unknown field %q: an office may have %s", key, strings.Join(officeFields, ", "))
			return
		}
		val := d.scalar(key, v)
		switch {
		case val.text == "" && v.Kind == yaml.ScalarNode:
			d.add(val.pos, "%s is empty: write a value or take the field away", key)
		case key == "title":
			o.Title = val.text
		case key == "body":
			o.Body = val.text
		case key == "from":
			o.From = checkSpan(d.faults, val)
		case key == "to":
			o.To = checkSpan(d.faults, val)
		case key == "known":
			o.Known = checkSpan(d.faults, val)
		case key == "basis":
			o.Basis = val.text
		}
	})
	if len(d.faults.list) > before {
		return o
	}
	switch {
	case o.Title == "" || o.Body == "" || o.From == "" || (o.To == "") == (o.Known == ""):
		d.add(at(n), "an office needs a title, a body, a day, month or year from which it was held, and either to, its end, or known, the last of which it is known")
	case !notBefore(o.last(), o.From):
		d.add(at(n), "%s ends (%s) before it begins (%s): swap from and to", o.Title, o.last(), o.From)
	}
	return o
}

// checkSpan takes a day, a month or a year.
func checkSpan(f *faults, v value) news.Date {
	d := news.Date(v.text)
	if d.Check() != nil || !d.HasYear() || strings.Contains(v.text, "Q") {
		f.add(v.pos, "date %q is no day, month or year: write it as 2025-07-01, 2025-07 or 2025", v.text)
	}
	return d
}

// checkOffices holds people to offices, and offices to people.
func (r *raw) checkOffices(f *faults) {
	if r.Class == Officials {
		for _, v := range r.variants {
			r.Spellings = append(r.Spellings, v.text)
		}
	}
	switch {
	case r.Class == Officials && len(r.Offices) == 0:
		f.add(r.pos, "%q has no offices: write offices: [{title: …, body: …, from: 2021-04-05}]", r.Name)
	case r.Class == Officials && r.Country == "":
		f.add(r.pos, "%q has no country: write the two letters of the one acted for, such as VN", r.Name)
	case r.Class != Officials && len(r.Offices) > 0:
		f.add(r.pos, "%q has offices: only the class official has", r.Name)
	}
}
