package viet

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// minMojibake is how many doubly encoded letters make the statistics clear.
const minMojibake = 3

// repair undoes UTF-8 that was read as windows-1252 and encoded again ("Há»™i
// nghá»‹"). The first two of the three bytes of most Vietnamese letters show
// then as á» or áº, which no language writes. Where such text and sound
// Vietnamese are mixed, only runs that decode wholly are changed.
func repair(s string) string {
	if strings.Count(s, "á»")+strings.Count(s, "áº") < minMojibake {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		n := highRun(s[i:])
		if n == 0 {
			b.WriteByte(s[i])
			i++
			continue
		}
		b.WriteString(undouble(s[i : i+n]))
		i += n
	}
	return b.String()
}

// highRun is the length of the run of bytes above ASCII at the head of s.
func highRun(s string) int {
	n := 0
	for n < len(s) && s[n] >= utf8.RuneSelf {
		n++
	}
	return n
}

// undouble decodes a run once more, or leaves it as it is.
func undouble(run string) string {
	out := make([]byte, 0, len(run))
	for _, r := range run {
		c, ok := charmap.Windows1252.EncodeRune(r)
		switch {
		case ok:
			out = append(out, c)
		case r >= 0x80 && r < 0xA0:
			out = append(out, byte(r))
		default:
			return run
		}
	}
	if !utf8.Valid(out) {
		return run
	}
	return string(out)
}
