package content_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"sukien/crawler/content"
	"sukien/news"
)

const (
	headline = "Hội nghị bàn tròn về muối sạch họp tại Sa Huỳnh"
	address  = "https://muoibien.example.vn/kinh-te/hoi-nghi-ban-tron-ve-muoi-sach-hop-tai-sa-huynh-8812.html"
)

var paragraphs = []string{
	"Sáng 12/5, hội nghị bàn tròn về muối sạch họp tại Sa Huỳnh với sự có mặt của 80 diêm dân và sáu nhà máy.",
	"Chủ tịch hợp tác xã Trương Văn Hạ đề nghị trải bạt toàn bộ ô kết tinh trước vụ sau, vì muối trải bạt bán được giá gấp rưỡi.",
	"Các nhà máy hứa ký hợp đồng mua cả năm, chốt giá sàn 1.900 đồng mỗi ki-lô-gam, và cử người xuống đồng kiểm mẫu hằng tháng.",
}

// page puts markup around an article: head goes into <head>, top between
// headline and text, tail under the text.
func page(head, top, tail string) []byte {
	var sb strings.Builder
	fmt.Fprintf(&sb, `<html lang="vi"><head><meta charset="utf-8"><title>%s</title>%s</head><body><h1>%s</h1>%s<div class="content">`, headline, head, headline, top)
	for _, p := range paragraphs {
		fmt.Fprintf(&sb, "<p>%s</p>\n", p)
	}
	sb.WriteString(tail + "</div></body></html>")
	return []byte(sb.String())
}

func TestPublished(t *testing.T) {
	const amPM = `<div class="date">%s</div>`
	tests := []struct {
		name, head, top, url string
		want                 news.Stamp
		basis                news.Basis
	}{
		{"meta alone", `<meta property="article:published_time" content="2024-05-13T06:10:00+07:00">`, "", "", "2024-05-13T06:10:00+07:00", news.BasisMeta},
		{"json-ld before meta", `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-05-13T06:12:30+07:00"}</script><meta name="pubdate" content="2024-05-13T06:10:00+07:00">`, "", "", "2024-05-13T06:12:30+07:00", news.BasisJSONLD},
		{"json-ld that is no JSON", "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"hai\ndòng\",\"datePublished\":\"2024-05-13T06:12:30+07:00\",}</script>", "", "", "2024-05-13T06:12:30+07:00", news.BasisJSONLD},
		{"local time called Z", `<meta property="article:published_time" content="2024-05-13T06:10:00Z">`, `<span class="time">Thứ Hai, 13/05/2024 | 06:10</span>`, "", "2024-05-13T06:10:00+07:00", news.BasisText},
		{"true Z", `<meta property="article:published_time" content="2024-05-12T23:10:00Z">`, `<span class="time">Thứ Hai, 13/05/2024 | 06:10</span>`, "", "2024-05-13T06:10:00+07:00", news.BasisMeta},
		{"midnight by default, time shown", `<meta property="article:published_time" content="2024-05-13T00:00:00+07:00">`, `<span class="time">13/05/2024 17:45</span>`, "", "2024-05-13T17:45:00+07:00", news.BasisText},
		{"midnight by default, nothing shown", `<meta property="article:published_time" content="2024-05-13T00:00:00+07:00">`, "", "", "2024-05-13", news.BasisMeta},
		{"weekday, date, bar, time", "", `<p>Thứ Ba, 19/11/2019 | 09:56:42</p>`, "", "2019-11-19T09:56:42+07:00", news.BasisText},
		{"time first", "", `<p>19:07 12/03/2026</p>`, "", "2026-03-12T19:07:00+07:00", news.BasisText},
		{"month first, since there is no month 17", "", `<p>12/17/2021 3:35:00 PM</p>`, "", "2021-12-17T15:35:00+07:00", news.BasisText},
		{"month first, by the form of an unset locale", "", `<p>3/9/2021 3:35:00 PM</p>`, "", "2021-03-09T15:35:00+07:00", news.BasisText},
		{"day first with AM and PM", "", fmt.Sprintf(amPM, "03/09/2021 | 3:35 PM"), "", "2021-09-03T15:35:00+07:00", news.BasisText},
		{"English label, month first", "", `<div>Published on 03-09-2021 01:00 AM Số lần xem: 11</div>`, "", "2021-03-09T01:00:00+07:00", news.BasisText},
		{"order by the address", "", `<div class="date">03/09/2021</div>`, "https://a.example/2021/03/09/tin.html", "2021-03-09", news.BasisText},
		{"words", "", `<div class="date">Ngày 9 tháng 3 năm 2021, lúc 14h05</div>`, "", "2021-03-09T14:05:00+07:00", news.BasisText},
		{"month cut short", "", `<div class="date">9 thg 3, 2021 lúc 14:05</div>`, "", "2021-03-09T14:05:00+07:00", news.BasisText},
		{"month cut to Th", "", `<div class="date">Th3 9, 2021 14:05</div>`, "", "2021-03-09T14:05:00+07:00", news.BasisText},
		{"day before Th", "", `<div class="date">9 Th3, 2021 14:05</div>`, "", "2021-03-09T14:05:00+07:00", news.BasisText},
		{"hours and dots", "", `<div class="date">14h05 ngày 9.3.2021</div>`, "", "2021-03-09T14:05:00+07:00", news.BasisText},
		{"zone written", "", `<div class="date">Cập nhật 09/03/2021 - 14:05 (GMT+7)</div>`, "", "2021-03-09T14:05:00+07:00", news.BasisText},
		{"to the minute in the title", "", `<span class="DateTime" title="9/3/21 at 14:05">9/3/21</span>`, "", "2021-03-09T14:05:00+07:00", news.BasisText},
		{"ISO in the title", "", `<abbr class="published" title="2021-03-09T14:05:00+07:00">thứ Ba</abbr>`, "", "2021-03-09T14:05:00+07:00", news.BasisText},
		{"ago", "", `<span class="time">2 giờ trước</span>`, "", "2025-12-01T06:00:00+07:00", news.BasisRelative},
		{"years ago", "", `<span class="time">2 năm trước</span>`, "", "2023", news.BasisRelative},
		{"address alone", "", "", "https://a.example/xa-hoi/tin-moi-20210309140512.htm", "2021-03-09T14:05:12+07:00", news.BasisURL},
		{"a script writes it", `<script>document.getElementById("d").innerHTML="Thứ ba, 9/3/2021, 14:05 GMT+7";</script>`, `<div id="d"></div>`, "", "2021-03-09T14:05:00+07:00", news.BasisText},
		{"none", "", "", "", "", news.BasisNone},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			u := tt.url
			if u == "" {
				u = address
			}
			a := strip(t, news.Page{URL: u, Body: page(tt.head, tt.top, "")}, content.Options{}).Article
			if a.Published != tt.want || a.PublishedBasis != tt.basis {
				t.Errorf("published %q (%s), want %q (%s)", a.Published, a.PublishedBasis, tt.want, tt.basis)
			}
		})
	}
}

