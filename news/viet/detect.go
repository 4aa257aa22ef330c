package viet

import "unicode/utf8"

const (
	// sampleSize bounds the bytes that letter statistics look at.
	sampleSize = 1 << 14
	// maxPiece bounds a word with its marks, in bytes.
	maxPiece = 64
	// minShare is the share of words that must be syllables. The right table
	// gives 0.9 and more on news, a wrong one seldom 0.3.
	minShare = 0.6
)

// detect names the Vietnamese encoding in which most words with high bytes are
// Vietnamese syllables; failing that the label, failing that windows-1252.
func detect(body []byte, label string) string {
	sample := highWords(body)
	best, most := "", 0.0
	for _, enc := range [...]string{enc1258, encTCVN3, encVISCII, encVNI} {
		share := syllableShare(sample, enc)
		if enc == label {
			share *= 1.05 // between equals the label decides
		}
		if share > most {
			best, most = enc, share
		}
	}
	switch {
	case most >= minShare:
		return best
	case label == "" || label == encUTF8 || label == "x-user-defined" || label == "replacement" || label == "utf-16le" || label == "utf-16be":
		return enc1252
	}
	return label
}

// highWords collects the words of a body that hold a byte above ASCII.
func highWords(body []byte) [][]byte {
	var out [][]byte
	size, from, high := 0, 0, false
	for i, c := range body {
		if c >= utf8.RuneSelf || c|0x20 >= 'a' && c|0x20 <= 'z' {
			high = high || c >= utf8.RuneSelf
			continue
		}
		if high && i-from <= maxPiece {
			out = append(out, body[from:i])
			if size += i - from; size > sampleSize {
				return out
			}
		}
		from, high = i+1, false
	}
	if high && len(body)-from <= maxPiece {
		out = append(out, body[from:])
	}
	return out
}

// syllableShare tells what share of words are Vietnamese syllables when read
// in an encoding; words without letters above ASCII (quotes, dashes) do not
// count. It is 0 for fewer than two syllables.
func syllableShare(words [][]byte, enc string) float64 {
	good, all := 0, 0
	var toks []Token
	for _, w := range words {
		toks = Append(toks[:0], decodeNamed(w, enc))
		counts, ok := wordFits(toks)
		if counts {
			all++
		}
		if counts && ok {
			good++
		}
	}
	if good < 2 {
		return 0
	}
	return float64(good) / float64(all)
}

// wordFits tells whether a decoded word counts and whether it is syllables
// with nothing but quotes, dashes and the like about it.
func wordFits(toks []Token) (counts, ok bool) {
	syllables := 0
	ok = true
	for _, t := range toks {
		switch {
		case t.Kind == Word && !ascii(t.Key):
			counts = true
			ok = ok && IsSyllable(t.Key)
			syllables++
		case t.Kind == Word:
			ok = ok && IsSyllable(t.Key)
			syllables++
		case !ascii(t.Key) && t.Key != "…" && t.Key != "•":
			counts, ok = true, false
		}
	}
	return counts, ok && syllables > 0
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
