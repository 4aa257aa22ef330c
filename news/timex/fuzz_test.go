package timex_test

import (
	"strings"
	"testing"
	"time"

	"golang.org/x/text/unicode/norm"

	"sukien/news"
	"sukien/news/timex"
	"sukien/news/viet"
)

func FuzzFind(f *testing.F) {
	for _, seed := range []string{
		"từ 8h ngày 3/5 đến 17h ngày 5/5", "trong hai ngày 21, 22/11", "Sau hai ngày làm việc, chiều 27/3", "mùng 3 tháng 3 âm lịch",
		"12/17/2021 3:35:00 PM", "thứ Sáu (21/11)", "quý II và III/2024", "6 tháng đầu năm", "rạng sáng 19/11 (giờ Việt Nam)",
		"số 274/2025/NĐ-CP ngày 16/10/2025", "(8/2/1950 - 8/2/2025)", "ngày 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13/4", "8 giờ kém 99",
		"999 năm trước, 999 năm sau đó, 9999", "29/2", "từ đến tới ngày tháng năm", "trước sau ( ( ( 5/3", "\xff\xfe ngày 5/3",
	} {
		f.Add(seed, int64(1741928400))
		f.Add(seed, int64(0))
	}
	f.Fuzz(func(t *testing.T, text string, unix int64) {
		ref := timex.Reference{}
		if unix != 0 {
			ref.Published = time.Unix(unix%(1<<36), 0)
		}
		toks := viet.Tokenize(text)
		last := 0
		found := timex.Find(text, toks, ref)
		for _, e := range found {
			if e.First < 0 || e.First >= e.Last || e.Last > len(toks) || e.From != toks[e.First].Start || e.To != toks[e.Last-1].End {
				t.Fatalf("tokens %d to %d, bytes %d to %d of %d", e.First, e.Last, e.From, e.To, len(text))
			}
			if e.From < last {
				t.Fatalf("%q overlaps what is before it", text[e.From:e.To])
			}
			last = e.To
			checkExpr(t, text, e)
		}
		timex.Lines("d", text, found, ref)
		if at, _, _ := timex.Stamp(text, ref.Published); at.Check() != nil {
			t.Fatalf("stamp %q of %q", at, text)
		}
	})
}

// checkExpr fails for dates that no calendar has and guards with a date.
func checkExpr(t *testing.T, text string, e timex.Expr) {
	t.Helper()
	words := text[e.From:e.To]
	for _, d := range append([]news.Date{e.Start, e.End, e.Nominal}, e.More...) {
		if err := d.Check(); err != nil {
			t.Fatalf("%q: %v", words, err)
		}
		if _, err := time.Parse(time.DateOnly, string(d)); d.IsDay() && err != nil {
			t.Fatalf("%q: %v", words, err)
		}
	}
	if e.Guard != "" && e.Start != "" {
		t.Fatalf("%q is guarded as %s and starts %s", words, e.Guard, e.Start)
	}
	if e.End != "" && e.Start == "" {
		t.Fatalf("%q ends %s and has no start", words, e.End)
	}
	if e.End.IsDay() && e.Start.IsDay() && e.End < e.Start {
		t.Fatalf("%q runs from %s to %s", words, e.Start, e.End)
	}
	for _, clock := range []string{e.Time, e.EndTime} {
		if _, err := time.Parse("15:04", clock); clock != "" && err != nil {
			t.Fatalf("%q: %v", words, err)
		}
	}
	if e.Rule == "" {
		t.Fatalf("%q has no rule", words)
	}
}

// TestForms finds the same in decomposed text and with capitals.
func TestForms(t *testing.T) {
	text := "Sáng thứ Bảy, ngày 8/3, hội khai mạc; từ 10 đến hết 12/4 mở cửa, quý III/2024 tổng kết."
	ref := timex.Reference{Published: friday}
	want := timex.Parse(text, ref)
	if len(want) != 3 {
		t.Fatalf("found %s", show(text, want))
	}
	for name, form := range map[string]string{"decomposed": norm.NFD.String(text), "capitals": strings.ToUpper(text)} {
		got := timex.Parse(form, ref)
		if len(got) != len(want) {
			t.Errorf("%s: found %s", name, show(form, got))
			continue
		}
		for i, e := range got {
			if e.Start != want[i].Start || e.End != want[i].End || e.Part != want[i].Part {
				t.Errorf("%s: %s, want %s", name, show(form, got[i:i+1]), show(text, want[i:i+1]))
			}
		}
	}
}

// article is invented text of the density of dates that news has.
const article = `Sáng 6/3, tại Nhà văn hóa huyện, Ủy ban nhân dân huyện tổ chức hội nghị tổng kết phong trào trồng rừng năm 2024, triển khai nhiệm vụ năm 2025.
Theo báo cáo, trong 5 năm qua toàn huyện đã trồng mới hơn 1.200 ha rừng, đạt 2/3 kế hoạch của giai đoạn 2021-2025; tỷ lệ che phủ tăng từ 41,5% lên 47,2%.
Phát biểu tại hội nghị, lãnh đạo huyện đề nghị các xã thực hiện nghiêm Quyết định số 15/2024/QĐ-UBND, hoàn thành việc giao đất trước ngày 30/6, bảo đảm người dân có việc làm ổn định và thu nhập cao hơn từ rừng.
Nhân dịp này, 12 tập thể và 30 cá nhân có thành tích xuất sắc được khen thưởng. Hội nghị bế mạc vào lúc 16 giờ 30 cùng ngày.
`

func BenchmarkFind(b *testing.B) {
	for _, size := range []int{1 << 10, 32 << 10, 1 << 20} {
		text := strings.Repeat(article, size/len(article)+1)
		toks := viet.Tokenize(text)
		ref := timex.Reference{Published: friday}
		b.Run(sizeName(size), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				timex.Find(text, toks, ref)
			}
		})
	}
}

func sizeName(n int) string {
	if n >= 1<<20 {
		return "1MB"
	}
	if n >= 32<<10 {
		return "32KB"
	}
	return "1KB"
}

// BenchmarkHostile is text of nothing but what triggers.
func BenchmarkHostile(b *testing.B) {
	text := strings.Repeat("từ ngày 1, 2, 3, 4 năm năm tháng sáng thứ (", 4000)
	toks := viet.Tokenize(text)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		timex.Find(text, toks, timex.Reference{Published: friday})
	}
}
