package viet

import "strings"

// decades holds the canonical numerals of each decimal place, 1 to 9.
var decades = [...][9]string{
	{"M", "MM", "MMM"},
	{"C", "CC", "CCC", "CD", "D", "DC", "DCC", "DCCC", "CM"},
	{"X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"},
	{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"},
}

// Roman reads a Roman numeral in capitals, 1 to 3999, in its one canonical
// form ("XIV", not "XIIII"). Take the text of the token, not its Key. Words
// that happen to be numerals ("MIX", "DI") are read: the context decides.
func Roman(s string) (int, bool) {
	n, rest := 0, s
	for _, decade := range decades {
		best := 0
		for i, sign := range decade {
			if sign != "" && strings.HasPrefix(rest, sign) && (best == 0 || len(sign) > len(decade[best-1])) {
				best = i + 1
			}
		}
		n *= 10
		if best > 0 {
			n += best
			rest = rest[len(decade[best-1]):]
		}
	}
	return n, n > 0 && rest == ""
}
