package content_test

import (
	"strings"
	"testing"

	"sukien/crawler/content"
	"sukien/news"
)

// TestPageType reads pages that are no article, all answered with status 200.
func TestPageType(t *testing.T) {
	const nav = `<ul class="menu"><li><a href="/">Trang chủ</a></li><li><a href="/a">Thời sự</a></li></ul>`
	const foot = `<div class="footer"><p>Giấy phép số 11/GP-BTTTT. Tổng biên tập: Trần Văn Chài.</p></div>`
	link := `<article><h2><a href="/x">Nông dân vùng đầm gỡ lưới cũ để đón mùa rong mới</a></h2></article>`
	links := ""
	for i := range 10 {
		links += strings.Replace(link, "/x", "/x"+string(rune('0'+i)), 1)
	}
	post := `<div class="post"><div class="username">ut_dam</div><div class="postbody">Theo mình thì rong câu là hợp nhất, nhà mình trồng ba năm nay rồi, mỗi vụ thu được hai tấn mỗi sào.</div></div>`
	tests := []struct {
		name, body string
		want       news.PageType
		why        string
	}{
		{"cookie and reload", `<html><body><script>document.cookie="D1N=3c4d5e; path=/";window.location.reload(true);</script></body></html>`, news.PageOther, "challenge"},
		{"challenge in words", `<html><head><title>Xác thực</title></head><body><p>Hệ thống đang kiểm tra trình duyệt của bạn, vui lòng chờ trong giây lát.</p></body></html>`, news.PageOther, "challenge"},
		{"script shell", `<html><head><title>Báo Đầm Phá</title><script src="/main.js"></script></head><body><div id="root"></div></body></html>`, news.PageOther, "script shell"},
		{"redirect by meta", `<html><head><meta http-equiv="refresh" content="0;url=/vi/"></head><body>Đang chuyển hướng...</body></html>`, news.PageOther, "redirect"},
		{"redirect by script", `<html><body><script>window.location = "/vi/trang-chu.html";</script>Đang chuyển hướng...</body></html>`, news.PageOther, "redirect"},
		{"maintenance", `<html><head><title>Bảo trì hệ thống</title></head><body><h1>Hệ thống đang bảo trì</h1><p>Website đang được nâng cấp, vui lòng quay lại sau ít phút.</p></body></html>`, news.PageOther, "error"},
		{"taken down", `<html><head><title>Thông báo</title></head><body>` + nav + `<p>Bài viết đã bị xóa hoặc không còn tồn tại.</p>` + foot + `</body></html>`, news.PageOther, "error"},
		{"login wall", `<html><head><title>Đăng nhập</title></head><body><h2>Đăng nhập</h2><p>Bạn cần đăng nhập để xem nội dung này.</p></body></html>`, news.PageOther, "login"},
		{"forum", `<html><head><title>Hỏi về giống rong - Diễn đàn Lồng Bè</title></head><body>` + nav + `<h1>Hỏi về giống rong</h1>` + strings.Repeat(post, 3) + foot + `</body></html>`, news.PageOther, "forum"},
		{"album", `<html><head><title>Album: Lễ hội cầu ngư</title></head><body>` + nav + `<h1>Album: Lễ hội cầu ngư</h1>` + strings.Repeat(`<a href="1.jpg"><img src="1.jpg"></a>`, 8) + foot + `</body></html>`, news.PageMedia, "pictures"},
		{"film", `<html><head><title>Lễ hội cầu ngư trên đầm phá</title></head><body>` + nav + `<h1>Lễ hội cầu ngư trên đầm phá</h1><video src="a.mp4"></video><p>Sáng 14/8, hàng trăm ngư dân dự lễ hội cầu ngư trên đầm.</p>` + foot + `</body></html>`, news.PageMedia, "player"},
		{"keyword page", `<html><head><title>đầm phá: tin tức mới nhất</title></head><body>` + nav + `<h1>đầm phá</h1>` + links + foot + `</body></html>`, news.PageListing, "links"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := strip(t, news.Page{URL: address, Status: 200, Body: []byte(tt.body)}, content.Options{}).Article
			if a.PageType != tt.want || !strings.Contains(a.PageReason, tt.why) {
				t.Errorf("%q because %q, want %q because of %q", a.PageType, a.PageReason, tt.want, tt.why)
			}
		})
	}
}
