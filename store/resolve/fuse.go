package resolve

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"

	"sukien/news"
	"sukien/news/viet"
)

// Fusion is what the records of one meeting say together.
type Fusion struct {
	Slots     news.Slots
	Records   []news.RecordRef
	Conflicts []news.Conflict
	// Independent counts sources, those that print one wire story once.
	Independent int
	// YearEstimate is given where only the cadence of a series suggests a year.
	YearEstimate int
}

// Fuse takes, slot by slot, the value that most independent stories give; of
// equals that of the fuller record, then of the lower record id. Values that
// others give are kept as conflicts, but for the name: see bestName.
func Fuse(group []*Told) Fusion {
	lead := ranked(group)
	f := fusing{Fusion: Fusion{Slots: lead[0].Record.Slots}, story: stories(group)}
	f.Slots.Evidence, f.Slots.Salience = nil, news.Mention
	told := map[string]bool{}
	for _, t := range group {
		if t.Record.Salience == news.Main {
			f.Slots.Salience = news.Main
		}
		told[f.story[t]] = true
		f.Records = append(f.Records, news.RecordRef{ID: t.Record.ID, URL: t.URL, Source: t.Source,
			Published: t.Published, Salience: t.Record.Salience, ReprintOf: t.ReprintOf})
	}
	f.Independent = len(told)
	s := &f.Slots
	vote(&f, lead, "kind", &s.Kind, func(r *news.Record) news.Kind { return r.Kind })
	vote(&f, lead, "level", &s.Level, func(r *news.Record) news.Level { return r.Level })
	vote(&f, lead, "ordinal", &s.Ordinal, func(r *news.Record) int { return r.Ordinal })
	vote(&f, lead, "series", &s.Series, func(r *news.Record) string { return r.Series })
	vote(&f, lead, "abbreviation", &s.Abbreviation, func(r *news.Record) string { return r.Abbreviation })
	vote(&f, lead, "theme", &s.Theme, func(r *news.Record) string { return r.Theme })
	vote(&f, lead, "mode", &s.Mode, func(r *news.Record) news.Mode { return r.Mode })
	vote(&f, lead, "start_time", &s.StartTime, func(r *news.Record) string { return r.StartTime })
	fuseDays(&f, lead)
	if !s.Start.HasYear() && s.Start != "" {
		vote(&f, lead, "year_estimate", &f.YearEstimate, func(r *news.Record) int { return r.YearEstimate })
	}
	fuseStatus(&f, group)
	s.Name = f.bestName(lead)
	fusePlaces(&f, lead)
	s.Organizers = union(about(lead, func(r *news.Record) bool { return len(r.Organizers) > 0 }), func(r *news.Record) []news.Organizer { return r.Organizers }, func(o news.Organizer) string { return viet.Fold(o.Name) })
	s.Officials = fuseOfficials(about(lead, func(r *news.Record) bool { return len(r.Officials) > 0 }))
	for _, t := range lead {
		if s.Parent == nil {
			s.Parent = t.Record.Parent
		}
		s.Confidence = max(s.Confidence, t.Record.Confidence)
	}
	return f.Fusion
}

// fusing is a fusion on its way, with the story of each record.
type fusing struct {
	Fusion
	story map[*Told]string
}

// reprintBits is how far the fingerprints of two prints of one text are apart at
// most: Manku, Jain and Das Sarma (2007) take 3 of 64 bits for web pages; papers
// also cut the ends of what they reprint.
const reprintBits = 6

// stories gives records whose articles print nearly the same text one story.
// group is sorted by record id.
func stories(group []*Told) map[*Told]string {
	of := make(map[*Told]string, len(group))
	for i, t := range group {
		of[t] = cmp.Or(t.Story, t.ArticleID)
		for _, first := range group[:i] {
			if t.Print != 0 && first.Print != 0 && bits.OnesCount64(t.Print^first.Print) <= reprintBits {
				of[t] = of[first]
				break
			}
		}
	}
	return of
}

