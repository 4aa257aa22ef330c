package news

import "errors"

// The sentinels that stages wrap. Permanent failures become dead letters,
// transient ones are tried again.
var (
	// ErrInvalid: the input is not what it should be, and will not become so.
	ErrInvalid = errors.New("invalid")
	// ErrNotFound: there is no such thing.
	ErrNotFound = errors.New("not found")
	// ErrTransient: it failed now and may succeed later.
	ErrTransient = errors.New("try again later")
	// ErrTooLarge: a bound on size, depth or time was passed.
	ErrTooLarge = errors.New("too large")
	// ErrForbidden: robots, a guard or a permission refuses.
	ErrForbidden = errors.New("forbidden")
	// ErrBusy: another process holds what is needed.
	ErrBusy = errors.New("in use")
)
