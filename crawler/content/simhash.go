package content

import (
	"hash/fnv"
	"math/bits"
	"strings"
	"unicode"
)

// shingleWords is the length of the shingles that Simhash counts, in
// syllables; three to five are usual (Manku, Jain, Das Sarma 2007 use features
// of a like size over web pages).
const shingleWords = 4

// Simhash is a 64-bit fingerprint of text: nearly equal texts have
// fingerprints a small Distance apart. Case, marks and white space do not count.
func Simhash(text string) uint64 {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) == 0 {
		return 0
	}
	hashes := make([]uint64, len(words))
	for i, w := range words {
		h := fnv.New64a()
		_, _ = h.Write([]byte(w))
		hashes[i] = h.Sum64()
	}
	n := min(shingleWords, len(words))
	var sum [64]int
	for i := 0; i+n <= len(words); i++ {
		h := uint64(0)
		for _, w := range hashes[i : i+n] {
			h = mix(h ^ w)
		}
		for b := range sum {
			sum[b] += int(h>>b&1)*2 - 1
		}
	}
	var out uint64
	for b, v := range sum {
		if v > 0 {
			out |= 1 << b
		}
	}
	return out
}

// mix is the finaliser of splitmix64 (Steele, Lea, Flood 2014).
func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Distance is the number of bits in which two fingerprints differ, 0 to 64.
// Reprints of a wire story with other bylines are mostly within 8.
func Distance(a, b uint64) int { return bits.OnesCount64(a ^ b) }
