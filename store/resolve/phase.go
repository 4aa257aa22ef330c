package resolve

import (
	"slices"
	"strings"
)

// phases of a festival or a congress are ceremonies of their own.
var openings, closings = []string{"khai mac"}, []string{"be mac", "tong ket", "trao giai"}

// withoutPhase leaves "khai mạc" and "bế mạc" out of a folded name: what opens is
// known by its own name.
var withoutPhase = strings.NewReplacer("khai mac", " ", "be mac", " ").Replace

// phase is 1 for an opening, 2 for a closing, 0 for neither or both.
func phase(folded string) (n int) {
	if slices.ContainsFunc(openings, func(w string) bool { return hasWords(folded, w) }) {
		n |= 1
	}
	if slices.ContainsFunc(closings, func(w string) bool { return hasWords(folded, w) }) {
		n |= 2
	}
	return n % 3
}

// hasWords tells whether a folded text has the words one after the other.
func hasWords(folded, words string) bool {
	for at := 0; ; {
		i := strings.Index(folded[at:], words)
		if i < 0 || words == "" {
			return false
		}
		from, to := at+i, at+i+len(words)
		if (from == 0 || folded[from-1] == ' ') && (to == len(folded) || folded[to] == ' ') {
			return true
		}
		at = from + 1
	}
}
