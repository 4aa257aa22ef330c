package viet

import (
	"strings"
	"unicode"
)

// VNI for Windows writes a vowel, then a byte for its tone and modification;
// letters whose pair would be too wide have one byte. Rows as in toneRows; the
// bytes are those of windows-1252, capitals are 0x20 lower.
const (
	vniPlain      = "\x00øùûõï" // after a e o u y, and ô (for ơ), ö (for ư)
	vniCircumflex = "âàáåãä"    // after a e o: â ê ô
	vniBreve      = "êèéúüë"    // after a: ă
	vniAlone      = "ôöñìíæóòî" // written with one byte, as
	vniAloneAs    = "ơưđìíỉĩịỵ"
)

// vniTables maps bytes alone and pairs of bytes.
type vniTables struct {
	alone byteTable
	pairs map[[2]byte]rune
}

// vni is read-only.
var vni = newVNI()

func newVNI() *vniTables {
	v := &vniTables{alone: *newAnsi(), pairs: make(map[[2]byte]rune)}
	as := []rune(vniAloneAs)
	for i, r := range []rune(vniAlone) {
		v.alone[r] = as[i]
		v.alone[r-0x20] = unicode.ToUpper(as[i])
	}
	for _, row := range [...]struct{ bases, as, marks string }{
		{"aeouyôö", "aeouyơư", vniPlain},
		{"aeo", "âêô", vniCircumflex},
		{"a", "ă", vniBreve},
	} {
		as := []rune(row.as)
		for i, base := range []rune(row.bases) {
			v.addPairs(base, as[i], []rune(row.marks))
		}
	}
	return v
}

// addPairs pairs a base with its marks; the base decides the case.
func (v *vniTables) addPairs(base, as rune, marks []rune) {
	for tone, mark := range marks {
		if mark == 0 {
			continue
		}
		r := withTone(as, tone)
		for _, m := range [...]rune{mark, mark - 0x20} {
			v.pairs[[2]byte{byte(base), byte(m)}] = r
			v.pairs[[2]byte{byte(base - 0x20), byte(m)}] = unicode.ToUpper(r)
		}
	}
}

func (v *vniTables) decode(body []byte) string {
	var b strings.Builder
	b.Grow(len(body) + len(body)/2)
	for i := 0; i < len(body); i++ {
		if i+1 < len(body) && body[i+1] >= 0x80 {
			if r, ok := v.pairs[[2]byte{body[i], body[i+1]}]; ok {
				b.WriteRune(r)
				i++
				continue
			}
		}
		b.WriteRune(v.alone[body[i]])
	}
	return b.String()
}
