package viet

import (
	"math/bits"
	"slices"
)

// Vocabulary numbers words: the keys that dictionaries and rules know, from 1.
//
// A text is cut with one, so that each of its words is looked up by its letters
// once; every stage behind indexes and compares by number what would else be a
// map look-up by string each. A Vocabulary never changes: it is safe for
// concurrent use.
type Vocabulary struct {
	// keys are the words by number; 0 is no word.
	keys []string
	// slots is an open-addressed table; len(slots) is a power of two, at most half of it is taken.
	slots []vocabSlot
	shift uint8
}

// vocabSlot has half of the hash beside the number, so that hardly any other key is compared.
type vocabSlot struct{ hash, number uint32 }

// NewVocabulary numbers keys in their order, each once.
func NewVocabulary(keys []string) *Vocabulary {
	return new(Vocabulary).With(keys)
}

// With is a vocabulary of more keys that gives the old ones their old numbers.
func (v *Vocabulary) With(keys []string) *Vocabulary {
	size := max(bits.Len(uint(len(v.keys)+len(keys)))+1, 4)
	w := &Vocabulary{keys: []string{""}, slots: make([]vocabSlot, 1<<size), shift: uint8(64 - size)}
	for _, old := range v.keys {
		w.add(old)
	}
	for _, k := range keys {
		w.add(k)
	}
	return w
}

func (v *Vocabulary) add(key string) {
	if key == "" || v.Number(key) != 0 {
		return
	}
	h := hashKey(key)
	i := int(h >> v.shift)
	for v.slots[i].number != 0 {
		i = (i + 1) & (len(v.slots) - 1)
	}
	v.slots[i] = vocabSlot{uint32(h), uint32(len(v.keys))}
	v.keys = append(v.keys, key)
}

// Len is above every number.
func (v *Vocabulary) Len() int { return len(v.keys) }

// Key is the word of a number.
func (v *Vocabulary) Key(number uint32) string { return v.keys[number] }

// Number is that of a key, 0 when the vocabulary has it not.
func (v *Vocabulary) Number(key string) uint32 {
	h := hashKey(key)
	for i := int(h >> v.shift); v.slots[i].number != 0; i = (i + 1) & (len(v.slots) - 1) {
		if s := v.slots[i]; s.hash == uint32(h) && v.keys[s.number] == key {
			return s.number
		}
	}
	return 0
}

// Append is Append of the package; it adds the number of each token's key to numbers.
func (v *Vocabulary) Append(dst []Token, numbers []uint32, text string) ([]Token, []uint32) {
	if room := len(text)/5 + 4; cap(dst)-len(dst) < room { // a token of prose takes six bytes
		dst, numbers = slices.Grow(dst, room), slices.Grow(numbers, room)
	}
	s := scanner{text: text, toks: dst, words: v, numbers: numbers}
	for s.pos < len(text) {
		s.next()
	}
	return s.toks, s.numbers
}

// hashKey mixes the length with the first and last eight bytes, which tell
// syllables apart, in two multiplications (after wyhash). Keys that differ in
// their middle alone are told apart by comparing.
func hashKey(k string) uint64 {
	n := len(k)
	var a, b uint64
	switch {
	case n >= 8:
		a, b = load8(k), load8(k[n-8:])
	case n >= 4:
		a, b = load4(k), load4(k[n-4:])
	case n > 0:
		a = uint64(k[0])<<16 | uint64(k[n/2])<<8 | uint64(k[n-1])
	}
	hi, lo := bits.Mul64(a^0x9E3779B97F4A7C15, b^uint64(n)^0xE7037ED1A0B428DB)
	return (hi ^ lo) * 0x9E3779B97F4A7C15
}

func load4(s string) uint64 {
	_ = s[3]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}

func load8(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}
