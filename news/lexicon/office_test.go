package lexicon_test

import (
	"testing"
	"testing/fstest"

	"sukien/news"
	"sukien/news/lexicon"
)

func TestHeld(t *testing.T) {
	for _, row := range []struct {
		name           string
		from, to, when news.Date
		want           bool
	}{
		{"the first day", "2021-04-05", "2025", "2021-04-05", true},
		{"the day before", "2021-04-05", "2025", "2021-04-04", false},
		{"the last month", "2021-04-05", "2024-08", "2024-08-31", true},
		{"the month after", "2021-04-05", "2024-08", "2024-09-01", false},
		{"a month that it began in", "2021-04-05", "2025", "2021-04", true},
		{"a year, known to the year", "2021", "2021", "2021-12-31", true},
		{"no year", "2021", "2025", "--11-21", false},
		{"no day", "2021", "2025", "", false},
	} {
		ended, lasting := lexicon.Office{From: row.from, To: row.to}, lexicon.Office{From: row.from, Known: row.to}
		if got := ended.Held(row.when); got != row.want || lasting.Held(row.when) != got {
			t.Errorf("%s: %v", row.name, got)
		}
	}
}

// TestOfficials: people are known by their offices, and not found in texts.
func TestOfficials(t *testing.T) {
	l, err := lexicon.Load(fstest.MapFS{"officials.yaml": {Data: []byte(`class: official
country: VN
entries:
  - id: ly-van-thu
    name: Lý Văn Thử
    variants: [Lí Văn Thử]
    offices:
      - {title: Bộ trưởng, body: Bộ Muối, from: 2021-04-05, to: 2024-08, basis: elected}
`)}})
	if err != nil {
		t.Fatal(err)
	}
	e := l.Get(lexicon.Officials, "ly-van-thu")
	want := lexicon.Office{Title: "Bộ trưởng", Body: "Bộ Muối", From: "2021-04-05", To: "2024-08", Basis: "elected"}
	if e == nil || len(e.Offices) != 1 || e.Offices[0] != want || len(e.Spellings) != 1 || e.Country != "VN" {
		t.Errorf("%+v", e)
	}
	if got := l.Lookup("Lý Văn Thử"); len(got) != 0 {
		t.Errorf("%d entries for a person's name in a text", len(got))
	}
}
