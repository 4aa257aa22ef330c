package viet_test

import (
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"sukien/news/viet"
)

// article is a page's worth of text, about 20 KB.
var article = strings.Repeat(prose+"\n", 45)

func run(b *testing.B, text string, f func(string)) {
	b.Helper()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		f(text)
	}
}

func BenchmarkTokenize(b *testing.B) { run(b, article, func(s string) { viet.Tokenize(s) }) }

func BenchmarkTokenizeLong(b *testing.B) {
	run(b, strings.Repeat(article, 50), func(s string) { viet.Tokenize(s) })
}

func BenchmarkAppend(b *testing.B) {
	var toks []viet.Token
	run(b, article, func(s string) { toks = viet.Append(toks[:0], s) })
}

func BenchmarkTokenizeDecomposed(b *testing.B) {
	run(b, norm.NFD.String(article), func(s string) { viet.Tokenize(s) })
}

func BenchmarkTokenizeCapitals(b *testing.B) {
	run(b, strings.ToUpper(article), func(s string) { viet.Tokenize(s) })
}

func BenchmarkSentences(b *testing.B) {
	toks := viet.Tokenize(article)
	run(b, article, func(s string) { viet.Sentences(s, toks) })
}

func BenchmarkFold(b *testing.B) { run(b, article, func(s string) { viet.Fold(s) }) }

func BenchmarkNFC(b *testing.B) { run(b, article, func(s string) { viet.NFC(s) }) }

func BenchmarkDecode(b *testing.B) {
	run(b, article, func(s string) { _, _, _ = viet.Decode([]byte(s), "utf-8") })
}

func BenchmarkIsSyllable(b *testing.B) {
	toks := viet.Tokenize(article)
	run(b, article, func(string) {
		for _, t := range toks {
			viet.IsSyllable(t.Key)
		}
	})
}
