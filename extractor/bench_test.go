package extractor_test

import (
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing"

	"sukien/configs"
	"sukien/extractor"
	"sukien/news"
	"sukien/news/lexicon"
)

// load gives the extractor of the shipped rules and lexicons, loaded once.
var load = sync.OnceValues(func() (*extractor.Extractor, error) {
	words, err := fs.Sub(configs.FS, "lexicon")
	if err != nil {
		return nil, err
	}
	lex, err := lexicon.Load(words)
	if err != nil {
		return nil, err
	}
	rules, err := fs.Sub(configs.FS, "rules")
	if err != nil {
		return nil, err
	}
	return extractor.New(extractor.Config{Rules: rules, Lexicon: lex})
})

func shipped(t testing.TB) *extractor.Extractor {
	t.Helper()
	x, err := load()
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// report is an invented article of the usual kind, about 1 KB.
const report = `Sáng 14/3, tại Trung tâm Văn hóa tỉnh Vĩnh Phúc, Sở Nông nghiệp và Môi trường phối hợp với Hội Nông dân tỉnh tổ chức Hội nghị triển khai chương trình nước sạch nông thôn năm 2025. Phó Chủ tịch UBND tỉnh Đỗ Quang Thịnh chủ trì hội nghị.
Tham dự hội nghị có ông Lương Gia Khải, Giám đốc Sở Nông nghiệp và Môi trường; bà Trịnh Mai Anh, Chủ tịch Hội Nông dân tỉnh cùng đại diện 9 huyện, thành phố.
Phát biểu tại hội nghị, Phó Chủ tịch UBND tỉnh Đỗ Quang Thịnh nhấn mạnh, các địa phương cần rà soát lại toàn bộ công trình cấp nước, ưu tiên những xã vùng cao còn thiếu nước trong mùa khô. Người dân cho biết giá nước đã giảm so với năm ngoái, nhiều hộ được hỗ trợ bồn chứa và đường ống.
Theo kế hoạch, đến ngày 30/6 tất cả các huyện phải hoàn thành việc đấu nối. Kết quả sẽ được báo cáo tại kỳ họp thứ 12 của HĐND tỉnh vào tháng 7.
`

func BenchmarkExtract(b *testing.B) {
	x := shipped(b)
	for _, kb := range []int{1, 10, 100, 1000} {
		text := strings.Repeat(report, max(1, kb*1000/len(report)))
		a := &news.Article{ID: "bench", Title: "Vĩnh Phúc triển khai chương trình nước sạch nông thôn", Text: text, Published: "2025-03-14"}
		b.Run(fmt.Sprintf("%dKB", kb), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				x.Extract(a)
			}
		})
	}
}
