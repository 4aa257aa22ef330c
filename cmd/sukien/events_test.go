package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"sukien/news"
)

func TestCSVReadBack(t *testing.T) {
	hostile := news.Event{ID: "e2", Slots: news.Slots{Name: "=HYPERLINK(\"http://x.example\")", Theme: "+1", Places: []news.Place{{Name: "@SUM(A1)"}},
		Officials: []news.Official{{Name: "-2+3"}}, Series: "\t=1"}}
	plain := news.Event{ID: "e1", IndependentSources: 2, Slots: news.Slots{Name: "Hội nghị \"Nước sạch\", lần thứ 4\nở Huế", Ordinal: 4, Start: "2031-05-21",
		Places: []news.Place{{Name: "Huế", Country: "VN"}, {Name: "Viêng Chăn", Country: "LA"}, {Name: "Hà Nội", Country: "VN"}}},
		Records: []news.RecordRef{{URL: "https://bao.example/1.html"}, {URL: "https://bao.example/2.html"}}}
	var out bytes.Buffer
	w, err := newEventWriter(&out, "csv")
	if err := cmp.Or(err, w.write([]news.Event{plain}), w.write([]news.Event{hostile}), w.end()); err != nil {
		t.Fatal(err)
	}
	body, marked := strings.CutPrefix(out.String(), "\ufeff")
	if !marked || strings.Contains(body, "\ufeff") {
		t.Error("the byte order mark is not at the start alone")
	}
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	column := func(row int, name string) string { return rows[row][slices.Index(rows[0], name)] }
	for name, want := range map[string]string{"id": "e1", "name": plain.Name, "ordinal": "4", "start": "2031-05-21", "places": "Huế; Viêng Chăn; Hà Nội",
		"country": "VN LA", "sources": "2", "urls": "https://bao.example/1.html https://bao.example/2.html"} {
		if got := column(1, name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	for _, cell := range rows[2] {
		if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
			t.Errorf("a spreadsheet would run %q", cell)
		}
	}
	if column(2, "name") != "'"+hostile.Name {
		t.Errorf("the name is %q", column(2, "name"))
	}
}
