package place_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"sukien/extractor/place"
	"sukien/news"
	"sukien/news/lexicon"
)

// mergers is Resolution 202/2025/QH15: each of the 34 and which of the 63 it is made of.
var mergers = map[string]string{
	"Hà Nội": "", "Huế": "", "Lai Châu": "", "Điện Biên": "", "Sơn La": "", "Lạng Sơn": "", "Quảng Ninh": "",
	"Thanh Hóa": "", "Nghệ An": "", "Hà Tĩnh": "", "Cao Bằng": "",
	"Tuyên Quang": "Hà Giang", "Lào Cai": "Yên Bái", "Thái Nguyên": "Bắc Kạn", "Phú Thọ": "Vĩnh Phúc, Hòa Bình",
	"Bắc Ninh": "Bắc Giang", "Hưng Yên": "Thái Bình", "Hải Phòng": "Hải Dương", "Ninh Bình": "Hà Nam, Nam Định",
	"Quảng Trị": "Quảng Bình", "Đà Nẵng": "Quảng Nam", "Quảng Ngãi": "Kon Tum", "Gia Lai": "Bình Định",
	"Khánh Hòa": "Ninh Thuận", "Lâm Đồng": "Đắk Nông, Bình Thuận", "Đắk Lắk": "Phú Yên",
	"Thành phố Hồ Chí Minh": "Bà Rịa - Vũng Tàu, Bình Dương", "Đồng Nai": "Bình Phước", "Tây Ninh": "Long An",
	"Cần Thơ": "Sóc Trăng, Hậu Giang", "Vĩnh Long": "Bến Tre, Trà Vinh", "Đồng Tháp": "Tiền Giang",
	"Cà Mau": "Bạc Liêu", "An Giang": "Kiên Giang",
}

// provinces are the provinces and centrally-run cities on a day, by name.
func provinces(lex *lexicon.Lexicon, day news.Date) map[string]*lexicon.Entry {
	found := map[string]*lexicon.Entry{}
	for _, e := range lex.All("place") {
		if e.Country == "VN" && e.Valid(day) && (e.Attr["type"] == "tỉnh" || e.Attr["level"] == "central") {
			found[e.Name] = e
		}
	}
	return found
}

func TestProvinces(t *testing.T) {
	lex, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	var now, before []string
	for name, of := range mergers {
		now, before = append(now, name), append(before, name)
		if of != "" {
			before = append(before, strings.Split(of, ", ")...)
		}
	}
	for _, c := range []struct {
		name string
		day  news.Date
		n    int
		want []string
	}{
		{"until June 2025", "2025-06-30", 63, before},
		{"since July 2025", "2025-07-01", 34, now},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := slices.Sorted(maps.Keys(provinces(lex, c.day)))
			if slices.Sort(c.want); len(got) != c.n || !slices.Equal(got, c.want) {
				t.Errorf("%d of %d:\n got %q\nwant %q", len(got), c.n, got, c.want)
			}
		})
	}
}

func TestMergers(t *testing.T) {
	lex, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	f := place.New(lex)
	before := provinces(lex, "2025-06-30")
	for name, of := range mergers {
		for old := range strings.SplitSeq(strings.TrimSuffix(name+", "+of, ", "), ", ") {
			t.Run(old, func(t *testing.T) {
				if got := f.Resolve(before[old], "2025-07-01"); got == nil || got.Name != name {
					t.Errorf("became %v, want %s", got, name)
				}
			})
		}
	}
}

// TestBearings wants of every state, region, province and known city where it lies and
// what time it keeps; those of Viet Nam lie in its box of degrees.
func TestBearings(t *testing.T) {
	lex, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	zones := map[string]bool{}
	for _, e := range lex.All("place") {
		if !slices.Contains([]string{"country", "province", "city"}, e.Kind) {
			continue
		}
		if _, known := zones[e.Zone]; !known {
			_, err := time.LoadLocation(e.Zone)
			zones[e.Zone] = err == nil && e.Zone != ""
		}
		inside := e.Lat >= 8 && e.Lat <= 23.5 && e.Lon >= 102 && e.Lon <= 110
		switch {
		case e.Lat == 0 && e.Lon == 0, e.Lat < -90, e.Lat > 90, e.Lon < -180, e.Lon > 180:
			t.Errorf("%s %s (%s): lat %v lon %v", e.Kind, e.ID, e.Country, e.Lat, e.Lon)
		case e.Country == "VN" && !inside:
			t.Errorf("%s %s lies outside Viet Nam: lat %v lon %v", e.Kind, e.ID, e.Lat, e.Lon)
		case !zones[e.Zone]:
			t.Errorf("%s %s (%s): zone %q", e.Kind, e.ID, e.Country, e.Zone)
		}
	}
}
