package content

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"sukien/news"
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
	if photoLabel.MatchString(s) {
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
		return a, a, firstOf(source, tail)
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
		return strings.TrimSpace(rest[:i]), agency, firstOf(source, tail)
	}
	return rest, agency, source
}

// firstOf is a, or b where a is empty.
func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
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
	if strings.HasPrefix(strings.ToLower(line), "theo") && nameLike(name) && !outletLike(name) && strings.Contains(name, " ") {
		c.author = "Theo " + name
		return c, true
	}
	c.source = name
	return c, true
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

// sectionNames are names of sections, which look like persons' names where a
// site writes them with capitals.
var sectionNames = map[string]bool{"thời sự": true, "thế giới": true, "kinh tế": true, "xã hội": true, "giáo dục": true, "thể thao": true, "giải trí": true, "pháp luật": true,
	"công nghệ": true, "văn hóa": true, "đời sống": true, "sức khỏe": true, "du lịch": true, "bất động sản": true, "trang chủ": true, "tin tức": true, "chính trị": true,
	"kinh doanh": true, "video": true, "home": true, "quốc tế": true, "trong nước": true, "tin trong nước": true, "khoa học": true, "bạn đọc": true, "ảnh": true, "media": true, "podcast": true, "tin nóng": true, "hà nội": true, "tp.hcm": true, "việt nam": true, "tin tức sự kiện": true, "print": true, "share": true, "facebook": true, "zalo": true, "twitter": true, "a": true, "a a": true}

// accounts are names of accounts, not of people.
func isAccount(name string) bool {
	low := strings.ToLower(name)
	return strings.Contains(low, "admin") || strings.Contains(low, "ad min") || strings.Contains(low, "editor") || strings.Contains(low, "ban bien tap") || strings.Contains(low, "super user") || low == "bbt" || strings.Contains(low, "http")
}

// cutByline takes bylines and credits off the end of the body.
func (d *doc) cutByline() {
	left := 4
	for i := d.last - 1; i >= d.first && left > 0; i-- {
		b := &d.blocks[i]
		if b.kind == blockDropped {
			if d.hints(b)&hintAuthor != 0 && b.words <= 12 && d.hints(b)&hintNoise == 0 {
				d.bylines = append(d.bylines, i)
			}
			continue
		}
		left--
		if !d.isByline(b) {
			if b.words <= 5 && !endsSentence(b.text) && b.heading == 0 && d.bylineAbove(i) {
				d.drop(i, "source under the byline")
				d.under = i
				continue
			}
			break
		}
		d.drop(i, "byline")
		d.bylines = append(d.bylines, i)
	}
	if !d.signed() {
		d.cutInnerByline()
	}
}

// signed tells whether one of the bylines found names an author.
func (d *doc) signed() bool {
	for _, i := range d.bylines {
		if c := d.blockCredit(i); c.author != "" && !isAccount(c.author) {
			return true
		}
	}
	return false
}

// bylineAbove tells whether the kept block before i signs the text.
func (d *doc) bylineAbove(i int) bool {
	for j := i - 1; j >= d.first && j > i-4; j-- {
		if b := &d.blocks[j]; b.kind == blockKept {
			return d.isByline(b)
		}
	}
	return false
}

// cutInnerByline finds a byline that boxes or notes follow: a name on a line
// of its own, set right or bold, in the second half of the body.
func (d *doc) cutInnerByline() {
	var after int32
	total := d.keptProse()
	for i := d.last - 1; i >= d.first && after*2 < total; i-- {
		b := &d.blocks[i]
		if b.kind != blockKept {
			continue
		}
		after += b.prose()
		if b.words >= 2 && b.words <= 8 && b.heading == 0 && (d.setRight(b) || b.bold*5 >= int32(len(b.text))*4 && b.elem >= 0 && d.followedByBox(i)) && nameLike(b.text) {
			d.drop(i, "byline")
			d.bylines = append(d.bylines, i)
			return
		}
	}
}

// followedByBox tells whether the next kept block is in a table, box or quote
// that i is not in.
func (d *doc) followedByBox(i int) bool {
	for j := i + 1; j < d.last; j++ {
		if d.blocks[j].kind != blockKept {
			continue
		}
		e := d.blocks[j].elem
		return e >= 0 && e != d.blocks[i].elem && d.elems[e].parent != d.elems[d.blocks[i].elem].parent
	}
	return false
}

// isByline tells whether one of the body's last blocks signs it. A name needs a
// sign that it is one: bold, slanted, set right, bracketed or after a label.
func (d *doc) isByline(b *block) bool {
	if b.words > 14 || b.prose() > 0 && b.words > 9 {
		return false
	}
	if isCredit(b.text, b.words) {
		if _, ok := readCredit(b.text); ok {
			return true
		}
	}
	c, ok := readCredit(b.text)
	if !ok {
		return false
	}
	n := int32(len(b.text))
	if b.words == 1 && !initials(b.text) && c.agency == "" && b.bold*2 <= n && !d.setRight(b) {
		return false
	}
	if c.author != "" && c.source != "" {
		return true
	}
	marked := b.bold*2 > n || b.slant*2 > n || d.setRight(b) || c.agency != "" || strings.HasPrefix(b.text, "(")
	return marked || b.heading == 0 && (b.words >= 2 && b.words <= 5 || initials(b.text))
}

