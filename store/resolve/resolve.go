// Package resolve decides which records tell of one meeting, and fuses what
// they say. It is pure: no I/O, no clock, no state.
//
//	resolve.go  a record as it is compared, and the keys it is found by
//	same.go     are two records of one meeting? with the reason
//	group.go    records into meetings, whatever their order
//	fuse.go     the records of one meeting into one event
package resolve

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"sukien/news"
	"sukien/news/viet"
)

// Told is a record with what is known of its article.
type Told struct {
	Record    news.Record
	ArticleID string
	URL       string
	Source    string
	Published news.Stamp
	// Story names the wire story that the article prints: articles of one story
	// are one source. Empty: its own.
	Story     string
	ReprintOf string
	// Print is the simhash of the article's text, 0 when not known.
	Print uint64

	words  []string // of the name, folded, without what every meeting's name has
	folded string   // the name folded
	from   time.Time
	to     time.Time
	dated  bool
	places []string
	people []string
	told   string // the story, once Fuse has compared the texts
}

// Prepare works out what is compared. It must be called once for each Told.
func (t *Told) Prepare() {
	r := &t.Record
	t.folded = viet.Fold(r.Name)
	t.words = nameWords(t.folded)
	t.from, t.to, t.dated = days(r.Slots)
	for _, p := range r.Places {
		if p.Kind != news.CountryPlace {
			t.places = append(t.places, placeWords(p.Name))
		}
	}
	for _, o := range r.Officials {
		t.people = append(t.people, viet.Fold(o.Name))
	}
	slices.Sort(t.people)
}

// placeWords folds a place's name without the word for what it is.
func placeWords(name string) string {
	s := viet.Fold(name)
	for _, head := range []string{"thanh pho ", "tp ", "tp. ", "tinh ", "thu do "} {
		s = strings.TrimPrefix(s, head)
	}
	return s
}

// days is the span of a meeting whose start is a day of a known year.
func days(s news.Slots) (from, to time.Time, ok bool) {
	from, err := time.Parse("2006-01-02", string(s.Start))
	if err != nil {
		return from, to, false
	}
	if to, err = time.Parse("2006-01-02", string(s.End)); err != nil || to.Before(from) {
		to = from
	}
	return from, to, true
}

// common are the folded syllables that say little in a meeting's name: head
// words, particles, numbers of the ordinal.
var common = setOf("hoi nghi dien dan cuoc hop phien ky dai hoi thao toa dam buoi lam viec gap le chuyen tham tiep voi ve cua va cac cho tai trong lan thu nam la do cap giua nhan den to chuc su chinh thuc mot nhung")

func setOf(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(list) {
		set[w] = true
	}
	return set
}

func nameWords(folded string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(folded, func(r rune) bool { return !isLetter(r) }) {
		if !common[w] {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r > 0x7f }

// maxKeys bounds the keys of one record.
const maxKeys = 48

// Keys are the index keys under which records of the same meeting find each
// other: two records of one meeting share at least one. They are short strings,
// safe to store.
func (t *Told) Keys() []string {
	r := &t.Record
	var keys []string
	add := func(parts ...string) { keys = append(keys, strings.Join(parts, "|")) }
	if r.Series != "" && r.Ordinal > 0 {
		add("s", r.Series, strconv.Itoa(r.Ordinal))
	}
	if r.Ordinal > 0 {
		for _, pair := range pairs(t.words) {
			add("o", strconv.Itoa(r.Ordinal), pair)
		}
	}
	for _, bucket := range t.buckets() {
		for _, p := range t.people {
			add("p", bucket, p)
		}
		for _, w := range pairs(t.words) {
			add("w", bucket, w)
		}
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	return keys[:min(len(keys), maxKeys)]
}

// pairs are neighbouring words, which are rarer than single ones.
func pairs(words []string) []string {
	if len(words) == 1 {
		return words
	}
	var out []string
	for i := 0; i+1 < len(words) && i < 8; i++ {
		out = append(out, words[i]+" "+words[i+1])
	}
	return out
}

// bucketDays is the width of a time bucket in days; a record is in two, so that
// meetings up to that far apart in time share one.
const bucketDays = 8

// buckets are the time buckets of the meeting, or of its article when it has no day.
func (t *Told) buckets() []string {
	at := t.from
	if !t.dated {
		var ok bool
		if at, ok = t.Published.Time(); !ok {
			return nil
		}
	}
	n := at.Unix() / (bucketDays * 24 * 3600)
	half := (at.Unix() + bucketDays*12*3600) / (bucketDays * 24 * 3600)
	return []string{"a" + strconv.FormatInt(n, 36), "b" + strconv.FormatInt(half, 36)}
}
