package resolve_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
	"sukien/news"
	"sukien/store/resolve"
)

// told prepares a record of an article of its own.
func told(article string, s news.Slots, published news.Stamp) *resolve.Told {
	if s.Salience == "" {
		s.Salience = news.Main
	}
	t := &resolve.Told{Record: news.Record{ID: "r-" + article, Slots: s}, ArticleID: article, URL: "https://" + article, Source: article, Published: published}
	t.Prepare()
	return t
}

func TestSame(t *testing.T) {
	plenum := news.Slots{Kind: news.Conference, Name: "Hội nghị Hiệp hội Muối biển lần thứ 6", Ordinal: 6, Start: "2026-03-20"}
	sitting := change(plenum, func(s *news.Slots) { s.Kind, s.Name = news.Session, "Phiên họp thứ 6 Hiệp hội Muối biển" })
	talks := news.Slots{Kind: news.Talks, Name: "hội đàm với Bộ trưởng Muối Atlantis", Start: "2026-03-20",
		Officials: []news.Official{{Name: "Lý Thị Thử"}, {Name: "Jonas Brandt"}}}
	for _, row := range []struct {
		name string
		a, b news.Slots
		want bool
	}{
		{"the same", plenum, plenum, true},
		{"another edition", plenum, change(plenum, func(s *news.Slots) { s.Ordinal = 7 }), false},
		{"one without a number", plenum, change(plenum, func(s *news.Slots) { s.Ordinal = 0 }), true},
		{"another day of one edition", plenum, change(plenum, func(s *news.Slots) { s.Start = "2026-03-22" }), true},
		{"a number and no more, another day", change(plenum, func(s *news.Slots) { s.Name = "Hội nghị lần thứ 6" }), change(plenum, func(s *news.Slots) { s.Name, s.Start = "Hội nghị lần thứ 6", "2026-03-22" }), false},
		{"another day's sitting", sitting, change(sitting, func(s *news.Slots) { s.Start = "2026-03-22" }), false},
		{"a day of its span", plenum, change(plenum, func(s *news.Slots) { s.Start, s.End = "2026-03-19", "2026-03-21" }), true},
		{"another province", change(plenum, place("Cần Thơ")), change(plenum, place("Lào Cai")), false},
		{"the province with its word", change(plenum, place("Lào Cai")), change(plenum, place("tỉnh Lào Cai")), true},
		{"the series' edition under another name", change(plenum, func(s *news.Slots) { s.Series, s.Start = "muoi", "" }),
			change(plenum, func(s *news.Slots) { s.Series, s.Name = "muoi", "MUOI 6" }), true},
		{"next year's edition, in an article on this year's", change(plenum, func(s *news.Slots) { s.Series, s.Ordinal = "muoi", 0 }),
			change(plenum, func(s *news.Slots) { s.Series, s.Ordinal, s.Name, s.Start = "muoi", 0, "MUOI 2027", "" }), false},
		{"other series", change(plenum, func(s *news.Slots) { s.Series = "muoi" }), change(plenum, func(s *news.Slots) { s.Series = "duong" }), false},
		{"talks of the same parties", talks, change(talks, func(s *news.Slots) { s.Name = "tiếp ông Jonas Brandt" }), true},
		{"talks with another guest", talks, change(talks, func(s *news.Slots) {
			s.Name, s.Officials = "hội đàm với Bộ trưởng Đường Lemuria", []news.Official{{Name: "Lý Thị Thử"}, {Name: "Ana Reyes"}}
		}), false},
		{"talks and a conference", talks, plenum, false},
		{"two communes' congresses", news.Slots{Kind: news.Congress, Name: "Đại hội Thể dục xã Bình An lần thứ I", Ordinal: 1, Start: "2026-03-20"},
			news.Slots{Kind: news.Congress, Name: "Đại hội Thể dục xã Tân Phú lần thứ I", Ordinal: 1, Start: "2026-03-20"}, false},
		{"names in part alike, no day", news.Slots{Kind: news.Conference, Name: "Hội nghị Muối Biển Bạc"}, news.Slots{Kind: news.Meeting, Name: "cuộc họp Muối Biển Bạc mở rộng Atlantis"}, false},
		{"names in part alike, no day, one place", change(news.Slots{Kind: news.Conference, Name: "Hội nghị Muối Biển Bạc"}, place("Lào Cai")),
			change(news.Slots{Kind: news.Meeting, Name: "cuộc họp Muối Biển Bạc mở rộng Atlantis"}, place("Lào Cai")), true},
		{"a fair and its opening", news.Slots{Kind: news.Ceremony, Name: "lễ khai mạc Hội muối Biển Bạc"}, news.Slots{Kind: news.OtherKind, Name: "Hội muối Biển Bạc"}, true},
		{"a fair and another ceremony", news.Slots{Kind: news.Ceremony, Name: "lễ ra quân Hội muối Biển Bạc"}, news.Slots{Kind: news.OtherKind, Name: "Hội muối Biển Bạc"}, false},
		{"one series at one time under other names", news.Slots{Kind: news.Conference, Series: "muoi", Name: "Hội nghị thượng đỉnh MUOI", Start: "2026-03-22"},
			news.Slots{Kind: news.OtherKind, Series: "muoi", Name: "Tuần lễ cấp cao Hiệp hội Muối biển", Start: "2026-03-19"}, true},
		{"one series, other years", news.Slots{Kind: news.Conference, Series: "muoi", Name: "Hội nghị MUOI 2026"}, news.Slots{Kind: news.Conference, Series: "muoi", Name: "Hội nghị MUOI 2027"}, false},
		{"one series, other provinces", change(change(plenum, place("Cần Thơ")), func(s *news.Slots) { s.Series, s.Ordinal, s.Start = "muoi", 0, "2026-03-21" }),
			change(change(plenum, place("Lào Cai")), func(s *news.Slots) { s.Series, s.Ordinal = "muoi", 0 }), false},
		{"a series, and a press conference on it", news.Slots{Kind: news.Conference, Series: "muoi", Name: "Hội nghị MUOI"}, news.Slots{Kind: news.PressConference, Series: "muoi", Name: "họp báo về mùa muối"}, false},
		{"bare words", news.Slots{Kind: news.Meeting, Name: "cuộc họp", Start: "2026-03-20"}, news.Slots{Kind: news.Meeting, Name: "cuộc họp", Start: "2026-03-20"}, false},
	} {
		a, b := told("a", row.a, "2026-03-20"), told("b", row.b, "2026-03-20")
		if v := resolve.Same(a, b); v.Same != row.want || v.Why() == "" {
			t.Errorf("%s: %+v, want same %v", row.name, v, row.want)
		}
	}
}

