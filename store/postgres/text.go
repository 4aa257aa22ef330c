package postgres

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/pgtype"

	"sukien/news/viet"
)

// registerText sends every string through plain.
func registerText(m *pgtype.Map) {
	t := &pgtype.Type{Name: "text", OID: pgtype.TextOID, Codec: textCodec{}}
	m.RegisterType(t)
	m.RegisterType(&pgtype.Type{Name: "_text", OID: pgtype.TextArrayOID, Codec: &pgtype.ArrayCodec{ElementType: t}})
}

// textCodec is pgx's, for strings that came from foreign bytes.
type textCodec struct{ pgtype.TextCodec }

// PlanEncode is of pgtype.Codec.
func (c textCodec) PlanEncode(m *pgtype.Map, oid uint32, format int16, value any) pgtype.EncodePlan {
	if _, ok := value.(string); ok {
		return encodePlain{}
	}
	return c.TextCodec.PlanEncode(m, oid, format, value)
}

type encodePlain struct{}

// Encode is of pgtype.EncodePlan.
func (encodePlain) Encode(value any, buf []byte) ([]byte, error) {
	return append(buf, plain(value.(string))...), nil
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