// TestPublishedIsTheArticles puts other times on the page: the clock, other
// articles' and comments'.
func TestPublishedIsTheArticles(t *testing.T) {
	top := `<div class="date">13/05/2024 17:45</div>`
	tail := `<ul class="related"><li><a href="/a">Muối Cà Ná được mùa</a> <span class="time">14/05/2024 08:00</span></li></ul>
<div class="comments"><p>Hay quá, mong bà con được giá như hợp đồng đã ký với nhà máy.</p><span class="time">15/05/2024 09:00</span></div>`
	body := strings.Replace(string(page("", top, tail)), "<body>", `<body><div class="clock">Thứ Tư, 01/01/2025, 10:20</div>`, 1)
	a := strip(t, news.Page{URL: address, Body: []byte(body)}, content.Options{}).Article
	if want := news.Stamp("2024-05-13T17:45:00+07:00"); a.Published != want {
		t.Errorf("published %q, want %q", a.Published, want)
	}
	for _, no := range []string{"được mùa", "Hay quá", "10:20"} {
		if strings.Contains(a.Text, no) {
			t.Errorf("text holds %q", no)
		}
	}
}

func TestModifiedApart(t *testing.T) {
	head := `<meta property="article:published_time" content="2024-05-13T06:10:00+07:00"><meta property="article:modified_time" content="2024-05-14T10:00:00+07:00">`
	a := strip(t, news.Page{URL: address, Body: page(head, "", "")}, content.Options{}).Article
	if a.Published != "2024-05-13T06:10:00+07:00" || a.Modified != "2024-05-14T10:00:00+07:00" {
		t.Errorf("published %q, modified %q", a.Published, a.Modified)
	}
}

