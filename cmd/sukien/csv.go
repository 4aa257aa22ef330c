package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"sukien/news"
)

// csvEvents writes CSV with the byte order mark that spreadsheets need to see
// Vietnamese letters.
func csvEvents(out io.Writer) (*rowWriter[news.Event], error) {
	if _, err := io.WriteString(out, "\ufeff"); err != nil {
		return nil, fmt.Errorf("write: %w", err)
	}
	w := csv.NewWriter(out)
	err := w.Write([]string{"id", "salience", "kind", "level", "name", "series", "ordinal", "start", "end", "start_time", "status", "mode", "theme",
		"places", "country", "organizers", "officials", "sources", "urls"})
	return &rowWriter[news.Event]{func(list []news.Event) error {
		for i := range list {
			if err := w.Write(csvRow(&list[i])); err != nil {
				return fmt.Errorf("write: %w", err)
			}
		}
		return nil
	}, func() error { w.Flush(); return w.Error() }}, err
}

func csvRow(e *news.Event) []string {
	var countries, organizers, urls []string
	for _, p := range e.Places {
		if p.Country != "" && !strings.Contains(strings.Join(countries, " "), p.Country) {
			countries = append(countries, p.Country)
		}
	}
	for _, o := range e.Organizers {
		organizers = append(organizers, o.Name)
	}
	for _, r := range e.Records {
		urls = append(urls, r.URL)
	}
	ordinal := ""
	if e.Ordinal > 0 {
		ordinal = strconv.Itoa(e.Ordinal)
	}
	row := []string{e.ID, string(e.Salience), string(e.Kind), string(e.Level), e.Name, e.Series, ordinal, string(e.Start), string(e.End), e.StartTime,
		string(e.Status), string(e.Mode), e.Theme, placeNames(e), strings.Join(countries, " "), strings.Join(organizers, "; "), officialNames(e),
		strconv.Itoa(e.IndependentSources), strings.Join(urls, " ")}
	for i, cell := range row {
		row[i] = noFormula(cell)
	}
	return row
}

// noFormula keeps a spreadsheet from running a cell that a page wrote (OWASP,
// CSV injection).
func noFormula(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