func change(s news.Slots, f func(*news.Slots)) news.Slots { f(&s); return s }

func place(name string) func(*news.Slots) {
	return func(s *news.Slots) { s.Places = []news.Place{{Name: name, Kind: news.ProvincePlace}} }
}

func TestTerms(t *testing.T) {
	for _, row := range []struct{ name, title, text, want string }{
		{"names of people and places", "", "Ông Lý Văn Thử ở Vĩnh Sơn. Chiều nay ông Lý Văn Thử về.", "lý văn thử=1|vĩnh sơn=1|ông lý văn thử=1"},
		{"the first word of a sentence is no name", "", "Chiều nay trời mưa. Trời mưa.", ""},
		{"foreign words alone too", "", "gặp Jonas Brandt, rồi Brandt về", "brandt=2|jonas=1|jonas brandt=1"},
		{"the title counts more", "Đập ở Hố Lớn", "tới Hố Lớn", "hố lớn=4"},
	} {
		list := resolve.Terms(row.title, row.text)
		if got := resolve.FormatTerms(list); got != row.want {
			t.Errorf("%s: %q, want %q", row.name, got, row.want)
		}
		if !slices.Equal(resolve.ParseTerms(resolve.FormatTerms(list)), list) {
			t.Errorf("%s: not read back as written", row.name)
		}
	}
}

