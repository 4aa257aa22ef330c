package place_test

import (
	"os"
	"strings"
	"testing"

	"sukien/extractor/place"
	"sukien/news/lexicon"
	"sukien/news/viet"
)

// article is made up.
const article = `Sáng 12/5, tại Hội trường Hoa Sen, phường Trà Lý, tỉnh Hưng Yên, đoàn công tác của Thủ tướng Chính phủ đã làm việc với lãnh đạo tỉnh.
Trước đó, đoàn từ Hà Nội đến thành phố Hạ Long, thăm huyện Cô Tô và dự lễ khánh thành cao tốc Hạ Long - Hải Phòng.
Tại thủ đô Viên Chăn, Bộ trưởng Ngoại giao hai nước trao đổi về quan hệ Việt Nam - Lào; hội nghị tiếp theo diễn ra ở Xin-ga-po vào tháng 9.
`

func BenchmarkFind(b *testing.B) {
	l, err := lexicon.Load(os.DirFS("../../configs/lexicon"))
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		times int
	}{{"article", 5}, {"megabyte", 1500}} {
		text := strings.Repeat(article, c.times)
		toks := viet.Tokenize(text)
		matches := l.Scan(toks)
		f := place.New(l)
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				f.Find(nil, text, toks, nil, matches, "2025-08-01")
			}
		})
	}
}
