package resolve_test

import (
	"slices"
	"testing"

	"sukien/news"
	"sukien/store/resolve"
)

// TestSameReport: what two articles are about joins records that say little.
func TestSameReport(t *testing.T) {
	about := func(article, title, text string) *resolve.Told {
		r := told(article, news.Slots{Kind: news.Meeting, Name: "cuộc họp"}, "2026-03-20")
		r.Title, r.Terms = title, resolve.Terms(title, text)
		r.Prepare()
		return r
	}
	a := about("a", "Vĩnh Sơn họp khẩn về đập Hố Lớn", "Chiều qua, ông Lý Văn Thử họp với Công ty Thủy lợi Vĩnh Sơn về đập Hố Lớn. Đập Hố Lớn nứt từ tuần trước.")
	b := about("b", "Họp khẩn về đập Hố Lớn nứt", "Ông Lý Văn Thử yêu cầu Công ty Thủy lợi Vĩnh Sơn sửa đập Hố Lớn. Người dân dưới đập Hố Lớn đã rời đi.")
	c := about("c", "Tân Hải bàn chuyện cầu Rạch Nhỏ", "Sáng nay, bà Ngô Thị Mẫu họp với Công ty Cầu đường Tân Hải về cầu Rạch Nhỏ.")
	if v := resolve.Same(a, b); !v.Same {
		t.Errorf("two reports on one dam: %+v", v)
	}
	if v := resolve.Same(a, c); v.Same {
		t.Errorf("reports on a dam and on a bridge: %+v", v)
	}
	if len(a.Keys()) == 0 || !slices.ContainsFunc(a.Keys(), func(k string) bool { return slices.Contains(b.Probes(), k) }) {
		t.Errorf("no key of %q is under %q", a.Keys(), b.Probes())
	}
}

// TestOneChair: who holds meetings every day, and the office, do not make one of
// them; what the articles are about does.
func TestOneChair(t *testing.T) {
	at := func(article, name, start, title, text string) *resolve.Told {
		r := told(article, news.Slots{Kind: news.Meeting, Name: name, Start: news.Date(start), Officials: []news.Official{{Name: "Lý Văn Thử"}}}, news.Stamp(start))
		r.Title, r.Terms = title, resolve.Terms(title, text)
		r.Prepare()
		return r
	}
	const chair = " Chủ tịch Lý Văn Thử chủ trì cuộc họp của Thường trực Chính phủ ở Việt Nam."
	dam := at("a", "cuộc họp về đập", "2026-03-20", "Chủ tịch Lý Văn Thử: Không để vỡ đập", "Sáng 20/3,"+chair+" Đập Hố Lớn ở Vĩnh Sơn nứt từ tuần trước, theo Công ty Thủy lợi Vĩnh Sơn.")
	also := at("b", "cuộc họp khẩn", "2026-03-20", "Họp khẩn về đập nứt", "Sáng 20/3,"+chair+" Công ty Thủy lợi Vĩnh Sơn báo cáo về đập Hố Lớn.")
	tax := at("c", "cuộc họp về thuế", "2026-03-20", "Chủ tịch Lý Văn Thử: Giảm thuế cho dân", "Chiều 20/3,"+chair+" Thuế muối giảm một nửa.")
	bare := at("d", "cuộc họp về một số nội dung", "2026-03-20", "Nhiều nội dung quan trọng", "Tối 20/3,"+chair)
	if v := resolve.Same(dam, also); !v.Same {
		t.Errorf("two reports of one meeting: %s", v.Why())
	}
	for _, o := range []*resolve.Told{tax, bare} {
		if v := resolve.Same(dam, o); v.Same {
			t.Errorf("%s and %s: one chair made them one: %s", dam.Record.Name, o.Record.Name, v.Why())
		}
	}
	if v := resolve.Same(tax, bare); v.Same {
		t.Errorf("reports that name nothing but the chair: %s", v.Why())
	}
}

