package resolve

import (
	"cmp"
	"slices"
	"time"

	"sukien/news"
)

// span is a meeting's days as one value, so that start and end come from one article.
type span struct {
	start, end news.Date
	basis      news.DateBasis
}

// What an article's word on the days of a meeting counts, times the weight of the
// record: written out a day is surer than worked out from the day of publication,
// surest where the registry knows the edition of that month; and who reports a meeting that was held
// the days before knows better than who announced it.
const (
	writtenOut = 1.25
	ofEdition  = 2
	reported   = 1.5
	reportDays = 3
)

func dayWeight(t *Told) float64 {
	w := weight(t)
	switch t.Record.DateBasis {
	case news.DateExplicit:
		w *= writtenOut
	case news.DateSeries:
		w *= ofEdition
	}
	if at, ok := t.when(); ok && t.dated && t.Record.Status == news.Held && at.Sub(t.from) > -24*time.Hour && at.Sub(t.to) <= (reportDays+1)*24*time.Hour {
		w *= reported
	}
	return w
}

// fuseDays votes on the span; a day of a known year goes before any coarser date,
// and what was said since a postponement before what was said until then.
func fuseDays(f *fusing, lead []*Told) {
	days := slices.DeleteFunc(slices.Clone(lead), func(t *Told) bool { return !t.dated })
	if len(days) == 0 {
		days = lead
	}
	var got span
	before := len(f.Conflicts)
	voteBy(f, standing(days, lead), "start", &got, func(r *news.Record) span { return span{r.Start, r.End, r.DateBasis} }, dayWeight)
	f.Conflicts = f.Conflicts[:before]
	if c := dateConflict(days, got.start); len(c.Values) > 1 {
		f.Conflicts = append(f.Conflicts, c)
	}
	f.Slots.Start, f.Slots.End, f.Slots.DateBasis = got.start, got.end, got.basis
}

// standing are the records whose days still stand: those of articles later than
// the last that says the meeting is postponed, or a new day which that one gives;
// all of them where there is neither.
func standing(days, lead []*Told) []*Told {
	var last time.Time
	for _, t := range lead {
		if at, ok := t.when(); ok && t.Record.Status == news.Postponed && at.After(last) {
			last = at
		}
	}
	if last.IsZero() {
		return days
	}
	known := map[news.Date]bool{}
	var since, at []*Told
	for _, t := range days {
		switch when, ok := t.when(); {
		case !ok || when.Before(last):
			known[t.Record.Start] = true
		case when.After(last):
			since = append(since, t)
		default:
			at = append(at, t)
		}
	}
	at = slices.DeleteFunc(at, func(t *Told) bool { return known[t.Record.Start] })
	switch {
	case len(since) > 0:
		return since
	case len(at) > 0:
		return at
	}
	return days
}

// dateConflict lists the different starts, the one that stands first.
func dateConflict(days []*Told, stands news.Date) news.Conflict {
	c := news.Conflict{Slot: "start"}
	for _, t := range days {
		v := string(t.Record.Start)
		i := slices.IndexFunc(c.Values, func(x news.ConflictValue) bool { return x.Value == v })
		switch {
		case v == "":
		case i < 0:
			c.Values = append(c.Values, news.ConflictValue{Value: v, Sources: []string{t.Source}})
		case !slices.Contains(c.Values[i].Sources, t.Source):
			c.Values[i].Sources = append(c.Values[i].Sources, t.Source)
		}
	}
	slices.SortStableFunc(c.Values, func(x, y news.ConflictValue) int {
		return boolOrder(y.Value == string(stands), x.Value == string(stands))
	})
	return c
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// fuseStatus takes what the latest article about the meeting says: a meeting's
// life goes on. In passing an article may tell that it was postponed or cancelled;
// whether it was held it tells loosely, and counts only where no article is about it.
func fuseStatus(f *fusing, group []*Told) {
	latest := slices.Clone(group)
	slices.SortFunc(latest, func(a, b *Told) int {
		at, _ := a.when()
		bt, _ := b.when()
		return cmp.Or(bt.Compare(at), byID(a, b))
	})
	f.Slots.Status = ""
	for _, t := range latest {
		s := t.Record.Status
		if s != "" && (t.Record.Salience == news.Main || f.Slots.Salience != news.Main || s == news.Postponed || s == news.Cancelled) {
			f.Slots.Status = s
			return
		}
	}
}
