package viet

import "unicode/utf8"

// Tokenize cuts text into tokens; see the package comment for what makes one.
// Offsets are into text as given. Time and memory are linear in its length.
func Tokenize(text string) []Token {
	// A token of Vietnamese prose takes six bytes, its blank included.
	return Append(make([]Token, 0, len(text)/5+4), text)
}

// Append adds the tokens of text to dst, so that a caller can use one slice
// for many texts. The keys refer to text and stay valid.
func Append(dst []Token, text string) []Token {
	s := scanner{text: text, toks: dst}
	for s.pos < len(text) {
		s.next()
	}
	return s.toks
}

type scanner struct {
	text  string
	pos   int
	toks  []Token
	space bool
	arena arena
	// buf and composed hold the word at hand in lower case and NFC.
	buf, composed []byte
	// digitAt is the end of the last Number.
	digitAt int
	// words gives numbers where it is not nil.
	words   *Vocabulary
	numbers []uint32
}

// next takes one token or skips one blank.
func (s *scanner) next() {
	r, n := s.rune(s.pos)
	c := classOf(r)
	switch {
	case c&(letter|combining) != 0:
		s.word()
	case c&digit != 0:
		s.number()
	case c&blank != 0:
		s.space = true
		s.pos += n
	case c&lineEnd != 0:
		s.lineBreak()
	case c&invisible != 0:
		s.pos += n
	default:
		s.punct(r, n)
	}
}

func (s *scanner) rune(i int) (rune, int) {
	if c := s.text[i]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s.text[i:])
}

func (s *scanner) add(start, end int, kind Kind, shape Shape, key string) {
	if s.words != nil {
		s.numbers = append(s.numbers, s.words.Number(key))
	}
	s.push(start, end, kind, shape, key)
}

func (s *scanner) push(start, end int, kind Kind, shape Shape, key string) {
	s.toks = append(s.toks, Token{Start: start, End: end, Key: key, Kind: kind, Shape: shape, Space: s.space})
	s.space = false
}

func (s *scanner) number() {
	start := s.pos
	for s.pos < len(s.text) && s.text[s.pos] >= '0' && s.text[s.pos] <= '9' {
		s.pos++
	}
	s.digitAt = s.pos
	s.add(start, s.pos, Number, Lower, s.text[start:s.pos])
}

// lineBreak takes a run of line ends with the blanks between them.
func (s *scanner) lineBreak() {
	start, end := s.pos, s.pos
	for s.pos < len(s.text) {
		r, n := s.rune(s.pos)
		c := classOf(r)
		if c&(lineEnd|blank|invisible) == 0 {
			break
		}
		s.pos += n
		if c&lineEnd != 0 {
			end = s.pos
		}
	}
	s.add(start, end, Break, Lower, "\n")
	s.space = true
}

func (s *scanner) punct(r rune, n int) {
	start := s.pos
	s.pos += n
	key := punctKey(r)
	switch {
	case r == '.' && s.pos < len(s.text) && s.text[s.pos] == '.':
		for s.pos < len(s.text) && s.text[s.pos] == '.' {
			s.pos++
		}
		key = "…"
	case r == utf8.RuneError:
		key = "\uFFFD"
	case key == "":
		key = s.text[start:s.pos]
	}
	s.add(start, s.pos, Punct, Lower, key)
}
