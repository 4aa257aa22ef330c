package resolve

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"sukien/news"
)

// Keys are the index keys under which a record is stored, Probes those under
// which others are looked for: two records of one meeting share at least one
// key of the one with the probes of the other. They are short strings, at most
// 40 and 120 of them; none once the record is settled.
func (t *Told) Keys() []string { return t.key }

// Probes are the keys to look under; they also look into the neighbouring spans of time.
func (t *Told) Probes() []string { return t.probe }

// filed are the keys, or the probes; about is what the article is about.
func (t *Told) filed(about []string, probe bool) []string {
	r := &t.Record
	var keys []string
	add := func(parts ...string) { keys = append(keys, strings.Join(parts, "|")) }
	if r.Series != "" && r.Ordinal > 0 {
		add("s", r.Series, strconv.Itoa(r.Ordinal))
	}
	if r.Ordinal > 0 {
		for _, pair := range t.pairs { // an edition without a day is found by these
			add("o", strconv.Itoa(r.Ordinal), pair)
		}
	}
	for _, bucket := range buckets(t.at(), probe) {
		if r.Series != "" {
			add("e", bucket, r.Series)
		}
		for _, p := range t.people[:min(len(t.people), 6)] {
			add("p", bucket, p)
		}
		for _, sort := range t.sorts() {
			for _, w := range t.pairs {
				add("w", bucket+sort, w)
			}
		}
	}
	if r.Salience == news.Main {
		published, _ := t.when()
		for _, bucket := range buckets(published, probe) {
			for _, pair := range about {
				add("t", bucket, pair)
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// maxPairs is how many pairs of words a name is filed under.
const maxPairs = 8

// pairs are neighbours in the sorted words of a folded name, which are rarer than
// single words. Names of provinces are left out, where meetings are held every
// day; a name of too few other words gives pairs of all.
func pairs(folded string) []string {
	words := strings.Fields(folded)
	for i := 1; i < len(words); i++ {
		if provinces[words[i-1]+" "+words[i]] {
			words[i-1], words[i] = "", ""
		}
	}
	list := nameWords(strings.Join(words, " "))
	telling := slices.DeleteFunc(slices.Clone(list), func(w string) bool { return everyday[w] || w[0] <= '9' })
	switch {
	case len(telling) > 1:
		list = telling
	case len(list) < 2:
		list = nameWords(folded)
	}
	if len(list) == 1 {
		return list
	}
	var out []string
	for i := 0; i+1 < len(list) && i < maxPairs; i++ {
		out = append(out, list[i]+" "+list[i+1])
	}
	return out
}

// sorts are the sorts of meeting that a name may be compared with: names of
// other sorts are never of one meeting by the name alone, see apart.
func (t *Told) sorts() []string {
	switch k := t.Record.Kind; {
	case twoSided(k):
		return []string{"v"}
	case k == news.Ceremony && t.phase == 1:
		return []string{"c", "g", "v"}
	case k == news.Ceremony:
		return []string{"c"}
	}
	return []string{"g"}
}

// everyday are the folded syllables that say something in a name but stand in
// too many for it to be filed under: works and those who begin and open them,
// units and offices of the administration. Numbers are none either: the ordinal's
// is a key of its own.
var everyday = setOf("khoi cong trinh khanh thanh khai mac be xa phuong tinh huyen ubnd giam doc so ban nganh quoc gia viet cap cao hop tac phat trien doan dang trung uong dong bo uy vien thu ky")

// topTerms is how many of an article's most used names are paired to find
// others about the same thing.
const topTerms = 6

// about pairs the most used names of the article; offices and bodies, which
// every day names, only where it has few others.
func (t *Told) about() []string {
	top := slices.DeleteFunc(slices.Clone(t.Terms), func(term Term) bool {
		first, _, _ := strings.Cut(term.Word, " ")
		return noName[first]
	})
	if len(top) < topTerms {
		top = slices.Clone(t.Terms)
	}
	slices.SortFunc(top, func(a, b Term) int { return cmp.Or(b.Count-a.Count, strings.Compare(a.Word, b.Word)) })
	top = top[:min(len(top), topTerms)]
	slices.SortFunc(top, func(a, b Term) int { return strings.Compare(a.Word, b.Word) })
	var out []string
	for i, a := range top {
		for _, b := range top[i+1:] {
			out = append(out, a.Word+" "+b.Word)
		}
	}
	return out
}

// when is the instant of the article; ok is false when it is not known.
func (t *Told) when() (at time.Time, ok bool) { return t.printed, t.stamped }

// at is the day of the meeting, or of its article when it has none.
func (t *Told) at() time.Time {
	if t.dated {
		return t.from
	}
	at, _ := t.when()
	return at
}

// bucketDays is the width of a span of time under which records are indexed. A
// probe looks into the spans before and after too.
const bucketDays = 6

// buckets name the span of time of an instant; none for the zero time.
func buckets(at time.Time, around bool) []string {
	if at.IsZero() {
		return nil
	}
	n := at.Unix() / (bucketDays * 24 * 3600)
	out := []string{strconv.FormatInt(n, 36)}
	if around {
		out = append(out, strconv.FormatInt(n-1, 36), strconv.FormatInt(n+1, 36))
	}
	return out
}
