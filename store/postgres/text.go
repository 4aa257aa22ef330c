package postgres

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sukien/news/viet"
)

// plainArgs makes the strings among the arguments of a statement plain.
func plainArgs(args []any) []any {
	for i, a := range args {
		switch v := a.(type) {
		case string:
			args[i] = plain(v)
		case []string:
			args[i] = plainList(v)
		}
	}
	return args
}

func plainList(list []string) []string {
	if !slices.ContainsFunc(list, func(s string) bool { return plain(s) != s }) {
		return list
	}
	list = slices.Clone(list)
	for i, s := range list {
		list[i] = plain(s)
	}
	return list
}

// plain takes away what PostgreSQL's text cannot hold: NUL, and bytes that are no
// UTF-8, as a header or a page may have them.
func plain(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}

// maxWords bounds the words of one text that are indexed, in bytes. A tsvector
// has at most 1 MiB, of which a word of three letters takes two bytes for each
// of its own.
const maxWords = 400_000

// words are the words of a text without diacritics, as SQLite's unicode61 finds
// them: runs of letters and digits. What else there is would be read as numbers
// with a sign, file names, host names.
func words(text string) string {
	folded := strings.Map(func(r rune) rune {
		if isWord(r) {
			return r
		}
		return ' '
	}, viet.Fold(text))
	if len(folded) > maxWords {
		folded = folded[:strings.LastIndexByte(folded[:maxWords], ' ')+1]
	}
	return folded
}

func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.Co, r)
}

// match makes a tsquery of words: all of them, as phrases of what is written
// together. "" when there is no word in them.
func match(query string) string {
	var terms []string
	for _, w := range strings.FieldsFunc(viet.Fold(query), func(r rune) bool { return r == ' ' || r == '"' }) {
		if phrase := strings.Fields(words(w)); len(phrase) > 0 {
			terms = append(terms, strings.Join(phrase, " <-> "))
		}
	}
	return strings.Join(terms, " & ")
}
