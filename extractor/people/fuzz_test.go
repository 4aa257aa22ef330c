package people_test

import (
	"strings"
	"testing"

	"sukien/extractor/people"
	"sukien/news/viet"
)

// FuzzFind holds what callers rely on: spans within the text, in order of
// their beginning, names as written.
func FuzzFind(f *testing.F) {
	x := newFinder(f)
	for _, s := range []string{
		"Bộ trưởng Bộ Y tế Lê Hoài Phúc, GS.TS. - Phó Chủ tịch (ABC) của",
		"các đồng chí: A, Bí thư; và", "người đồng cấp", "UVBCT, UBND tỉnh. TP.", "Chủ tịch của của Hội về và",
		"ông Jean-", "bà O'", "Xổm-phong Kẹo-mạ-", "Trưởng", "phụ trách", "nhiệm kỳ", "LEE",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		toks := viet.Tokenize(text)
		sents := viet.Sentences(text, toks)
		matches := x.lex.Scan(toks)
		ps := x.f.Find(text, toks, sents, matches)
		last := 0
		for _, p := range ps {
			if p.Span.From < last || p.Span.To > len(toks) || p.Span.From >= p.Span.To {
				t.Fatalf("span %v of %d tokens, after %d", p.Span, len(toks), last)
			}
			last = p.Span.From
			if p.Name != "" && !strings.Contains(text, p.Name) {
				t.Fatalf("name %q is not in the text", p.Name)
			}
		}
		people.Join(ps)
		for _, b := range x.f.Bodies(text, toks, matches) {
			if b.Span.From >= b.Span.To || b.Span.To > len(toks) {
				t.Fatalf("body span %v of %d tokens", b.Span, len(toks))
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	x := newFinder(b)
	const part = "Sáng 5/3, đồng chí Lê Hoài Phúc, Ủy viên Bộ Chính trị, Thủ tướng Chính phủ chủ trì hội nghị. " +
		"Cùng dự có các Phó Thủ tướng: Trần Hữu Nghiệp, Vũ Đình Khang; Bộ trưởng Bộ Y tế Phan Tuấn Hải. Phát biểu tại " +
		"hội nghị, Chủ tịch UBND tỉnh Nghệ An Phạm Thúy Ngân cho biết nhiều việc đã được làm trong năm qua ở địa phương.\n"
	for _, n := range []struct {
		name  string
		times int
	}{{"1KB", 2}, {"32KB", 64}, {"1MB", 2100}} {
		text := strings.Repeat(part, n.times)
		toks := viet.Tokenize(text)
		sents := viet.Sentences(text, toks)
		matches := x.lex.Scan(toks)
		b.Run(n.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				people.Join(x.f.Find(text, toks, sents, matches))
			}
		})
	}
}
