package news

import (
	"fmt"
	"regexp"
)

// Date is a day or a coarser span at the precision known: "2019-11-21",
// "2019-11", "2019-Q3", "2019"; with the year unknown "--11-21".
type Date string

var datePattern = regexp.MustCompile(`^(?:\d{4}(?:-(?:Q[1-4]|(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?))?|--(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))$`)

// Check returns an error when d is neither empty nor one of the five forms.
func (d Date) Check() error {
	if d == "" || datePattern.MatchString(string(d)) {
		return nil
	}
	return fmt.Errorf("%w: date %q: write 2019-11-21, 2019-11, 2019-Q3, 2019 or --11-21", ErrInvalid, string(d))
}

// HasYear tells whether d names its year.
func (d Date) HasYear() bool { return len(d) >= 4 && d[0] != '-' }

// IsDay tells whether d is one day of a known year.
func (d Date) IsDay() bool { return len(d) == len("2006-01-02") }
