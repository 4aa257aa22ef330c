package ingest

import (
	"cmp"
	"slices"

	"sukien/news"
	"sukien/news/viet"
	"sukien/store/resolve"
)

// Anchor is a record that a decision was about, as it was read then. A later
// reading of the article may give it another number or other words.
type Anchor struct {
	Record  string    `json:"record"`
	Article string    `json:"article"`
	N       int       `json:"n"` // place in the article, from 0
	Name    string    `json:"name"`
	Kind    news.Kind `json:"kind,omitempty"`
	Ordinal int       `json:"ordinal,omitempty"`
	Start   news.Date `json:"start,omitempty"`
}

func anchorOf(r Row) Anchor {
	rec := &r.Record
	return Anchor{r.ID, r.ArticleID, r.N, viet.Fold(rec.Name), rec.Kind, rec.Ordinal, rec.Start}
}

// supersedes tells whether b is an older anchor of the same record.
func (a Anchor) supersedes(b Anchor) bool { return a.Record == b.Record || a.sameAs(b) }

// sameAs tells whether both are of one article and read alike.
func (a Anchor) sameAs(b Anchor) bool {
	a.Record, a.N, b.Record, b.N = "", 0, "", 0
	return a == b
}

// The scores by which an anchor is found again among an article's records.
const (
	foundAlike  = 100 // the same words
	foundName   = 10  // times the share of the name's words in common
	foundStart  = 3
	foundNumber = 1
	foundOther  = -20 // of another edition
	foundBar    = 4   // a day and the number, or two fifths of the name
)

// score says how well a record fits the anchor.
func (a Anchor) score(r Row) float64 {
	b := anchorOf(r)
	if a.sameAs(b) {
		return foundAlike + oneIf(a.N == b.N)
	}
	s := foundName*resolve.NameLikeness(a.Name, b.Name) + foundNumber*oneIf(a.N == b.N)
	if a.Start != "" && a.Start == b.Start {
		s += foundStart
	}
	if a.Ordinal > 0 && b.Ordinal > 0 && a.Ordinal != b.Ordinal {
		s += foundOther
	}
	return s
}

func oneIf(ok bool) float64 {
	if ok {
		return 1
	}
	return 0
}

// pairing is an anchor of an event with a record that fits it.
type pairing struct {
	event  string
	anchor Anchor
	row    string
	n      int
	score  float64
}

// assign gives the events that rulings put records into, by record id: within
// each article the anchors find the records that fit them best, each one.
func assign(rulings map[string]*Ruling, rows []Row) map[string]string {
	if len(rulings) == 0 {
		return nil
	}
	byArticle := map[string][]Row{}
	for _, r := range rows {
		byArticle[r.ArticleID] = append(byArticle[r.ArticleID], r)
	}
	var pairs []pairing
	for event, ruling := range rulings {
		for _, a := range ruling.Anchors {
			for _, r := range byArticle[a.Article] {
				if s := a.score(r); s >= foundBar {
					pairs = append(pairs, pairing{event, a, r.ID, r.N, s})
				}
			}
		}
	}
	slices.SortFunc(pairs, func(x, y pairing) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.anchor.Article, y.anchor.Article), cmp.Compare(x.anchor.N, y.anchor.N),
			cmp.Compare(x.event, y.event), cmp.Compare(x.n, y.n))
	})
	fixed, used := map[string]string{}, map[Anchor]bool{}
	for _, p := range pairs {
		if fixed[p.row] == "" && !used[p.anchor] {
			fixed[p.row], used[p.anchor] = p.event, true
		}
	}
	return fixed
}
