package main

import (
	"fmt"
	"slices"
	"strings"

	"sukien/news"
	"sukien/news/viet"
)

// filters choose events. Values of one flag are alternatives, flags add up.
// Words are compared without diacritics or case.
type filters struct {
	Series   []string `json:"series,omitempty" help:"Series keys, such as ammswd." placeholder:"KEY"`
	Place    []string `json:"place,omitempty" help:"Places by name with all that lies in them, or countries by code (VN, LA)." placeholder:"NAME"`
	Official []string `json:"official,omitempty" help:"Names of officials, or ids." placeholder:"NAME"`
	Kind     []string `json:"kind,omitempty" help:"conference, forum, meeting, session, congress, workshop, seminar, talks, press_conference, ceremony, visit, other." placeholder:"KIND"`
	Level    []string `json:"level,omitempty" help:"international, national, ministry, province, commune, organisation." placeholder:"LEVEL"`
	Source   []string `json:"source,omitempty" help:"Outlets' domains." placeholder:"DOMAIN"`
	Words    []string `json:"words,omitempty" sep:"none" help:"Words in the name or theme, or /a regular expression/." placeholder:"WORDS"`
}

// check refuses kinds and levels that do not exist.
func (f *filters) check() error {
	for _, k := range f.Kind {
		if !slices.Contains(news.Kinds, news.Kind(k)) {
			return misuse{fmt.Errorf("%w: --kind %s: write one of %v", news.ErrInvalid, k, news.Kinds)}
		}
	}
	levels := []news.Level{news.International, news.National, news.Ministry, news.Province, news.Commune, news.Organisation}
	for _, l := range f.Level {
		if !slices.Contains(levels, news.Level(l)) {
			return misuse{fmt.Errorf("%w: --level %s: write one of %v", news.ErrInvalid, l, levels)}
		}
	}
	return nil
}

// subjects are the NATS filters that send no event in vain as far as subject
// tokens can tell: sukien.event.v1.CHANGE.KIND.COUNTRY.SERIES.ID.
func (f *filters) subjects(changes []string) []string {
	var out []string
	for _, c := range orStar(changes) {
		for _, k := range orStar(f.Kind) {
			for _, s := range orStar(f.Series) {
				out = append(out, strings.Join([]string{"sukien.event.v1", c, k, "*", s, "*"}, "."))
			}
		}
	}
	return out
}

func orStar(values []string) []string {
	if len(values) == 0 {
		return []string{"*"}
	}
	return values
}

// matchSlots tells whether an event passes, but for places and words.
func (f *filters) matchSlots(e *news.Event) bool {
	return one(f.Series, func(v string) bool { return v == e.Series }) &&
		one(f.Kind, func(v string) bool { return v == string(e.Kind) }) &&
		one(f.Level, func(v string) bool { return v == string(e.Level) }) &&
		one(f.Official, func(v string) bool {
			return slices.ContainsFunc(e.Officials, func(o news.Official) bool { return o.ID == v || within(v, o.Name) })
		}) &&
		one(f.Source, func(v string) bool {
			return slices.ContainsFunc(e.Records, func(r news.RecordRef) bool { return r.Source == v })
		})
}

// one is true without values, or when one of them fits.
func one(values []string, fits func(string) bool) bool {
	return len(values) == 0 || slices.ContainsFunc(values, fits)
}

// within tells whether words stand in text, whole, without regard to diacritics.
func within(words, text string) bool {
	return strings.Contains(" "+viet.Fold(text)+" ", " "+viet.Fold(words)+" ")
}