// meetings draws records that are much alike.
func meetings(t *rapid.T) []*resolve.Told {
	var list []*resolve.Told
	for i := range rapid.IntRange(1, 14).Draw(t, "records") {
		pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
		s := news.Slots{
			Salience: news.Salience(pick("salience", "main", "mention")), Kind: news.Kind(pick("kind", "conference", "forum", "talks", "ceremony")),
			Name:  "Hội nghị " + pick("name", "Muối biển", "Muối biển mở rộng", "Đường mía", "") + pick("unit", "", " xã Bình An", " xã Tân Phú"),
			Start: news.Date(pick("start", "2026-03-20", "2026-03-21", "2026-03", "")), Ordinal: rapid.IntRange(0, 2).Draw(t, "ordinal"),
			Series: pick("series", "", "", "muoi"),
		}
		if rapid.Bool().Draw(t, "people") {
			s.Officials = []news.Official{{Name: pick("a", "Lý Thị Thử", "Thử")}, {Name: pick("b", "Jonas Brandt", "Ana Reyes")}}
		}
		if rapid.Bool().Draw(t, "placed") {
			place(pick("place", "Cần Thơ", "Lào Cai"))(&s)
		}
		r := told(fmt.Sprintf("a%02d", i/2), s, news.Stamp(pick("published", "2026-03-20", "2026-03-29", "")))
		r.Record.ID = fmt.Sprintf("r%02d", i)
		if rapid.Bool().Draw(t, "text") {
			r.Terms = resolve.Terms("", "ông "+pick("term", "Lý Thử Mẫu", "Ngô Mẫu")+" ở "+pick("term2", "Hố Lớn", "Rạch Nhỏ"))
		}
		r.Prepare()
		list = append(list, r)
	}
	return list
}

func outcome(list []*resolve.Told) string {
	var out []string
	for _, m := range resolve.Group(list) {
		f := resolve.Fuse(m.Records)
		out = append(out, fmt.Sprintf("%s %+v", m.Part, f))
	}
	return strings.Join(out, "\n")
}

func TestGroupKnowsNoOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := meetings(t)
		want := outcome(list)
		if got := outcome(rapid.Permutation(list).Draw(t, "order")); got != want {
			t.Errorf("another order gives\n%s\nwant\n%s", got, want)
		}
	})
}

// TestGroupByParts: a part grouped alone gives what it gives among all, which is
// what the store relies on.
func TestGroupByParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := meetings(t)
		parts := map[string][]*resolve.Told{}
		var all []string
		for _, m := range resolve.Group(list) {
			parts[m.Part] = append(parts[m.Part], m.Records...)
			all = append(all, ids(m))
		}
		var alone []string
		for _, part := range parts {
			for _, m := range resolve.Group(part) {
				alone = append(alone, ids(m))
			}
		}
		slices.Sort(all)
		slices.Sort(alone)
		if !slices.Equal(all, alone) {
			t.Errorf("part by part %q, all at once %q", alone, all)
		}
	})
}

func ids(m resolve.Meeting) string {
	var list []string
	for _, r := range m.Records {
		list = append(list, r.Record.ID)
	}
	return strings.Join(list, " ")
}

func TestSameIsSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := meetings(t)
		for i, a := range list {
			for _, b := range list[:i] {
				x, y := resolve.Same(a, b), resolve.Same(b, a)
				if x.Same != y.Same || x.Score != y.Score {
					t.Errorf("%+v and %+v: %+v one way, %+v the other", a.Record, b.Record, x, y)
				}
			}
		}
	})
}

