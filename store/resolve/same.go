package resolve

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"sukien/news"
)

// Verdict says whether two records are of one meeting, and why.
type Verdict struct {
	Same bool
	// Score is above 0 for one meeting, below for two, 0 where nothing is known;
	// Never when they cannot be one whatever else speaks for it.
	Score float64
	// Reason is what decided; where it tells measures they are written out only
	// when asked for: see Why.
	Reason   string
	measured func() string
}

// Why is the reason in words.
func (v Verdict) Why() string {
	if v.measured != nil {
		return v.measured()
	}
	return v.Reason
}

// Never is the score of records that cannot be of one meeting.
const Never = -1000

// sure is the score of records that a name and number settle.
const sure = 6

// The bars of name likeness: the share of informative words in common.
const (
	sameName  = 0.72 // enough with compatible days
	closeName = 0.6  // enough with a place in common, written at one time
	likeName  = 0.45 // enough with the day and a place or a person in common
)

// nearDays is how far apart two articles of one meeting may appear when one of
// them gives no day: news of a meeting is written within the week.
const nearDays = 5

// Same compares two prepared records. It is symmetric.
func Same(a, b *Told) Verdict {
	if why := never(a, b); why != nil {
		return Verdict{Score: Never, measured: why}
	}
	if a.ArticleID == b.ArticleID {
		return siblings(a, b)
	}
	if one, other := otherParties(a, b); one != "" {
		return Verdict{Score: partiesApart, measured: func() string { return "with " + min(one, other) + " and with " + max(one, other) }}
	}
	if day := cmp.Or(due(a, b), due(b, a)); day != "" {
		return Verdict{Score: dueApart, measured: func() string { return "held before the other is due, " + day }}
	}
	x, y := &a.Record, &b.Record
	if v, ok := bySeries(a, b); ok {
		return v
	}
	if why := otherTime(a, b); why != nil {
		return Verdict{Score: timeApart, measured: why}
	}
	named := byName(a, b)
	if x.Salience == news.Main && y.Salience == news.Main && len(a.terms) > 0 && len(b.terms) > 0 {
		if strangers(a, b) {
			return Verdict{Score: strangeScore, Reason: "the articles have no names in common"}
		}
		if told := byReport(a, b); told.Score > named.Score || !named.Same {
			return told
		}
	}
	return named
}

// timeApart is the score of two sittings, and of two meetings that are long
// apart. It is not Never: articles are mistaken about days.
const timeApart = -4

// otherTime says that the days of two records are those of two sittings, or that
// both the meetings and the articles are too long apart, else nil: a meeting that
// was postponed has two days, and keeps its number.
func otherTime(a, b *Told) (why func() string) {
	x, y := &a.Record, &b.Record
	if !a.dated || !b.dated || overlap(a, b) || oneEdition(a, b) || x.Status == news.Postponed || y.Status == news.Postponed {
		return nil
	}
	sittings := x.Kind == news.Session && y.Kind == news.Session
	p, ok := a.when()
	q, ok2 := b.when()
	if sittings || ok && ok2 && p.Sub(q).Abs() > nearDays*24*time.Hour && daysBetween(a, b) > nearDays {
		return because("held on %s and on %s", string(min(x.Start, y.Start)), string(max(x.Start, y.Start)))
	}
	return nil
}

// oneEdition tells whether a number and a name say that two records are of one
// meeting, which may have been put off: not of sittings and congresses, as many
// bodies have a first one.
func oneEdition(a, b *Told) bool {
	n := a.Record.Ordinal
	return n > 0 && n == b.Record.Ordinal && !numbered(a.Record.Kind) && !numbered(b.Record.Kind) &&
		min(len(a.words), len(b.words)) > 2 && likeness(a.words, b.words) >= sameName
}

// numbered kinds are held by every body of a sort.
func numbered(k news.Kind) bool {
	return k == news.Session || k == news.Meeting || k == news.Congress
}

// dueApart is the score of a meeting that was held and one that is to come. It
// is not Never: articles are mistaken about what is to come.
const dueApart = -4

