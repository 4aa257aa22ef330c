package viet

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// wordScan is what one pass over a word learns of it.
type wordScan struct {
	end               int // after the last visible character
	letters, capitals int
	first             bool // the first letter is a capital
	digits            bool
	wide              bool // a letter outside ASCII was met
	marks             bool // combining or invisible characters: compose
	astray            bool // the tone mark may stand on the wrong vowel
	// trail holds two bits a letter, the latest lowest: vowel, toned.
	trail uint32
}

// The bits of trail, in the order of those of a class.
const (
	trailVowel uint32 = 1 << iota
	trailToned
)

// word takes the word at pos.
func (s *scanner) word() {
	start := s.pos
	w := wordScan{end: start}
	joins := start == 0 || s.digitAt != start // see the package comment: "7h30"
	pos := start
scan:
	for pos < len(s.text) {
		r, n := rune(s.text[pos]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(s.text[pos:])
		}
		c := classOf(r)
		switch {
		case c&letter != 0:
			w.letter(c, r)
			w.marks = w.marks || r >= 0x370 && (r < 0x1E00 || r >= tableSize) // other scripts have letters that NFC changes
		case c&combining != 0:
			w.marks, w.wide = true, true
		case c&invisible != 0:
			w.marks = true
			pos += n
			continue
		case c&digit != 0 && (joins && !w.wide || w.digits):
			w.digits = true
		default:
			break scan
		}
		pos += n
		w.end = pos
	}
	s.pos = pos
	s.finish(start, &w)
}

func (w *wordScan) letter(c class, r rune) {
	w.letters++
	if c&capital != 0 {
		w.capitals++
		w.first = w.first || w.letters == 1
	}
	wide := r >= utf8.RuneSelf
	w.wide = w.wide || wide && !w.digits
	w.trail = w.trail<<2 | uint32(c/vowel)&(trailVowel|trailToned)
	if w.trail&(trailToned<<2|trailToned<<4) == 0 {
		return
	}
	// No canonical rime has a toned vowel before a vowel and a further letter,
	// nor before a modified vowel.
	if w.trail>>4&trailToned != 0 && w.trail>>2&trailVowel != 0 ||
		w.trail>>2&trailToned != 0 && c&vowel != 0 && wide {
		w.astray = true
	}
}

// strays tells whether the tone mark is to be looked at: a toned vowel ends
// the word after another vowel, or the u of qu may bear it.
func (w *wordScan) strays(first byte) bool {
	return w.astray ||
		w.trail&trailToned != 0 && w.trail>>2&trailVowel != 0 ||
		w.wide && first|0x20 == 'q'
}

func (w *wordScan) shape() Shape {
	switch {
	case w.capitals == 0:
		return Lower
	case w.capitals == w.letters && (w.letters > 1 || w.digits):
		return Upper
	case w.capitals == 1 && w.first:
		return Title
	}
	return Mixed
}

func (s *scanner) finish(start int, w *wordScan) {
	word := s.text[start:w.end]
	strays := w.strays(word[0])
	if w.capitals == 0 && !w.marks {
		if strays {
			word = canonicalTone(word)
		}
		s.add(start, w.end, Word, Lower, word)
		return
	}
	s.buf = appendLower(s.buf[:0], word)
	key := s.buf
	if w.marks {
		s.composed = norm.NFC.Append(s.composed[:0], s.buf...)
		key = s.composed
	}
	if w.marks || strays {
		if right := canonicalTone(string(key)); right != string(key) {
			key = []byte(right)
		}
	}
	s.addKey(start, w.end, w.shape(), key)
}

// addKey adds a word whose key is not as it stands in the text: the
// vocabulary's own where it has it, which takes no memory.
func (s *scanner) addKey(start, end int, shape Shape, key []byte) {
	n := uint32(0)
	if s.words != nil {
		n = s.words.Number(string(key))
		s.numbers = append(s.numbers, n)
	}
	if n != 0 {
		s.push(start, end, Word, shape, s.words.keys[n])
		return
	}
	s.push(start, end, Word, shape, s.arena.add(key, len(s.text)-end))
}
