package dated_test

import (
	"strings"
	"testing"
	"time"

	"sukien/crawler/dated"
	"sukien/news"
)

// says is a span as its first and its last day, empty for none.
func says(s dated.Span, ok bool) string {
	if !ok {
		return ""
	}
	return s.From.Format(time.DateOnly) + " " + s.To.AddDate(0, 0, -1).Format(time.DateOnly)
}

func TestList(t *testing.T) {
	for _, tt := range []struct{ name, address, want string }{
		{"a month", "/sitemaps/news-2026-7.xml", "2026-07-01 2026-07-31"},
		{"a month in two digits", "/sitemap/news-2007-02.xml", "2007-02-01 2007-02-28"},
		{"a month in folders", "/sitemaps/2026/7/article.xml", "2026-07-01 2026-07-31"},
		{"a month in one number", "/articles_201911.xml.gz", "2019-11-01 2019-11-30"},
		{"a month before the year, and a part", "/sitemap-article-07-2026-01.xml", "2026-07-01 2026-07-31"},
		{"a month before the year", "/sitemap-7-2026.xml", "2026-07-01 2026-07-31"},
		{"a part, or a month, before the year", "/sitemap-1-2026-07.xml", "2026-01-01 2026-12-31"},
		{"a category and a month", "/muc12-2026-07.xml", "2026-01-01 2026-12-31"},
		{"a category's folder and a month", "/muc/12/2026-07.xml", "2026-07-01 2026-07-31"},
		{"a month's folder before the year's", "/07/2026/article.xml", "2026-01-01 2026-12-31"},
		{"a month and its second part", "/sitemap-2026-07-2.xml", "2026-07-01 2026-07-31"},
		{"five days", "/StaticSitemaps/sitemaps-2026-6-21-25.xml", "2026-06-21 2026-06-25"},
		{"the first five", "/sitemaps/bxd-sitemaps-2026-5-1-5.xml", "2026-05-01 2026-05-05"},
		{"the last days of a short month", "/sitemaps/sitemaps-2026-6-26-31.xml", "2026-06-26 2026-07-01"},
		{"ten days in two digits", "/sitemaps/sitemaps-2026-6-01-10.xml", "2026-06-01 2026-06-10"},
		{"a day", "/sitemap-article-2021-07-17.xml", "2021-07-17 2021-07-17"},
		{"a day in one digit each", "/sitemaps/sitemap-article-2026-7-8.xml", "2026-07-08 2026-07-08"},
		{"a day in one number", "/sitemap/sitemap-article-20210418.xml", "2021-04-18 2021-04-18"},
		{"a day alone", "/sitemap/sitemap-post/2026-07-08.xml", "2026-07-08 2026-07-08"},
		{"a day and its second part", "/sitemap-2026-07-08-2.xml", "2026-07-08 2026-07-08"},
		{"a day written forwards", "/thoi-su/xem-theo-ngay/21-11-2019.htm", "2019-11-21 2019-11-21"},
		{"a month as its first day", "/sitemaps/Article-2026-07-01.xml", "2026-07-01 2026-07-31"},
		{"parameters", "/sitemap-news.xml?y=2017&m=11&d=03", "2017-11-03 2017-11-03"},
		{"parameters of a month", "/sitemap.ashx?month=2&year=2024", "2024-02-01 2024-02-29"},
		{"a parameter of a year", "/sitemap.aspx?nam=2024", "2024-01-01 2024-12-31"},
		{"a day in one parameter", "/sitemap.aspx?date=2019-11-21", "2019-11-21 2019-11-21"},
		{"a year", "/sitemap-2019.xml", "2019-01-01 2019-12-31"},
		{"a year and a week", "/sitemap-article-2015-18.xml", "2015-01-01 2015-12-31"},
		{"the narrower of two", "/2019/sitemap-2019-11.xml", "2019-11-01 2019-11-30"},
		{"a month under the folder of a day", "/2019-11-21/sitemap.xml?page=2", "2019-11-21 2019-11-21"},
		{"no day of that month", "/sitemap-2019-02-30.xml", "2019-02-01 2019-02-28"},
		{"the 2019th of a blog", "/post-sitemap2019.xml", ""},
		{"a part", "/sitemap-12.xml", ""},
		{"an article's number", "/sitemap-100260623.xml", ""},
		{"a number that begins like a year", "/sitemap-20250.xml", ""},
		{"the number of a category", "/sitemap/1002565/sitemap.xml", ""},
		{"eight digits that are no day", "/sitemap-20261332.xml", ""},
		{"instants", "/category/day?fromdate=1556643600&todate=1559666160", ""},
		{"a year of the future past", "/sitemap-1789.xml", ""},
		{"a port", ":2019/sitemap.xml", ""},
		{"nothing", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := says(dated.List("https://songha.example" + tt.address)); got != tt.want {
				t.Errorf("%s says %q, want %q", tt.address, got, tt.want)
			}
		})
	}
}

