package extractor

import (
	"strings"
	"unicode"
)

// clean is a name as a reader would write it on one line, without the
// quotation marks around the whole.
func clean(s string) string {
	if !spaced(s) {
		s = strings.Join(strings.Fields(s), " ")
	}
	for _, q := range []string{`""`, "“”", "''", "‘’", "«»"} {
		r := []rune(q)
		if len(s) > 2 && strings.HasPrefix(s, string(r[0])) && strings.HasSuffix(s, string(r[1])) && strings.Count(s, string(r[0])) == 1+btoi(r[0] == r[1]) {
			return strings.Trim(s, q)
		}
	}
	for _, q := range []string{`"`, "”", "’", "»"} {
		if strings.HasSuffix(s, q) && strings.Count(s, q) == 1 && !strings.ContainsAny(s, "“‘«") {
			return strings.TrimSuffix(s, q) // opened before the name
		}
	}
	return s
}

// spaced tells whether words stand with one space between each two, as most do.
func spaced(s string) bool {
	blank := true
	for _, r := range s {
		if unicode.IsSpace(r) && (blank || r != ' ') {
			return false
		}
		blank = r == ' '
	}
	return !blank
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// alike tells whether one key holds the other: "UBND xã Vân Hòa" and "xã Vân Hòa".
func alike(a, b string) bool { return strings.Contains(a, b) || strings.Contains(b, a) }
