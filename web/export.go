package web

import (
	"fmt"
	"io"
	"strings"

	"sukien/news"
)

// Export writes events in a format of other programs, a batch at a time; what it
// holds in memory does not grow with their number.
type Export interface {
	// Write adds events.
	Write(events []news.Event) error
	// Close ends the document; the writer below stays open.
	Close() error
}

// NewExport is an export to w as "ics" (RFC 5545), "geojson" (RFC 7946) or
// "parquet". The error wraps news.ErrInvalid for other formats.
func NewExport(w io.Writer, format string) (Export, error) {
	switch format {
	case "ics":
		return newCalendar(w)
	case "geojson":
		return newFeatures(w), nil
	case "parquet":
		return newColumns(w), nil
	}
	return nil, fmt.Errorf("%w: format %q: write ics, geojson or parquet", news.ErrInvalid, format)
}

// oneLine makes foreign text one line without control characters, so that no
// page can add lines of its own to a calendar.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r <= ' ' || 0x7f <= r && r < 0xa0 || r == 0x2028 || r == 0x2029 }), " ")
}

func placeNames(e *news.Event) []string {
	var names []string
	for _, p := range e.Places {
		names = append(names, oneLine(p.Name))
	}
	return names
}

func organizerNames(e *news.Event) []string {
	var names []string
	for _, o := range e.Organizers {
		names = append(names, oneLine(o.Name))
	}
	return names
}

// officialLines are the officials as a reader wants them: title, name, body.
func officialLines(e *news.Event) []string {
	var lines []string
	for _, o := range e.Officials {
		line := oneLine(strings.TrimSpace(o.Title + " " + o.Name))
		if o.Org != "" {
			line += ", " + oneLine(o.Org)
		}
		lines = append(lines, line)
	}
	return lines
}

// recordURLs are the addresses of the event's articles, each once.
func recordURLs(e *news.Event) []string {
	var urls []string
	seen := map[string]bool{}
	for _, r := range e.Records {
		if u := safeURL(r.URL); u != "" && !seen[u] {
			seen[u] = true
			urls = append(urls, u)
		}
	}
	return urls
}
