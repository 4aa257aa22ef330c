package viet

import "unicode"

// class is a set of properties of a rune; a mark or symbol has none.
type class uint16

const (
	letter    class = 1 << iota
	capital         // a letter in upper or title case
	combining       // a combining mark
	vowel           // a Vietnamese vowel, with or without tone
	toned           // a vowel with one of the five tone marks, composed
	digit           // an ASCII digit
	blank           // white space other than a line end
	lineEnd
	invisible // drawn as nothing, breaks nothing
	unlisted  // not in the table: see classify
)

// tableSize covers Latin and Latin Extended Additional, in which every
// Vietnamese letter lies.
const tableSize = 0x1F00

type runeTable struct {
	class [tableSize]class
	lower [tableSize]uint16
	// plain is the one ASCII character that Fold makes of a rune, 0 where it is another.
	plain [tableSize]byte
}

// runes is read-only. The ranges without Latin letters are left to classify.
var runes = newRuneTable()

func newRuneTable() *runeTable {
	t := new(runeTable)
	for r := range rune(tableSize) {
		latin := r < 0x250 || r >= 0x300 && r < 0x370 || r >= 0x1E00
		if !latin {
			t.class[r] = unlisted
			continue
		}
		t.class[r] = classify(r)
		t.lower[r] = uint16(unicode.ToLower(r))
		t.plain[r] = plainOf(r)
	}
	return t
}

func classOf(r rune) class {
	if r < tableSize {
		if c := runes.class[r]; c != unlisted {
			return c
		}
	}
	return classify(r)
}

func lowerOf(r rune) rune {
	if r < tableSize && runes.class[r] != unlisted {
		return rune(runes.lower[r])
	}
	return unicode.ToLower(r)
}

func classify(r rune) class {
	switch {
	case r >= '0' && r <= '9':
		return digit
	case r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == 0x85 || r == 0x2028 || r == 0x2029:
		return lineEnd
	case r == 0x200B || unicode.IsSpace(r) || unicode.Is(unicode.Cc, r):
		return blank
	case r == 0xAD || unicode.Is(unicode.Cf, r):
		return invisible
	case unicode.Is(unicode.M, r):
		return combining
	case !unicode.IsLetter(r):
		return 0
	}
	c := letter
	if unicode.IsUpper(r) || unicode.IsTitle(r) {
		c |= capital
	}
	base, tone := splitTone(unicode.ToLower(r))
	if isVowel(base) {
		c |= vowel
		if tone > 0 {
			c |= toned
		}
	}
	return c
}

// punctKey gives the key of a mark that is not its own, "" for the others.
func punctKey(r rune) string {
	switch r {
	case '‐', '‑', '‒', '–', '—', '―', '−', '﹘', '﹣', '\uFF0D':
		return "-"
	case '“', '”', '„', '‟', '«', '»', '″', '〝', '〞', '\uFF02':
		return `"`
	case '‘', '’', '‚', '‛', '′', '´', '`', '\uFF07':
		return "'"
	case '•', '●', '○', '▪', '▫', '■', '□', '◦', '∙', '·', '♦', '◆', '◊', '►', '▶', '➢', '➤', '‣', '⁃', '\uF0B7':
		return "•"
	}
	return wideKey(r)
}

// wideKey gives the ASCII form of full-width marks (U+FF01 to U+FF5E).
func wideKey(r rune) string {
	const ascii = `!"#$%&'()*+,-./0123456789:;<=>?@`
	if r >= 0xFF01 && r <= 0xFF20 {
		i := r - 0xFF01
		return ascii[i : i+1]
	}
	return ""
}