// initials tells whether a byline is initials: "H.V.", "T.H", "PV".
func initials(s string) bool {
	return len(s) <= 8 && len(s) >= 2 && s == strings.ToUpper(s) && strings.ContainsFunc(s, unicode.IsLetter)
}

// setRight tells whether b is set to the right margin.
func (d *doc) setRight(b *block) bool {
	if b.elem < 0 {
		return false
	}
	n := d.elems[b.elem].node
	return attr(n, "align") == "right" || strings.Contains(attr(n, "style"), "right")
}

// pickByline fills author, agency and the source of a reprint from the
// signature under the text, else from a marked line, else from what the page
// tells machines.
func (d *doc) pickByline(a *news.Article) {
	var best credit
	for k := len(d.bylines) - 1; k >= 0; k-- { // topmost first
		best.add(d.blockCredit(d.bylines[k]))
	}
	if best.author == "" {
		best.add(d.headByline())
	}
	if best.author == "" {
		for _, name := range []string{d.head.ld.Author, d.head.meta["dable:author"], d.head.meta["article:author"], d.head.meta["author"]} {
			if c, ok := readCredit(name); ok && c.author != "" && !d.isSite(c.author) && !isAccount(c.author) {
				best.add(c)
			}
		}
	}
	if c, photo := d.under, photoLabel.MatchString; best.source == "" && c > 0 && !photo(d.blocks[c].text) && !strings.EqualFold(d.blocks[c].text, "tổng hợp") {
		best.source = d.blocks[c].text
	}
	if best.author == best.agency {
		best.author = ""
	}
	if strings.EqualFold(best.author, d.head.ld.Author) { // "HÀ CHI" as the page shows it
		best.author = d.head.ld.Author
	}
	a.Author, a.Agency, a.ReprintOf = best.author, best.agency, best.source
	if a.Agency == "" {
		a.Agency = agencyIn(best.source)
	}
}

// add takes over what c says and is not known yet.
func (c *credit) add(o credit) {
	if c.author == "" && !isAccount(o.author) {
		c.author = o.author
	}
	if c.agency == "" {
		c.agency = o.agency
	}
	if c.source == "" {
		c.source = o.source
	}
}

func (d *doc) blockCredit(i int) credit {
	b := &d.blocks[i]
	c, ok := readCredit(b.text)
	if !ok && d.hints(b)&hintAuthor != 0 && b.words <= 8 {
		c.author = strings.Trim(b.text, " .:-–|")
	}
	return c
}

// headByline looks for a byline between headline and text and right under the
// text: marked as one, or a name beside the time.
func (d *doc) headByline() credit {
	var best credit
	from, to := max(d.titleAt, 0), d.firstKept()
	for i := from + 1; i < to && i < len(d.blocks); i++ {
		best.add(d.headCredit(i))
	}
	end := d.lastKept()
	for i := end + 1; i < len(d.blocks) && i <= end+6; i++ {
		if d.blocks[i].elem >= 0 && d.hints(&d.blocks[i])&(hintAuthor|hintSource) != 0 && d.noise(&d.blocks[i]) == 0 {
			best.add(d.markedCredit(i))
		}
	}
	if best.author == "" && d.titleAt >= 0 {
		for i := max(0, d.titleAt-6); i < d.titleAt; i++ {
			if d.hints(&d.blocks[i])&hintAuthor != 0 && d.noise(&d.blocks[i]) == 0 {
				best.add(d.markedCredit(i))
			}
		}
	}
	return best
}

func (d *doc) headCredit(i int) credit {
	b := &d.blocks[i]
	if b.kind != blockDropped || b.words > 14 || d.noise(b) != 0 {
		return credit{}
	}
	if d.hints(b)&(hintAuthor|hintSource) != 0 {
		return d.markedCredit(i)
	}
	beside := i > 0 && d.blocks[i-1].isStamp() || i+1 < len(d.blocks) && d.blocks[i+1].isStamp()
	name := trimMarks(b.text)
	if (beside || d.hints(b)&hintMeta != 0) && nameLike(name) && strings.Contains(name, " ") && !sectionNames[strings.ToLower(name)] && !d.isSite(name) && b.words <= 8 && !outletLike(name) {
		return credit{author: name}
	}
	return credit{}
}

// markedCredit reads a block that its class marks as author or source.
func (d *doc) markedCredit(i int) credit {
	b := &d.blocks[i]
	if b.isStamp() {
		return credit{}
	}
	c, ok := readCredit(b.text)
	if ok && c.author != "" && d.isSite(c.author) {
		c.author = ""
	}
	if ok && d.hints(b)&hintSource != 0 && d.hints(b)&hintAuthor == 0 && c.author != "" {
		c.source, c.author = strings.TrimPrefix(c.author, "Theo "), ""
	}
	return c
}

// isSite tells whether name is the site's own.
func (d *doc) isSite(name string) bool {
	low := letters(name)
	for _, s := range []string{d.head.meta["og:site_name"], d.head.ld.Org, d.head.meta["application-name"]} {
		if s != "" && strings.Contains(letters(s), low) {
			return true
		}
	}
	host := letters(d.host())
	return host != "" && len(low) > 3 && strings.Contains(host, letters(foldASCII(name)))
}
