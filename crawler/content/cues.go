package content

import (
	"slices"
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
	cueImprint // who publishes the site
	cueCredit  // a source or picture credit on a line of its own
)

// cueGroup are the stock phrases of Vietnamese news sites that give one cue,
// lower case, both placements of the tone mark where it varies. A loose phrase
// also counts with a colon and words, or up to four words, after it; the others
// are words of running text too and count only alone on their line.
type cueGroup struct {
	cue     cue
	loose   bool
	phrases []string
}

var lineCues = []cueGroup{
	{cueRelated, true, []string{"tin liên quan", "tin bài liên quan", "bài liên quan", "bài viết liên quan", "các tin liên quan", "các bài liên quan", "tin tức liên quan",
		"xem thêm", "đọc thêm", "xem tiếp", "tin khác", "các tin khác", "tin bài khác", "tin tức khác", "bài viết khác", "các bài viết khác", "tin cùng chuyên mục",
		"bài cùng chuyên mục", "tin cùng loại", "tin đọc nhiều", "bài đọc nhiều", "đọc nhiều", "tin xem nhiều", "xem nhiều nhất", "tin nổi bật",
		"các tin mới", "các bài mới", "có thể bạn quan tâm", "bạn có thể quan tâm", "bạn có thể thích", "có thể bạn thích", "có thể bạn muốn xem",
		"tin tiêu điểm", "tin cũ hơn", "tin mới hơn", "các bài đã đăng", "các tin đã đưa", "các tin tiếp", "các bài tiếp", "tin đã đưa", "tin đã đăng", "tin cùng sự kiện",
		"tin bài cùng sự kiện", "theo dòng sự kiện", "bài cùng tác giả", "tin tài trợ", "mời bạn đọc xem", "mời quý độc giả", "mời độc giả", "bài đang được quan tâm",
		"other news", "related news", "related articles", "read more", "see more", "video liên quan", "ảnh liên quan", "clip liên quan", "các bản tin khác",
		"video đang được xem nhiều", "video đang được quan tâm", "gợi ý cho bạn", "nhấn để xem thêm"}},
	{cueRelated, false, []string{"cùng chuyên mục", "xem nhiều", "nổi bật", "tin mới", "tin mới nhất", "bài mới", "bài khác", "mới nhất", "tin nóng", "tin hot", "đừng bỏ lỡ", "tiêu điểm", "cùng sự kiện",
		"dòng sự kiện", "tin cũ", "quan tâm nhiều", "bài trước", "bài sau", "bài tiếp theo", "đọc tiếp", "xem clip", "bài liên quan khác", "có liên quan", "liên quan", "liên kết website", "liên kết web", "website liên kết", "liên kết"}},
	{cueComment, false, []string{"bình luận", "ý kiến bạn đọc", "ý kiến của bạn", "ý kiến", "gửi bình luận", "viết bình luận", "phản hồi", "gửi phản hồi", "bạn nghĩ gì", "nhận xét", "comments",
		"leave a reply", "gửi ý kiến", "bình luận của bạn", "đánh giá bài viết", "ý kiến độc giả", "ý kiến của bạn về bài viết"}},
	{cueTags, true, []string{"từ khóa", "từ khoá", "tags", "keywords", "hashtag"}},
	{cueTags, false, []string{"tag", "thẻ", "chủ đề"}},
	{cueTool, false, []string{"chia sẻ", "share", "facebook", "twitter", "zalo", "in bài viết", "in bài", "bản in", "gửi mail", "gửi email", "email", "print", "send email", "về đầu trang", "lên đầu trang", "đầu trang",
		"về trang trước", "quay lại", "trở lại", "trở về", "top", "copy link", "sao chép liên kết", "lưu bài", "nghe đọc bài", "nghe audio", "theo dõi", "đọc báo",
		"đăng nhập", "đăng ký", "like", "thích", "tải về", "tải về tại đây", "tại đây", "xem tại đây", "skip to content", "xem phản hồi", "google news", "theo dõi chúng tôi", "nghe bài viết", "in", "trang chủ", "chia sẻ bài viết"}},
	{cueTool, true, []string{"đánh giá bài viết:", "chia sẻ:", "chia sẻ bài viết:", "share:", "cỡ chữ", "chọn cỡ chữ", "font size"}},
	{cueCount, true, []string{"lượt xem", "số lần xem", "số lượt xem", "lượt đọc", "view count", "views", "số lượt đọc", "lượt truy cập"}},
	{cueAd, true, []string{"copyright", "bản quyền thuộc", "mọi hình thức sao chép", "ghi rõ nguồn", "mọi hành động sử dụng nội dung"}},
	{cueAd, false, []string{"quảng cáo", "advertisement", "bài viết tài trợ", "thông tin tài trợ", "ads by google"}},
}

// cuePhrase is one phrase of lineCues.
type cuePhrase struct {
	text  string
	cue   cue
	loose bool
}

// cueIndex holds the phrases of lineCues by their cueKey.
var cueIndex = func() map[[2]byte][]cuePhrase {
	m := map[[2]byte][]cuePhrase{}
	for _, g := range lineCues {
		for _, p := range g.phrases {
			m[cueKey(p)] = append(m[cueKey(p)], cuePhrase{p, g.cue, g.loose})
		}
	}
	return m
}()

// cueKey is the first two bytes of a line, the shortest phrase's length.
func cueKey(s string) (k [2]byte) {
	copy(k[:], s)
	return k
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
	for _, p := range cueIndex[cueKey(s)] {
		if strings.HasPrefix(s, p.text) && cueEnds(s[len(p.text):], words, p.text, p.loose) {
			return p.cue
		}
	}
	if isCount(s) {
		return cueCount
	}
	if strings.IndexByte(s, '|') > 0 && allTools(s) || words <= 16 && (strings.HasSuffix(s, " bởi") || strings.HasSuffix(s, " started by")) {
		return cueTool
	}
	return cueNone
}

