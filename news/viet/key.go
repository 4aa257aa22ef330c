package viet

import (
	"strings"
	"unicode/utf8"
)

// Key folds a phrase as Token.Key folds a word, its tokens joined by one space.
func Key(s string) string {
	scan := scanner{text: s}
	first := "" // given as it is when nothing follows
	var b strings.Builder
	for scan.pos < len(s) {
		scan.toks = scan.toks[:0] // each token is needed but once
		scan.next()
		switch {
		case len(scan.toks) == 0 || scan.toks[0].Kind == Break:
			continue
		case first == "":
			first = scan.toks[0].Key
			continue
		case b.Len() == 0:
			b.Grow(len(s) + 8)
			b.WriteString(first)
		}
		b.WriteByte(' ')
		b.WriteString(scan.toks[0].Key)
	}
	if b.Len() == 0 {
		return first
	}
	return b.String()
}

// chunk is how many bytes of keys are allocated at a time, at most.
const chunk = 1 << 10

// arena keeps the keys that are no substring of the text, many an allocation.
type arena struct{ b strings.Builder }

// add keeps s; left is how long the text still is, which bounds what else will come.
func (a *arena) add(s []byte, left int) string {
	if a.b.Cap()-a.b.Len() < len(s) {
		a.b = strings.Builder{}
		a.b.Grow(max(min(chunk, len(s)+left), len(s)))
	}
	from := a.b.Len()
	a.b.Write(s)
	return a.b.String()[from:]
}

// appendLower adds a word's letters in lower case without what is invisible.
func appendLower(dst []byte, word string) []byte {
	for i := 0; i < len(word); {
		c := word[i]
		if c < utf8.RuneSelf {
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			dst = append(dst, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(word[i:])
		if classOf(r)&invisible == 0 {
			dst = utf8.AppendRune(dst, lowerOf(r))
		}
		i += n
	}
	return dst
}
