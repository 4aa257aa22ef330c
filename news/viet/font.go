package viet

import (
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// minDrawn is how many letters above ASCII a line needs to be looked at.
const minDrawn = 4

// Unfont reads a line whose letters are the codes of an old font: text in
// TCVN 3 (".VnTime") or VNI that was taken for Latin-1 on its way into a page
// in UTF-8 or into character references. A line in Unicode, or of another
// language, is given back as it is.
func Unfont(s string) string {
	body, ok := drawn(s)
	if !ok {
		return s
	}
	switch enc := detect(body, ""); enc {
	case encTCVN3, encVNI, encVISCII:
		return decodeNamed(body, enc)
	}
	return s
}

// drawn gives the codes of a line that has enough letters of Latin-1 and none
// that only Unicode has.
func drawn(s string) (body []byte, ok bool) {
	high := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 0xC4 && c <= 0xCD || c == 0xE1: // ă to ư, combining marks, Vietnamese letters with tones
			return nil, false
		case c == 0xC2 || c == 0xC3:
			high++
		}
	}
	if high < minDrawn {
		return nil, false
	}
	body = make([]byte, 0, len(s))
	for _, r := range s {
		c, ok := charmap.Windows1252.EncodeRune(r)
		if !ok {
			if r >= utf8.RuneSelf<<1 {
				return nil, false
			}
			c = byte(r)
		}
		body = append(body, c)
	}
	return body, true
}
