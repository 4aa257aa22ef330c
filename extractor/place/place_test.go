package place_test

import (
	"os"
	"strings"
	"sync"
	"testing"

	"sukien/extractor/place"
	"sukien/news"
	"sukien/news/lexicon"
	"sukien/news/viet"
)

var shipped = sync.OnceValues(func() (*lexicon.Lexicon, error) {
	return lexicon.Load(os.DirFS("../../configs/lexicon"))
})

func find(t testing.TB, text string, day news.Date) []place.Mention {
	t.Helper()
	lex, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	toks := viet.Tokenize(text)
	return place.New(lex).Find(nil, text, toks, nil, lex.Scan(toks), day)
}

// render writes mentions as "name kind role", those of one address joined by " < ".
func render(ms []place.Mention) string {
	var b strings.Builder
	for i, m := range ms {
		switch {
		case i > 0 && m.Chain != i:
			b.WriteString(" < ")
		case i > 0:
			b.WriteString("; ")
		}
		b.WriteString(m.Name + " " + string(m.Kind) + " " + string(m.Role))
	}
	return b.String()
}

type row struct{ name, text, want string }

func check(t *testing.T, rows []row) {
	t.Helper()
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			if got := render(find(t, r.text, "2025-03-01")); got != r.want {
				t.Errorf("%s\n got %s\nwant %s", r.text, got, r.want)
			}
		})
	}
}

func TestNames(t *testing.T) {
	check(t, []row{
		{"city", "Hội nghị họp tại Hà Nội.", "Hà Nội city at"},
		{"people of a place", "Đoàn thăm hỏi bà con xã Vân Hòa, tỉnh Phú Yên.", "xã Vân Hòa commune folk < Phú Yên province folk"},
		{"capital", "Lễ ký diễn ra tại Thủ đô Viên Chăn.", "Viên Chăn city at"},
		{"abbreviated type", "diễn ra tại TP. Đà Nẵng", "Đà Nẵng city at"},
		{"abbreviated city", "họp ở TP.HCM, TPHCM", "TP.HCM city at; TPHCM city at"},
		{"hyphens", "họp tại Xin-ga-po và In-đô-nê-xi-a", "Xin-ga-po country at; In-đô-nê-xi-a country at"},
		{"province", "tại tỉnh Vĩnh Phúc", "Vĩnh Phúc province at"},
		{"seat of a province called as the province", "tại thành phố Bắc Giang", "Bắc Giang city at"},
		{"commune keeps its type", "tại xã Tam Hồng", "xã Tam Hồng commune at"},
		{"numbered ward", "tại phường 12, quận Gò Vấp", "phường 12 commune at < quận Gò Vấp district at"},
		{"commune that the gazetteer lacks", "tại xã Lúa Vàng Mới", "xã Lúa Vàng Mới commune at"},
		{"foreign town after its type", "tại thành phố Kuopio", "Kuopio city at"},
		{"town that has become a city", "tại thị xã Đồng Xoài (tỉnh Bình Phước)", "Đồng Xoài city at < Bình Phước province at"},
		{"the country behind a series' town", "hội nghị Manama ở Bahrain", "Manama city name < Bahrain country at"},
		{"weak name after tại", "họp tại Gia Lâm", "Gia Lâm district at"},
		{"other tone mark", "tại Khánh Hoà", "Khánh Hoà province at"},
		{"capitals", "KHAI MẠC TẠI ĐÀ NẴNG", "ĐÀ NẴNG city at"},
		{"long official name", "thăm nước Cộng hòa xã hội chủ nghĩa Việt Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam country to"},
	})
}

func TestNotPlaces(t *testing.T) {
	check(t, []row{
		{"person's second name", "ông Nguyễn Đức và bà Bàn Thị Nga", ""},
		{"person called as a province", "ông Trần Thái Bình phát biểu", ""},
		{"honorific", "Anh Tuấn là kỹ sư. Anh em công nhân", ""},
		{"words", "anh hùng, pháp luật, Mỹ thuật, Áo dài, Ý kiến", ""},
		{"small letters", "chiếc áo và con nga", ""},
		{"longer name", "họp ở Nga Sơn", "Nga Sơn district at"},
		{"ocean", "khu vực Thái Bình Dương", ""},
		{"office of State", "Chủ tịch nước Nguyễn Hoa Sen phát biểu", ""},
		{"agency", "Thông tấn xã Việt Nam đưa tin", "Việt Nam country name"},
		{"person after a province's office", "Chủ tịch UBND tỉnh Lê Văn Sen kết luận", ""},
		{"byline", "(Ảnh: Đức Hoàng)", ""},
		{"award of a year", "thắng giải tại Zentrix 2021 và tại Harmandar lần thứ 3", ""},
		{"known award", "trắng tay tại Oscar", ""},
	})
}