// due gives the day of b when it is still to come, more than a day after an
// article on a says that a was held; else "". The round of talks that ended and
// the next one are told of in the same words.
func due(a, b *Told) string {
	at, ok := a.when()
	if !met(a.Record.Kind) || !met(b.Record.Kind) || a.Record.Status != news.Held || b.Record.Status != news.Upcoming || !ok || !b.dated || b.from.Sub(at) < 24*time.Hour {
		return ""
	}
	return string(b.Record.Start)
}

// byName decides by what the records themselves say.
func byName(a, b *Told) Verdict {
	x, y := &a.Record, &b.Record
	if why := apart(a, b); why != nil {
		return Verdict{Score: -2, measured: why}
	}
	like := likeness(a.words, b.words)
	people := together(a.people, b.people)
	place := meet(a.places, b.places)
	switch {
	case a.folded == b.folded && len(a.words) > 1 && a.dated && b.dated && !overlap(a, b):
		return Verdict{Same: true, Score: 5, Reason: "the same name and number, other days"}
	case a.folded == b.folded && len(a.words) > 1:
		return Verdict{Same: true, Score: 5, Reason: "the same name, compatible days"}
	case x.Ordinal > 0 && x.Ordinal == y.Ordinal && like >= likeName:
		return Verdict{Same: true, Score: 4, measured: func() string { return fmt.Sprintf("edition %d, names %.2f alike", x.Ordinal, like) }}
	case twoSided(x.Kind) && twoSided(y.Kind):
		return parties(a, b, people, like)
	case like >= sameName && min(len(a.words), len(b.words)) > 1:
		return alikeBy(3*like, like, "compatible days")
	case like >= closeName && place && gap(a, b) <= 2:
		return alikeBy(2*like, like, "the place in common, written within two days")
	case like >= likeName && a.dated && b.dated && (place || people > 0):
		return alikeBy(2*like, like, "the day and place or people in common")
	case a.dated && b.dated && place && people > 1 && x.Kind == y.Kind:
		return Verdict{Same: true, Score: 0.8, Reason: "kind, day, place and people in common"}
	}
	return Verdict{measured: func() string { return fmt.Sprintf("names %.2f alike, %d people in common", like, people) }}
}

// alikeBy is one meeting by its names and something more.
func alikeBy(score, like float64, more string) Verdict {
	return Verdict{Same: true, Score: score, measured: func() string { return fmt.Sprintf("names %.2f alike, %s", like, more) }}
}

// parties decides on talks and visits: who meets whom.
func parties(a, b *Told, people int, like float64) Verdict {
	switch {
	case a.Record.Kind != b.Record.Kind:
		return Verdict{Score: -0.5, Reason: "a visit and the talks in it"}
	case people >= 2:
		return Verdict{Same: true, Score: 2.5, Reason: "the same parties, compatible days"}
	case people == 1 && like >= likeName && min(len(a.people), len(b.people)) == 1:
		return Verdict{Same: true, Score: 1.5, Reason: "one party and the words for the other in common"}
	}
	return Verdict{Score: -0.2, Reason: "other parties"}
}

// daysBetween is the days from the end of the one meeting to the start of the other.
func daysBetween(a, b *Told) float64 {
	return max(a.from.Sub(b.to).Hours(), b.from.Sub(a.to).Hours(), 0) / 24
}

func overlap(a, b *Told) bool { return !a.to.Before(b.from) && !b.to.Before(a.from) }

// because makes a reason of a format and two words, written out when asked for.
func because(format, one, other string) func() string {
	return func() string { return fmt.Sprintf(format, one, other) }
}

// plainly makes one that measures nothing.
func plainly(why string) func() string { return func() string { return why } }

