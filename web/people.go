package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"sukien/news"
	"sukien/news/lexicon"
	"sukien/news/viet"
)

// peopleEvents bounds the events whose officials are gathered.
const peopleEvents = 500

// recentEvents bounds those of the list without a name.
const recentEvents = 150

// Person is an official over events.
type Person struct {
	Name, ID    string
	Events      []news.Event
	Offices     []Office
	First, Last news.Date
}

// Holder is a person of the authority file with the offices held, latest first.
type Holder struct {
	Name, Country string
	Offices       []lexicon.Office
}

// holders are the people of a folded name, also in another spelling, whose
// offices are known.
func (s *site) holders(folded string) []Holder {
	if s.Officials == nil {
		return nil
	}
	var out []Holder
	for _, e := range s.Officials() {
		if !slices.ContainsFunc(append([]string{e.Name}, e.Spellings...), func(n string) bool { return viet.Fold(n) == folded }) {
			continue
		}
		h := Holder{e.Name, e.Country, slices.Clone(e.Offices)}
		slices.SortStableFunc(h.Offices, func(a, b lexicon.Office) int { return cmp.Compare(b.From, a.From) })
		out = append(out, h)
	}
	return out
}

// Office is what a person was called, with the days of the first and the last
// meeting at which that was so.
type Office struct {
	Title, Org  string
	First, Last news.Date
	Meetings    int
}

// Latest is the office of the latest meeting.
func (p Person) Latest() Office {
	if len(p.Offices) == 0 {
		return Office{}
	}
	return p.Offices[0]
}

// people lists the officials of the last changed events, or those found by name.
func (s *site) people(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r, "people")
	name := strings.TrimSpace(f.Query.Get("name"))
	filter := Filter{Official: name, Limit: peopleEvents}
	if name == "" {
		filter.Limit, filter.ByChange = recentEvents, true
	}
	events, _, err := s.Read.Events(r.Context(), filter)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	list := gather(events, func(folded string) bool { return holdsWords(folded, viet.Fold(name)) })
	slices.SortStableFunc(list, func(a, b Person) int { return cmp.Compare(len(b.Events), len(a.Events)) })
	s.show(w, http.StatusOK, "people", struct {
		frame
		People []Person
		Events int
		Whole  int
	}{f, list[:min(len(list), 2*pageSize)], len(events), len(list)})
}

// person shows one name's offices over time and meetings.
func (s *site) person(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r, "person")
	f.Page = "people"
	name := r.PathValue("name")
	events, next, err := s.Read.Events(r.Context(), Filter{Official: name, Mentions: true, Limit: peopleEvents})
	if err != nil {
		s.fail(w, r, err)
		return
	}
	folded := viet.Fold(name)
	f.Title = name
	s.show(w, http.StatusOK, "person", struct {
		frame
		Name   string
		People []Person
		// Known are those of the name whom the authority file knows.
		Known []Holder
		Whole bool
	}{f, name, gather(events, func(other string) bool { return other == folded }), s.holders(folded), next == ""})
}

// holdsWords tells whether all words stand in a row in text, both folded.
func holdsWords(text, words string) bool {
	return words == "" || strings.Contains(" "+text+" ", " "+words+" ")
}

// gather makes persons of the officials of events whose folded name is wanted.
// The same ID is the same person; without one, the same name is.
func gather(events []news.Event, wanted func(folded string) bool) []Person {
	at := map[string]int{}
	var list []Person
	for _, e := range events {
		for _, o := range e.Officials {
			folded := viet.Fold(o.Name)
			if !wanted(folded) {
				continue
			}
			key := cmp.Or(o.ID, folded)
			if _, ok := at[key]; !ok {
				at[key] = len(list)
				list = append(list, Person{Name: o.Name, ID: o.ID})
			}
			p := &list[at[key]]
			if n := len(p.Events); n == 0 || p.Events[n-1].ID != e.ID {
				p.Events = append(p.Events, e)
			}
			p.hold(o, e.Start)
		}
	}
	for i := range list {
		list[i].settle()
	}
	return list
}

// hold notes an office at a day.
func (p *Person) hold(o news.Official, day news.Date) {
	if o.Title == "" && o.Org == "" {
		return
	}
	i := slices.IndexFunc(p.Offices, func(x Office) bool {
		return viet.Fold(x.Title) == viet.Fold(o.Title) && viet.Fold(x.Org) == viet.Fold(o.Org)
	})
	if i < 0 {
		i = len(p.Offices)
		p.Offices = append(p.Offices, Office{Title: o.Title, Org: o.Org})
	}
	x := &p.Offices[i]
	x.Meetings++
	if !day.HasYear() {
		return
	}
	if x.First == "" || day < x.First {
		x.First = day
	}
	x.Last = max(x.Last, day)
}

// settle orders offices and meetings, the latest first.
func (p *Person) settle() {
	slices.SortStableFunc(p.Offices, func(a, b Office) int { return cmp.Or(cmp.Compare(b.Last, a.Last), cmp.Compare(b.Meetings, a.Meetings)) })
	slices.SortStableFunc(p.Events, func(a, b news.Event) int { return cmp.Compare(b.Start, a.Start) })
	for _, o := range p.Offices {
		if o.First != "" && (p.First == "" || o.First < p.First) {
			p.First = o.First
		}
		p.Last = max(p.Last, o.Last)
	}
}