func TestVenues(t *testing.T) {
	check(t, []row{
		{"cinema", "diễn ra tại Rạp chiếu phim Quốc tế Bình Nhưỡng vào sáng nay", "Rạp chiếu phim Quốc tế Bình Nhưỡng venue at"},
		{"lake and temple", "tại Hồ Sen – Văn Miếu (Hà Nội)", "Hồ Sen – Văn Miếu venue at < Hà Nội city at"},
		{"person of the name of a lake", "trao quà đến Hồ Văn Sen", ""},
		{"main point of an online meeting", "giữa đầu cầu chính Hà Nội với các tỉnh", "đầu cầu chính Hà Nội venue at"},
		{"where somebody works", "chuyên gia về rừng tại Đại học Hoa Sen cho biết", "Đại học Hoa Sen venue from"},
		{"where people talk", "các chuyên gia đã thảo luận tại Đại học Hoa Sen", "Đại học Hoa Sen venue at"},
		{"told behind", "rào chắn gần Trung tâm Hội nghị Hoa Sen, nơi diễn ra hội nghị", "Trung tâm Hội nghị Hoa Sen venue at"},
		{"address", "tại Hội trường Diên Hồng, Nhà Quốc hội, Thủ đô Hà Nội", "Hội trường Diên Hồng venue at; Nhà Quốc hội venue at < Hà Nội city at"},
		{"number in the name", "tại quảng trường 2-9", "quảng trường 2-9 venue at"},
		{"number that counts", "tại hội trường Hoa Sen 500 đại biểu", "hội trường Hoa Sen venue at"},
		{"body's seat", "tại trụ sở Bộ Ngoại giao", "trụ sở Bộ Ngoại giao venue at"},
		{"known seat", "tại trụ sở Chính phủ", "trụ sở Chính phủ venue at"},
		{"unit within", "tại Trung tâm hội nghị tỉnh Phú Thọ", "Trung tâm hội nghị tỉnh Phú Thọ venue at"},
		{"second syllables", "tới thăm Trung tâm Điều phối Dân sự - Quân sự", "Trung tâm Điều phối Dân sự - Quân sự venue to"},
		{"verb ends it", "tại khách sạn Sông Xanh diễn ra hội thảo", "khách sạn Sông Xanh venue at"},
		{"no name", "ở trong khách sạn, hội trường", ""},
		{"lower-case word is no name", "xảy ra đảo chính", ""},
		{"in a city", "tại Nhà hát Hoa Ban (TP Việt Trì, tỉnh Phú Thọ)", "Nhà hát Hoa Ban venue at < Việt Trì city at < Phú Thọ province at"},
		{"school that is an actor", "Trường THPT Lúa Vàng tổ chức", "Trường THPT Lúa Vàng venue name"},
		{"temple", "Lễ hội Đền Bà Sen khai mạc", "Đền Bà Sen venue bare"},
	})
}

func TestRoles(t *testing.T) {
	check(t, []row{
		{"from and to", "đoàn từ Hà Nội đến Vinh", "Hà Nội city from; Vinh city to"},
		{"home", "đại biểu đến từ Lào, quê ở tỉnh Nghệ An", "Lào country from; Nghệ An province from"},
		{"visit", "thăm chính thức Cộng hòa Pháp", "Cộng hòa Pháp country to"},
		{"enumeration shares its cue", "thăm Mông Cổ, Ireland và Pháp", "Mông Cổ country to; Ireland country to; Pháp country to"},
		{"party", "quan hệ Việt Nam - Lào", "Việt Nam country of; Lào country of"},
		{"capitals for governments", "quan hệ Hà Nội - Washington", "Hà Nội city of; Washington city of"},
		{"envoy", "Đại sứ Việt Nam tại Lào", "Việt Nam country name; Lào country of"},
		{"of an office", "Thủ tướng Lào phát biểu", "Lào country name"},
		{"of a body", "UBND tỉnh Vĩnh Phúc", "Vĩnh Phúc province name"},
		{"road", "cao tốc Hà Nội - Hải Phòng", "Hà Nội city way; Hải Phòng city way"},
		{"treaty", "theo Hiệp định Paris", "Paris city name"},
		{"dateline", "Hà Nội, ngày 3/5", "Hà Nội city bare"},
		{"a line end parts cue and place", "nơi ở\nHà Nội, ngày 3/5", "Hà Nội city bare"},
	})
}

