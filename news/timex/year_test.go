package timex_test

import (
	"testing"
	"time"

	"sukien/news"
	"sukien/news/timex"
)

// TestTense works years out from words of tense.
func TestTense(t *testing.T) {
	check(t, friday, []row{
		{"future word", "Ngày 20/9 tới, trường sẽ kỷ niệm ngày hội đọc sách.",
			"Ngày 20/9 tới = 2025-09-20 by published"},
		{"past word", "Ngày 20/9 vừa qua, trường đã khánh thành.",
			"Ngày 20/9 vừa qua = 2024-09-20 by published"},
		{"tới is a verb", "Ngày 20/2 tới thăm trạm y tế xã",
			"Ngày 20/2 = 2025-02-20 by published"},
		{"sẽ far ahead", "Đại hội dự kiến khai mạc ngày 25/9.",
			"ngày 25/9 = 2025-09-25 by published"},
		{"đã far back", "Đại hội đã khai mạc ngày 12/9.",
			"ngày 12/9 = 2024-09-12 by published"},
		{"this year", "ngày 1/12 năm nay",
			"ngày 1/12 năm nay = 2025-12-01 by relative"},
		{"last year", "ngày 3/3 năm ngoái",
			"ngày 3/3 năm ngoái = 2024-03-03 by relative"},
		{"next year", "tháng 3 năm sau",
			"tháng 3 năm sau = 2026-03 month by relative"},
	})
}

// TestJanuary works years out just after the turn of the year.
func TestJanuary(t *testing.T) {
	check(t, time.Date(2025, 1, 3, 12, 0, 0, 0, news.Hanoi), []row{
		{"late December", "Chiều 28/12, đội kéo co về nhất.",
			"Chiều 28/12 = 2024-12-28 afternoon by published"},
		{"range over new year", "từ 29/12 đến 2/1",
			"từ 29/12 đến 2/1 = 2024-12-29..2025-01-02 by published"},
		{"January", "Sáng 3/1, đại hội chi đoàn diễn ra.",
			"Sáng 3/1 = 2025-01-03 morning by published"},
		{"November past", "Hồi tháng 11, xưởng đóng cửa.",
			"tháng 11 = 2024-11 month by published"},
	})
}

// TestDecember works years out just before the turn of the year.
func TestDecember(t *testing.T) {
	check(t, time.Date(2024, 12, 28, 12, 0, 0, 0, news.Hanoi), []row{
		{"early January", "Ngày 5/1, chợ phiên sẽ mở lại.",
			"Ngày 5/1 = 2025-01-05 by published"},
		{"first quarter ahead", "Dự kiến quý I, cầu sẽ thông xe.",
			"quý I = 2025-Q1 quarter by published"},
	})
}

// TestUnknownYear leaves unknown what nothing says.
func TestUnknownYear(t *testing.T) {
	check(t, time.Time{}, []row{
		{"unknown year", "Sáng 21/3, lễ phát động diễn ra.",
			"Sáng 21/3 = --03-21 morning"},
		{"unknown range", "từ 21 đến 23/3",
			"từ 21 đến 23/3 = --03-21..--03-23"},
		{"year said", "Sáng 21/3/2023, lễ phát động diễn ra.",
			"Sáng 21/3/2023 = 2023-03-21 morning by explicit"},
		{"relative unknown", "Hôm nay, chợ nghỉ.",
			"Hôm nay = by relative"},
		{"relative with date", "hôm nay (14/3)",
			"hôm nay (14/3) = --03-14"},
		{"lunar unknown", "ngày mùng 3 tháng 3 âm lịch",
			"ngày mùng 3 tháng 3 âm lịch = lunar"},
		{"time only", "lúc 14 giờ 30",
			"lúc 14 giờ 30 = at 14:30 minute"},
	})
}

// TestTenseSaid reports what the words around an expression say.
func TestTenseSaid(t *testing.T) {
	for text, want := range map[string]timex.Tense{
		"Ngày 20/3, cầu sẽ thông xe.":                 timex.Future,
		"Cầu dự kiến thông xe ngày 20/3.":             timex.Future,
		"Ngày 5/3, cầu đã thông xe.":                  timex.Past,
		"Ngày 5/3, cầu thông xe. Đường sẽ làm tiếp.":  timex.TenseUnknown,
		"Đường đã xong.\nNgày 20/3, cầu thông xe.":    timex.TenseUnknown,
		"Đường đã xong; ngày 20/3, cầu sắp thông xe.": timex.Future,
	} {
		t.Run(text, func(t *testing.T) {
			found := timex.Parse(text, timex.Reference{Published: friday})
			if len(found) != 1 || found[0].Tense != want {
				t.Errorf("found %s with tense %d, want %d", show(text, found), found[0].Tense, want)
			}
		})
	}
}