// TestOtherTime: the days keep apart sittings, and meetings that are long apart
// in articles that are too.
func TestOtherTime(t *testing.T) {
	at := func(article string, kind news.Kind, name, start string) *resolve.Told {
		r := told(article, news.Slots{Kind: kind, Name: name, Ordinal: 1, Start: news.Date(start)}, news.Stamp(start))
		r.Title = "Phiên họp về muối Biển Bạc"
		r.Terms = resolve.Terms(r.Title, "Bà Ngô Thị Mẫu nói về muối Biển Bạc ở Tân Hải với Công ty Muối Tân Hải.")
		r.Prepare()
		return r
	}
	for _, row := range []struct {
		name  string
		kind  news.Kind
		other string
		words string
		want  bool
	}{
		{"one sitting", news.Session, "2026-03-20", "phiên họp thứ nhất", true},
		{"the next day's sitting", news.Session, "2026-03-21", "phiên họp thứ nhất", false},
		{"another day of a meeting that one article mistakes", news.Meeting, "2026-03-21", "cuộc họp thứ nhất", true},
		{"a month later", news.Meeting, "2026-04-20", "cuộc họp thứ nhất", false},
	} {
		if v := resolve.Same(at("a", row.kind, row.words, "2026-03-20"), at("b", row.kind, row.words, row.other)); v.Same != row.want {
			t.Errorf("%s: %v, %s", row.name, v.Same, v.Why())
		}
	}
}

// TestStrangers: what is called alike is not one meeting when the articles have
// not a name in common.
func TestStrangers(t *testing.T) {
	of := func(article, text string) *resolve.Told {
		r := told(article, news.Slots{Kind: news.Congress, Name: "đại hội đồng cổ đông thường niên năm 2026", Start: "2026-04-24"}, "2026-04-24")
		r.Title = "Đại hội cổ đông"
		r.Terms = resolve.Terms(r.Title, text)
		r.Prepare()
		return r
	}
	salt := of("a", "Công ty Muối Biển Bạc họp ở Tân Hải. Ông Lý Văn Thử thay bà Ngô Thị Mẫu. Muối Biển Bạc lãi lớn.")
	also := of("b", "Ở Tân Hải, Công ty Muối Biển Bạc chia cổ tức. Ông Lý Văn Thử làm chủ tịch Muối Biển Bạc.")
	dam := of("c", "Công ty Thủy lợi Vĩnh Sơn họp ở Hố Lớn. Ông Trịnh Văn Mẫu và bà Đào Thị Nháp nói về Vĩnh Sơn.")
	if v := resolve.Same(salt, also); !v.Same {
		t.Errorf("one company: %s", v.Why())
	}
	if v := resolve.Same(salt, dam); v.Same {
		t.Errorf("two companies: %s", v.Why())
	}
}

// TestBesides: talks held besides a conference are not the conference, nor is one
// province's meeting that of another.
func TestBesides(t *testing.T) {
	report := func(article, title, text string, s news.Slots) *resolve.Told {
		s.Start = "2026-03-20"
		r := told(article, s, "2026-03-20")
		r.Title, r.Terms = title, resolve.Terms(title, text)
		r.Prepare()
		return r
	}
	people := []news.Official{{Name: "Ngô Thị Mẫu"}, {Name: "Jonas Brandt"}}
	summit := news.Slots{Kind: news.Conference, Name: "Hội nghị Muối biển lần thứ 6", Ordinal: 6, Officials: people}
	talks := news.Slots{Kind: news.Talks, Name: "cuộc gặp với Tổng thống Atlantis Jonas Brandt", Officials: people}
	ours := func(province string) news.Slots {
		s := news.Slots{Kind: news.Meeting, Name: "cuộc họp về muối"}
		s.Places = []news.Place{{Name: province, Kind: news.ProvincePlace, Country: "VN"}}
		return s
	}
	announced := news.Slots{Kind: news.Conference, Name: "Hội nghị công bố quyết định về cán bộ"}
	for _, row := range []struct {
		name, title, other string
		a, b               news.Slots
		want               bool
	}{
		{"the conference twice", "Muối biển họp ở Atlantis", "Muối biển họp ở Atlantis", summit, summit, true},
		{"the conference, and talks besides it", "Muối biển họp ở Atlantis", "Bà Mẫu tới Atlantis", summit, talks, false},
		{"two meetings of one province", "Họp về muối", "Bà Mẫu họp", ours("Lào Cai"), ours("Lào Cai"), true},
		{"meetings of two provinces", "Họp về muối", "Bà Mẫu họp", ours("Lào Cai"), ours("Cần Thơ"), false},
		{"provinces in the titles", "Quảng Ngãi công bố quyết định về cán bộ", "Yên Bái công bố quyết định về cán bộ", announced, announced, false},
	} {
		if v := resolve.Same(report("a", row.title, "Tại Poseidonis, bà Ngô Thị Mẫu gặp ông Jonas Brandt. Muối Biển Bạc bán ở Atlantis.", row.a),
			report("b", row.other, "Ở Atlantis, ông Jonas Brandt và bà Ngô Thị Mẫu nói về muối của Tân Hải và Vĩnh Sơn.", row.b)); v.Same != row.want {
			t.Errorf("%s: %v (%.1f), %s", row.name, v.Same, v.Score, v.Why())
		}
	}
}
