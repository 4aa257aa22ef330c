package timex_test

import (
	"strconv"
	"strings"
	"testing"

	"sukien/news/timex"
	"sukien/news/viet"
)

// repeated are beginnings of expressions, which a careless reader goes over
// again and again when one follows the other.
var repeated = []string{
	"ngày ", "buổi ", "buổi sáng ", "từ ", "hôm nay, ", "1, ", "1/2, ", "1/2/", "1-", "1 đến ", "1/2 đến ", "( ", "( 1/2 ",
	"8h ", "8h - ", "8:30:", "tháng 1, ", "tháng 1 đến ", "quý I và ", "năm 2020 - ", "thứ hai ", "thứ Hai, ", "ba ngày ",
	"3 ngày sau đó ", "số 1/2020/QĐ-", "(tức mùng 1 tháng 3 âm lịch) ", "mười ", "sẽ ", "Ngày Quốc tế ", "sáng ", "sáng 5 và ",
}

// BenchmarkRepeated shows that the work is linear whatever is repeated: MB/s
// of 16,000 times is that of 2,000 times.
func BenchmarkRepeated(b *testing.B) {
	for _, unit := range repeated {
		for _, times := range []int{2000, 16000} {
			text := strings.Repeat(unit, times)
			toks := viet.Tokenize(text)
			b.Run(strings.TrimSpace(unit)+"/"+strconv.Itoa(times), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					timex.Find(text, toks, timex.Reference{Published: friday})
				}
			})
		}
	}
}
