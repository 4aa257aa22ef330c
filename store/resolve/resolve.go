// Package resolve decides which records tell of one meeting, and fuses what
// they say. It is pure: no I/O, no clock, no state.
//
//	resolve.go  a record as it is compared, and the keys it is found by
//	terms.go    the names that an article uses
//	likeness.go how much two names, lists of people, units have in common
//	same.go     are two records of one meeting? with the reason
//	report.go   by what two articles are about
//	sibling.go  the same of two records of one article
//	parties.go  who meets whom
//	series.go   editions of one series
//	phase.go    an opening and a closing
//	group.go    records into meetings, whatever their order
//	person.go   the same official over events
//	fixed.go    records that an analyst has put together or apart
//	fuse.go     the records of one meeting into one event
//	name.go     its name
//	dates.go    its days and its status
package resolve

import (
	"cmp"
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
	// Title is the article's, and Terms the names that it uses: see Terms.
	Title string
	Terms []Term
	// Print is the simhash of the article's text, 0 when not known.
	Print uint64

	words   []string // of the name, folded, without what every meeting's name has
	pairs   []string // of the name: see pairs
	title   []string // of the article's title, like words
	folded  string   // the name folded
	from    time.Time
	to      time.Time
	dated   bool
	places  []string
	units   []string // of the administration, in title and name
	key     []string // sorted
	probe   []string
	people  []string
	met     []string  // the people in the name
	year    int       // of the name
	phase   int       // see phase
	host    string    // see host
	printed time.Time // when, if stamped
	stamped bool
	damped  []float64 // see weigh
	telling []bool    // by term
	length  float64
	told    string // the story, once Fuse has compared the texts
}

// Prepare works out what is compared: to be called when the other fields are set.
func (t *Told) Prepare() {
	r := &t.Record
	t.places, t.people = nil, nil
	t.folded = plain(viet.Fold(r.Name))
	t.words, t.pairs = nameWords(withoutPhase(t.folded)), pairs(withoutPhase(t.folded))
	t.year = yearOf(t.words)
	t.phase, t.host = phase(t.folded), host(t.folded)
	t.title = nameWords(viet.Fold(t.Title))
	t.from, t.to, t.dated = days(r.Slots)
	for _, p := range r.Places {
		if p.Kind != news.CountryPlace {
			t.places = append(t.places, placeWords(p.Name))
		}
	}
	for _, o := range r.Officials {
		t.people = append(t.people, viet.Fold(o.Name))
	}
	t.people = names(t.people)
	t.met = metIn(t.folded, t.people)
	t.units = t.unitsOf()
	t.printed, t.stamped = t.Published.Time()
	t.weigh()
	t.key, t.probe = t.keys(false), t.keys(true)
}

// plain leaves out the marks that stand between the words of a folded name.
func plain(folded string) string {
	return strings.Join(strings.FieldsFunc(folded, func(r rune) bool { return r == ' ' || strings.ContainsRune(",;:()\"“”", r) }), " ")
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
var common = setOf("hoi nghi dien dan cuoc hop phien ky dai hoi thao toa dam buoi lam viec gap le chuyen tham tiep voi ve cua va cac cho tai trong lan thu nam la do cap giua nhan den to chuc su chinh thuc mot nhung bo truong tong thong chu tich thu tuong pho nguoi dong ong ba")

// provinces are the names of the provinces and great cities, of today and before
// the mergers of 2025, as compounds.
var provinces = listOf("an giang, ba ria, vung tau, bac giang, bac kan, bac lieu, bac ninh, ben tre, binh dinh, binh duong, binh phuoc, binh thuan, ca mau, can tho, cao bang, da nang, dak lak, dak nong, dien bien, dong nai, dong thap, gia lai, ha giang, ha nam, ha noi, ha tinh, hai duong, hai phong, hau giang, hoa binh, hung yen, khanh hoa, kien giang, kon tum, lai chau, lam dong, lang son, lao cai, long an, nam dinh, nghe an, ninh binh, ninh thuan, phu tho, phu yen, quang binh, quang nam, quang ngai, quang ninh, quang tri, soc trang, son la, tay ninh, thai binh, thai nguyen, thanh hoa, tien giang, tra vinh, tuyen quang, vinh long, vinh phuc, yen bai, ho chi, chi minh, viet nam")

func listOf(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.SplitSeq(list, ", ") {
		set[w] = true
	}
	return set
}

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

// Keys are the index keys under which a record is stored, Probes those under
// which others are looked for: two records of one meeting share at least one
// key of the one with the probes of the other. They are short strings, at most
// 40 and 120 of them.
func (t *Told) Keys() []string { return t.key }

// Probes are the keys to look under; they also look into the neighbouring spans of time.
func (t *Told) Probes() []string { return t.probe }

func (t *Told) keys(probe bool) []string {
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
			for _, pair := range t.about() {
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
