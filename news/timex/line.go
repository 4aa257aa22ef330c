package timex

import (
	"time"
	"unicode/utf8"

	"sukien/news"
)

// Line is an expression as the dates command prints it, one JSON object a line.
type Line struct {
	Doc  string `json:"doc"`
	Text string `json:"text"`
	// From and To count Unicode code points.
	From int `json:"from"`
	To   int `json:"to"`
	// Start and End are inclusive, ISO 8601 at the precision, local time; End is
	// absent for a single unit. Of a week both are days.
	Start     string         `json:"start,omitempty"`
	End       string         `json:"end,omitempty"`
	Precision Precision      `json:"precision,omitempty"`
	Part      Part           `json:"part,omitempty"`
	Basis     news.DateBasis `json:"basis,omitempty"`
}

// Lines are the expressions that mean a time, one Line a day of a list that is
// no range. A time or part of the day without date is put on the reference day,
// with basis "published". Guarded expressions are left out but for those that
// name a date. The text is gone over once.
func Lines(doc, text string, found []Expr, ref Reference) []Line {
	var out []Line
	at, points := 0, 0
	for _, e := range found {
		points += utf8.RuneCountInString(text[at:e.From])
		l := Line{Doc: doc, Text: text[e.From:e.To], From: points, Precision: e.Precision, Part: e.Part, Basis: e.Basis}
		at = e.To
		points += utf8.RuneCountInString(l.Text)
		l.To = points
		if e.Guard != "" {
			if e.Nominal == "" {
				continue
			}
			l.Start = string(e.Nominal)
			out = append(out, l)
			continue
		}
		e.write(&l, ref)
		if l.Start == "" {
			continue
		}
		out = append(out, l)
		for _, d := range e.More {
			l.Start, l.End = withTime(d, e.Time), ""
			out = append(out, l)
		}
	}
	return out
}

// write sets the ends of l.
func (e *Expr) write(l *Line, ref Reference) {
	start, end := e.Start, e.End
	if start == "" && (e.Time != "" || e.Part != "") && e.Basis == "" && e.Days == 0 {
		if ref.Published.IsZero() {
			if e.Time != "" {
				l.Start = "T" + e.Time
			}
			return
		}
		zone := ref.Zone
		if zone == nil {
			zone = news.Hanoi
		}
		start = news.Date(ref.Published.In(zone).Format(time.DateOnly))
		l.Basis = news.DatePublished
	}
	l.Start = withTime(start, e.Time)
	switch {
	case end != "":
		l.End = withTime(end, e.EndTime)
	case e.EndTime != "" && start != "":
		l.End = withTime(start, e.EndTime)
	}
}

// withTime is a day with its time of day, "2025-03-05T14:30".
func withTime(d news.Date, clock string) string {
	if d == "" || clock == "" {
		return string(d)
	}
	return string(d) + "T" + clock
}
