package timex_test

import (
	"testing"
	"time"

	"sukien/news"
	"sukien/news/timex"
)

func TestStamp(t *testing.T) {
	for _, r := range []struct {
		text  string
		want  news.Stamp
		basis news.Basis
	}{
		{"Thứ Ba, 19/11/2019 | 09:56:42", "2019-11-19T09:56:00+07:00", news.BasisText},
		{"19:07 12/03/2025", "2025-03-12T19:07:00+07:00", news.BasisText},
		{"12/17/2021 3:35:00 PM", "2021-12-17T15:35:00+07:00", news.BasisText},
		{"5/17/2021 12:05:00 AM", "2021-05-17T00:05:00+07:00", news.BasisText},
		{"2 giờ trước", "2025-03-14T10:00:00+07:00", news.BasisRelative},
		{"Khoảng 15 phút trước", "2025-03-14T11:45:00+07:00", news.BasisRelative},
		{"3 ngày trước", "2025-03-11", news.BasisRelative},
		{"2 tuần trước", "2025-02", news.BasisRelative},
		{"hôm qua", "2025-03-13", news.BasisRelative},
		{"Hôm qua 08:16", "2025-03-13T08:16:00+07:00", news.BasisRelative},
		{"Cập nhật lúc 08:15, 21/03/2022 GMT+7", "2022-03-21T08:15:00+07:00", news.BasisText},
		{"06/03/2025 - 22:48", "2025-03-06T22:48:00+07:00", news.BasisText},
		{"21-11-2019 , 09:05 AM", "2019-11-21T09:05:00+07:00", news.BasisText},
		{"Thứ tư, 9/9/2020, 14:30 (GMT+7)", "2020-09-09T14:30:00+07:00", news.BasisText},
		{"Đăng ngày 5 tháng 3 năm 2024 lúc 10:15", "2024-03-05T10:15:00+07:00", news.BasisText},
		{"Chủ nhật, ngày 2 tháng 3 năm 2025", "2025-03-02", news.BasisText},
		{"Ngày đăng: 07.02.2024", "2024-02-07", news.BasisText},
		{"Xuất bản: 14h05 | 07-02-2024", "2024-02-07T14:05:00+07:00", news.BasisText},
		{"Đăng ngày 05/03/2024 - Cập nhật 06/03/2024", "2024-03-05", news.BasisText},
		{"Cập nhật 06/03/2024 - Đăng ngày 05/03/2024", "2024-03-05", news.BasisText},
		{"2024-12-21 12:57:03", "2024-12-21T12:57:00+07:00", news.BasisText},
		{"21/12/2024 08:00 GMT+9", "2024-12-21T06:00:00+07:00", news.BasisText},
		{"30/12, 09:10", "2024-12-30T09:10:00+07:00", news.BasisText},
		{"T7, 15/02/2025, 7:05 CH", "2025-02-15T19:05:00+07:00", news.BasisText},
		{"Tháng 11/2019", "2019-11", news.BasisText},
		{"Năm 2019", "2019", news.BasisText},

		{"", "", news.BasisNone},
		{"Ngày 5/3/2024, xã họp", "", news.BasisNone},
		{"Hà Nội, 5/3/2024", "", news.BasisNone},
		{"5/3/2024 1.234 lượt xem", "", news.BasisNone},
		{"từ 5/3 đến 7/3/2024", "", news.BasisNone},
		{"8h - 11h30 ngày 5/3/2024", "", news.BasisNone},
		{"14:30", "", news.BasisNone},
		{"Ngày đăng", "", news.BasisNone},
		{"Tháng 1", "", news.BasisNone},
		{"(27/12)", "", news.BasisNone},
		{"Ngày Nhà giáo 20/11", "", news.BasisNone},
		{"trước ngày 5/3/2024", "", news.BasisNone},
		{"giai đoạn 2021-2025", "", news.BasisNone},
	} {
		t.Run(r.text, func(t *testing.T) {
			at, basis, ok := timex.Stamp(r.text, friday)
			if at != r.want || basis != r.basis || ok != (r.want != "") {
				t.Errorf("got %q %q %v, want %q %q", at, basis, ok, r.want, r.basis)
			}
		})
	}
}

// TestStampBounds refuses long lines, and relative ones where now is unknown.
func TestStampBounds(t *testing.T) {
	long := "5/3/2024"
	for range 200 {
		long += " "
	}
	if _, _, ok := timex.Stamp(long, friday); !ok {
		t.Error("blanks at the end must not count")
	}
	if _, _, ok := timex.Stamp(long+"5/3/2024", friday); ok {
		t.Error("a line of 200 bytes was read")
	}
	if at, _, ok := timex.Stamp("2 giờ trước", time.Time{}); ok {
		t.Errorf("counted from an unknown time: %s", at)
	}
	if at, _, ok := timex.Stamp("5/3, 10:00", time.Time{}); ok {
		t.Errorf("a year out of nothing: %s", at)
	}
}
