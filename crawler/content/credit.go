package content

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"sukien/news/viet"
)

// credit is what a byline says.
type credit struct {
	author, agency, source string
}

// agencies are the wire services that Vietnamese papers print, as they are
// written in bylines.
var agencies = []string{"TTXVN", "Vietnam+", "VietnamPlus", "Reuters", "AFP", "AP", "TASS", "Sputnik", "Xinhua", "Tân Hoa Xã", "Tân Hoa xã", "Yonhap", "Kyodo", "Bloomberg", "BNEWS", "THX", "RIA Novosti", "Interfax", "VNA", "Bernama"}

// desks begin the names of those who sign for a group.
var desks = []string{"nhóm pv", "nhóm phóng viên", "pv", "phóng viên", "ctv", "cộng tác viên", "tổ pv", "ban ", "phòng ", "văn phòng", "trung tâm ", "tòa soạn", "bbt", "bạn đọc", "nhóm tác giả", "thông tấn", "đài ", "sở ", "vp "}

// outletWords are words of newspapers' names: "Theo" before them names a
// source, not an author.
var outletWords = []string{"báo", "tạp chí", "trí thức", "đời sống", "pháp luật", "nhịp sống", "tiền phong", "dân trí", "tuổi trẻ", "thanh niên", "lao động", "người", "vnexpress", "vietnamnet", "zing", "znews", "vov", "vtv", "vtc", "kênh", "k14", "kenh14", "soha", "cafef", "cafebiz", "infonet", "giáo dục", "công an", "quân đội", "nhân dân", "chính phủ", "sài gòn", "hà nội mới", "an ninh", "gia đình", "phụ nữ", "thế giới", "tin tức", "đất việt", "vietnam", "daily", "times", "post", "news", "mail", "cnn", "bbc", "forbes", "guardian", "journal", "online", "tổng hợp", "bộ", "sở", "ubnd", "cổng", "doanh nghiệp", "thể thao", "bóng đá", "ttvn", "vnmedia", "đại đoàn kết", "nông nghiệp", "công thương", "vneconomy", "xã hội"}

var (
	bylineLabel = regexp.MustCompile(`(?i)^\(?\s*(?:(?:tác giả bài viết|tác giả|được viết bởi|người đăng|posted by|post by|bài và ảnh|bài, ảnh|bài và clip|bài - ảnh|tin, ảnh|tin và ảnh|tin - ảnh|tin ảnh|tin, bài|tin bài|bài ảnh|bài viết|bài|tin|thực hiện|người viết|biên tập|phóng viên|by|pv|p\.v|viết bởi|theo|đăng bởi)(?:\s*[./]?\s+|\s*:\s*)|thơ\s*:\s*)`)
	photoLabel  = regexp.MustCompile(`(?i)^\(?\s*(?:ảnh|clip|video|đồ họa|đồ hoạ|photo|ảnh minh họa|hình ảnh|minh họa|dịch|hiệu đính)\s*[:.]?\s*`)
	photoTail   = regexp.MustCompile(`(?i)[\s,;./|-]*\(?\s*(?:ảnh|clip|video|đồ họa)\s*:.*$`)
	sourceLabel = regexp.MustCompile(`(?i)^\(?\s*(?:nguồn(?:\s*tin)?|theo|source)\s*[:.]?\s*`)
	innerSource = regexp.MustCompile(`\s*[-–|(/,]\s*(?:[Tt]heo|[Nn]guồn)\s*:?\s+`)
	webAddress  = regexp.MustCompile(`https?://(?:www\.)?([^/\s]+)\S*`)
	tailPost    = regexp.MustCompile(`(?i)\s+[-–,(]?\s*(?:phóng viên|p/?v)\s.*(?:báo|đài|ttxvn|thường trú|tại)\s.*$`)
	tailEmail   = regexp.MustCompile(`\s*[-–,|]?\s*\S+@\S+\s*$`)
)

// readCredit reads a line as a byline. ok is false when it is none.
func readCredit(line string) (c credit, ok bool) {
	s := strings.Trim(strings.TrimSuffix(line, "Theo dõi"), " -–|•·") // the button beside a name
	if len(s) < 2 || len(s) > 160 || strings.Count(s, " ") > 16 {
		return c, false
	}
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		s = strings.TrimSpace(s[1 : len(s)-1])
	}
	if strings.Contains(s, "://") {
		s = webAddress.ReplaceAllString(s, "$1")
	}
	if s == "" {
		return c, false
	}
	if isPhotoCredit(s) {
		return c, true
	}
	s = trimCredit(s)
	s, c.agency, c.source = tailSource(s)
	if strings.Contains(s, "hóng viên ") || strings.Contains(s, "PV ") || strings.Contains(s, "/V ") {
		if m := tailPost.FindStringIndex(s); m != nil && nameLike(s[:m[0]]) {
			s = s[:m[0]]
		}
	}
	defer func() { c.source = cleanSource(c.source) }()
	if strings.Contains(s, "heo ") || strings.Contains(s, "guồn") {
		if m := innerSource.FindStringSubmatchIndex(s); m != nil && m[0] > 0 {
			c.source, s = strings.Trim(s[m[1]:], " ()."), s[:m[0]]
			c.agency = agencyIn(c.source)
		}
		if label := sourceLabel.FindString(s); label != "" {
			return readSource(s, strings.TrimSpace(s[len(label):]), c)
		}
	}
	name := strings.Trim(s, " .:-–|")
	if a := agencyIn(name); a != "" && len(name) <= len(a)+12 {
		c.agency = a
		return c, true
	}
	if isHost(name) {
		c.source = name
		return c, true
	}
	if !nameLike(name) && !deskLike(name) || labelWords[strings.ToLower(name)] {
		return c, false
	}
	c.author = name
	return c, true
}

