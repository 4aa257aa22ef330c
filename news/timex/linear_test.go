package timex_test

import (
	"strings"
	"testing"
	"time"

	"sukien/news/timex"
	"sukien/news/viet"
)

// TestLinear wants eight times the text to take no more than some eight times
// as long, whatever is repeated; were the work quadratic it would be 64 times.
func TestLinear(t *testing.T) {
	for _, unit := range []string{
		"ngày ", "buổi ", "buổi sáng ", "từ ", "hôm nay, ", "1, ", "1/2, ", "1/2/", "1-", "1 đến ", "1/2 đến ", "( ", "( 1/2 ",
		"8h ", "8h - ", "8:30:", "tháng 1, ", "tháng 1 đến ", "quý I và ", "năm 2020 - ", "thứ hai ", "thứ Hai, ", "ba ngày ",
		"3 ngày sau đó ", "số 1/2020/QĐ-", "(tức mùng 1 tháng 3 âm lịch) ", "mười ", "sẽ ", "Ngày Quốc tế ", "sáng ", "sáng 5 và ",
	} {
		small, large := strings.Repeat(unit, 2000), strings.Repeat(unit, 16000)
		a, b := fastest(small), fastest(large)
		if b > 28*max(a, 200*time.Microsecond) {
			t.Errorf("%q: %v for 2,000 times, %v for 16,000", unit, a, b)
		}
	}
}

func fastest(text string) time.Duration {
	toks := viet.Tokenize(text)
	best := time.Hour
	for range 3 {
		start := time.Now()
		timex.Find(text, toks, timex.Reference{Published: friday})
		best = min(best, time.Since(start))
	}
	return best
}
