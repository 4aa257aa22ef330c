package rule

import (
	"fmt"

	"sukien/news"
)

// Fault is one thing wrong in a rule file.
type Fault struct {
	File string
	// Line and Column count from 1.
	Line, Column int
	// Msg says what is wrong and what to do.
	Msg string
}

// Error gives file:line:column: message.
func (f *Fault) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", f.File, f.Line, f.Column, f.Msg)
}

// Unwrap makes every fault a news.ErrInvalid.
func (f *Fault) Unwrap() error { return news.ErrInvalid }
