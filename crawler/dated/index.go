package dated

import "strings"

// maxCounted bounds what an Index remembers.
const maxCounted = 100

// Index reads the names of the lists that one index has, in their order. It
// knows more than List does of each alone: where sitemap-1.xml or sitemap-2500.xml
// came before, sitemap-2019.xml says no year. Its zero value is ready.
type Index struct {
	// counted are the names, without their digits, that have a number no date.
	counted map[string]bool
}

// List is that of the package, by what the names before have told.
func (x *Index) List(address string) (Span, bool) {
	s, ok := List(address)
	stem := strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' {
			return -1
		}
		return c
	}, address)
	switch {
	case ok && s.year() && x.counted[stem]:
		return Span{}, false
	case !ok && len(stem) < len(address) && len(x.counted) < maxCounted:
		if x.counted == nil {
			x.counted = map[string]bool{}
		}
		x.counted[stem] = true
	}
	return s, ok
}
