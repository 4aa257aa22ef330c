package resolve_test

import (
	"testing"

	"sukien/news"
	"sukien/news/lexicon"
	"sukien/store/resolve"
)

// authority knows a few people of a made-up state.
func authority() *resolve.Authority {
	return resolve.NewAuthority([]*lexicon.Entry{
		{ID: "mau", Name: "Đỗ Thị Mẫu", Country: "VN", Offices: []lexicon.Office{
			{Title: "Bí thư", Body: "Tỉnh ủy Cà Mau", From: "2016", To: "2021-03"},
			{Title: "Bộ trưởng", Body: "Bộ Muối", From: "2021-04-05", To: "2024-08-26"},
			{Title: "Chủ tịch", Body: "Quốc hội", From: "2024-08-26", Known: "2026-12"}}},
		{ID: "thu", Name: "Lý Văn Thử", Country: "VN", Offices: []lexicon.Office{{Title: "Bộ trưởng", Body: "Bộ Muối", From: "2024-08-26", Known: "2026-12"}}},
		{ID: "thu-vien", Name: "Lý Văn Thử", Country: "VN", Offices: []lexicon.Office{{Title: "Chủ tịch", Body: "Viện Khoa học biển", From: "2018", Known: "2026-12"}}},
		{ID: "brandt", Name: "Jonas Brandt", Spellings: []string{"Brandt"}, Country: "DE", Offices: []lexicon.Office{{Title: "Thủ tướng", Body: "Atlantis", From: "2020", Known: "2026-12"}}},
		{ID: "hai", Name: "Ana Reyes", Country: "PT", Offices: []lexicon.Office{{Title: "Ngoại trưởng", Body: "Lemuria", From: "2020", Known: "2026-12"}}},
		{ID: "ba", Name: "Bea Ruiz", Country: "PT", Offices: []lexicon.Office{{Title: "Ngoại trưởng", Body: "Lemuria", From: "2023", Known: "2026-12"}}},
	})
}

func TestAuthority(t *testing.T) {
	mau := func(title, org string) news.Official {
		return news.Official{Name: "Đỗ Thị Mẫu", Title: title, Org: org}
	}
	thu := func(title, org string) news.Official {
		return news.Official{Name: "Lý Văn Thử", Title: title, Org: org}
	}
	for _, row := range []struct {
		name string
		a    news.Official
		on   news.Date
		b    news.Official
		then news.Date
		same bool
	}{
		{"from a province to a ministry", mau("Bí thư Tỉnh ủy", "Tỉnh ủy Cà Mau"), "2020-05-01", mau("Bộ trưởng", "Bộ Muối"), "2022-01-01", true},
		{"from a ministry to the assembly", mau("Bộ trưởng Bộ Muối", ""), "2022-01-01", mau("Chủ tịch Quốc hội", ""), "2025-01-01", true},
		{"a further office of the State", mau("Trưởng Ban Chỉ đạo", ""), "2022-01-01", mau("Bộ trưởng", "Bộ Muối"), "2022-01-01", true},
		{"another province's", mau("Chủ tịch", "UBND tỉnh Lào Cai"), "2020-05-01", mau("Bộ trưởng", "Bộ Muối"), "2022-01-01", false},
		{"a hospital's director", mau("Giám đốc", "Bệnh viện Biển Bạc"), "2022-01-01", mau("Bộ trưởng", "Bộ Muối"), "2022-01-01", false},
		{"namesakes whom both are known", thu("Bộ trưởng", "Bộ Muối"), "2025-01-01", thu("Chủ tịch", "Viện Khoa học biển"), "2025-01-01", false},
		{"a third of the name", thu("Phó Chủ tịch", "Hội Nhà văn"), "2025-01-01", thu("Bộ trưởng", "Bộ Muối"), "2025-01-01", false},
		{"a foreigner by half of the name", news.Official{Name: "Brandt"}, "2025-01-01", news.Official{Name: "Jonas Brandt", Country: "DE"}, "2021-01-01", true},
	} {
		a, b := idOf(authority(), row.a, row.on), idOf(authority(), row.b, row.then)
		if (a == b) != row.same {
			t.Errorf("%s: %s and %s", row.name, a, b)
		}
	}
	if o := mau("Bộ trưởng", "Bộ Muối"); idOf(authority(), o, "2022-01-01") != idOf(nobody, o, "2022-01-01") {
		t.Error("knowing the offices gave a minister another id")
	}
	twice := []news.Official{{Name: "Jonas Brandt"}, {Name: "Brandt", Title: "Thủ tướng"}}
	if got := authority().Identify(twice, "2025-01-01"); len(got) != 1 || got[0].Name != "Jonas Brandt" || got[0].Title != "Thủ tướng" {
		t.Errorf("named twice: %+v", got)
	}
}

func TestHolders(t *testing.T) {
	for _, row := range []struct {
		name   string
		kind   news.Kind
		titled string
		on     news.Date
		in     string
		there  []news.Official
		want   string
	}{
		{"an office alone", news.Talks, "hội đàm với Bộ trưởng Bộ Muối", "2022-01-01", "VN", nil, "Đỗ Thị Mẫu"},
		{"another's deputy", news.Talks, "tiếp Phó Bộ trưởng Bộ Muối", "2022-01-01", "VN", nil, ""},
		{"another's envoy", news.Talks, "tiếp đặc phái viên của Thủ tướng Atlantis", "2025-01-01", "VN", nil, ""},
		{"its short form", news.Talks, "làm việc với Bộ trưởng Muối về mùa vụ", "2025-01-01", "VN", nil, "Lý Văn Thử"},
		{"a foreign one", news.Visit, "tiếp Thủ tướng Atlantis", "2025-01-01", "VN", nil, "Jonas Brandt"},
		{"with the name of another", news.Talks, "tiếp Thủ tướng Atlantis Max Kern", "2025-01-01", "VN", nil, ""},
		{"the office is taken", news.Talks, "tiếp Thủ tướng Atlantis", "2025-01-01", "VN", []news.Official{{Name: "Max Kern", Title: "Thủ tướng", Org: "Atlantis"}}, ""},
		{"the holder is there", news.Talks, "tiếp Thủ tướng Atlantis", "2025-01-01", "VN", []news.Official{{Name: "Jonas Brandt"}}, ""},
		{"ours abroad", news.Talks, "hội đàm với Bộ trưởng Bộ Muối", "2022-01-01", "FR", nil, ""},
		{"two at a time", news.Talks, "hội đàm với Ngoại trưởng Lemuria", "2025-01-01", "VN", nil, ""},
		{"nobody then", news.Talks, "hội đàm với Bộ trưởng Bộ Muối", "2016-01-01", "VN", nil, ""},
		{"a day of no year", news.Talks, "hội đàm với Bộ trưởng Bộ Muối", "--01-01", "VN", nil, ""},
		{"no talks", news.Conference, "hội nghị với Bộ trưởng Bộ Muối", "2022-01-01", "VN", nil, ""},
	} {
		s := news.Slots{Kind: row.kind, Name: row.titled, Start: row.on, Officials: row.there, Places: []news.Place{{Name: "Hà Nội", Country: row.in}}}
		got := ""
		for _, o := range authority().Holders(&s)[len(row.there):] {
			if o.Basis != news.BasisOffice {
				t.Errorf("%s: basis %q", row.name, o.Basis)
			}
			got += o.Name
		}
		if got != row.want {
			t.Errorf("%s: %q, want %q", row.name, got, row.want)
		}
	}
}