// never gives the reason why two records can never be one meeting, or nil.
func never(a, b *Told) (why func() string) {
	x, y := &a.Record, &b.Record
	switch {
	case x.Ordinal > 0 && y.Ordinal > 0 && x.Ordinal != y.Ordinal:
		return func() string { return fmt.Sprintf("editions %d and %d", x.Ordinal, y.Ordinal) }
	case x.Series != "" && y.Series != "" && x.Series != y.Series:
		return because("series %s and %s", x.Series, y.Series)
	case a.phase+b.phase == 3 && kinOf(x.Kind) == festiveKin && kinOf(y.Kind) == festiveKin:
		return plainly("an opening and a closing")
	case a.host != "" && b.host != "" && a.host != b.host:
		return because("held with a %s and with a %s", min(a.host, b.host), max(a.host, b.host))
	case bodyBound(x.Kind) && bodyBound(y.Kind) && !oneOfAKind(x, y):
		if unit, other := elsewhere(a.units, b.units); unit != "" {
			return because("%s and %s", unit, other)
		}
	}
	return nil
}

// oneOfAKind tells whether both are of one series that no unit holds for itself:
// where it meets, articles name provinces in plenty.
func oneOfAKind(x, y *news.Record) bool {
	return x.Series != "" && x.Series == y.Series && x.Level == y.Level && (x.Level == news.International || x.Level == news.National)
}

// bodyBound kinds are held by one unit of the administration.
func bodyBound(k news.Kind) bool {
	return k == news.Congress || k == news.Conference || k == news.Session || k == news.Ceremony || k == news.OtherKind
}

// elsewhere gives two units of one sort, one of each list, when the lists have
// none of that sort in common.
func elsewhere(a, b []unit) (one, other string) {
	for _, u := range a {
		i := slices.IndexFunc(b, func(v unit) bool { return v.sort == u.sort })
		if i >= 0 && !share(a, b, u.sort) {
			return u.name, b[i].name
		}
	}
	return "", ""
}

// share tells whether two lists have a unit of a sort in common.
func share(a, b []unit, sort string) bool {
	for _, u := range a {
		if u.sort == sort && slices.Contains(b, u) {
			return true
		}
	}
	return false
}

// apart gives the reason why two records do not fit by what they say, or nil.
func apart(a, b *Told) (why func() string) {
	x, y := &a.Record, &b.Record
	switch {
	case twoSided(x.Kind) != twoSided(y.Kind) || (x.Kind == news.Ceremony) != (y.Kind == news.Ceremony) && !opened(a, b):
		return because("kinds %s and %s", string(x.Kind), string(y.Kind))
	case a.dated && b.dated && !overlap(a, b) && !oneEdition(a, b):
		return because("days %s and %s", string(x.Start), string(y.Start))
	case !near(a, b):
		return plainly("written too far apart in time")
	case len(a.places) > 0 && len(b.places) > 0 && !meet(a.places, b.places) && x.Series == "" && y.Series == "":
		if cities(x) && cities(y) {
			return plainly("other places")
		}
	}
	return nil
}

// opened tells whether one is the opening ceremony of what the other may be.
func opened(a, b *Told) bool {
	return a.phase == 1 && b.Record.Kind != news.Ceremony || b.phase == 1 && a.Record.Kind != news.Ceremony
}

// cities tells whether a record names a place that is sure to differ from another's.
func cities(r *news.Record) bool {
	return slices.ContainsFunc(r.Places, func(p news.Place) bool {
		return p.Kind == news.CityPlace || p.Kind == news.ProvincePlace
	})
}

// near holds records without a day to the time of their articles.
func near(a, b *Told) bool {
	if a.dated && b.dated || edition(a) && edition(b) {
		return true
	}
	at := func(t *Told) (time.Time, bool) {
		if t.dated {
			return t.from, true
		}
		return t.when()
	}
	p, ok := at(a)
	q, ok2 := at(b)
	return !ok || !ok2 || p.Sub(q).Abs() <= nearDays*24*time.Hour
}

func edition(t *Told) bool { return t.Record.Series != "" && t.Record.Ordinal > 0 }

// twoSided kinds are known by who meets whom.
func twoSided(k news.Kind) bool { return k == news.Talks || k == news.Visit }
