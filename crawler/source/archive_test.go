package source_test

import (
	"testing"
	"time"

	"sukien/crawler/source"
	"sukien/news"
)

func TestPattern(t *testing.T) {
	day := time.Date(2019, 1, 5, 9, 30, 0, 0, news.Hanoi)
	for _, tt := range []struct {
		name    string
		pattern source.Pattern
		page    int
		want    string
		layout  string
		paged   bool
	}{
		{"day and page", "https://songha.example/{dd}-{mm}-{yyyy}/trang-{page}.htm", 3, "https://songha.example/05-01-2019/trang-3.htm", time.DateOnly, true},
		{"without noughts", "https://songha.example/{d}-{m}-{yy}.htm", 1, "https://songha.example/5-1-19.htm", time.DateOnly, false},
		{"month", "https://songha.example/sitemaps/news-{yyyy}-{m}.xml", 1, "https://songha.example/sitemaps/news-2019-1.xml", "2006-01", false},
		{"year", "https://songha.example/{yyyy}", 1, "https://songha.example/2019", "2006", false},
		{"all", "https://songha.example/luu-tru?trang={page}", 2, "https://songha.example/luu-tru?trang=2", "", true},
		// 2019-01-04T17:00:00Z is the midnight in Vietnam.
		{"seconds", "https://songha.example/ngay?tu={unix_from}&den={unix_to}&p={page}", 1, "https://songha.example/ngay?den=1546707599&p=1&tu=1546621200", time.DateOnly, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.pattern.On(day, tt.page); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
			if tt.pattern.Layout() != tt.layout || tt.pattern.Paged() != tt.paged {
				t.Errorf("layout %q, paged %v", tt.pattern.Layout(), tt.pattern.Paged())
			}
		})
	}
}

func TestArchiveInBothForms(t *testing.T) {
	one := `{url: "https://songha.example/{dd}-{mm}-{yyyy}.htm", tried: false, known_from: "mã nguồn mở"}`
	two := `{url: "https://songha.example/sitemaps/{yyyy}/{m}/article.xml", tried: true, tried_on: "2026-11-20"}`
	for _, tt := range []struct {
		name, text string
		want       int
	}{
		{"one", "archive: " + one + "\n", 1},
		{"a list", "archive:\n  - " + one + "\n  - " + two + "\n", 2},
		{"none", "", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, err := source.Parse("x.yaml", []byte(good+tt.text))
			if err != nil || len(s.Archive) != tt.want {
				t.Fatalf("%v, %v", s, err)
			}
			if tt.want > 1 && (s.Archive[0].KnownFrom != "mã nguồn mở" || !s.Archive[1].Tried) {
				t.Errorf("archive %+v", s.Archive)
			}
		})
	}
}
