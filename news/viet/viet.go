package viet

// Kind is the sort of a token.
type Kind uint8

// The kinds of token.
const (
	Word   Kind = iota // letters, with digits inside: "hội", "COVID", "G20"
	Number             // ASCII digits alone: "21", "2019"
	Punct              // one punctuation mark
	Break              // one or more line ends
)

// Shape is how a word is written.
type Shape uint8

// The shapes of a word.
const (
	Lower Shape = iota // hội
	Title              // Hội
	Upper              // HỘI, TTXVN, G20
	Mixed              // iPhone, ThS
)

// Token is a syllable, number or mark of a text.
type Token struct {
	// Start and End are byte offsets of the text.
	Start, End int
	// Key is the form that lexicons and rules are matched by: lower case, NFC,
	// tone mark on the canonical vowel ("hòa", never "hoà"), one dash.
	Key   string
	Kind  Kind
	Shape Shape
	// Space tells whether white space stands before the token.
	Space bool
}

// Span is a run of tokens, From inclusive, To exclusive.
type Span struct{ From, To int }
