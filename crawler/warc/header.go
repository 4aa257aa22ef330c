package warc

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"sukien/news"
)

// The types of record that are read or written here (ISO 28500:2017 section 6).
const (
	TypeInfo     = "warcinfo"
	TypeRequest  = "request"
	TypeResponse = "response"
	TypeResource = "resource"
	TypeRevisit  = "revisit"
)

// Header is the header of a record.
type Header struct {
	// Version is 1.0 or 1.1.
	Version string
	Type    string
	ID      string
	// Date is when the answer came.
	Date time.Time
	// Target is the address that was asked for.
	Target string
	// Length is the number of bytes of the record's block.
	Length int64
	// Fields are all fields by their name in lower case, the first of each.
	Fields map[string]string
}

// parseHeader reads the lines of a header, without the empty one at its end. On
// an error Length is -1 when it is not known either.
func parseHeader(text []byte) (Header, error) {
	h := Header{Length: -1, Fields: map[string]string{}}
	first, rest, _ := bytes.Cut(text, []byte("\n"))
	h.Version = strings.TrimPrefix(strings.TrimRight(string(first), "\r "), "WARC/")
	last := ""
	for line := range bytes.Lines(rest) {
		if line[0] == ' ' || line[0] == '\t' {
			if last != "" { // a folded line, as WARC 1.0 allows them
				h.Fields[last] = strings.TrimSpace(h.Fields[last] + " " + strings.TrimSpace(string(line)))
			}
			continue
		}
		name, value, ok := strings.Cut(string(line), ":")
		if last = strings.ToLower(strings.TrimSpace(name)); !ok {
			last = ""
			continue
		}
		if _, twice := h.Fields[last]; !twice {
			h.Fields[last] = strings.TrimSpace(value)
		}
	}
	return h, h.read()
}

// read takes the fields that every record has.
func (h *Header) read() error {
	n, err := strconv.ParseInt(h.Fields["content-length"], 10, 64)
	if err != nil || n < 0 {
		return fmt.Errorf("%w: Content-Length %q", news.ErrInvalid, clip(h.Fields["content-length"]))
	}
	h.Length = n
	if h.Version != "1.0" && h.Version != "1.1" {
		return fmt.Errorf("%w: WARC version %q: 1.0 and 1.1 are read", news.ErrInvalid, clip(h.Version))
	}
	h.Type, h.ID = strings.ToLower(h.Fields["warc-type"]), h.Fields["warc-record-id"]
	// Some writers of WARC 1.0 put the address between < and >.
	h.Target = strings.TrimSuffix(strings.TrimPrefix(h.Fields["warc-target-uri"], "<"), ">")
	if h.Type == "" {
		return fmt.Errorf("%w: no WARC-Type", news.ErrInvalid)
	}
	if h.Date, err = time.Parse(time.RFC3339Nano, h.Fields["warc-date"]); err != nil {
		return fmt.Errorf("%w: WARC-Date %q", news.ErrInvalid, clip(h.Fields["warc-date"]))
	}
	return nil
}

func clip(s string) string {
	if len(s) > 80 {
		return s[:80] + "…"
	}
	return s
}