// invites tells whether a line of the given number of words asks the reader to
// go on elsewhere: "Mời bạn đọc vào chuyên mục Thời sự xem các tin, bài liên quan."
func invites(text string, words int32) bool {
	if words > 40 {
		return false
	}
	s := trimMarks(text)
	start := strings.ToLower(clip(s, 40))
	for _, in := range invitations {
		if strings.HasPrefix(start, in.begins) && containsAny(strings.ToLower(s)[len(in.begins):], in.holds) {
			return true
		}
	}
	return false
}

// toElsewhere and toWrite are what the reader is asked to do.
var (
	toElsewhere = []string{"xem", "theo dõi", "đón đọc", "chuyên mục", "tại đây"}
	toWrite     = []string{"gửi bình luận", "gửi bài", "gửi ý kiến", "gửi tin", "báo tin", "nhuận bút"}
	toFollow    = []string{"google news", "fanpage", "facebook", "youtube", "zalo", "tiktok", "telegram"}
)

// invitations are how such lines begin and what they hold further on.
var invitations = []struct {
	begins string
	holds  []string
}{
	{"mời bạn", toElsewhere}, {"mời độc giả", toElsewhere}, {"mời các bạn", toElsewhere}, {"mời quý", toElsewhere}, {"mời khán giả", toElsewhere},
	{"kính mời bạn đọc", toElsewhere}, {"kính mời độc giả", toElsewhere}, {"kính mời quý", toElsewhere},
	{"bạn đọc có thể", toWrite}, {"bạn đọc vui lòng", toWrite}, {"bạn đọc muốn", toWrite}, {"độc giả có thể", toWrite}, {"độc giả vui lòng", toWrite},
	{"độc giả gửi bình luận", []string{""}}, {"quý độc giả", toWrite}, {"quý bạn đọc", toWrite}, {"mọi ý kiến", []string{"email", "gửi về"}},
	{"theo dõi", toFollow}, {"like fanpage", []string{""}}, {"hãy like", toFollow}, {"đọc báo", toFollow}, {"tham gia nhóm", toFollow},
}

func containsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// allTools tells whether every part of a line between bars is a button:
// "Bản in | Gửi email | Lên đầu trang".
func allTools(s string) bool {
	n := 0
	for part := range strings.SplitSeq(s, "|") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		if cueOf(part, int32(strings.Count(part, " ")+1)) != cueTool {
			return false
		}
		n++
	}
	return n > 1
}

// cueEnds tells whether what follows a phrase leaves it a heading: nothing or a
// number; after a loose phrase also a colon and words, or a few words more.
func cueEnds(rest string, words int32, phrase string, loose bool) bool {
	alone := strings.TrimLeft(rest, " :()0123456789.,")
	if alone == "" {
		return true
	}
	if r, _ := utf8.DecodeRuneInString(rest); !loose || unicode.IsLetter(r) {
		return false
	}
	if rest[0] == ':' || len(rest) > 1 && rest[1] == ':' {
		return true
	}
	extra := words - int32(strings.Count(phrase, " ")+1)
	return extra <= 4 && !endsSentence(rest)
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
	rest := strings.TrimSpace(strings.TrimPrefix(s[i:], "k"))
	for _, p := range [...]string{"lượt xem", "lượt đọc", "bình luận", "phản hồi", "views", "view", "comments", "likes", "chia sẻ", "lượt thích", ""} {
		if rest == p {
			return true
		}
	}
	return false
}

// imprints begin the lines under a site that say who publishes it.
var imprints = []string{"cơ quan chủ quản", "cơ quan ngôn luận của", "giấy phép số", "giấy phép xuất bản", "giấy phép hoạt động", "giấy phép thiết lập", "gp số", "giấy phép báo",
	"giấy phép bttt", "giấy phép mxh", "tổng biên tập:", "phó tổng biên tập:", "chịu trách nhiệm nội dung", "chịu trách nhiệm chính", "trưởng ban biên tập:", "bản quyền thuộc", "bản quyền ©", "® ghi rõ nguồn", "ghi rõ nguồn",
	"all rights reserved", "tòa soạn:", "toà soạn:", "trụ sở tòa soạn", "trụ sở chính:", "đường dây nóng:", "liên hệ quảng cáo"}

// imprintStarts are the runes that imprints begin with.
var imprintStarts = func() (starts string) {
	for _, p := range imprints {
		r, _ := utf8.DecodeRuneInString(p)
		starts += string(r)
	}
	return starts
}()

// isImprint tells whether a line is of the imprint; such lines are long, so
// that cueOf does not read them.
func isImprint(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	if !strings.ContainsRune(imprintStarts, unicode.ToLower(first)) {
		return false
	}
	s := strings.ToLower(clip(text, 60))
	for _, p := range imprints {
		if strings.HasPrefix(s, p) {
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

// captionWords are words of the lines under pictures of meetings.
var captionWords = []string{"toàn cảnh", "quang cảnh", "chụp ảnh lưu niệm", "tại hội nghị", "tại buổi", "tại lễ", "tại phiên", "tại cuộc họp", "tại hội thảo", "tại diễn đàn", "tại đại hội",
	"phát biểu", "hiện trường", "các đại biểu", "trao tặng", "trao giải", "cắt băng", "nghi thức", "đ/c ", "đồng chí "}

// hasCaptionWords tells whether a line has one of captionWords.
func hasCaptionWords(text string) bool {
	low := strings.ToLower(text)
	for _, w := range captionWords {
		if strings.Contains(low, w) {
			return true
		}
	}
	return false
}
