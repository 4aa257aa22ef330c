package web

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

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

// NewExport is an export to w as "ics" (RFC 5545), "geojson" (RFC 7946), "csv"
// (RFC 4180), "jsonl" or "parquet". The error wraps news.ErrInvalid for other formats.
func NewExport(w io.Writer, format string) (Export, error) {
	switch format {
	case "ics":
		return newCalendar(w)
	case "geojson":
		return newFeatures(w), nil
	case "parquet":
		return newColumns(w), nil
	case "csv":
		return newTable(w)
	case "jsonl":
		return newLines(w), nil
	}
	return nil, fmt.Errorf("%w: format %q: write ics, geojson, csv, jsonl or parquet", news.ErrInvalid, format)
}

// lines writes an event a line as JSON.
type lines struct{ enc *json.Encoder }

func newLines(w io.Writer) lines {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return lines{enc}
}

// Write is of Export.
func (l lines) Write(events []news.Event) error {
	for i := range events {
		if err := l.enc.Encode(&events[i]); err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	return nil
}

// Close is of Export.
func (l lines) Close() error { return nil }

// exportKinds are the media types of the exports.
var exportKinds = map[string]string{
	"ics": "text/calendar; charset=utf-8", "csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8",
	"geojson": "application/geo+json", "parquet": "application/vnd.apache.parquet",
}

// exportPages bounds the store's pages of an export, of maxLimit events each: a
// program that wants more asks the API or the events command. A calendar is
// read again and again, so it ends earlier.
var exportPages = map[string]int{"ics": 4, "csv": 400, "jsonl": 400, "geojson": 400, "parquet": 400}

// exportAs sends all events of a search, page by page.
func (s *site) exportAs(format string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		f, err := filterOf(r.URL.Query())
		if err != nil {
			s.problem(w, r, err)
			return
		}
		f.Limit = maxLimit
		var x Export
		err = s.eachPage(r.Context(), f, exportPages[format], func(page []news.Event) (more bool, err error) {
			if x == nil {
				h := w.Header()
				h.Set("Content-Type", exportKinds[format])
				h.Set("Cache-Control", "no-cache")
				if format != "ics" {
					h.Set("Content-Disposition", `attachment; filename="sukien.`+format+`"`)
				}
				if x, err = NewExport(w, format); err != nil {
					return false, err
				}
			}
			return true, x.Write(page)
		})
		switch {
		case err != nil && x == nil:
			s.problem(w, r, err)
			return
		case err == nil:
			err = x.Close()
		}
		if err != nil {
			s.Log.Warn("export not sent whole", "format", format, "error", err)
			s.breakOff(w)
		}
	}
}

// breakOff ends an answer so that its reader does not take it for whole: nothing
// can be written any more, not even the end.
func (s *site) breakOff(w http.ResponseWriter) {
	if err := http.NewResponseController(w).SetWriteDeadline(s.Now().Add(-time.Hour)); err != nil {
		s.Log.Warn("an answer that broke off may look whole", "error", err)
	}
}

// oneLine makes foreign text one line without control characters, so that no
// page can add lines of its own to a calendar, and without the marks that turn
// the direction of what follows (Unicode TR 36, section 3.2).
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(strings.Map(unturned, s), func(r rune) bool { return r <= ' ' || 0x7f <= r && r < 0xa0 || r == 0x2028 || r == 0x2029 }), " ")
}

// unturned drops the embeddings, overrides and isolates of bidirectional text.
func unturned(r rune) rune {
	if 0x202a <= r && r <= 0x202e || 0x2066 <= r && r <= 0x2069 {
		return -1
	}
	return r
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
