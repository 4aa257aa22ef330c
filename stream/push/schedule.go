package push

import (
	"fmt"
	"strings"
	"time"

	"sukien/news"
)

// schedule is when messages may go out, in Vietnam's time.
type schedule struct {
	// hourly and daily gather; at is the time of day of a daily digest.
	hourly, daily bool
	at            time.Duration
	// from and to bound the quiet hours, equal when there are none.
	from, to time.Duration
}

// schedule reads Digest and Quiet.
func (t Target) schedule() (s schedule, err error) {
	kind, at, _ := strings.Cut(t.Digest, "@")
	switch {
	case t.Digest == "":
	case t.Digest == "hourly":
		s.hourly = true
	case kind == "daily":
		s.daily = true
		if s.at, err = clock(at); err != nil {
			return s, fmt.Errorf("digest %q: %w", t.Digest, err)
		}
	default:
		return s, fmt.Errorf("%w: digest %q: write hourly or daily@07:30", news.ErrInvalid, t.Digest)
	}
	if t.Quiet == "" {
		return s, nil
	}
	from, to, ok := strings.Cut(t.Quiet, "-")
	if s.from, err = clock(from); err == nil {
		s.to, err = clock(to)
	}
	if err == nil && (!ok || s.from == s.to) {
		err = fmt.Errorf("%w: two times that differ", news.ErrInvalid)
	}
	if err != nil {
		return s, fmt.Errorf("quiet hours %q: %w: write 22:00-06:00", t.Quiet, err)
	}
	return s, nil
}

// clock reads a time of day.
func clock(hm string) (time.Duration, error) {
	t, err := time.Parse("15:04", hm)
	if err != nil {
		return 0, fmt.Errorf("%w: time of day %q: write 07:30", news.ErrInvalid, hm)
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, nil
}

// due is when a message that comes at t goes out.
func (s schedule) due(t time.Time) time.Time {
	switch {
	case s.hourly:
		t = t.Truncate(time.Hour).Add(time.Hour)
	case s.daily:
		day := midnight(t)
		if next := day.Add(s.at); next.After(t) {
			t = next
		} else {
			t = next.AddDate(0, 0, 1)
		}
	}
	return s.open(t)
}

// open is t, or when the quiet hours end that t is in.
func (s schedule) open(t time.Time) time.Time {
	if s.from == s.to {
		return t
	}
	day := midnight(t)
	now := t.Sub(day)
	switch {
	case s.from < s.to && now >= s.from && now < s.to, s.from > s.to && now < s.to:
		return day.Add(s.to)
	case s.from > s.to && now >= s.from:
		return day.AddDate(0, 0, 1).Add(s.to)
	}
	return t
}

// midnight is the beginning of t's day. Vietnam has no summer time.
func midnight(t time.Time) time.Time {
	y, m, d := t.In(news.Hanoi).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, news.Hanoi)
}
