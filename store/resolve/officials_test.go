package resolve_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"sukien/configs"
	"sukien/news"
	"sukien/news/lexicon"
	"sukien/store/resolve"
)

// TestShippedOfficials: the authority file that is shipped knows who held an
// office, and has no office of one person in two hands.
func TestShippedOfficials(t *testing.T) {
	words, err := fs.Sub(configs.FS, "lexicon")
	if err != nil {
		t.Fatal(err)
	}
	lex, err := lexicon.LoadFile(words, "officials.yaml")
	if err != nil {
		t.Fatal(err)
	}
	entries := lex.All(lexicon.Officials)
	a := resolve.NewAuthority(entries)
	for _, row := range []struct {
		office string
		on     news.Date
		want   string
	}{
		{"Bộ trưởng Công Thương", "2019-05-01", "Trần Tuấn Anh"},
		{"Bộ trưởng Bộ Công Thương", "2024-05-01", "Nguyễn Hồng Diên"},
		{"Thủ tướng Chính phủ", "2020-01-01", "Nguyễn Xuân Phúc"},
		{"Chủ tịch nước", "2023-02-01", ""},
		{"Thủ tướng Nhật Bản", "2025-10-30", "Takaichi Sanae"},
		{"Tổng Thư ký ASEAN", "2020", "Lim Jock Hoi"},
		{"Thủ tướng Lào", "2015-01-01", ""},
		{"Phó Thủ tướng Chính phủ", "2022-01-01", ""},
	} {
		if o, ok := a.Holder(row.office, row.on); o.Name != row.want || ok != (row.want != "") {
			t.Errorf("%s on %s: %q, want %q", row.office, row.on, o.Name, row.want)
		}
	}
	soleHands(t, entries)
}

// soleHands fails for offices of one person that two people held at a time, but
// for the day, month or year in which one took it over from the other.
func soleHands(t *testing.T, entries []*lexicon.Entry) {
	held := map[string][]lexicon.Office{}
	for _, e := range entries {
		for _, o := range e.Offices {
			if !strings.HasPrefix(o.Title, "Phó ") {
				held[o.Title+" "+o.Body] = append(held[o.Title+" "+o.Body], o)
			}
		}
	}
	for office, list := range held {
		slices.SortFunc(list, func(x, y lexicon.Office) int { return strings.Compare(string(x.From), string(y.From)) })
		for i := 1; i < len(list); i++ {
			if last := list[i-1]; last.Held(list[i].From) && !sameTime(last.To, list[i].From) {
				t.Errorf("%s: held until %s%s and from %s", office, last.To, last.Known, list[i].From)
			}
		}
	}
}

func sameTime(a, b news.Date) bool {
	n := min(len(a), len(b))
	return n > 0 && a[:n] == b[:n]
}
