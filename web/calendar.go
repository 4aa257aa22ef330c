package web

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // the zones of events, on machines that have none

	ics "github.com/arran4/golang-ical"
	"sukien/news"
)

// calendar writes iCalendar (RFC 5545). Only events whose day is known are in
// it: a month, a quarter or a day without its year is no place in a calendar.
type calendar struct {
	w      io.Writer
	config *ics.SerializationConfiguration
	end    []byte
}

// lineOctets is the longest line of RFC 5545, section 3.1, without its end.
const lineOctets = 75

func newCalendar(w io.Writer) (*calendar, error) {
	frame := ics.NewCalendarFor("Sukien")
	frame.SetProductId("-//Sukien//Sukien//VI")
	frame.SetMethod(ics.MethodPublish)
	frame.SetXWRCalName("Sukien")
	head, end, ok := bytes.Cut([]byte(frame.Serialize(ics.WithNewLineWindows)), []byte("END:VCALENDAR"))
	if !ok {
		return nil, fmt.Errorf("calendar: the library writes no end")
	}
	c := &calendar{w: w, end: append([]byte("END:VCALENDAR"), end...),
		config: &ics.SerializationConfiguration{MaxLength: lineOctets, PropertyMaxLength: lineOctets, NewLine: string(ics.WithNewLineWindows)}}
	return c, c.put(head)
}

func (c *calendar) put(b []byte) error {
	if _, err := c.w.Write(b); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

// Write is of Export.
func (c *calendar) Write(events []news.Event) error {
	for i := range events {
		v := calendarEvent(&events[i])
		if v == nil {
			continue
		}
		if err := v.SerializeTo(c.w, c.config); err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	return nil
}

// Close is of Export.
func (c *calendar) Close() error { return c.put(c.end) }

// calendarEvent is an event in a calendar; nil when its day is not known. The
// UID is for ever the same, and SEQUENCE tells the revision, so that a calendar
// that reads the file again moves the event and does not double it.
func calendarEvent(e *news.Event) *ics.VEvent {
	if !e.Start.IsDay() {
		return nil
	}
	v := ics.NewEvent(e.ID + "@sukien")
	if !setTime(v, e) {
		return nil
	}
	v.SetDtStampTime(e.Updated)
	v.SetLastModifiedAt(e.Updated)
	v.SetCreatedTime(e.FirstSeen)
	v.SetSequence(e.Revision)
	v.SetSummary(oneLine(e.Name))
	if s := calendarStatus(e.Status); s != "" {
		v.SetStatus(s)
	}
	if where := placeNames(e); len(where) > 0 {
		v.SetLocation(strings.Join(where, ", "))
	}
	if p := located(e); p != nil {
		v.SetProperty(ics.ComponentPropertyGeo, degrees(p.Lat)+";"+degrees(p.Lon))
	}
	if urls := recordURLs(e); len(urls) > 0 {
		v.SetURL(urls[0])
	}
	if e.Kind != "" {
		v.AddCategory(string(e.Kind))
	}
	if text := calendarText(e); text != "" {
		v.SetDescription(text)
	}
	return v
}

func degrees(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// setTime sets DTSTART and DTEND. An hour is known only of the beginning: a
// gathering of several days is therefore of whole days, DTEND the day after the
// last one, and one of a day with an hour begins then and has no end.
func setTime(v *ics.VEvent, e *news.Event) bool {
	first, err := time.Parse(time.DateOnly, string(e.Start))
	if err != nil {
		return false
	}
	last := first
	if e.End.IsDay() {
		if end, err := time.Parse(time.DateOnly, string(e.End)); err == nil && end.After(first) {
			last = end
		}
	}
	if at, ok := startInstant(e); ok && last.Equal(first) {
		v.SetStartAt(at)
		return true
	}
	v.SetAllDayStartAt(first)
	v.SetAllDayEndAt(last.AddDate(0, 0, 1))
	return true
}

// startInstant is when the event begins, in its zone or else Vietnam's.
func startInstant(e *news.Event) (time.Time, bool) {
	zone := news.Hanoi
	if e.Zone != "" {
		z, err := time.LoadLocation(e.Zone)
		if err != nil {
			return time.Time{}, false
		}
		zone = z
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", string(e.Start)+" "+e.StartTime, zone)
	return at, err == nil
}

// calendarStatus is the STATUS of RFC 5545, section 3.8.1.11.
func calendarStatus(s news.Status) ics.ObjectStatus {
	switch s {
	case news.Cancelled:
		return ics.ObjectStatusCancelled
	case news.Postponed:
		return ics.ObjectStatusTentative
	case news.Held, news.Upcoming:
		return ics.ObjectStatusConfirmed
	}
	return ""
}

// maxDescription bounds the officials and articles named in a calendar.
const maxDescription = 20

func calendarText(e *news.Event) string {
	var lines []string
	if e.StartTime != "" {
		lines = append(lines, strings.TrimSpace(e.StartTime+" "+e.Zone))
	}
	if e.Theme != "" {
		lines = append(lines, oneLine(e.Theme))
	}
	for _, list := range [][]string{organizerNames(e), officialLines(e), recordURLs(e)} {
		lines = append(lines, list[:min(len(list), maxDescription)]...)
	}
	return strings.Join(lines, "\n")
}
