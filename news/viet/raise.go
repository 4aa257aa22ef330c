package viet

import (
	"strings"
	"unicode/utf8"
)

// raise gives capitals back to text in an ABC font for capitals (.VnTimeH),
// where only the ASCII letters show the case: "HéI NGHÞ" decodes to "HộI NGHị".
// A word is raised when its ASCII letters are two capitals or more and no
// small one, or when none is small and the word next to it was raised.
func raise(s string) string {
	toks := Tokenize(s)
	var b strings.Builder
	b.Grow(len(s))
	from := 0
	for i, t := range toks {
		if t.Kind != Word || ascii(t.Key) || !raises(s, toks, i) {
			continue
		}
		b.WriteString(s[from:t.Start])
		b.WriteString(strings.ToUpper(s[t.Start:t.End]))
		from = t.End
	}
	b.WriteString(s[from:])
	return b.String()
}

func raises(s string, toks []Token, i int) bool {
	capitals, small := asciiCase(s[toks[i].Start:toks[i].End])
	switch {
	case small > 0:
		return false
	case capitals > 1:
		return true
	}
	for _, j := range [...]int{i - 1, i + 1} {
		if j < 0 || j >= len(toks) || toks[j].Kind != Word {
			continue
		}
		if c, l := asciiCase(s[toks[j].Start:toks[j].End]); c > 1 && l == 0 {
			return true
		}
	}
	return false
}

func asciiCase(word string) (capitals, small int) {
	for i := range len(word) {
		switch c := word[i]; {
		case c >= utf8.RuneSelf:
		case c >= 'A' && c <= 'Z':
			capitals++
		case c >= 'a' && c <= 'z':
			small++
		}
	}
	return capitals, small
}
