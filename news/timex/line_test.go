package timex_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"sukien/news/timex"
)

func TestLines(t *testing.T) {
	for _, r := range []struct{ name, text, want string }{
		{"day after letters of several bytes", "Đến sáng 6/3",
			`{"doc":"d","text":"sáng 6/3","from":4,"to":12,"start":"2025-03-06","precision":"day","part":"morning","basis":"published"}`},
		{"minute", "14g30 ngày 5-3",
			`{"doc":"d","text":"14g30 ngày 5-3","from":0,"to":14,"start":"2025-03-05T14:30","precision":"minute","basis":"published"}`},
		{"hours of a day", "8h-11h30 ngày 5-3",
			`{"doc":"d","text":"8h-11h30 ngày 5-3","from":0,"to":17,"start":"2025-03-05T08:00","end":"2025-03-05T11:30","precision":"minute","basis":"published"}`},
		{"list", "ngày 3 và 17/3",
			`{"doc":"d","text":"ngày 3 và 17/3","from":0,"to":14,"start":"2025-03-03","precision":"day","basis":"published"}
{"doc":"d","text":"ngày 3 và 17/3","from":0,"to":14,"start":"2025-03-17","precision":"day","basis":"published"}`},
		{"two expressions", "quý 3/2021, tuần này",
			`{"doc":"d","text":"quý 3/2021","from":0,"to":10,"start":"2021-Q3","precision":"quarter","basis":"explicit"}
{"doc":"d","text":"tuần này","from":12,"to":20,"start":"2025-03-10","end":"2025-03-16","precision":"week","basis":"relative"}`},
		{"part alone is of the reference day", "buổi trưa",
			`{"doc":"d","text":"buổi trưa","from":0,"to":9,"start":"2025-03-14","precision":"day","part":"noon","basis":"published"}`},
		{"named day", "Ngày Nhà giáo Việt Nam 20/11",
			`{"doc":"d","text":"20/11","from":23,"to":28,"start":"2024-11-20","precision":"day","basis":"published"}`},
		{"street", "đường 3/2", ""},
		{"number of days", "kéo dài 3 ngày", ""},
	} {
		t.Run(r.name, func(t *testing.T) {
			ref := timex.Reference{Published: friday}
			if got := lines(t, r.text, ref); got != r.want {
				t.Errorf("got\n%s\nwant\n%s", got, r.want)
			}
		})
	}
}

// TestLinesUnknown keeps a time of day where no reference day is known.
func TestLinesUnknown(t *testing.T) {
	want := `{"doc":"d","text":"lúc 14 giờ","from":0,"to":10,"start":"T14:00","precision":"hour"}`
	if got := lines(t, "lúc 14 giờ", timex.Reference{}); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestZone counts "hôm nay" from the day of the reference's zone.
func TestZone(t *testing.T) {
	late := time.Date(2025, 3, 14, 20, 0, 0, 0, time.UTC) // 03:00 next day in Vietnam
	if got := show("hôm nay", timex.Parse("hôm nay", timex.Reference{Published: late})); got != "hôm nay = 2025-03-15 by relative" {
		t.Error("Vietnam:", got)
	}
	if got := show("hôm nay", timex.Parse("hôm nay", timex.Reference{Published: late, Zone: time.UTC})); got != "hôm nay = 2025-03-14 by relative" {
		t.Error("UTC:", got)
	}
}

func lines(t *testing.T, text string, ref timex.Reference) string {
	t.Helper()
	var out []string
	for _, l := range timex.Lines("d", text, timex.Parse(text, ref), ref) {
		b, err := json.Marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(b))
	}
	return strings.Join(out, "\n")
}
