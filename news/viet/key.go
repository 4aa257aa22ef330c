package viet

import (
	"strings"
	"unicode/utf8"
)

// Key folds a phrase as Token.Key folds a word, its tokens joined by one space.
func Key(s string) string {
	toks := Tokenize(s)
	if len(toks) == 1 && toks[0].Kind != Break {
		return toks[0].Key
	}
	var b strings.Builder
	b.Grow(len(s) + len(toks))
	for _, t := range toks {
		if t.Kind == Break {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.Key)
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
