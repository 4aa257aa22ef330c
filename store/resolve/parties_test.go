package resolve_test

import (
	"testing"

	"sukien/news"
	"sukien/store/resolve"
)

// reported is a record of an article whose text is like every other's here, so
// that only what the record says can tell two of them apart.
func reported(article string, s news.Slots) *resolve.Told {
	t := told(article, s, "2026-03-20T18:00:00+07:00")
	t.Title = "Vĩnh Sơn và Atlantis bàn về Hố Lớn"
	t.Terms = resolve.Terms(t.Title, "Ông Lý Văn Thử ở Vĩnh Sơn bàn với khách Atlantis về đập Hố Lớn. Đập Hố Lớn ở Vĩnh Sơn.")
	t.Prepare()
	return t
}

func people(names ...string) func(*news.Slots) {
	return func(s *news.Slots) {
		s.Officials = nil
		for _, n := range names {
			s.Officials = append(s.Officials, news.Official{Name: n})
		}
	}
}

func named(name string, more ...func(*news.Slots)) func(*news.Slots) {
	return func(s *news.Slots) {
		s.Name = name
		for _, f := range more {
			f(s)
		}
	}
}

// TestSameInAlikeArticles: articles that use the same words still tell of two
// meetings where the records name other hosts, guests, phases or rounds.
func TestSameInAlikeArticles(t *testing.T) {
	work := news.Slots{Kind: news.Meeting, Name: "buổi làm việc với UBND thành phố Vĩnh Sơn về lũ", Start: "2026-03-20", Status: news.Held}
	talks := news.Slots{Kind: news.Talks, Name: "hội đàm với ông Jonas Brandt", Start: "2026-03-20", Status: news.Held, Officials: []news.Official{{Name: "Lý Văn Thử"}, {Name: "Jonas Brandt"}}}
	fair := news.Slots{Kind: news.Ceremony, Name: "lễ khai mạc Hội muối Vĩnh Sơn"}
	for _, row := range []struct {
		name string
		a, b news.Slots
		want bool
	}{
		{"one host", work, change(work, named("làm việc với lãnh đạo thành phố Vĩnh Sơn về lũ")), true},
		{"other hosts of one day", work, change(work, named("buổi làm việc với Bệnh viện Vĩnh Sơn về lũ")), false},
		{"other guests of one day", talks, change(talks, named("hội đàm với bà Ana Reyes", people("Lý Văn Thử", "Ana Reyes"))), false},
		{"the talks from the other side", talks, change(talks, named("hội đàm với ông Lý Văn Thử")), true},
		{"one guest with another host", talks, change(talks, people("Ngô Thị Mẫu", "Jonas Brandt")), false},
		{"a guest, and others of the same day", talks, change(talks, named("tiếp các doanh nghiệp muối Tân Hải", people("Lý Văn Thử"))), false},
		{"a comma behind the guest's name", change(talks, named("hội đàm với ông Jonas Brandt, Thủ tướng Atlantis")), change(talks, named("hội đàm với bà Ana Reyes, Ngoại trưởng", people("Lý Văn Thử", "Ana Reyes"))), false},
		{"the guest by the last name", talks, change(talks, named("cuộc gặp Brandt")), true},
		{"the next round", talks, change(talks, named("vòng đàm phán tới", func(s *news.Slots) { s.Start, s.Status = "2026-03-27", news.Upcoming })), false},
		{"announced for the next day", talks, change(talks, func(s *news.Slots) { s.Start, s.Status = "2026-03-21", news.Upcoming }), true},
		{"opening and closing", fair, change(fair, named("lễ bế mạc Hội muối Vĩnh Sơn")), false},
		{"a fair and its opening", fair, news.Slots{Kind: news.OtherKind, Name: "Hội muối Vĩnh Sơn"}, true},
		{"a congress from its opening to its close", change(fair, func(s *news.Slots) { s.Kind, s.Name = news.Congress, "khai mạc Đại hội Muối" }),
			change(fair, func(s *news.Slots) { s.Kind, s.Name = news.Congress, "bế mạc Đại hội Muối" }), true},
	} {
		v := resolve.Same(reported("a", row.a), reported("b", row.b))
		if v.Same != row.want || v.Why() == "" {
			t.Errorf("%s: %+v, want same %v", row.name, v, row.want)
		}
	}
}

// TestSameInOneArticle: what an article tells apart is one meeting only where
// names or people leave little doubt.
func TestSameInOneArticle(t *testing.T) {
	talks := news.Slots{Kind: news.Talks, Name: "cuộc gặp", Start: "2026-03-20", Officials: []news.Official{{Name: "Lý Văn Thử"}, {Name: "Jonas Brandt"}}}
	fair := news.Slots{Kind: news.OtherKind, Name: "Hội muối Vĩnh Sơn", Start: "2026-03-20"}
	for _, row := range []struct {
		name string
		a, b news.Slots
		want bool
	}{
		{"a summit of the same two", talks, change(talks, named("hội nghị thượng đỉnh Brandt và ông Thử", func(s *news.Slots) { s.Kind = news.Conference })), true},
		{"the same two on another day", talks, change(talks, func(s *news.Slots) { s.Start = "2026-03-24" }), false},
		{"one of the two with another", talks, change(talks, named("gặp bà Ana Reyes", people("Lý Văn Thử", "Ana Reyes"))), false},
		{"a press conference of the same two", talks, change(talks, named("họp báo", func(s *news.Slots) { s.Kind = news.PressConference })), false},
		{"a fair and its opening", fair, news.Slots{Kind: news.Ceremony, Name: "lễ khai mạc"}, true},
		{"a fair and another", fair, change(fair, named("Triển lãm đường mía Tân Hải")), false},
		{"a longer name", fair, change(fair, named("Hội muối Vĩnh Sơn mở rộng năm 2026")), true},
		{"in other provinces", change(fair, place("Cần Thơ")), change(fair, place("Lào Cai")), false},
	} {
		a, b := told("a", row.a, "2026-03-20"), told("a", row.b, "2026-03-20")
		if v := resolve.Same(a, b); v.Same != row.want || v.Why() == "" {
			t.Errorf("%s: %+v, want same %v", row.name, v, row.want)
		}
	}
}

// TestGroupHearsTheReader: two meetings that one article tells apart stay apart
// though others could be of either.
func TestGroupHearsTheReader(t *testing.T) {
	talks := func(day news.Date) news.Slots {
		return news.Slots{Kind: news.Talks, Name: "vòng đàm phán", Start: day, Officials: []news.Official{{Name: "Lý Văn Thử"}, {Name: "Jonas Brandt"}}}
	}
	first, next := reported("a", talks("2026-03-20")), reported("a", talks("2026-03-27"))
	next.Record.ID = "r-a2"
	late := reported("b", talks(""))
	if got := resolve.Group([]*resolve.Told{first, next, late}); len(got) != 2 {
		t.Errorf("%d meetings, want the two that one article tells apart", len(got))
	}
}
