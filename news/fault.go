package news

import "fmt"

// Fault is one thing wrong in a file that people write: a rule, a dictionary.
type Fault struct {
	File string
	// Line and Column count from 1; Column counts characters.
	Line, Column int
	// Msg says what is wrong and what to do.
	Msg string
}

// Error gives file:line:column: message.
func (f *Fault) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", f.File, f.Line, f.Column, f.Msg)
}

// Unwrap makes every fault an ErrInvalid.
func (f *Fault) Unwrap() error { return ErrInvalid }
