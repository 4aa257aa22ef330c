package resolve_test

import (
	"testing"

	"golang.org/x/text/unicode/norm"

	"sukien/news"
	"sukien/store/resolve"
)

// nobody is known.
var nobody *resolve.Authority

func idOf(a *resolve.Authority, o news.Official, when news.Date) string {
	return a.Identify([]news.Official{o}, when)[0].ID
}

func TestIdentify(t *testing.T) {
	for _, row := range []struct {
		name string
		a, b news.Official
		same bool
	}{
		{"the same office", news.Official{Name: "Đỗ Thị Mẫu", Title: "Thứ trưởng", Org: "Bộ Y tế"}, news.Official{Name: "Đỗ Thị Mẫu", Title: "Thứ trưởng", Org: "Bộ Y tế", Country: "VN"}, true},
		{"promoted", news.Official{Name: "Đỗ Thị Mẫu", Title: "Thứ trưởng", Org: "Bộ Y tế"}, news.Official{Name: "Đỗ Thị Mẫu", Title: "Bộ trưởng", Org: "Bộ Nội vụ"}, true},
		{"other spelling", news.Official{Name: "Thuý Hoà"}, news.Official{Name: norm.NFD.String("Thúy Hòa")}, true},
		{"one province, two offices", news.Official{Name: "Lý Văn Thử", Title: "Chủ tịch", Org: "UBND tỉnh Hà Giang"}, news.Official{Name: "Lý Văn Thử", Title: "Bí thư", Org: "Tỉnh ủy Hà Giang"}, true},
		{"a city's two names", news.Official{Name: "Lý Văn Thử", Org: "UBND TP HCM"}, news.Official{Name: "Lý Văn Thử", Org: "Thành ủy Hồ Chí Minh"}, true},
		{"the unit in the office", news.Official{Name: "Lý Văn Thử", Title: "Chủ tịch UBND tỉnh Hà Giang"}, news.Official{Name: "Lý Văn Thử", Org: "UBND tỉnh Hà Giang"}, true},
		{"a district of a province", news.Official{Name: "Lý Văn Thử", Org: "UBND huyện Mèo Vạc, tỉnh Hà Giang"}, news.Official{Name: "Lý Văn Thử", Org: "UBND tỉnh Hà Giang"}, true},
		{"namesakes of two provinces", news.Official{Name: "Lý Văn Thử", Org: "UBND tỉnh Hà Giang"}, news.Official{Name: "Lý Văn Thử", Org: "UBND tỉnh Cà Mau"}, false},
		{"namesakes of state and province", news.Official{Name: "Lý Văn Thử", Org: "Bộ Y tế"}, news.Official{Name: "Lý Văn Thử", Org: "UBND tỉnh Cà Mau"}, false},
		{"a foreigner, however told", news.Official{Name: "Somchai Prasert", Country: "TH", Title: "Bộ trưởng"}, news.Official{Name: "Somchai Prasert"}, true},
		{"other names", news.Official{Name: "Lý Văn Thử"}, news.Official{Name: "Lý Văn Nháp"}, false},
	} {
		a, b := idOf(nobody, row.a, "2026-03-20"), idOf(nobody, row.b, "2026-03-20")
		if (a == b) != row.same || a == "" {
			t.Errorf("%s: %s and %s", row.name, a, b)
		}
	}
}
