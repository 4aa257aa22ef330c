package lexicon_test

import (
	"os"
	"strings"
	"testing"

	"sukien/news/lexicon"
	"sukien/news/viet"
)

func shipped(t testing.TB) *lexicon.Lexicon {
	t.Helper()
	l, err := lexicon.Load(os.DirFS("../../configs/lexicon"))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		shipped(b)
	}
}

// The text is made up.
func BenchmarkScan(b *testing.B) {
	l := shipped(b)
	text := strings.Repeat("Chiều 3/6, tại Trung tâm Hội nghị tỉnh Hưng Yên, Thứ trưởng Bộ Y tế và Phó Chủ tịch UBND tỉnh chủ trì hội nghị triển khai nhiệm vụ; đoàn Lào đến từ Viêng Chăn cùng dự. ", 400)
	toks := viet.Tokenize(text)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		l.Scan(toks)
	}
}
