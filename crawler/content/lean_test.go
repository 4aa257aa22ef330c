package content_test

import (
	"strings"
	"testing"

	"sukien/crawler/content"
	"sukien/news"
)

// TestBulkLeftOut puts styles and scripts of all sizes and faults into a page,
// which must give the same article and links.
func TestBulkLeftOut(t *testing.T) {
	style := "<style>" + strings.Repeat(`.a::after{content:"</p><p>Không phải bài"} `, 2000) + "</style>"
	program := strings.Repeat(`var a = "<p>Không phải bài báo nào cả, chỉ là chữ trong chương trình.</p>";`, 20)
	data := `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-05-13T06:12:30+07:00","description":"` + strings.Repeat("muối ", 200) + `"}</script>`
	tests := []struct{ name, head, tail string }{
		{"styles and a program", style + "<script>" + program + "</script>", ""},
		{"capitals and white space", strings.Replace(style, "style>", "STYLE >", 2) + "<SCRIPT\ntype=text/javascript >" + program + "</SCRIPT >", ""},
		{"a script written by a script", style + `<script>document.write("<script src='x'><\/script>");` + program + "</script>", ""},
		{"a script that hides itself", style + "<script><!-- <script>" + program + "</script>--></script>", ""},
		{"a script in an attribute", style, `<p title="<script>">Giá muối trải bạt tăng gấp rưỡi so với đầu vụ ở cả hai xã ven biển.</p><script>` + program + "</script>"},
		{"a script in a comment", style, "<!-- <script> -->" + "<p>Giá muối trải bạt tăng gấp rưỡi so với đầu vụ ở cả hai xã ven biển.</p>"},
		{"a quote that ends nothing", style, `<p class="a" b" title='x'>Giá muối trải bạt tăng gấp rưỡi so với đầu vụ ở cả hai xã ven biển.</p>`},
		{"a tag that begins as style does", style, "<styled>Giá muối trải bạt tăng gấp rưỡi so với đầu vụ ở cả hai xã ven biển.</styled>"},
	}
	const more = "Giá muối trải bạt tăng gấp rưỡi so với đầu vụ ở cả hai xã ven biển."
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res := strip(t, news.Page{URL: address, Body: page(data+tt.head, "", tt.tail+`<p><a href="/b">Bảng giá muối theo từng xã trong tuần này</a></p>`)}, content.Options{})
			want := strings.Join(paragraphs, "\n")
			if strings.Contains(tt.tail, more) {
				want += "\n" + more
			}
			if res.Article.Text != want {
				t.Errorf("text %q, want %q", res.Article.Text, want)
			}
			if res.Article.Published != "2024-05-13T06:12:30+07:00" {
				t.Errorf("published %q: the data is lost", res.Article.Published)
			}
			if len(res.Links) != 1 {
				t.Errorf("links %+v", res.Links)
			}
		})
	}
	t.Run("a style that does not end", func(t *testing.T) {
		body := strings.Replace(string(page("", "", "")), "</body>", "<style>"+program+"</body>", 1)
		if a := strip(t, news.Page{URL: address, Body: []byte(body)}, content.Options{}).Article; a.Text != strings.Join(paragraphs, "\n") {
			t.Errorf("text %q", a.Text)
		}
	})
}