func TestByline(t *testing.T) {
	tests := []struct{ name, tail, author, agency, source string }{
		{"bold name", `<p><strong>Lê Thị Muối</strong></p>`, "Lê Thị Muối", "", ""},
		{"two names set right", `<p style="text-align:right">Hồng Hạnh - Quốc Việt</p>`, "Hồng Hạnh - Quốc Việt", "", ""},
		{"initials", `<p><b>H.V.</b></p>`, "H.V", "", ""},
		{"one pen name", `<p><strong>Papai</strong></p>`, "Papai", "", ""},
		{"name with agency", `<p>Phúc Hằng (TTXVN)</p>`, "Phúc Hằng", "TTXVN", ""},
		{"name, slash, agency", `<p><i>Khánh Ly/TTXVN</i></p>`, "Khánh Ly", "TTXVN", ""},
		{"agency alone", `<p>Theo TTXVN</p>`, "", "TTXVN", ""},
		{"agency as a source", `<p align="right">(Nguồn: Reuters)</p>`, "", "Reuters", ""},
		{"paper as a source", `<p>Theo Nhịp sống biển</p>`, "", "", "Nhịp sống biển"},
		{"person after theo", `<p>Theo <strong>Vũ Vũ</strong></p>`, "Vũ Vũ", "", ""},
		{"name and a paper", `<p><b>Minh Anh</b> (Theo Báo Phú Yên)</p>`, "Minh Anh", "", "Báo Phú Yên"},
		{"text and pictures", `<p><b>Bài và ảnh: Trọng Phú</b></p>`, "Trọng Phú", "", ""},
		{"text by one, pictures by another", `<p><b>Tin: Trọng Phú; ảnh: Mai Hoa</b></p>`, "Trọng Phú", "", ""},
		{"photographer only", `<p><i>Ảnh: Mai Hoa</i></p>`, "", "", ""},
		{"photographer under the name", `<p><b>Lê Thị Muối</b></p><p><i>Ảnh: Mai Hoa</i></p>`, "Lê Thị Muối", "", ""},
		{"source under the name", `<p><b>Lê Thị Muối</b></p><div><span style="float:right">Zing/Themost10</span></div>`, "Lê Thị Muối", "", "Zing/Themost10"},
		{"group of reporters", `<p><b>Nhóm PV Kinh tế</b></p>`, "Nhóm PV Kinh tế", "", ""},
		{"no space after the label", `<p><b>Tin, ảnh:Trọng Phú</b></p>`, "Trọng Phú", "", ""},
		{"a correspondent's post", `<p><b>Trọng Phú (P/V TTXVN tại Viêng Chăn)</b></p>`, "Trọng Phú", "TTXVN", ""},
		{"the office after the names", `<p align="right"><b>Trọng Phú - Mai Hoa Phóng viên Báo Muối thường trú tại Lào</b></p>`, "Trọng Phú - Mai Hoa", "", ""},
		{"a translator's note", `<p><b>Trọng Phú/VOV.VN (biên dịch) Theo Sea Daily</b></p>`, "Trọng Phú", "", "VOV.VN"},
		{"the first of several agencies", `<p align="right">Theo Tân Hoa Xã, AP</p>`, "", "Tân Hoa Xã", ""},
		{"compiled from nobody", `<p><b>Trọng Phú</b></p><p>Theo Tổng hợp</p>`, "Trọng Phú", "", ""},
		{"a source by its address", `<p><b>Trọng Phú</b></p><p>Nguồn: <a href="https://baomuoi.example/a/1">https://baomuoi.example/a/1</a></p>`, "Trọng Phú", "", "baomuoi.example"},
		{"label of a content system", `<p class="h5 text-right"><strong>Tác giả bài viết: </strong>Lê Thị Muối</p>`, "Lê Thị Muối", "", ""},
		{"other articles of an author", `<div class="author-posts"><h3>Bài cùng tác giả</h3><a href="/a">Giá muối tăng</a></div>`, "", "", ""},
		{"a button beside the name", `<div class="author"><span>Lê Thị Muối</span><a href="/theo-doi">Theo dõi</a></div>`, "Lê Thị Muối", "", ""},
		{"an account is no author", `<p class="author">admin admin</p>`, "", "", ""},
		{"an official's words are no byline", `<p>Ông Trương Văn Hạ cảm ơn các nhà máy.</p>`, "", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := strip(t, news.Page{URL: address, Body: page("", "", tt.tail)}, content.Options{}).Article
			if a.Author != tt.author || a.Agency != tt.agency || a.ReprintOf != tt.source {
				t.Errorf("author %q, agency %q, reprint of %q; want %q, %q, %q", a.Author, a.Agency, a.ReprintOf, tt.author, tt.agency, tt.source)
			}
			if tt.author != "" && strings.Contains(a.Text, tt.author) {
				t.Errorf("the byline is in the text: %q", a.Text)
			}
			if !strings.HasPrefix(a.Text, paragraphs[0]) || !strings.Contains(a.Text, paragraphs[2]) {
				t.Errorf("text %q", a.Text)
			}
		})
	}
}

