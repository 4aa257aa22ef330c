package news

import (
	"fmt"
	"time"
)

// Stamp is a point in time at the precision that is known: "2019",
// "2019-11", "2019-11-19" or RFC 3339 "2019-11-19T09:56:42+07:00". The empty
// Stamp is unknown.
type Stamp string

// StampOf is t to the second in Vietnam's zone.
func StampOf(t time.Time) Stamp {
	if t.IsZero() {
		return ""
	}
	return Stamp(t.In(Hanoi).Format(time.RFC3339))
}

// stampLayouts are the precisions of a Stamp by its length.
var stampLayouts = map[int]string{4: "2006", 7: "2006-01", 10: "2006-01-02"}

// Time is the first instant that s can mean, in the zone it names or else in
// Vietnam's. ok is false when s is empty or no stamp.
func (s Stamp) Time() (t time.Time, ok bool) {
	layout, short := stampLayouts[len(s)]
	if !short {
		layout = time.RFC3339
	}
	t, err := time.ParseInLocation(layout, string(s), Hanoi)
	return t, err == nil
}

// Precise tells whether s has a time of day.
func (s Stamp) Precise() bool { return len(s) > len("2006-01-02") }

// Check returns an error when s is neither empty nor one of the four forms.
func (s Stamp) Check() error {
	if s == "" {
		return nil
	}
	if _, ok := s.Time(); !ok {
		return fmt.Errorf("%w: time %q: write 2019, 2019-11, 2019-11-19 or 2019-11-19T09:56:42+07:00", ErrInvalid, string(s))
	}
	return nil
}