func TestArticle(t *testing.T) {
	for _, tt := range []struct{ name, address, want string }{
		{"a folder", "/2019/11/21/bai-bao.html", "2019-11-21 2019-11-21"},
		{"a folder with hyphens", "/tin/2019-11-2/bai-bao.html", "2019-11-02 2019-11-02"},
		{"the instant as its number", "/bai-bao-20191121080501234.htm", "2019-11-21 2019-11-21"},
		{"no day of that month", "/2019/02/30/bai-bao.html", ""},
		{"a number", "/bai-bao-102250321.htm", ""},
		{"a month", "/2019/11/bai-bao.html", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := says(dated.Article("https://songha.example" + tt.address)); got != tt.want {
				t.Errorf("%s says %q, want %q", tt.address, got, tt.want)
			}
		})
	}
}

func TestIndexKnowsCounters(t *testing.T) {
	for _, tt := range []struct {
		name  string
		lists []string
		want  string // of the last
	}{
		{"years", []string{"/sitemap-2018.xml", "/sitemap-2019.xml"}, "2019-01-01 2019-12-31"},
		{"a counter from one", []string{"/sitemap-1.xml", "/sitemap-2019.xml"}, ""},
		{"a counter from the end", []string{"/sitemap-2500.xml", "/sitemap-2019.xml"}, ""},
		{"another's counter", []string{"/anh-1.xml", "/sitemap-2019.xml"}, "2019-01-01 2019-12-31"},
		{"months are no counter", []string{"/sitemap-1-1.xml", "/sitemap-2019-11.xml"}, "2019-11-01 2019-11-30"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var index dated.Index
			got := ""
			for _, list := range tt.lists {
				got = says(index.List("https://songha.example" + list))
			}
			if got != tt.want {
				t.Errorf("%v: the last says %q, want %q", tt.lists, got, tt.want)
			}
		})
	}
}

func TestOverlaps(t *testing.T) {
	day := time.Date(2019, 11, 21, 0, 0, 0, 0, news.Hanoi)
	s := dated.Span{From: day, To: day.AddDate(0, 0, 1)}
	for _, tt := range []struct {
		name     string
		from, to time.Time
		want     bool
	}{
		{"within", day.Add(time.Hour), day.Add(2 * time.Hour), true},
		{"the day before", day.AddDate(0, 0, -1), day, false},
		{"the day after", s.To, s.To.AddDate(0, 0, 1), false},
		{"around", day.AddDate(-1, 0, 0), day.AddDate(1, 0, 0), true},
	} {
		if got := s.Overlaps(tt.from, tt.to); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

// FuzzList: what a name says is whole days, a year at most, and stands in the
// name by the digits of its year.
func FuzzList(f *testing.F) {
	for _, s := range []string{"/news-2026-7.xml", "/a-07-2026-01.xml", "/2026-6-21-25", "/20210418", "?y=2017&m=11&d=03", "/x1990/12/31-30.gz", "/9999-99-99"} {
		f.Add("https://a.example" + s)
	}
	f.Fuzz(func(t *testing.T, address string) {
		var index dated.Index
		for _, span := range []func(string) (dated.Span, bool){dated.List, dated.Article, index.List} {
			s, ok := span(address)
			if !ok {
				continue
			}
			long := s.To.Sub(s.From)
			if long < 24*time.Hour || long > 366*24*time.Hour || long%(24*time.Hour) != 0 {
				t.Fatalf("%q says %v", address, s)
			}
			if !strings.Contains(address, "%") && !strings.Contains(address, s.From.Format("2006")) {
				t.Fatalf("%q says %v, a year that does not stand in it", address, s)
			}
		}
	})
}
