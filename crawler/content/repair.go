package content

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// repair mends what editors and content systems do to entities: those that
// were escaped twice ("&amp;ograve;"), and those of which only the ";" is left
// inside a word ("x;ét" for "xét"). Names that lost their "&" ("trograve;")
// stay as the page shows them.
func repair(s string) string {
	if strings.IndexByte(s, ';') < 0 {
		return s
	}
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	var sb strings.Builder
	done := 0
	for i := 0; i < len(s); i++ {
		if s[i] == ';' && insideWord(s, i) {
			sb.WriteString(s[done:i])
			done = i + 1
		}
	}
	if done == 0 {
		return s
	}
	sb.WriteString(s[done:])
	return sb.String()
}

// insideWord tells whether the ";" at i stands between two letters of one
// Vietnamese syllable: a consonant before, a vowel after, no space.
func insideWord(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+1:])
	return unicode.IsLetter(before) && unicode.IsLower(after) && !isVowel(before) && isVowel(after)
}

func isVowel(r rune) bool {
	return strings.ContainsRune("aăâeêioôơuưy", unicode.ToLower(r)) || r >= 0x1EA0 && r <= 0x1EF9 || r >= 0xC0 && r <= 0x1B0 && r != 'đ' && r != 'Đ'
}
