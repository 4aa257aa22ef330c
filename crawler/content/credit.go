package content

import (
	"cmp"
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
	bylineLabel = regexp.MustCompile(`(?i)^\(?\s*(?:tác giả|bài và ảnh|bài, ảnh|bài và clip|bài - ảnh|tin, ảnh|tin và ảnh|tin - ảnh|tin ảnh|tin, bài|tin bài|bài ảnh|bài viết|bài|tin|thực hiện|người viết|biên tập|phóng viên|by|pv|p\.v|viết bởi|theo|đăng bởi)\s*[:./]?\s+`)
	photoLabel  = regexp.MustCompile(`(?i)^\(?\s*(?:ảnh|clip|video|đồ họa|đồ hoạ|photo|ảnh minh họa|hình ảnh|minh họa|dịch|hiệu đính)\s*[:.]?\s*`)
	photoTail   = regexp.MustCompile(`(?i)[\s,;./|-]*\(?\s*(?:ảnh|clip|video|đồ họa)\s*:.*$`)
	sourceLabel = regexp.MustCompile(`(?i)^\(?\s*(?:nguồn(?:\s*tin)?|theo|source)\s*[:.]?\s*`)
	innerSource = regexp.MustCompile(`\s*[-–|(/,]\s*(?:[Tt]heo|[Nn]guồn)\s*:?\s+`)
	tailParen   = regexp.MustCompile(`\s*\(([^()]*)\)\s*$`)
	tailEmail   = regexp.MustCompile(`\s*[-–,|]?\s*\S+@\S+\s*$`)
)

// readCredit reads a line as a byline. ok is false when it is none.
func readCredit(line string) (c credit, ok bool) {
	s := strings.TrimSpace(line)
	if len(s) < 2 || len(s) > 160 || strings.Count(s, " ") > 16 {
		return c, false
	}
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		s = strings.TrimSpace(s[1 : len(s)-1])
	}
	if s == "" {
		return c, false
	}
	if isPhotoCredit(s) {
		return c, true
	}
	s = trimCredit(s)
	s, c.agency, c.source = tailSource(s)
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
var labelWords = map[string]bool{"tin": true, "bài": true, "ảnh": true, "tin, ảnh": true, "bài, ảnh": true, "tác giả": true, "theo": true, "nguồn": true, "bài và ảnh": true}

// tailSource takes "(TTXVN)", "/VOV.VN", "(tổng hợp)" off a name.
func tailSource(s string) (rest, agency, source string) {
	rest = s
	if !strings.ContainsAny(s, ")/") {
		return s, "", ""
	}
	if m := tailParen.FindStringSubmatchIndex(s); m != nil && strings.TrimSpace(s[:m[0]]) != "" {
		inner := strings.TrimSpace(s[m[2]:m[3]])
		rest = strings.TrimSpace(s[:m[0]])
		low := strings.ToLower(inner)
		switch a := agencyIn(inner); {
		case a != "":
			agency, source = a, otherSource(inner, a)
		case low == "tổng hợp" || low == "t/h" || low == "th" || low == "lược dịch" || low == "dịch" || low == "ghi" || low == "thực hiện":
		default:
			source = strings.TrimSpace(sourceLabel.ReplaceAllString(inner, ""))
		}
	}
	i := strings.IndexByte(rest, '/')
	if i <= 1 {
		return rest, agency, source
	}
	tail := strings.TrimSpace(rest[i+1:])
	if a := agencyIn(rest[:i]); a != "" && len(a)+2 >= i {
		return a, a, cmp.Or(source, tail)
	}
	if strings.HasPrefix(tail, "Ảnh") || strings.HasPrefix(tail, "ảnh") {
		return strings.TrimSpace(rest[:i]), agency, source
	}
	if a := agencyIn(tail); a != "" {
		if agency != "" && source == "" && agency != a {
			source = agency
		}
		return strings.TrimSpace(rest[:i]), a, source
	}
	if outletLike(tail) || isHost(tail) || strings.HasPrefix(tail, "VOV") || strings.EqualFold(tail, "bnews") || tail == strings.ToUpper(tail) && len(tail) > 2 && !strings.Contains(tail, " ") {
		return strings.TrimSpace(rest[:i]), agency, cmp.Or(source, tail)
	}
	return rest, agency, source
}

// otherSource is a source that names more than the agency a.
func otherSource(s, a string) string {
	s = strings.TrimSpace(sourceLabel.ReplaceAllString(s, ""))
	if len(s) <= len(a)+2 {
		return ""
	}
	return s
}

// readSource tells an author after "Theo" from an outlet: "Theo Vũ Vũ" signs,
// "Theo Forbes" names where the story came from.
func readSource(line, name string, c credit) (credit, bool) {
	name = strings.Trim(name, " .:()")
	if name == "" {
		return c, false
	}
	if a := agencyIn(name); a != "" {
		c.agency = a
		return c, true
	}
	if strings.Count(name, " ") > 6 || endsSentence(name) {
		return c, false
	}
	r, _ := utf8.DecodeRuneInString(name)
	if !unicode.IsUpper(r) && !strings.Contains(name, ".") {
		return c, false
	}
	if strings.HasPrefix(strings.ToLower(line), "theo") && nameLike(name) && isVietnamese(name) && !outletLike(name) && strings.Contains(name, " ") {
		c.author = name
		return c, true
	}
	c.source = name
	return c, true
}

// isVietnamese tells whether all words of a name are Vietnamese syllables.
func isVietnamese(name string) bool {
	for _, w := range strings.Fields(name) {
		if w = trimMarks(w); w != "" && !viet.IsSyllable(viet.Key(w)) {
			return false
		}
	}
	return true
}

// agencyIn is the wire service that s names, "" when it names none.
func agencyIn(s string) string {
	for _, a := range agencies {
		if i := strings.Index(s, a); i >= 0 && wordBounded(s, i, i+len(a)) {
			return a
		}
	}
	return ""
}

// agencyInDateline is the wire service that a text's first words name: "Hà Nội
// (TTXVN 12/5)", "(TTXVN) -".
func agencyInDateline(text string) string {
	start := clip(text, 80)
	i := strings.IndexByte(start, '(')
	end := strings.IndexByte(start, ')')
	if i < 0 || end < i || strings.Count(start[:i], " ") > 6 {
		return ""
	}
	if a := agencyIn(start[i+1 : end]); a != "" && end-i < len(a)+14 {
		return a
	}
	return ""
}

func wordBounded(s string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	after, _ := utf8.DecodeRuneInString(s[to:])
	return (from == 0 || !unicode.IsLetter(before)) && (to == len(s) || !unicode.IsLetter(after))
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
