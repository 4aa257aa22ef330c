package content

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cue is what the words of a line say of it.
type cue uint8

// The cues of a line.
const (
	cueNone    cue = iota
	cueRelated     // heads a list of other articles
	cueComment     // heads the readers' comments
	cueTags        // heads the keywords
	cueTool        // a button: print, share, top
	cueCount       // a counter: views, likes
	cueAd
	cueCredit // a source or picture credit on a line of its own
)

// lineCues are phrases that begin such lines, lower case, both placements of
// the tone mark where it varies. They are the stock phrases of Vietnamese news
// sites; a phrase that may also begin running text counts only in a short line.
var lineCues = []struct {
	cue     cue
	phrases []string
}{
	{cueRelated, []string{"tin liên quan", "tin bài liên quan", "bài liên quan", "bài viết liên quan", "các tin liên quan", "các bài liên quan", "tin tức liên quan",
		"xem thêm", "đọc thêm", "xem tiếp", "tin khác", "các tin khác", "tin bài khác", "tin tức khác", "bài viết khác", "các bài viết khác", "bài khác", "tin cùng chuyên mục",
		"cùng chuyên mục", "bài cùng chuyên mục", "tin cùng loại", "đọc nhiều", "tin đọc nhiều", "bài đọc nhiều", "xem nhiều", "tin xem nhiều", "tin nổi bật", "nổi bật",
		"tin mới", "các tin mới", "các bài mới", "bài mới", "mới nhất", "tin nóng", "có thể bạn quan tâm", "bạn có thể quan tâm", "bạn có thể thích", "có thể bạn thích", "có thể bạn muốn xem",
		"đừng bỏ lỡ", "tin tiêu điểm", "tiêu điểm", "tin cũ hơn", "tin mới hơn", "các bài đã đăng", "các tin đã đưa", "tin đã đưa", "tin đã đăng", "cùng sự kiện", "tin cùng sự kiện",
		"tin bài cùng sự kiện", "dòng sự kiện", "theo dòng sự kiện", "bài cùng tác giả", "tin cũ", "tin tài trợ", "mời bạn đọc", "mời quý độc giả", "mời độc giả", "quan tâm nhiều", "bài đang được quan tâm",
		"other news", "related news", "related articles", "read more", "see more", "bài trước", "bài tiếp theo", "bài sau", "video liên quan", "ảnh liên quan", "các bản tin khác", "video đang được xem nhiều", "video đang được quan tâm", "tin đọc nhiều nhất", "gợi ý cho bạn", "đọc tiếp", "nhấn để xem thêm", "clip liên quan", "xem clip"}},
	{cueComment, []string{"bình luận", "ý kiến bạn đọc", "ý kiến của bạn", "ý kiến", "gửi bình luận", "viết bình luận", "phản hồi", "gửi phản hồi", "bạn nghĩ gì", "nhận xét", "comments", "leave a reply", "gửi ý kiến", "bình luận của bạn", "đánh giá bài viết"}},
	{cueTags, []string{"từ khóa", "từ khoá", "tags", "tag", "thẻ", "chủ đề", "hashtag", "keywords"}},
	{cueTool, []string{"chia sẻ", "share", "facebook", "twitter", "zalo", "in bài viết", "in bài", "bản in", "gửi mail", "gửi email", "print", "send email", "về đầu trang", "lên đầu trang",
		"về trang trước", "quay lại", "trở lại", "trở về", "top", "copy link", "sao chép liên kết", "lưu bài", "nghe đọc bài", "nghe audio", "theo dõi", "cỡ chữ", "font size", "đọc báo", "đăng nhập", "đăng ký", "like", "thích", "tải về", "skip to content", "xem phản hồi", "google news", "chọn cỡ chữ", "nghe bài viết"}},
	{cueCount, []string{"lượt xem", "số lần xem", "số lượt xem", "lượt đọc", "view count", "views", "đã xem", "số lượt đọc", "lượt truy cập"}},
	{cueAd, []string{"quảng cáo", "advertisement", "bài viết tài trợ", "thông tin tài trợ", "ads by"}},
}

// creditCues begin credit lines: who made the text or the pictures, or where
// they came from.
var creditCues = []string{"nguồn:", "nguồn ", "(nguồn", "ảnh:", "ảnh ", "(ảnh", "theo ", "(theo", "bài và ảnh", "bài, ảnh", "tin, ảnh", "tin và ảnh", "tin ảnh", "tin:", "bài:", "bài ảnh", "clip:", "video:", "đồ họa:", "đồ hoạ:", "thực hiện:", "tác giả:", "biên tập:", "dịch:", "tổng hợp"}

// cueOf reads the cue of a line of the given number of words.
func cueOf(text string, words int32) cue {
	if words > 24 {
		return cueNone
	}
	s := strings.ToLower(trimMarks(text))
	if len(s) == 0 {
		return cueTool
	}
	for _, g := range lineCues {
		for _, p := range g.phrases {
			if strings.HasPrefix(s, p) && cueEnds(s[len(p):], words, p) {
				return g.cue
			}
		}
	}
	if isCount(s) {
		return cueCount
	}
	return cueNone
}

// cueEnds tells whether what follows a phrase leaves it a heading: nothing, a
// colon, a number or two words more.
func cueEnds(rest string, words int32, phrase string) bool {
	if rest == "" {
		return true
	}
	r, _ := utf8.DecodeRuneInString(rest)
	if unicode.IsLetter(r) {
		return false
	}
	t := strings.TrimLeft(rest, "  ")
	if t == "" || t[0] == ':' || t[0] == '(' || t[0] >= '0' && t[0] <= '9' {
		return true
	}
	extra := words - int32(strings.Count(phrase, " ")+1)
	return extra <= 4 && !endsSentence(t)
}

// isCount tells whether a short line is a number with what is counted:
// "332 lượt xem", "0 bình luận", "5 phản hồi".
func isCount(s string) bool {
	i := 0
	for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == '.' || s[i] == ',') {
		i++
	}
	if i == 0 || i == len(s) {
		return i > 0
	}
	rest := strings.TrimSpace(s[i:])
	for _, p := range [...]string{"lượt xem", "lượt đọc", "bình luận", "phản hồi", "views", "view", "comments", "likes", "chia sẻ", "lượt thích", "k"} {
		if rest == p {
			return true
		}
	}
	return false
}

// trimMarks takes away leading and trailing marks, bullets and arrows.
func trimMarks(s string) string {
	return strings.TrimFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// isCredit tells whether a short line begins as a credit does.
func isCredit(text string, words int32) bool {
	if words > 12 {
		return false
	}
	s := strings.ToLower(text)
	for _, c := range creditCues {
		if strings.HasPrefix(s, c) {
			return true
		}
	}
	return false
}

// hasPhotoCredit tells whether a text ends with or holds the credit of a
// picture: "(Ảnh: …)", "Ảnh minh họa".
func hasPhotoCredit(text string) bool {
	s := strings.ToLower(text)
	for _, c := range [...]string{"ảnh:", "(ảnh", "ảnh minh họa", "ảnh minh hoạ", "ảnh tư liệu", "ảnh chụp màn hình", "(nguồn", "ảnh cắt từ", "photo:"} {
		if strings.Contains(s, c) {
			return true
		}
	}
	return false
}
