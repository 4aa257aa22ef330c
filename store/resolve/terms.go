package resolve

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"sukien/news/viet"
)

// Term is a proper name, or a part of one, that an article uses, with how often.
type Term struct {
	Word  string
	Count int
}

// The bounds of an article's terms.
const (
	maxTerms   = 40
	maxTermRun = 5 // words of one name; longer runs are headlines in capitals
	titleCount = 3 // a word of the title counts as often as this in the text
)

// Terms are the proper names of an article, the most used kept, sorted by word.
// They tell apart articles on one sort of thing: who, where, which body. A name
// is a run of capitalised words; foreign words in it also count alone, because
// papers shorten them ("Donald Trump", "Trump"), and a unit of the administration
// with the word for its sort ("xã bình an").
func Terms(title, text string) []Term {
	counts := map[string]int{}
	countNames(title, titleCount, counts)
	countNames(text, 1, counts)
	var list []Term
	for w, n := range counts {
		list = append(list, Term{w, n})
	}
	slices.SortFunc(list, func(a, b Term) int { return cmp.Or(b.Count-a.Count, strings.Compare(a.Word, b.Word)) })
	list = list[:min(len(list), maxTerms)]
	slices.SortFunc(list, func(a, b Term) int { return strings.Compare(a.Word, b.Word) })
	return list
}

// noName are single capitalised syllables that begin a title, a body or a
// direction, or a unit: they say nothing of who or where.
var noName = setOf("tổng bộ chủ thủ phó đại thứ giám cục ban hội liên ngoại đảng nhà thượng viện sở ủy cơ lãnh công dự khí tây đông nam bắc đạo chống phòng trường khu tp ttxvn usd tỉnh thành trung văn báo ngày")

func countNames(text string, weight int, counts map[string]int) {
	var run []string
	start, first := true, true // of a sentence; that the run began there
	unit := ""
	flush := func() {
		if n := len(run); n > 0 && n <= 3 && unit != "" {
			counts[unit+" "+strings.Join(run, " ")] += weight
		}
		if n := len(run); n > 0 && n <= maxTermRun && !(n == 1 && (first || noName[run[0]])) {
			counts[strings.Join(run, " ")] += weight
		}
		for _, w := range run {
			if len(run) > 1 && !viet.IsSyllable(w) {
				counts[w] += weight
			}
		}
		run, unit = run[:0], ""
	}
	for _, t := range viet.Tokenize(text) {
		if t.Kind == viet.Word && t.Shape != viet.Lower && (t.Space || len(run) == 0) {
			if len(run) == 0 {
				first = start
			}
			run, start = append(run, t.Key), false
			continue
		}
		flush()
		if t.Kind == viet.Word && unitWords[t.Key] {
			unit = t.Key
		}
		start = t.Kind == viet.Break || t.Kind == viet.Punct && strings.ContainsAny(t.Key, ".!?:\"“”'‘’")
	}
	flush()
}

// FormatTerms and ParseTerms are how terms are stored: "word=3|word=1".
func FormatTerms(list []Term) string {
	parts := make([]string, len(list))
	for i, t := range list {
		parts[i] = t.Word + "=" + strconv.Itoa(t.Count)
	}
	return strings.Join(parts, "|")
}

// ParseTerms reads what FormatTerms wrote; what is broken is left out.
func ParseTerms(s string) []Term {
	var list []Term
	for part := range strings.SplitSeq(s, "|") {
		word, count, ok := strings.Cut(part, "=")
		if n, err := strconv.Atoi(count); ok && err == nil {
			list = append(list, Term{word, n})
		}
	}
	return list
}

// weighed is a term by the number of its hash, its count damped to 1 + ln count,
// and whether it is telling.
type weighed struct {
	word    uint64
	count   float64
	telling bool
}

// weigh works out what closeness needs of an article's terms, the length of them
// all, and how many are telling.
func (t *Told) weigh() {
	t.terms, t.length, t.names = make([]weighed, len(t.Terms)), 0, 0
	for i, term := range t.Terms {
		t.terms[i] = weighed{numberOf(term.Word), 1 + math.Log(float64(term.Count)), telling(term.Word) && !t.nameOf(term.Word)}
	}
	slices.SortFunc(t.terms, func(a, b weighed) int { return cmp.Compare(a.word, b.word) })
	for _, w := range t.terms {
		t.length += w.count * w.count
		if w.telling {
			t.names++
		}
	}
}

// oneSyllable are the countries, continents and cities whose names are one
// syllable; others of one are what is left of an office's or a body's name, of
// which only the first syllable is written with a capital.
var oneSyllable = setOf("mỹ nga lào anh pháp đức ý úc nhật hàn áo bỉ séc âu huế")

// telling tells whether a term says which of many meetings an article is about.
func telling(word string) bool {
	first, _, more := strings.Cut(word, " ")
	return (more || oneSyllable[first] || !viet.IsSyllable(first)) && !noName[first] && word != "việt nam"
}

// nameOf tells whether a term is one of the record's people, whose names are
// compared by themselves: who holds meetings every day is named in all of them.
func (t *Told) nameOf(word string) bool {
	w := viet.Fold(word)
	return slices.ContainsFunc(t.people, func(p string) bool { return p == w || partOf(w, p) || partOf(p, w) })
}

// closeness is the cosine of two articles' terms, held back where few of those
// in common are telling.
func (t *Told) closeness(o *Told) float64 {
	var dot, common float64
	for i, j := 0, 0; i < len(t.terms) && j < len(o.terms); {
		a, b := &t.terms[i], &o.terms[j]
		switch {
		case a.word == b.word:
			dot += a.count * b.count
			if a.telling && b.telling {
				common++
			}
			i, j = i+1, j+1
		case a.word < b.word:
			i++
		default:
			j++
		}
	}
	if dot == 0 || common == 0 {
		return 0
	}
	return dot / math.Sqrt(t.length*o.length) * common / (common + fewTellings)
}
