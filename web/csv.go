package web

import (
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"sukien/news"
)

// table writes CSV (RFC 4180) with a byte order mark, by which spreadsheets know
// it for UTF-8.
type table struct{ w *csv.Writer }

var tableHead = []string{"id", "salience", "kind", "level", "name", "series", "ordinal", "start", "end", "start_time", "status", "mode", "theme",
	"places", "country", "organizers", "officials", "sources", "urls",
	"abbreviation", "zone", "date_basis", "parent", "confidence", "revision", "first_seen", "updated", "origin", "conflicts", "pinned"}

func newTable(out io.Writer) (*table, error) {
	if _, err := io.WriteString(out, "\ufeff"); err != nil {
		return nil, fmt.Errorf("write: %w", err)
	}
	t := &table{csv.NewWriter(out)}
	return t, t.w.Write(tableHead)
}

// Write is of Export.
func (t *table) Write(events []news.Event) error {
	for i := range events {
		if err := t.w.Write(tableRow(&events[i])); err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	t.w.Flush()
	return t.w.Error()
}

// Close is of Export.
func (t *table) Close() error {
	t.w.Flush()
	return t.w.Error()
}

func tableRow(e *news.Event) []string {
	var places, countries, organizers, officials, urls, conflicts []string
	for _, p := range e.Places {
		places = append(places, p.Name)
		if p.Country != "" && !slices.Contains(countries, p.Country) {
			countries = append(countries, p.Country)
		}
	}
	for _, o := range e.Organizers {
		organizers = append(organizers, o.Name)
	}
	for _, o := range e.Officials {
		officials = append(officials, officialCell(o))
	}
	for _, r := range e.Records {
		urls = append(urls, r.URL)
	}
	for _, c := range e.Conflicts {
		conflicts = append(conflicts, c.Slot)
	}
	parent, ordinal := "", ""
	if e.Parent != nil {
		parent = e.Parent.Name
	}
	if e.Ordinal > 0 {
		ordinal = strconv.Itoa(e.Ordinal)
	}
	row := []string{e.ID, string(e.Salience), string(e.Kind), string(e.Level), e.Name, e.Series, ordinal, string(e.Start), string(e.End), e.StartTime,
		string(e.Status), string(e.Mode), e.Theme, strings.Join(places, "; "), strings.Join(countries, " "), strings.Join(organizers, "; "),
		strings.Join(officials, "; "), strconv.Itoa(e.IndependentSources), strings.Join(urls, " "),
		e.Abbreviation, e.Zone, string(e.DateBasis), parent, strconv.FormatFloat(e.Confidence, 'g', -1, 64), strconv.Itoa(e.Revision),
		isoTime(e.FirstSeen), isoTime(e.Updated), string(e.Origin), strings.Join(conflicts, " "), strings.Join(e.Pinned, " ")}
	for i, cell := range row {
		row[i] = noFormula(cell)
	}
	return row
}

// officialCell is "name (title, body)".
func officialCell(o news.Official) string {
	if office := strings.Trim(o.Title+", "+o.Org, ", "); office != "" {
		return o.Name + " (" + office + ")"
	}
	return o.Name
}

// noFormula keeps a spreadsheet from running a cell that a page wrote (OWASP,
// CSV injection), and from hiding what it says behind control characters.
func noFormula(cell string) string {
	cell = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == 0x7f {
			return -1
		}
		return unturned(r)
	}, cell)
	if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r\n") || strings.HasPrefix(cell, "＝") || strings.HasPrefix(cell, "＋") || strings.HasPrefix(cell, "－") || strings.HasPrefix(cell, "＠") {
		return "'" + cell
	}
	return cell
}
