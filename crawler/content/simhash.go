package content

import (
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
	var hashes []uint64 // of the words
	for w := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		hashes = append(hashes, fnv1a(w))
	}
	if len(hashes) == 0 {
		return 0
	}
	n := min(shingleWords, len(hashes))
	var set [64]int // how many shingles have the bit
	var lanes bitLanes
	shingles := len(hashes) - n + 1
	for i := range shingles {
		h := uint64(0)
		for _, w := range hashes[i : i+n] {
			h = mix(h ^ w)
		}
		lanes.add(h)
		if i%maxLane == maxLane-1 {
			lanes.drain(&set)
		}
	}
	lanes.drain(&set)
	var out uint64
	for b, n := range set {
		if n*2 > shingles {
			out |= 1 << b
		}
	}
	return out
}

// maxLane is how many numbers bitLanes can count.
const maxLane = 255

// bitLanes counts in how many numbers each bit is set, eight bits at a time: byte
// b of lane n is the count of bit 8b+n.
type bitLanes [8]uint64

func (l *bitLanes) add(h uint64) {
	for n := range l {
		l[n] += h >> n & 0x0101010101010101
	}
}

// drain adds the counts to sum and begins anew.
func (l *bitLanes) drain(sum *[64]int) {
	for bit := range sum {
		sum[bit] += int(l[bit%8] >> (bit / 8 * 8) & 0xff)
	}
	*l = bitLanes{}
}

// fnv1a is the 64-bit FNV-1a hash (Fowler, Noll, Vo), without the allocation of hash/fnv.
func fnv1a(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
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