func TestChains(t *testing.T) {
	check(t, []row{
		{"weak name before its province", "về thôn Đoài, Yên Lạc, Vĩnh Phúc", "thôn Đoài venue to < Yên Lạc district to < Vĩnh Phúc province to"},
		{"bracket", "tại Nice (Pháp)", "Nice city at < Pháp country at"},
		{"three steps", "tại xã Tam Hồng, huyện Yên Lạc, tỉnh Vĩnh Phúc", "xã Tam Hồng commune at < huyện Yên Lạc district at < Vĩnh Phúc province at"},
		{"no comma", "tại xã Tam Hồng huyện Yên Lạc", "xã Tam Hồng commune at < huyện Yên Lạc district at"},
		{"a list is no address", "tại Hà Nội, Đà Nẵng và Cần Thơ", "Hà Nội city at; Đà Nẵng city at; Cần Thơ city at"},
		{"not in that country", "tại Paris, Lào", "Paris city at; Lào country bare"},
		{"the gazetteer has it elsewhere", "tại xã Kim Liên, huyện Yên Lạc", "xã Kim Liên commune at < huyện Yên Lạc district at"},
	})
}

// TestEntries: which unit a name means, where it is, and what the day changes.
func TestEntries(t *testing.T) {
	for _, c := range []struct {
		name, text string
		day        news.Date
		id         string
		country    string
		zone       string
	}{
		{"by the province after it", "tại xã Yên Lạc, huyện Như Thanh, tỉnh Thanh Hóa", "2025-03-01", "thanh-hoa/huyen-nhu-thanh/xa-yen-lac", "VN", "Asia/Ho_Chi_Minh"},
		{"by a province named elsewhere", "huyện Châu Thành họp. Tỉnh Trà Vinh biểu dương.", "2025-03-01", "tra-vinh/huyen-chau-thanh", "VN", "Asia/Ho_Chi_Minh"},
		{"several remain", "huyện Châu Thành họp.", "2025-03-01", "", "VN", ""},
		{"ward of the day before", "tại phường Hà Đông, Hà Nội", "2025-08-01", "ha-noi/phuong-ha-dong", "VN", "Asia/Ho_Chi_Minh"},
		{"city abroad", "tại Giơ-ne-vơ", "", "geneva", "CH", "Europe/Zurich"},
		{"capital of two spellings", "tại Vientiane", "", "vieng-chan", "LA", "Asia/Vientiane"},
		{"unknown town in a known country", "tại Xay Lom, Lào", "", "", "LA", "Asia/Vientiane"},
		{"venue takes its city's country", "tại khách sạn Hoa Hồng, Viên Chăn", "", "", "LA", "Asia/Vientiane"},
	} {
		t.Run(c.name, func(t *testing.T) {
			ms := find(t, c.text, c.day)
			if len(ms) == 0 {
				t.Fatal("no mention")
			}
			id := ""
			if ms[0].Entry != nil {
				id = ms[0].Entry.ID
			}
			if id != c.id || ms[0].Country != c.country || ms[0].Zone != c.zone {
				t.Errorf("got %q %s %s, want %q %s %s", id, ms[0].Country, ms[0].Zone, c.id, c.country, c.zone)
			}
		})
	}
}

func TestResolve(t *testing.T) {
	lex, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	f := place.New(lex)
	for _, c := range []struct {
		name, id string
		day      news.Date
		want     string
	}{
		{"before the merger", "vinh-phuc", "2025-06-30", "vinh-phuc"},
		{"after it", "vinh-phuc", "2025-07-01", "phu-tho"},
		{"kept its name", "phu-tho", "2025-07-01", "phu-tho"},
		{"became a city", "thua-thien-hue", "2025-03-01", "hue"},
		{"district of a merged province", "vinh-phuc/huyen-yen-lac", "2026-01-01", "phu-tho"},
		{"not yet", "ha-noi/phuong-ha-dong", "2020-01-01", "ha-noi/phuong-ha-dong"},
		{"no day", "ha-tay", "", "ha-tay"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := f.Resolve(lex.Get("place", c.id), c.day); got == nil || got.ID != c.want {
				t.Errorf("got %v, want %s", got, c.want)
			}
		})
	}
	if f.Resolve(nil, "2025-07-01") != nil {
		t.Error("nil became something")
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"tại TP.HCM", "tại ", "(Hà Nội", "thành phố -", "Trung tâm hội nghị tỉnh", "ở xã A, huyện B, tỉnh C - D", article} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		toks := len(viet.Tokenize(text))
		last := 0
		for i, m := range find(t, text, "2025-07-01") {
			if m.From < last || m.To <= m.From || m.To > toks || m.NameFrom < m.From || m.NameFrom >= m.To || m.Chain > i || m.List > i {
				t.Fatalf("mention %+v after token %d of %d", m, last, toks)
			}
			if m.Name == "" || m.Role == "" || m.Kind == "" {
				t.Fatalf("mention %+v lacks name, role or kind", m)
			}
			last = m.To
		}
	})
}