func TestFuseKeepsTheNewestStatus(t *testing.T) {
	s := news.Slots{Kind: news.Forum, Name: "Diễn đàn Muối", Start: "2026-03-20", Status: news.Upcoming}
	early := told("a", s, "2026-03-10")
	late := told("b", change(s, func(s *news.Slots) { s.Status = news.Postponed }), "2026-03-19")
	if f := resolve.Fuse([]*resolve.Told{early, late}); f.Slots.Status != news.Postponed || f.Independent != 2 || len(f.Records) != 2 {
		t.Errorf("fused %+v", f)
	}
}

func TestFuseTakesAnOfficialsStrongestPart(t *testing.T) {
	s := news.Slots{Kind: news.Forum, Name: "Diễn đàn Muối", Start: "2026-03-20", Officials: []news.Official{{Name: "Lê Thị Mặn", Title: "Thứ trưởng", Role: news.Speaker}}}
	other := change(s, func(s *news.Slots) {
		s.Officials = []news.Official{{Name: "Lê Thị Mặn", Org: "Bộ Diêm nghiệp", Role: news.Chair}}
	})
	f := resolve.Fuse([]*resolve.Told{told("a", s, "2026-03-20"), told("b", other, "2026-03-20")})
	want := news.Official{Name: "Lê Thị Mặn", Title: "Thứ trưởng", Org: "Bộ Diêm nghiệp", Role: news.Chair}
	if len(f.Slots.Officials) != 1 || f.Slots.Officials[0] != want {
		t.Errorf("officials %+v, want %+v", f.Slots.Officials, want)
	}
}

func BenchmarkSame(b *testing.B) {
	text := strings.Repeat("Ông Lý Văn Thử họp với Công ty Thủy lợi Vĩnh Sơn và Jonas Brandt về đập Hố Lớn. ", 20)
	x := told("a", news.Slots{Kind: news.Meeting, Name: "cuộc họp về đập Hố Lớn ở Vĩnh Sơn"}, "2026-03-20")
	y := told("b", news.Slots{Kind: news.Meeting, Name: "cuộc họp khẩn về đập"}, "2026-03-20")
	x.Terms, y.Terms = resolve.Terms("Đập Hố Lớn", text), resolve.Terms("Vĩnh Sơn họp", text)
	b.ReportAllocs()
	for b.Loop() {
		resolve.Same(x, y)
	}
}

// TestName: the name that most independent stories give stands, not the longest
// of one; of equals the fullest.
func TestName(t *testing.T) {
	meeting := func(article, name, story string, main bool) *resolve.Told {
		s := news.Slots{Kind: news.Conference, Name: name, Start: "2026-03-20"}
		if !main {
			s.Salience = news.Mention
		}
		r := told(article, s, "2026-03-20")
		r.Story = story
		return r
	}
	const full, short, odd = "Hội nghị Hiệp hội Muối biển", "Hội nghị Muối biển", "hội nghị nghe báo cáo tình hình bờ đập và kè chắn sóng ở Vĩnh Sơn"
	for _, row := range []struct {
		name string
		of   []*resolve.Told
		want string
	}{
		{"most stories", []*resolve.Told{meeting("a", odd, "", true), meeting("b", short, "", true), meeting("c", full, "", true)}, full},
		{"reprints are one story", []*resolve.Told{meeting("a", odd, "", true), meeting("b", short, "wire", true), meeting("c", short, "wire", true)}, odd},
		{"a name that says nothing", []*resolve.Told{meeting("a", "hội nghị", "", true), meeting("b", "hội nghị", "", true), meeting("c", short, "", true)}, short},
		{"mentions do not name what an article is about", []*resolve.Told{meeting("a", odd, "", false), meeting("b", odd, "", false), meeting("c", odd, "", false), meeting("d", short, "", true)}, short},
	} {
		if f := resolve.Fuse(row.of); f.Slots.Name != row.want {
			t.Errorf("%s: %q, want %q", row.name, f.Slots.Name, row.want)
		}
	}
}
