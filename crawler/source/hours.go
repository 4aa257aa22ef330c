package source

import (
	"fmt"
	"strings"
	"time"

	"sukien/news"
)

// parseHours reads "22:00-05:00" as minutes of the day; both 0 for the whole of
// it. Errors wrap news.ErrInvalid.
func parseHours(text string) (from, to int, err error) {
	if text == "" {
		return 0, 0, nil
	}
	a, b, _ := strings.Cut(text, "-")
	begin, err := time.Parse("15:04", strings.TrimSpace(a))
	if err == nil {
		var end time.Time
		if end, err = time.Parse("15:04", strings.TrimSpace(b)); err == nil {
			return begin.Hour()*60 + begin.Minute(), end.Hour()*60 + end.Minute(), nil
		}
	}
	return 0, 0, fmt.Errorf("%w: %q: write the hours of the day, Vietnam's time: 22:00-05:00", news.ErrInvalid, text)
}

// Opens is when the hosts of the source may be visited next; zero when they may
// be now.
func (s *Source) Opens(now time.Time) time.Time {
	if s == nil {
		return time.Time{}
	}
	from, to, err := parseHours(s.Politeness.Hours)
	if err != nil || from == to {
		return time.Time{}
	}
	local := now.In(news.Hanoi)
	minute := local.Hour()*60 + local.Minute()
	if from < to && from <= minute && minute < to || from > to && (minute >= from || minute < to) {
		return time.Time{}
	}
	day := time.Date(local.Year(), local.Month(), local.Day(), from/60, from%60, 0, 0, news.Hanoi)
	if !day.After(local) {
		day = day.AddDate(0, 0, 1)
	}
	return day
}