// isHost tells whether a name is a site's address.
func isHost(s string) bool {
	i := strings.LastIndexByte(s, '.')
	return i > 0 && len(s)-i > 2 && !strings.ContainsRune(s, ' ') && strings.ToLower(s[i:]) == s[i:]
}

// isPhotoCredit tells whether a line says who took a picture and no more:
// "Ảnh: Mai Hoa", "(Ảnh Mai Hoa)", "Ảnh minh họa".
func isPhotoCredit(s string) bool {
	s = strings.Trim(s, "()")
	label := photoLabel.FindString(s)
	if label == "" {
		return false
	}
	name := strings.Trim(s[len(label):], " .")
	return strings.ContainsAny(label, ":.") || name == "" || nameLike(name)
}

// trimCredit takes the label before a name, the address after it and the
// photographer off a byline. The regular expressions only run where their
// words are.
func trimCredit(s string) string {
	if strings.IndexByte(s, '@') >= 0 {
		s = tailEmail.ReplaceAllString(s, "")
	}
	if strings.ContainsAny(s, ":/.") || strings.Contains(s, " ") && strings.IndexByte("TBtbPpNnVv(\xc4", s[0]) >= 0 {
		if sourceLabel.FindString(s) == "" {
			s = bylineLabel.ReplaceAllString(s, "")
		}
	}
	if strings.IndexByte(s, ':') >= 0 {
		s = photoTail.ReplaceAllString(s, "")
	}
	return s
}

// labelWords are labels that nothing follows.
var labelWords = map[string]bool{"tin": true, "bài": true, "ảnh": true, "tin, ảnh": true, "bài, ảnh": true, "tác giả": true, "theo": true, "nguồn": true, "bài và ảnh": true, "by": true, "bởi": true,
	"viết bởi": true, "đăng bởi": true, "posted by": true, "người đăng": true}

// isVietnamese tells whether all words of a name are Vietnamese syllables.
func isVietnamese(name string) bool {
	for _, w := range strings.Fields(name) {
		if w = trimMarks(w); w != "" && !viet.IsSyllable(viet.Key(w)) {
			return false
		}
	}
	return true
}

func outletLike(name string) bool {
	low := " " + strings.ToLower(name) + " "
	for _, w := range outletWords {
		if strings.Contains(low, " "+w+" ") {
			return true
		}
	}
	return strings.Contains(name, ".") && !strings.HasSuffix(name, ".") && len(name) > 6
}

func deskLike(name string) bool {
	low := strings.ToLower(name) + " "
	for _, p := range desks {
		if strings.HasPrefix(low, p) && strings.Count(name, " ") <= 6 {
			return true
		}
	}
	return false
}

// nameLike tells whether s is one to three persons' names: one to five
// capitalised words each, initials, joined by dash, comma, "và", "&".
func nameLike(s string) bool {
	if s == "" || len(s) > 90 || strings.ContainsAny(s, ":;?!\"“”…|0123456789%@") {
		return false
	}
	parts := splitNames(s)
	if len(parts) > 5 {
		return false
	}
	for _, p := range parts {
		if !oneName(p) {
			return false
		}
	}
	return true
}

func splitNames(s string) []string {
	for _, sep := range []string{" – ", " - ", "–", " và ", " & ", "; ", " / ", "/", ", "} {
		s = strings.ReplaceAll(s, sep, "\x00")
	}
	var parts []string
	for _, p := range strings.Split(s, "\x00") {
		for _, q := range strings.Split(p, "-") {
			parts = append(parts, strings.TrimSpace(q))
		}
	}
	return parts
}

func oneName(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 6 {
		return false
	}
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) {
			return false
		}
	}
	last := words[len(words)-1]
	return !strings.HasSuffix(last, ".") || len(last) <= 5
}

// initials tells whether a byline is initials: "H.V.", "T.H", "PV".
func initials(s string) bool {
	return len(s) <= 8 && len(s) >= 2 && s == strings.ToUpper(s) && strings.ContainsFunc(s, unicode.IsLetter)
}
