package extractor_test

import (
	"testing"

	"sukien/news"
)

// TestMeetingSlots: what is said of a meeting itself, one case a reading. The
// articles are invented.
func TestMeetingSlots(t *testing.T) {
	x := build(t, shippedFiles(t))
	for _, c := range []struct {
		name, title, text string
		published         news.Stamp
		want              news.Slots
	}{
		{"the year is the edition's", "", "Trong hai ngày 21, 22/11, tại Viêng Chăn đã diễn ra Hội nghị Bộ trưởng ASEAN về Phúc lợi xã hội và Phát triển lần thứ 10.", "",
			news.Slots{Name: "Hội nghị Bộ trưởng ASEAN về Phúc lợi xã hội và Phát triển lần thứ 10", Series: "ammswd", Abbreviation: "AMMSWD", Level: news.International, Ordinal: 10, Start: "2019-11-21", End: "2019-11-22", DateBasis: news.DateSeries, Status: news.Held}},
		{"the article's own year stands", "", "Ngày 21/11/2020, tại Huế đã diễn ra Hội nghị Bộ trưởng ASEAN về Phúc lợi xã hội và Phát triển lần thứ 10.", "",
			news.Slots{Name: "Hội nghị Bộ trưởng ASEAN về Phúc lợi xã hội và Phát triển lần thứ 10", Series: "ammswd", Abbreviation: "AMMSWD", Level: news.International, Ordinal: 10, Start: "2020-11-21", DateBasis: news.DateExplicit, Status: news.Held}},
		{"a year of publication alone works out no date", "", "Ngày 8/6, tại Huế, Bộ Y tế tổ chức Hội thảo quốc gia về nước sạch vùng cao.", "2019",
			news.Slots{Name: "Hội thảo quốc gia về nước sạch vùng cao", Level: news.National, Start: "--06-08", Status: news.Held}},
		{"a visit that ends", "Kết thúc tốt đẹp chuyến thăm chính thức Lào", "Kết thúc tốt đẹp chuyến thăm chính thức Lào, sáng 5/4, đoàn đã rời Viêng Chăn.", "2025-04-05T20:00:00+07:00",
			news.Slots{Name: "chuyến thăm chính thức Lào", End: "2025-04-05", Status: news.Held}},
		{"both go together", "", "Bộ trưởng sẽ thăm chính thức Lào và đồng chủ trì Phiên họp lần thứ ba Ủy ban Hợp tác Sông Ngòi từ ngày 8-10/9/2024.", "2024-09-06T08:00:00+07:00",
			news.Slots{Name: "thăm chính thức Lào", Start: "2024-09-08", End: "2024-09-10", Status: news.Upcoming}},
		{"the rest of the name after the day", "", "Ông nhấn mạnh như vậy tại cuộc họp chiều 19/2, nghe báo cáo về dự án Luật Cây xanh.", "2024-02-19T21:00:00+07:00",
			news.Slots{Name: "cuộc họp nghe báo cáo về dự án Luật Cây xanh", Start: "2024-02-19", Status: news.Held}},
		{"this evening is still to come", "", "Lễ trao giải Hoa sen lần thứ ba sẽ diễn ra tối 4/3 tại Nhà hát Lớn Hà Nội.", "2025-03-04T08:00:00+07:00",
			news.Slots{Name: "Lễ trao giải Hoa sen lần thứ ba", Ordinal: 3, Start: "2025-03-04", Status: news.Upcoming}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := x.Extract(&news.Article{ID: "m", Title: c.title, Text: c.text, Published: c.published})
			if len(got) == 0 || got[0].Salience != news.Main {
				t.Fatalf("no main record: %+v", got)
			}
			g := got[0]
			have := news.Slots{Name: g.Name, Series: g.Series, Abbreviation: g.Abbreviation, Level: g.Level, Ordinal: g.Ordinal, Start: g.Start, End: g.End, DateBasis: g.DateBasis, Status: g.Status}
			if c.want.DateBasis == "" {
				have.DateBasis = ""
			}
			if c.want.Level == "" {
				have.Level = ""
			}
			if !equalSlots(have, c.want) {
				t.Errorf("got  %+v\nwant %+v", have, c.want)
			}
			if g.Confidence <= 0 || g.Confidence >= 1 {
				t.Errorf("confidence %v is no chance", g.Confidence)
			}
		})
	}
}

// equalSlots compares the slots that the test names.
func equalSlots(a, b news.Slots) bool {
	return a.Name == b.Name && a.Series == b.Series && a.Abbreviation == b.Abbreviation && a.Level == b.Level && a.Ordinal == b.Ordinal &&
		a.Start == b.Start && a.End == b.End && a.DateBasis == b.DateBasis && a.Status == b.Status
}

// TestParent: the larger meeting is named on the part.
func TestParent(t *testing.T) {
	x := build(t, shippedFiles(t))
	got := x.Extract(&news.Article{ID: "p", Text: "Ngày 11/9, tại Huế, Bộ Y tế tổ chức Hội thảo về chăm sóc trẻ em vùng cao.\nHội thảo nằm trong khuôn khổ Hội nghị Bộ trưởng Y tế ASEAN lần thứ 8.", Published: "2024-09-12"})
	if len(got) == 0 || got[0].Parent == nil || got[0].Parent.Ordinal != 8 {
		t.Fatalf("got %+v, want a parent of the eighth edition", got)
	}
}
