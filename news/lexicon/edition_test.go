package lexicon_test

import (
	"testing"
	"time"

	"sukien/news"
	"sukien/news/lexicon"
)

func forum() *lexicon.Series {
	e := &lexicon.Entry{ID: "dien-dan-mau", Name: "Diễn đàn Mẫu", Attr: map[string]string{"cadence": "yearly", "editions": "3=2019-11 4=2020-11-12 6=2022-10 x=2023-01 7=soon"}}
	return e.Series()
}

func TestEstimateYear(t *testing.T) {
	for _, tt := range []struct {
		name   string
		number int
		month  time.Month
		want   int
	}{
		{"known", 4, time.November, 2020},
		{"the one after", 5, time.November, 2021},
		{"over the new year", 5, time.January, 2022},
		{"two after the last", 8, time.October, 2024},
		{"too far away", 12, time.October, 0},
		{"no number", 0, time.October, 0},
	} {
		if got := forum().EstimateYear(tt.number, tt.month); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
	rare := (&lexicon.Entry{Attr: map[string]string{"cadence": "irregular", "editions": "1=2019-11"}}).Series()
	if got := rare.EstimateYear(2, time.May); got != 0 {
		t.Errorf("irregular: %d", got)
	}
}

func TestContradiction(t *testing.T) {
	for _, tt := range []struct {
		name   string
		number int
		when   news.Date
		want   string
	}{
		{"as known", 4, "2020-11-13", ""},
		{"postponed within the half-year", 4, "2021-02", ""},
		{"another year", 4, "2022-01-10", "edition 4 was in 2020-11-12"},
		{"before an earlier one", 5, "2018-11", "edition 3 was in 2019-11"},
		{"after a later one", 5, "2023-11", "edition 6 was in 2022-10"},
		{"a new one", 7, "2023-10", ""},
		{"no year", 4, "--11-12", ""},
		{"no number", 0, "2020-11", ""},
	} {
		if got := forum().Contradiction(tt.number, tt.when); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestLearnAndOverdue(t *testing.T) {
	s := forum()
	now := time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC)
	if e, late := s.Overdue(now); !late || e.Number != 7 || e.When != "2023-10" {
		t.Errorf("overdue %+v %v", e, late)
	}
	s.Learn(7, "2020-01-01", "e1") // contradicts edition 6
	s.Learn(7, "2023-10-20", "e2")
	if e, late := s.Overdue(now); late || e.Number != 8 {
		t.Errorf("after learning: %+v %v", e, late)
	}
	if got := s.EstimateYear(9, time.October); got != 2025 {
		t.Errorf("estimate from what was learnt: %d", got)
	}
}