// ranked puts main records before mentions, fuller before emptier, lower ids first.
func ranked(group []*Told) []*Told {
	out := slices.Clone(group)
	fullness := func(t *Told) int {
		r := &t.Record
		n := len(r.Places) + min(len(r.Officials), 4) + min(len(t.words), 12)
		if r.Salience == news.Main {
			n += 1000
		}
		if t.dated {
			n += 4
		}
		if r.Ordinal > 0 {
			n += 3
		}
		return n
	}
	slices.SortFunc(out, func(a, b *Told) int {
		return cmp.Or(cmp.Compare(fullness(b), fullness(a)), byID(a, b))
	})
	return out
}

// passing is what a mention's word counts beside that of an article about the meeting.
const passing = 0.5

// weight is what a record's word counts.
func weight(t *Told) float64 {
	if t.Record.Salience == news.Main {
		return 1
	}
	return passing
}

// vote fills a slot with the value that has most behind it, a story counting once
// with the weightiest of its records, and notes a conflict when there are others.
func vote[T comparable](f *fusing, lead []*Told, slot string, into *T, get func(*news.Record) T) {
	voteBy(f, lead, slot, into, get, weight)
}

func voteBy[T comparable](f *fusing, lead []*Told, slot string, into *T, get func(*news.Record) T, weigh func(*Told) float64) {
	var zero T
	b := newBallot[T]()
	for _, t := range lead {
		if v := get(&t.Record); v != zero {
			b.add(v, f.story[t], t.Source, weigh(t))
		}
	}
	*into = zero
	if len(b.order) == 0 {
		return
	}
	slices.SortStableFunc(b.order, func(x, y T) int { return cmp.Compare(b.behind(y), b.behind(x)) })
	*into = b.order[0]
	if len(b.order) == 1 {
		return
	}
	c := news.Conflict{Slot: slot}
	for _, v := range b.order {
		c.Values = append(c.Values, news.ConflictValue{Value: fmt.Sprint(v), Sources: b.sources[v]})
	}
	f.Conflicts = append(f.Conflicts, c)
}

// ballot counts what is behind each value.
type ballot[T comparable] struct {
	order   []T
	stories map[T]map[string]float64
	sources map[T][]string
}

func newBallot[T comparable]() ballot[T] {
	return ballot[T]{stories: map[T]map[string]float64{}, sources: map[T][]string{}}
}

func (b *ballot[T]) add(v T, story, source string, weight float64) {
	if b.stories[v] == nil {
		b.stories[v] = map[string]float64{}
		b.order = append(b.order, v)
	}
	b.stories[v][story] = max(b.stories[v][story], weight)
	if !slices.Contains(b.sources[v], source) {
		b.sources[v] = append(b.sources[v], source)
	}
}

// behind sums the stories. Weights are of few binary digits: the sum is the same
// in any order.
func (b *ballot[T]) behind(v T) (sum float64) {
	for _, w := range b.stories[v] {
		sum += w
	}
	return sum
}

// union merges lists over the records, the first of equals kept, its empty
// fields left as they are.
func union[T any](lead []*Told, get func(*news.Record) []T, key func(T) string) []T {
	var out []T
	seen := map[string]bool{}
	for _, t := range lead {
		for _, v := range get(&t.Record) {
			if k := key(v); k != "" && !seen[k] {
				seen[k] = true
				out = append(out, v)
			}
		}
	}
	return out
}

// fuseOfficials names each official once, with the strongest part and the
// first title, body and country that any article gives.
func fuseOfficials(lead []*Told) []news.Official {
	out := union(lead, func(r *news.Record) []news.Official { return r.Officials }, func(o news.Official) string { return viet.Fold(o.Name) })
	at := map[string]int{}
	for i := range out {
		at[viet.Fold(out[i].Name)] = i
	}
	for _, t := range lead {
		for _, o := range t.Record.Officials {
			if i, ok := at[viet.Fold(o.Name)]; ok {
				complete(&out[i], o)
			}
		}
	}
	return out
}

func complete(o *news.Official, other news.Official) {
	o.Title, o.Org, o.Country = cmp.Or(o.Title, other.Title), cmp.Or(o.Org, other.Org), cmp.Or(o.Country, other.Country)
	if other.Role.Rank() < o.Role.Rank() { // who says less does not contradict
		o.Role = other.Role
	}
}
