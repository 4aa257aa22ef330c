package source

import (
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"sukien/news"
)

// Timing is an interval that adapts, or a cron expression that does not.
type Timing struct {
	every time.Duration
	cron  cron.Schedule
}

// minEvery is the shortest interval of an address.
const minEvery = time.Minute

// ParseTiming reads "10m", "every 10m" or a cron expression of five fields;
// the empty text is def. Errors wrap news.ErrInvalid.
func ParseTiming(text string, def time.Duration) (Timing, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return Timing{every: def}, nil
	}
	if d, err := time.ParseDuration(strings.TrimSpace(strings.TrimPrefix(text, "every "))); err == nil {
		if d < minEvery {
			return Timing{}, fmt.Errorf("%w: %q is more often than once a minute", news.ErrInvalid, text)
		}
		return Timing{every: d}, nil
	}
	s, err := cron.ParseStandard(text)
	if err != nil {
		return Timing{}, fmt.Errorf("%w: %q: write every 10m, or a cron expression: 0 6,18 * * *", news.ErrInvalid, text)
	}
	return Timing{cron: s}, nil
}

// Next is when to come again after now, and the interval to remember: it
// shrinks by a third when there was something new and grows by a half when
// there was not, between a third and six times of what is written.
func (t Timing) Next(now time.Time, interval time.Duration, changed bool) (time.Time, time.Duration) {
	if t.cron != nil {
		at := t.cron.Next(now.In(news.Hanoi))
		return at, at.Sub(now)
	}
	switch {
	case interval <= 0:
		interval = t.every
	case changed:
		interval = interval * 2 / 3
	default:
		interval = interval * 3 / 2
	}
	interval = min(max(interval, t.every/3, minEvery), t.every*6)
	return now.Add(interval), interval
}
