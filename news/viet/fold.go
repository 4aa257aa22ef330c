package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// NFC composes text. Text of composed Latin letters and ASCII comes back as it is.
func NFC(s string) string {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c < utf8.RuneSelf:
			i++
		case c >= 0xC2 && c <= 0xCB && i+1 < len(s): // U+0080 to U+02FF: nothing that composes
			i += 2
		case c == 0xE1 && i+2 < len(s) && s[i+1] >= 0xB8 && s[i+1] <= 0xBB: // U+1E00 to U+1EFF
			i += 3
		case c == 0xE2 && i+2 < len(s) && s[i+1] == 0x80 && s[i+2] >= 0x82: // U+2002 to U+203F
			i += 3
		default:
			return norm.NFC.String(s)
		}
	}
	return s
}

// Fold takes away case and every diacritic, đ becomes d: what search without
// diacritics compares. Blanks, dashes and quotation marks become their ASCII
// forms; what is invisible goes.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if r < tableSize {
			if c := runes.plain[r]; c != 0 {
				b.WriteByte(c)
				continue
			}
		}
		foldRune(&b, r)
	}
	return b.String()
}

// plainOf folds a letter to one ASCII character, 0 if it is no such letter.
func plainOf(r rune) byte {
	if r < utf8.RuneSelf {
		return byte(unicode.ToLower(r))
	}
	switch unicode.ToLower(r) {
	case 'đ':
		return 'd'
	case 'ø':
		return 'o'
	case 'ł':
		return 'l'
	}
	base, n := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
	if n == 1 && unicode.IsLetter(base) {
		return byte(unicode.ToLower(base))
	}
	return 0
}

// foldRune folds what has no plain letter.
func foldRune(b *strings.Builder, r rune) {
	c := classOf(r)
	switch {
	case c&(combining|invisible) != 0:
		return
	case c&blank != 0:
		b.WriteByte(' ')
		return
	case c&letter == 0:
		if key := punctKey(r); key != "" {
			b.WriteString(key)
			return
		}
	}
	switch r = lowerOf(r); r {
	case 'ß':
		b.WriteString("ss")
	case 'æ':
		b.WriteString("ae")
	case 'œ':
		b.WriteString("oe")
	default:
		for _, d := range norm.NFD.String(string(r)) {
			if classOf(d)&combining == 0 {
				b.WriteRune(lowerOf(d))
			}
		}
	}
}
