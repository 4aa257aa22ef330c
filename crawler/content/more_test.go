package content_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"sukien/crawler/content"
	"sukien/news"
)

func TestSelectors(t *testing.T) {
	body := page("", `<div class="x1">Bản tin số 7 · 08/05/2024 06:30</div><div class="x2">Người viết Cao Muối Trắng</div>`,
		`<div class="x3"><p>Đoạn này là lời rao của một hãng bạt nhựa, in lẫn vào thân bài mỗi ngày một khác.</p></div>`)
	sel := &content.Selectors{Version: content.SelectorsVersion, Content: ".content", Time: ".x1", Author: ".x2", Drop: []string{".x3"}, Title: ".khong-co"}
	if err := sel.Check(); err != nil {
		t.Fatal(err)
	}
	a := strip(t, news.Page{URL: address, Body: body}, content.Options{Selectors: sel}).Article
	if a.Title != headline {
		t.Errorf("title %q: a selector that matches nothing must leave the generic one", a.Title)
	}
	if a.Published != "2024-05-08T06:30:00+07:00" || a.Author != "Người viết Cao Muối Trắng" {
		t.Errorf("published %q, author %q", a.Published, a.Author)
	}
	if a.Text != strings.Join(paragraphs, "\n") {
		t.Errorf("text %q", a.Text)
	}
}

func TestSelectorsCheck(t *testing.T) {
	for name, sel := range map[string]content.Selectors{
		"version":  {Version: 0, Content: ".a"},
		"selector": {Version: content.SelectorsVersion, Drop: []string{".a", "div[["}},
	} {
		t.Run(name, func(t *testing.T) {
			if err := sel.Check(); err == nil {
				t.Error("no error")
			}
		})
	}
}

func TestReport(t *testing.T) {
	tail := `<div class="related"><a href="/x">Giá &lt;muối&gt; hôm nay ra sao và ai mua</a></div><p><b>Lê Thị Muối</b></p>`
	res := strip(t, news.Page{URL: address, Body: page("", "", tail)}, content.Options{Explain: true})
	fates := map[string]string{}
	for _, e := range res.Report.Entries {
		fates[e.Text] = e.Fate
		if e.Fate == "dropped" && e.Why == "" {
			t.Errorf("no reason for %q", e.Text)
		}
	}
	for text, want := range map[string]string{headline: "title", paragraphs[1]: "kept", "Lê Thị Muối": "dropped", "Giá <muối> hôm nay ra sao và ai mua": "dropped"} {
		if fates[text] != want {
			t.Errorf("%q is %q, want %q", text, fates[text], want)
		}
	}
	var page, lines bytes.Buffer
	if err := res.Report.HTML(&page); err != nil {
		t.Fatal(err)
	}
	if err := res.Report.Text(&lines); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(page.String(), "<muối>") || !strings.Contains(page.String(), "&lt;muối&gt;") {
		t.Error("the report's page is not escaped")
	}
	if !strings.Contains(lines.String(), "+ running text") {
		t.Errorf("lines %q", lines.String())
	}
	if strip(t, news.Page{URL: address, Body: page.Bytes()[:0]}, content.Options{}).Report != nil {
		t.Error("a report that nobody asked for")
	}
}

func TestReportOfText(t *testing.T) {
	text := headline + "\n13/05/2024 17:45\n\n" + strings.Join(paragraphs, "\n\n") + "\n\nTừ khóa"
	res := strip(t, news.Page{Body: []byte(text), Text: true}, content.Options{Explain: true})
	if n := len(res.Report.Entries); n != 6 {
		t.Errorf("%d entries", n)
	}
}

func TestJoin(t *testing.T) {
	parts := []*news.Article{
		{Title: "Ký sự, kỳ 1", Published: "2021-09-01", Text: "Đoạn một.\n" + paragraphs[0], Captions: []string{"Tàu rời bến"}},
		{Title: "Ký sự, kỳ 1", Text: paragraphs[0] + "\nĐoạn hai.", Author: "Lê Thị Muối"},
	}
	a := content.Join(parts)
	if want := "Đoạn một.\n" + paragraphs[0] + "\nĐoạn hai."; a.Text != want {
		t.Errorf("text %q, want %q", a.Text, want)
	}
	if a.Author != "Lê Thị Muối" || a.Published != "2021-09-01" || len(a.Captions) != 1 {
		t.Errorf("joined %+v", a)
	}
	if parts[0].Author != "" {
		t.Error("Join changed a part")
	}
	if content.Join(nil) != nil {
		t.Error("Join of nothing is something")
	}
}

func TestSimhash(t *testing.T) {
	text := strings.Repeat(strings.Join(paragraphs, "\n")+"\n", 1)
	reprint := strings.ToUpper(text[:40]) + text[40:] + "\nTheo TTXVN"
	other := "Đoàn đại biểu dự hội nghị biển đảo lên tàu lúc 22h, biển lặng và trăng mười sáu rất sáng, ai cũng đứng trên boong nghe kể chuyện mùa bão."
	if d := content.Distance(content.Simhash(text), content.Simhash(reprint)); d > 8 {
		t.Errorf("a reprint is %d bits away", d)
	}
	if d := content.Distance(content.Simhash(text), content.Simhash(other)); d < 16 {
		t.Errorf("another story is only %d bits away", d)
	}
	if content.Simhash(" \n") != 0 {
		t.Error("no words, but a fingerprint")
	}
}

// TestSimhashStays holds the fingerprints that stores have kept.
func TestSimhashStays(t *testing.T) {
	for words, want := range map[int]uint64{0: 0, 1: 0xbff85b44fe62d993, 3: 0xa5ada5fc500e084, 200: 0xcb987cfc1fd4b629, 600: 0xd3d17e543574f76b} {
		var text strings.Builder
		for i := range words {
			fmt.Fprintf(&text, "tin %d, ", i*i)
		}
		if got := content.Simhash(text.String()); got != want {
			t.Errorf("%d pairs of words: %#x, want %#x", words, got, want)
		}
	}
}

func TestDropLines(t *testing.T) {
	slogan := "Muối Biển xin cảm ơn bạn đọc đã đồng hành cùng tòa soạn suốt mười năm qua và mong nhận thêm góp ý."
	body := page("", "", "<p>"+slogan+"</p>")
	if a := strip(t, news.Page{URL: address, Body: body}, content.Options{}).Article; !strings.Contains(a.Text, slogan) {
		t.Fatal("the line is dropped without its being known")
	}
	sel := &content.Selectors{Version: content.SelectorsVersion, Lines: []string{slogan}}
	res := strip(t, news.Page{URL: address, Body: body}, content.Options{Selectors: sel})
	if want := strings.Join(paragraphs, "\n"); res.Article.Text != want || len(res.Stale) > 0 {
		t.Errorf("text %q, stale %q", res.Article.Text, res.Stale)
	}
}

func TestNextPart(t *testing.T) {
	tests := []struct{ name, link, want string }{
		{"by rel", `<a rel="next" href="?trang=2">2</a>`, address + "?trang=2"},
		{"by its words", `<a href="` + strings.TrimSuffix(address, ".html") + `-p2.html">Trang sau &gt;</a>`, strings.TrimSuffix(address, ".html") + "-p2.html"},
		{"the next article is no part", `<a href="/kinh-te/tin-khac-99.html">Tiếp</a>`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if res := strip(t, news.Page{URL: address, Body: page("", "", tt.link)}, content.Options{}); res.Next != tt.want {
				t.Errorf("next %q, want %q", res.Next, tt.want)
			}
		})
	}
}
