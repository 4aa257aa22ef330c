package content

import (
	"cmp"
	"slices"
	"strings"

	"sukien/news"
)

// sectionNames are names of sections, which look like persons' names where a
// site writes them with capitals.
var sectionNames = map[string]bool{"thời sự": true, "thế giới": true, "kinh tế": true, "xã hội": true, "giáo dục": true, "thể thao": true, "giải trí": true, "pháp luật": true,
	"công nghệ": true, "văn hóa": true, "đời sống": true, "sức khỏe": true, "du lịch": true, "bất động sản": true, "trang chủ": true, "tin tức": true, "chính trị": true,
	"kinh doanh": true, "video": true, "home": true, "quốc tế": true, "trong nước": true, "tin trong nước": true, "khoa học": true, "bạn đọc": true, "ảnh": true, "media": true, "podcast": true, "tin nóng": true, "hà nội": true, "tp.hcm": true, "việt nam": true, "tin tức sự kiện": true, "print": true, "share": true, "facebook": true, "zalo": true, "twitter": true, "a": true, "a a": true}

// isAccount tells whether a name is an account's, not a person's.
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
	c, ok := readCredit(b.text)
	if !ok || isCredit(b.text, b.words) {
		return ok
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
	for _, i := range slices.Backward(d.bylines) { // topmost first
		best.add(d.blockCredit(i))
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
		a.Agency = cmp.Or(agencyIn(best.source), agencyInDateline(a.Text))
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
	if !ok && d.hints(b)&hintAuthor != 0 && b.words <= 8 && (b.link == 0 || b.words == 1) && b.heading == 0 && cueOf(b.text, b.words) == cueNone {
		c.author = strings.Trim(b.text, " .:-–|")
	}
	return c
}

// headByline looks for a byline between headline and text and right under the
// text: marked as one, or a name beside the time.
func (d *doc) headByline() credit {
	var best credit
	from, to := max(d.titleAt, 0), d.firstText()
	for i := from + 1; i < to && i < len(d.blocks); i++ {
		best.add(d.headCredit(i))
	}
	end := d.lastKept()
	for i := end + 1; i < len(d.blocks) && i <= end+6; i++ {
		if d.blocks[i].elem >= 0 && d.hints(&d.blocks[i])&(hintAuthor|hintSource) != 0 && d.noise(&d.blocks[i])&^hintFooter == 0 {
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
	if name := d.nameBeforeStamp(b); name != "" {
		return credit{author: name}
	}
	if d.hints(b)&(hintAuthor|hintSource) != 0 {
		return d.markedCredit(i)
	}
	if i == d.titleAt+1 && d.hints(b)&hintMeta != 0 && b.words == 1 && initials(b.text) && !d.isSite(b.text) && cueOf(b.text, 1) == cueNone {
		return credit{author: b.text}
	}
	beside := i > 0 && d.blocks[i-1].isStamp() || i+1 < len(d.blocks) && d.blocks[i+1].isStamp()
	name := trimMarks(b.text)
	if (beside || d.hints(b)&hintMeta != 0) && nameLike(name) && strings.Contains(name, " ") && !sectionNames[strings.ToLower(name)] && !d.isSite(name) && b.words <= 8 && !outletLike(name) {
		return credit{author: name}
	}
	return credit{}
}

// nameBeforeStamp is the person's name in a line that begins with it and goes
// on with the time: "Thu Sương - 17/07/2018 06:45".
func (d *doc) nameBeforeStamp(b *block) string {
	if !b.isStamp() {
		return ""
	}
	_, span, ok := readDate(b.text)
	if !ok || span[0] < 5 {
		return ""
	}
	name, _, _ := strings.Cut(b.text[:span[0]], "|")
	name = beforeWeekday(name)
	name = trimMarks(bylineLabel.ReplaceAllString(name, ""))
	low := strings.ToLower(name)
	for _, p := range [...]string{"thứ ", "chủ nhật", "ngày", "cập nhật", "đăng", "lúc", "xuất bản", "posted", "published", "thời gian"} {
		if strings.HasPrefix(low, p) {
			return ""
		}
	}
	if !strings.Contains(name, " ") || !nameLike(name) || sectionNames[low] || outletLike(name) || d.isSite(name) {
		return ""
	}
	return name
}

// beforeWeekday is s without the weekday at its end: "Thu Sương - Thứ Ba, ".
func beforeWeekday(s string) string {
	low := strings.ToLower(s)
	for _, w := range [...]string{" thứ ", " chủ nhật"} {
		if i := strings.LastIndex(low, w); i > 0 && len(low) == len(s) && len(s)-i < 24 {
			return s[:i]
		}
	}
	return s
}

// markedCredit reads a block that its class marks as author or source.
func (d *doc) markedCredit(i int) credit {
	b := &d.blocks[i]
	if b.isStamp() {
		return credit{}
	}
	c, ok := readCredit(b.text)
	if !ok && b.words == 1 && b.link > 0 && d.hints(b)&hintAuthor != 0 && isNick(b.text) {
		return credit{author: b.text}
	}
	if ok && c.author != "" && d.isSite(c.author) {
		c.author = ""
	}
	if ok && d.hints(b)&hintSource != 0 && d.hints(b)&hintAuthor == 0 && c.author != "" && c.source == "" {
		c.source, c.author = c.author, ""
	}
	return c
}

// isNick tells whether a word can be a forum member's name.
func isNick(s string) bool {
	return len(s) >= 3 && len(s) <= 30 && cueOf(s, 1) == cueNone && digitsIn(s)*2 < len(s)
}

// isSite tells whether name is the site's own.
func (d *doc) isSite(name string) bool {
	low := letters(name)
	for _, s := range []string{d.head.meta["og:site_name"], d.head.ld.Org, d.head.meta["application-name"]} {
		if s != "" && strings.Contains(letters(s), low) {
			return true
		}
	}
	if len(low) > 4 && strings.HasSuffix(letters(d.head.title), low) {
		return true
	}
	host := letters(d.host())
	return host != "" && len(low) > 3 && strings.Contains(host, letters(foldASCII(name)))
}
