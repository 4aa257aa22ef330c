package sqlite

import (
	"context"
	"strings"

	"sukien/news/viet"
)

// wording is what a row of a full text table is to be found by.
type wording struct {
	table string
	seq   int64
	text  string
}

// maxWords bounds the wordings that a restored backup holds back.
const maxWords = 256

// say puts the words of a thing into a full text table at the end of the
// transaction, in the place of those it had: in the middle of it many a statement
// would make the table write out what it has gathered.
func (t *txn) say(table string, seq int64, text string) {
	t.words = append(t.words, wording{table, seq, text})
}

// index writes what was said.
func (t *txn) index(ctx context.Context) error {
	for _, w := range t.words {
		if _, err := t.ExecContext(ctx, `INSERT OR REPLACE INTO `+w.table+` (rowid, words) VALUES (?,?)`, w.seq, viet.Fold(w.text)); err != nil {
			return err
		}
	}
	t.words = t.words[:0]
	return nil
}

// match makes an FTS5 query of words: all of them, as phrases of what is
// written together.
func match(words string) string {
	var terms []string
	for _, w := range strings.FieldsFunc(viet.Fold(words), func(r rune) bool { return r == ' ' || r == '"' }) {
		terms = append(terms, `"`+w+`"`)
	}
	return strings.Join(terms, " ")
}
