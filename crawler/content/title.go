package content

import (
	"cmp"
	"strings"
)

// pickTitle chooses the title: the visible headline where <title> or og:title
// agrees, else what the page says of itself without the site's name.
func (d *doc) pickTitle() {
	visible := ""
	if d.titleAt >= 0 {
		visible = repair(d.blocks[d.titleAt].text)
	}
	og := cleanTitle(repair(d.head.meta["og:title"]), d.siteNames())
	page := cleanTitle(repair(d.head.title), d.siteNames())
	switch {
	case len(og) > 20 && endsWithWords(visible, og): // under a kicker
		d.title = og
	case visible != "" && visible == strings.ToUpper(visible) && (sameWords(visible, og) || sameWords(visible, page)):
		d.title = cmp.Or(ifSame(visible, og), page)
	case visible != "" && (og == "" && page == "" || beginsWith(og, visible) || beginsWith(page, visible) || strings.Contains(d.head.title, visible)):
		d.title = visible
	case visible != "" && (og == "" && (d.titleSure || strings.Count(page, " ") < 6) || sluglike(visible, d.slug())):
		d.title = visible
	case visible != "" && (wordShare(visible, og+" "+page) >= 0.5 || d.titleSure && d.blocks[d.titleAt].heading == 1 && wordShare(visible, d.opening()) >= 0.5):
		d.title = visible
	case d.head.ld.Headline != "" && (beginsWith(page, d.head.ld.Headline) || og == ""):
		d.title = repair(d.head.ld.Headline)
	case og != "":
		d.title = og
	case page != "":
		d.title = page
	default:
		d.title = visible
	}
}

// endsWithWords tells whether long ends with short, without case and marks, and
// has up to five words before it.
func endsWithWords(long, short string) bool {
	if len(long) <= len(short) || strings.Count(long, " ")-strings.Count(short, " ") > 5 {
		return false
	}
	return strings.HasSuffix(letters(long), letters(short))
}

// ifSame is b when it has the words of a, else "".
func ifSame(a, b string) string {
	if sameWords(a, b) {
		return b
	}
	return ""
}

// siteNames are the names that the page gives its site.
func (d *doc) siteNames() []string {
	return []string{d.head.meta["og:site_name"], d.head.meta["application-name"]}
}

// titleMarks are the marks between a headline and the site's name.
var titleMarks = []string{" | ", " - ", " – ", " — ", " :: ", " » ", " « ", ": Tin"}

// cleanTitle takes the site's name and section off a page's title. A dash
// inside a headline is left where what follows is long or no name.
func cleanTitle(s string, sites []string) string {
	for {
		cut := -1
		for _, m := range titleMarks {
			if i := strings.LastIndex(s, m); i > cut {
				cut = i
			}
		}
		if cut < 10 {
			return s
		}
		tail := strings.Trim(s[cut:], " |-–—:»«")
		if !isSiteName(tail, sites) || strings.Count(s[:cut], " ") < 3 {
			return s
		}
		s = strings.TrimSpace(s[:cut])
	}
}

// siteWords are words of the names of Vietnamese news sites.
var siteWords = []string{"báo ", "tạp chí", "cổng thông tin", "trang tin", "tin tức", "online", "điện tử", "mobile", "đài ", "vtv", "news", ".vn", ".com", ".net", "sở ", "ubnd", "bộ ", "truyền hình", "thông tấn", "kênh", "24h"}

func isSiteName(tail string, sites []string) bool {
	low := strings.ToLower(tail)
	for _, s := range sites {
		if s != "" && strings.EqualFold(s, tail) {
			return true
		}
	}
	if strings.Count(tail, " ") > 9 {
		return false
	}
	for _, w := range siteWords {
		if strings.Contains(low+" ", w) {
			return true
		}
	}
	return strings.Count(tail, " ") <= 3 && !strings.ContainsAny(tail, "0123456789?!\"“")
}

// wordShare is the part of a's words that b has.
func wordShare(a, b string) float64 {
	have := map[string]bool{}
	for _, w := range strings.Fields(strings.ToLower(b)) {
		have[trimMarks(w)] = true
	}
	n, hit := 0, 0
	for _, w := range strings.Fields(strings.ToLower(a)) {
		n++
		if have[trimMarks(w)] {
			hit++
		}
	}
	if n == 0 {
		return 0
	}
	return float64(hit) / float64(n)
}