// TestText puts lines into the text that look like noise and are not.
func TestText(t *testing.T) {
	for _, line := range []string{
		"Xem xét đề nghị của các xã, huyện đồng ý lùi lịch trải bạt năm ngày.", "Bình luận về đề nghị này, ông Hạ nói các xã cần thêm thời gian.",
		"Liên quan đến việc này, công an huyện đã lập ba chốt trên đồng muối.", "Chia sẻ tại hội nghị, bà Rạm mong có vốn để đổi bạt.",
		"Quảng cáo muối giả trên mạng là điều các hộ lo nhất.", "Thời gian: 8h ngày 20/8/2024.", "Ngày 20/8/2024", "Cảm ơn ông!",
		"Nguồn tin của huyện cho biết chợ mở ngày 20/8.", "Bạn đọc Lê Văn Bạt gửi tin rằng chợ muối đã họp từ ba giờ sáng.", "“Chúng tôi làm được!”",
	} {
		t.Run(line, func(t *testing.T) {
			body := strings.Replace(string(page("", "", "")), "<p>"+paragraphs[1], "<p>"+line+"</p><p>"+paragraphs[1], 1)
			a := strip(t, news.Page{URL: address, Body: []byte(body)}, content.Options{}).Article
			if want := strings.Join([]string{paragraphs[0], line, paragraphs[1], paragraphs[2]}, "\n"); a.Text != want {
				t.Errorf("text %q, want %q", a.Text, want)
			}
		})
	}
}

