package content_test

import (
	"fmt"
	"strings"
	"testing"

	"sukien/crawler/content"
	"sukien/news"
)

// TestTitle sets the headline and what the page says of itself in the ways that
// sites do.
func TestTitle(t *testing.T) {
	const og = `<meta property="og:title" content="` + headline + `">`
	tests := []struct{ name, title, head, top string }{
		{"site behind a bar", headline + " | Báo Muối", "", "<h1>" + headline + "</h1>"},
		{"site in front", "Báo Muối - " + headline, "", "<h1>" + headline + "</h1>"},
		{"cut short", headline[:40] + "...", "", "<h1>" + headline + "</h1>"},
		{"under a kicker", headline + " - Báo Muối", og, `<h1><span>Diêm dân</span> ` + headline + "</h1>"},
		{"logo as h1", headline + " - Báo Muối", og, `<h1 class="logo"><a href="/">Báo Muối</a></h1><h2>` + headline + "</h2>"},
		{"other words for search engines", "Muối sạch: 80 diêm dân bàn cùng sáu nhà máy", `<meta property="og:title" content="Muối sạch: 80 diêm dân bàn cùng sáu nhà máy">`, "<h1>" + headline + "</h1>"},
		{"capitals", headline + " - Báo Muối", "", "<h1>" + strings.ToUpper(headline) + "</h1>"},
		{"section as h1", "Tin tức - Sự kiện | Sở Công Thương", "", `<h1 class="page-title">Tin tức - Sự kiện</h1><h2 class="title">` + headline + "</h2>"},
		{"a marked span", "Chi tiết tin", "", `<span id="lblTitle" class="title_news">` + headline + "</span>"},
		{"link that leads nowhere", "Cổng thông tin điện tử xã Sa Huỳnh", "", `<h3 class="detail-title"><a href="">` + headline + "</a></h3>"},
		{"none shown", headline + " - Báo Muối", og, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var sb strings.Builder
			fmt.Fprintf(&sb, `<html lang="vi"><head><title>%s</title>%s</head><body>%s<div class="time">13/05/2024 17:45</div><div class="content">`, tt.title, tt.head, tt.top)
			for _, p := range paragraphs {
				sb.WriteString("<p>" + p + "</p>")
			}
			sb.WriteString("</div></body></html>")
			a := strip(t, news.Page{URL: "https://muoibien.example.vn/8812", Body: []byte(sb.String())}, content.Options{}).Article
			if a.Title != headline || a.Text != strings.Join(paragraphs, "\n") {
				t.Errorf("title %q, text %q", a.Title, a.Text)
			}
		})
	}
}
