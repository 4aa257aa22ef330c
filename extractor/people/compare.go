package people

import (
	"slices"
	"strings"
	"unicode/utf8"

	"sukien/news/viet"
)

// name is a name as it is compared.
type name struct {
	key string
	// words are the key's, each spelt in one way; whole is all of them.
	words []string
	whole string
}

// last is the last word.
func (n *name) last() string { return n.words[len(n.words)-1] }

// spelling makes one of the two ways in which i is written at the end of a
// syllable: Sĩ and Sỹ, Lí and Lý.
var spelling = strings.NewReplacer("hy", "hi", "ky", "ki", "ly", "li", "my", "mi", "sy", "si", "ty", "ti",
	"hý", "hí", "ký", "kí", "lý", "lí", "mý", "mí", "sý", "sí", "tý", "tí",
	"hỹ", "hĩ", "kỹ", "kĩ", "lỹ", "lĩ", "mỹ", "mĩ", "sỹ", "sĩ", "tỹ", "tĩ",
	"kỳ", "kì", "mỳ", "mì", "tỳ", "tì", "hỷ", "hỉ", "kỷ", "kỉ", "tỷ", "tỉ", "mỵ", "mị", "kỵ", "kị", "lỵ", "lị", "tỵ", "tị")

// name is what is made of a name, once however often it is named.
func (j *joiner) name(written string) *name {
	n := j.names[written]
	if n == nil {
		n = &name{key: viet.Key(written)}
		n.whole = spelling.Replace(n.key)
		n.words = strings.Fields(n.whole)
		j.names[written] = n
	}
	return n
}

// words are the keys of a name's words.
func (j *joiner) words(name string) []string { return j.name(name).words }

// foreignWords tells whether one of the words is no Vietnamese syllable.
func foreignWords(w []string) bool {
	return slices.ContainsFunc(w, func(s string) bool { return !viet.IsSyllable(s) })
}

// initialed tells whether a name begins with an initial: "d . whitley".
func initialed(w []string) bool { return len(w) > 2 && w[1] == "." }

// says tells whether a name says more than another: one without initials, else the longer.
func (j *joiner) says(name, than string) bool {
	a, b := j.words(name), j.words(than)
	if initialed(a) != initialed(b) && len(a) > 1 && len(b) > 1 {
		return initialed(b)
	}
	return len(a) > len(b)
}

// abbreviation is the first letter and the last word of a foreign name, by
// which "D. Whitley" is Donald Whitley; empty for a Vietnamese one.
func (n *name) abbreviation() string {
	if viet.IsSyllable(n.last()) {
		return ""
	}
	_, initial := utf8.DecodeRuneInString(n.whole)
	return n.whole[:initial] + " " + n.last()
}

// parts are the name itself, its ends, and in foreign names its beginnings, of two words or more.
func (n *name) parts(yield func(string) bool) {
	if !yield(n.whole) {
		return
	}
	w := n.words
	foreign := foreignWords(w)
	begin, end := len(w[0]), len(n.whole)-len(n.last())
	for k := 2; k < min(len(w), maxName); k++ {
		begin += 1 + len(w[k-1])
		end -= 1 + len(w[len(w)-k])
		if !yield(n.whole[end:]) || foreign && !yield(n.whole[:begin]) {
			return
		}
	}
}

// outlandish tells whether the key of a name has words that are no Vietnamese
// syllables and no letter that Vietnamese alone has: "conrad whitley", not "kđăm".
func outlandish(key string) bool {
	return foreignWords(strings.Fields(key)) && !strings.ContainsAny(key, "đơưăạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
}
