package timex_test

import (
	"testing"

	"sukien/news"
	"sukien/news/timex"
)

// TestLunarCalendar compares with published Vietnamese calendars. In 1985,
// 2007 and 2030 Tết is a day or a month before the Chinese new year; 2020, 2023
// and 2025 have a leap month.
func TestLunarCalendar(t *testing.T) {
	for _, r := range []struct{ text, want string }{
		{"mùng 1 tháng Giêng năm 1968", "1968-01-29"},
		{"mùng 1 tháng Giêng năm 1985", "1985-01-21"},
		{"mùng 1 tháng Giêng năm 2000", "2000-02-05"},
		{"mùng 1 tháng Giêng năm 2007", "2007-02-17"},
		{"mùng 1 tháng Giêng năm 2020", "2020-01-25"},
		{"mùng 1 tháng Giêng năm 2021", "2021-02-12"},
		{"mùng 1 tháng Giêng năm 2022", "2022-02-01"},
		{"mùng 1 tháng Giêng năm 2023", "2023-01-22"},
		{"mùng 1 tháng Giêng năm 2024", "2024-02-10"},
		{"mùng 1 tháng Giêng năm 2025", "2025-01-29"},
		{"mùng 1 tháng Giêng năm 2026", "2026-02-17"},
		{"mùng 1 tháng Giêng năm 2030", "2030-02-02"},
		{"rằm tháng 8 năm 2020", "2020-10-01"},
		{"rằm tháng 8 năm 2023", "2023-09-29"},
		{"rằm tháng 8 năm 2025", "2025-10-06"},
		{"ngày 10 tháng 3 năm Quý Mão", "2023-04-29"},
		{"mùng 10 tháng 3 năm 2024", "2024-04-18"},
		{"mùng 10 tháng 3 năm 2025", "2025-04-07"},
	} {
		t.Run(r.text, func(t *testing.T) {
			found := timex.Parse(r.text, timex.Reference{Published: friday})
			if len(found) != 1 || found[0].Start != news.Date(r.want) || !found[0].Lunar {
				t.Errorf("got %s, want %s", show(r.text, found), r.want)
			}
		})
	}
}