// TestNoise puts lines under the text that are not of it.
func TestNoise(t *testing.T) {
	tests := []struct{ name, tail string }{
		{"invitation to a section", `<p class="n">*Mời bạn đọc vào chuyên mục <a href="/m">Diêm dân</a> xem các tin, bài liên quan.</p>`},
		{"invitation to a film", `<p>Mời độc giả xem thêm video: Tàu muối đầu tiên rời cảng Sa Kỳ hồi năm ngoái</p>`},
		{"invitation to write", `<p><i>Bạn đọc có thể báo tin, gửi bài viết về email bandoc@muoi.example để được hưởng nhuận bút cao và nhanh chóng.</i></p>`},
		{"invitation to follow", `<p>Theo dõi Báo Muối trên <a href="https://news.example/x">Google News</a></p>`},
		{"places to share", `<div>Chia sẻ: <a href="#">Facebook</a> <a href="#">Zalo</a></div>`},
		{"marks of readers", `<div>Đánh giá bài viết: <span>4.5/5 (12 phiếu)</span></div>`},
		{"imprint without a mark", `<p>Cơ quan chủ quản: Hội Diêm dân. Giấy phép số 11/GP-BTTTT ngày 2/3/2016.</p><p>Tổng biên tập: Trần Văn Muối. Điện thoại: 0234 111 222.</p>`},
		{"buttons between bars", `<p><a href="/in">Bản in</a> | <a href="/g">Gửi email</a> | <a href="#top">Lên đầu trang</a></p>`},
		{"headline and summary in one line", `<table><tr><td><a href="/x"><img src="x.jpg"></a></td><td><a href="/x">Ruộng muối vào vụ sớm hơn mọi năm</a> <span>Nắng to từ tháng Chạp khiến bà con ra đồng trước Tết, các kho đều chật muối cũ.</span></td></tr></table>`},
		{"picture and its words in a frame", `<table><tr><td><img src="a.jpg"></td></tr><tr><td>Diêm dân trải bạt trên ô kết tinh ở Sa Huỳnh.</td></tr></table>`},
		{"links without address", `<p><a class="s">Chia sẻ</a><a class="s">Print</a></p>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := strip(t, news.Page{URL: address, Body: page("", "", tt.tail)}, content.Options{}).Article
			if want := strings.Join(paragraphs, "\n"); a.Text != want {
				t.Errorf("text %q, want %q", a.Text, want)
			}
		})
	}
}

func TestCanonical(t *testing.T) {
	tests := []struct{ name, head, url, want string }{
		{"on a host of the same site", `<link rel="canonical" href="https://www.example.vn/a-8812.html">`, address, "https://www.example.vn/a-8812.html"},
		{"on another site", `<link rel="canonical" href="https://baobien.vn/a-8812.html">`, address, ""},
		{"absolute", `<link rel="canonical" href="https://muoibien.example.vn/a-8812.html">`, address + "?utm_source=x", "https://muoibien.example.vn/a-8812.html"},
		{"relative", `<link rel="canonical" href="../a-8812.html">`, address, "https://muoibien.example.vn/a-8812.html"},
		{"against base", `<base href="https://muoibien.example.vn/goc/"><link rel="canonical" href="a.html">`, address, "https://muoibien.example.vn/goc/a.html"},
		{"home page is a lie", `<link rel="canonical" href="https://muoibien.example.vn/">`, address, ""},
		{"home page is a lie, og:url is not", `<link rel="canonical" href="https://muoibien.example.vn/"><meta property="og:url" content="https://muoibien.example.vn/a.html">`, address, "https://muoibien.example.vn/a.html"},
		{"no address", `<link rel="canonical" href="javascript:void(0)">`, address, ""},
		{"relative on a page without address", `<link rel="canonical" href="/a.html">`, "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := strip(t, news.Page{URL: tt.url, Body: page(tt.head, "", "")}, content.Options{}).Article
			if a.Canonical != tt.want {
				t.Errorf("canonical %q, want %q", a.Canonical, tt.want)
			}
			if other := strings.Contains(tt.head, "baobien.vn"); other != (a.ReprintOf == "https://baobien.vn/a-8812.html") {
				t.Errorf("reprint of %q", a.ReprintOf)
			}
		})
	}
}

func TestLinks(t *testing.T) {
	head := `<link rel="alternate" type="application/rss+xml" href="/rss.xml"><link rel="amphtml" href="/amp/a.html"><meta name="robots" content="noindex, noarchive">
<link rel="alternate" media="only screen and (max-width: 640px)" href="https://m.muoibien.example.vn/a.html">`
	tail := `<p>Chi tiết văn bản xem <a href="/van-ban/12.pdf#trang3">tại đây</a>, cùng phụ lục gửi kèm theo công văn của hội nghị.</p>
<ul class="related"><li><a href="../Tin Moi.html" rel="nofollow"><h3>Ruộng muối</h3><p>Đầu vụ</p></a></li><li><a href="/van-ban/12.pdf">lần nữa</a></li><li><a href="mailto:a@b.c">thư</a></li></ul>`
	res := strip(t, news.Page{URL: address, Body: page(head, "", tail)}, content.Options{})
	want := []content.Link{
		{URL: "https://muoibien.example.vn/van-ban/12.pdf", Text: "tại đây", InContent: true},
		{URL: "https://muoibien.example.vn/Tin%20Moi.html", Text: "Ruộng muối Đầu vụ", Rel: "nofollow"},
	}
	if len(res.Links) != len(want) {
		t.Fatalf("links %+v", res.Links)
	}
	for i := range want {
		if res.Links[i] != want[i] {
			t.Errorf("link %d: %+v, want %+v", i, res.Links[i], want[i])
		}
	}
	if len(res.Feeds) != 1 || res.Feeds[0] != "https://muoibien.example.vn/rss.xml" {
		t.Errorf("feeds %q", res.Feeds)
	}
	if res.AMP != "https://muoibien.example.vn/amp/a.html" || res.Mobile != "https://m.muoibien.example.vn/a.html" {
		t.Errorf("AMP %q, mobile %q", res.AMP, res.Mobile)
	}
	if want := (content.Robots{NoIndex: true, NoArchive: true}); res.Robots != want {
		t.Errorf("robots %+v", res.Robots)
	}
}

func TestEncodings(t *testing.T) {
	body := page("", "", "")
	latin, err := charmap.Windows1258.NewEncoder().Bytes(decomposeTones(body))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, contentType string
		body              []byte
	}{
		{"UTF-8", "", body},
		{"UTF-8 under a false label", "text/html; charset=iso-8859-1", body},
		{"UTF-8, decomposed", "", norm.NFD.Bytes(body)},
		{"UTF-8, the article in an old font's codes", "", inFont(body)},
		{"UTF-8 with byte order mark", "", append([]byte("\xEF\xBB\xBF"), body...)},
		{"windows-1258", "text/html; charset=windows-1258", []byte(strings.Replace(string(latin), "utf-8", "windows-1258", 1))},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := strip(t, news.Page{URL: address, ContentType: tt.contentType, Body: tt.body}, content.Options{}).Article
			if a.Title != headline || a.Text != strings.Join(paragraphs, "\n") || a.Language != "vi" {
				t.Errorf("title %q, language %q, text %q", a.Title, a.Language, a.Text)
			}
		})
	}
}

// inFont writes the headline and the text, not the rest of a page, as the codes
// of a TCVN 3 font that were taken for Latin-1.
func inFont(page []byte) []byte {
	letters, codes := []rune("ăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"), []rune("¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ")
	pairs := make([]string, 0, 2*len(letters))
	for i, r := range letters {
		pairs = append(pairs, string(r), string(codes[i]))
	}
	return []byte(strings.NewReplacer(pairs...).Replace(string(page)))
}

// decomposeTones takes the five tone marks off the letters and sets them
// behind, as windows-1258 writes them; other diacritics stay.
func decomposeTones(b []byte) []byte {
	var sb strings.Builder
	for _, r := range string(b) {
		d := []rune(norm.NFD.String(string(r)))
		tone := rune(0)
		base := d[:0:0]
		for _, c := range d {
			if strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", c) {
				tone = c
				continue
			}
			base = append(base, c)
		}
		sb.WriteString(norm.NFC.String(string(base)))
		if tone != 0 {
			sb.WriteRune(tone)
		}
	}
	return []byte(sb.String())
}

func TestRepair(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"semicolon inside a word", "đóng góp xem x;ét việc giao ô muối cho từng hộ trong thôn.", "đóng góp xem xét việc giao ô muối cho từng hộ trong thôn."},
		{"semicolon between clauses", "giao ô muối; chia lại bờ; trả tiền bạt cho từng hộ trong thôn.", "giao ô muối; chia lại bờ; trả tiền bạt cho từng hộ trong thôn."},
		{"escaped twice", "giao cho ph&amp;ograve;ng kinh tế huyện lập hồ sơ từng hộ trong thôn.", "giao cho phòng kinh tế huyện lập hồ sơ từng hộ trong thôn."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := strip(t, news.Page{URL: address, Body: page("", "", "<p>"+tt.in+"</p>")}, content.Options{}).Article
			if !strings.HasSuffix(a.Text, tt.want) {
				t.Errorf("text %q, want at its end %q", a.Text, tt.want)
			}
		})
	}
}

func TestLineBreaks(t *testing.T) {
	tail := `<p>Ban tổ chức cho biết vụ muối năm nay kéo dài<br>hơn mọi năm hai tuần.<br>Vụ sau bắt đầu từ tháng Chạp theo lịch chung của xã.</p>`
	a := strip(t, news.Page{URL: address, Body: page("", "", tail)}, content.Options{}).Article
	want := "kéo dài hơn mọi năm hai tuần.\nVụ sau bắt đầu"
	if !strings.Contains(a.Text, want) {
		t.Errorf("text %q, want in it %q", a.Text, want)
	}
}

func TestErrors(t *testing.T) {
	_, err := content.Strip(news.Page{Body: append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 4000)...)}, content.Options{})
	if err == nil {
		t.Fatal("a picture gave no error")
	}
	if res := strip(t, news.Page{}, content.Options{}); res.Article.PageType != news.PageOther || res.Article.PageReason == "" {
		t.Errorf("an empty page is %q because %q", res.Article.PageType, res.Article.PageReason)
	}
	if res := strip(t, news.Page{Text: true}, content.Options{}); res.Article.PageType != news.PageOther {
		t.Errorf("an empty text is %q", res.Article.PageType)
	}
}

func TestStripIsPure(t *testing.T) {
	body := page("", `<p class="time">13/05/2024 17:45</p>`, "<p><b>Lê Thị Muối</b></p>")
	p := news.Page{URL: address, Body: body, Fetched: time.Unix(1_700_000_000, 0)}
	want := strip(t, p, content.Options{}).Article
	done := make(chan *news.Article)
	for range 4 {
		go func() {
			res, err := content.Strip(p, content.Options{Explain: true})
			if err != nil {
				done <- nil
				return
			}
			done <- res.Article
		}()
	}
	for range 4 {
		if got := <-done; got == nil || got.Text != want.Text || got.Author != want.Author || got.Published != want.Published {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}
