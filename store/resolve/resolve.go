// Package resolve decides which records tell of one meeting, and fuses what
// they say. It is pure: no I/O, no clock, no state.
//
//	resolve.go  a record as it is compared
//	keys.go     the keys it is found by
//	terms.go    the names that an article uses
//	likeness.go how much two names, lists of people, units have in common
//	same.go     are two records of one meeting? with the reason
//	report.go   by what two articles are about
//	sibling.go  the same of two records of one article
//	parties.go  who meets whom
//	series.go   editions of one series
//	phase.go    an opening and a closing
//	why.go      why records are one event
//	group.go    records into meetings, whatever their order
//	table.go    the scores of pairs, kept from one grouping to the next
//	person.go   the same official over events
//	authority.go who held which office when
//	fixed.go    records that an analyst has put together or apart
//	fuse.go     the records of one meeting into one event
//	name.go     its name
//	dates.go    its days and its status
package resolve

import (
	"slices"
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

	words   bag      // of the name, folded, without what every meeting's name has
	pairs   []string // of the name: see pairs
	title   bag      // of the article's title, like words
	folded  string   // the name folded
	from    time.Time
	to      time.Time
	dated   bool
	places  []string
	units   []unit   // of the administration, in title and name
	key     []string // sorted; forgotten by Settle
	probe   []string
	keys    bag // of key
	probes  bag
	people  []string
	met     []string  // the people in the name
	year    int       // of the name
	phase   int       // see phase
	host    string    // see host
	printed time.Time // when, if stamped
	stamped bool
	terms   []weighed // see weigh
	names   int       // of telling terms
	length  float64
}

// Prepare works out what is compared: to be called when the other fields are set.
// Nothing writes to it afterwards but Settle, so that many may compare it.
func (t *Told) Prepare() {
	r := &t.Record
	t.places, t.people = nil, nil
	t.folded = plain(viet.Fold(r.Name))
	words := nameWords(withoutPhase(t.folded))
	t.words, t.pairs = bagOf(words), pairs(withoutPhase(t.folded))
	t.year = yearOf(words)
	t.phase, t.host = phase(t.folded), host(t.folded)
	t.title = bagOf(nameWords(viet.Fold(t.Title)))
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
	about := t.about()
	t.key, t.probe = t.filed(about, false), t.filed(about, true)
	t.keys, t.probes = bagOf(t.key), bagOf(t.probe)
}

// Settle lets go of what only a record that is to be stored needs: its keys as
// strings, its terms and its evidence.
func (t *Told) Settle() {
	t.key, t.probe, t.pairs, t.Terms, t.Record.Evidence = nil, nil, nil, nil, nil
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
