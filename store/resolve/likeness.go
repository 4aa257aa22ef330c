package resolve

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strings"

	"sukien/news/viet"
)

// bag is a set of words by the numbers of their hashes, sorted: sets of numbers
// are compared many times faster than sets of words.
type bag []uint64

func bagOf(words []string) bag {
	if len(words) == 0 {
		return nil
	}
	out := make(bag, len(words))
	for i, w := range words {
		out[i] = numberOf(w)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// numberOf is the FNV-1a hash of a word.
func numberOf(word string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(word)) // never fails
	return h.Sum64()
}

// likeness is the Dice coefficient of two sets of words.
func likeness(a, b bag) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	return 2 * float64(inBoth(a, b)) / float64(len(a)+len(b))
}

// inBoth counts what two sets have in common.
func inBoth(a, b bag) (n int) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch cmp.Compare(a[i], b[j]) {
		case 0:
			n, i, j = n+1, i+1, j+1
		case -1:
			i++
		default:
			j++
		}
	}
	return n
}

// meets tells whether two sets have anything in common.
func meets(a, b bag) bool {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			return true
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return false
}

// meet tells whether two lists have anything in common.
func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}

// names folds people's names and leaves out a name that is a part of another
// ("Trump" beside "Donald Trump"). The result is sorted.
func names(list []string) []string {
	var out []string
	for _, n := range list {
		if n != "" && !slices.ContainsFunc(list, func(m string) bool { return m != n && partOf(n, m) }) {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// partOf tells whether the words of a are among those of b, which has more.
func partOf(a, b string) bool { return len(a) < len(b) && hasWords(b, a) }

// together counts the people that both lists name, if only by a part of the name.
func together(a, b []string) int { return min(alsoIn(a, b), alsoIn(b, a)) }

func alsoIn(a, b []string) (n int) {
	for _, x := range a {
		if slices.ContainsFunc(b, func(y string) bool { return x == y || partOf(x, y) || partOf(y, x) }) {
			n++
		}
	}
	return n
}

// unitWords begin the name of a unit of the administration; communes and wards
// are one sort, so that no two of them are the same.
var unitWords = setOf("xã phường tỉnh huyện quận")

var unitSorts = strings.NewReplacer("phường ", "xã ", "quận ", "huyện ")

// unitsOf are the units of the administration that an article is about, "xã bình
// an": those of its title and of the meeting's name, else the one that its text
// names most.
func (t *Told) unitsOf() []unit {
	var out []unit
	for _, term := range append(Terms(t.Title, ""), Terms(t.Record.Name, "")...) {
		if u, ok := unitOf(term); ok {
			out = append(out, u)
		}
	}
	most := Term{Count: 1}
	for _, term := range t.Terms {
		if _, ok := unitOf(term); ok && term.Count > most.Count {
			most = term
		}
	}
	if u, ok := unitOf(most); ok && len(out) == 0 {
		out = append(out, u)
	}
	return out
}

// unit is a unit of the administration: "xã bình an" is of the sort "xã".
type unit struct{ sort, name string }

func unitOf(t Term) (unit, bool) {
	if provinces[viet.Fold(t.Word)] && t.Word != "việt nam" {
		return unit{"tỉnh", "tỉnh " + t.Word}, true
	}
	if sort, _, ok := strings.Cut(t.Word, " "); !ok || !unitWords[sort] {
		return unit{}, false
	}
	name := unitSorts.Replace(t.Word)
	sort, _, _ := strings.Cut(name, " ")
	return unit{sort, name}, true
}

// NameLikeness is how much two meetings' folded names have in common, 0 to 1.
func NameLikeness(a, b string) float64 { return likeness(bagOf(nameWords(a)), bagOf(nameWords(b))) }
