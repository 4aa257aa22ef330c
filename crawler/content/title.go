package content

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTitle is the longest headline, in bytes.
const maxTitle = 500

// findHeadline finds the block that is the visible headline: the one that
// <title> or og:title repeats, else the first <h1>.
// limit is the number of blocks that are looked at.
func (d *doc) findHeadline(limit int) {
	page, og, slug := d.head.title, d.head.meta["og:title"], d.slug()
	best := 0
	for i := range d.blocks[:limit] {
		b := &d.blocks[i]
		if len(b.text) > maxTitle || len(b.text) < 6 {
			continue
		}
		s := d.headlineScore(b, page, og)
		if s < 60 && slug != "" && b.words >= 4 && b.link*2 <= int32(len(b.text)) && sluglike(b.text, slug) {
			s += 70
		} else if s < headlineSure && d.overStamp(i, b) {
			s += headlineSure
		}
		if s > best {
			best, d.titleAt = s, i
			d.titleSure = s >= headlineSure
		}
	}
}

// headlineSure is the score from which the visible headline is believed over
// a <title> that has other words.
const headlineSure = 65

// overStamp tells whether block i looks like a headline and stands over the
// publication time.
func (d *doc) overStamp(i int, b *block) bool {
	if b.words < 5 || b.words > 40 || b.link > 0 || b.heading == 0 && b.bold*5 < int32(len(b.text))*4 {
		return false
	}
	return i+1 < len(d.blocks) && d.blocks[i+1].isStamp() || i+2 < len(d.blocks) && d.blocks[i+2].isStamp()
}

// slug is the words of the page's address, letters and digits only, from its
// last long part: most Vietnamese sites write the headline there without
// diacritics.
func (d *doc) slug() string {
	best := ""
	for _, raw := range append([]string{pageURL(d.page), d.head.meta["og:url"]}, d.head.canonical...) {
		for part := range strings.SplitSeq(raw, "/") {
			if strings.Count(part, "-") >= 3 && len(part) > len(best) && !strings.ContainsAny(part, "?&=%") {
				best = part
			}
		}
	}
	return letters(best)
}

// sluglike tells whether a text without its diacritics begins as slug does, or
// slug as the text does but for a quarter.
func sluglike(text, slug string) bool {
	if len(slug) < 10 || len(text) < len(slug)/2 {
		return false
	}
	n := 0
	for _, r := range text {
		c := plainLetter(r)
		if c == 0 {
			continue
		}
		if n >= len(slug) || slug[n] != c {
			return n >= max(len(slug)*3/4, 10)
		}
		n++
	}
	return n >= 10
}

// plainLetter is r as addresses write it: lower case, without diacritics; 0
// for what is no letter or digit.
func plainLetter(r rune) byte {
	if r < 0x80 {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return byte(r)
		}
		return 0
	}
	return plainLetters[unicode.ToLower(r)]
}

// plainLetters are the Vietnamese letters with diacritics and their bases.
var plainLetters = func() map[rune]byte {
	m := make(map[rune]byte, 80)
	for base, marked := range map[byte]string{'a': "àáảãạăằắẳẵặâầấẩẫậ", 'e': "èéẻẽẹêềếểễệ", 'i': "ìíỉĩị", 'o': "òóỏõọôồốổỗộơờớởỡợ",
		'u': "ùúủũụưừứửữự", 'y': "ỳýỷỹỵ", 'd': "đ"} {
		for _, r := range marked {
			m[r] = base
		}
	}
	return m
}()

// headlineScore rates b as the visible headline; 0 for no.
func (d *doc) headlineScore(b *block, page, og string) int {
	own := hint(0)
	if b.elem >= 0 {
		own = d.elems[b.elem].own
	}
	s := 0
	switch {
	case sameWords(b.text, og):
		s = 100
	case page != "" && beginsWith(page, b.text), og != "" && beginsWith(og, b.text):
		s = 60 + min(len(b.text)*40/len(page+og+" "), 39)
	case page != "" && len(b.text) > 24 && strings.Contains(page, b.text):
		s = 55
	case b.heading == 1 && b.words >= 4:
		s = 30
	default:
		return 0
	}
	if s < 50 && page+og != "" && b.link*2 > int32(len(b.text)) {
		return 0
	}
	switch {
	case b.heading == 1:
		s += 30
	case b.heading > 1:
		s += 12
	}
	if own&hintTitle != 0 {
		s += 15
	}
	if own&(hintCrumb|hintNav|hintRelated) != 0 || b.link*2 > int32(len(b.text)) {
		s -= 25
	}
	return s
}

// pickTitle chooses the title: the visible headline where <title> or og:title
// agrees, else what the page says of itself without the site's name.
func (d *doc) pickTitle() {
	visible := ""
	if d.titleAt >= 0 {
		visible = repair(d.blocks[d.titleAt].text)
	}
	og := cleanTitle(repair(d.head.meta["og:title"]), d.siteNames())
	page := cleanTitle(repair(d.head.title), d.siteNames())
	switch {
	case visible != "" && (og == "" && page == "" || beginsWith(og, visible) || beginsWith(page, visible) || strings.Contains(d.head.title, visible)):
		d.title = visible
	case visible != "" && (d.titleSure && og == "" || sluglike(visible, d.slug())):
		d.title = visible
	case visible != "" && wordShare(visible, og+" "+page) >= 0.5:
		d.title = visible
	case d.head.ld.Headline != "" && (beginsWith(page, d.head.ld.Headline) || og == ""):
		d.title = repair(d.head.ld.Headline)
	case og != "":
		d.title = og
	case page != "":
		d.title = page
	default:
		d.title = visible
	}
}

// siteNames are the names that the page gives its site.
func (d *doc) siteNames() []string {
	return []string{d.head.meta["og:site_name"], d.head.meta["application-name"]}
}

// titleMarks are the marks between a headline and the site's name.
var titleMarks = []string{" | ", " - ", " – ", " — ", " :: ", " » ", " « ", ": Tin"}

// cleanTitle takes the site's name and section off a page's title. A dash
// inside a headline is left where what follows is long or no name.
func cleanTitle(s string, sites []string) string {
	for {
		cut := -1
		for _, m := range titleMarks {
			if i := strings.LastIndex(s, m); i > cut {
				cut = i
			}
		}
		if cut < 10 {
			return s
		}
		tail := strings.Trim(s[cut:], " |-–—:»«")
		if !isSiteName(tail, sites) || strings.Count(s[:cut], " ") < 3 {
			return s
		}
		s = strings.TrimSpace(s[:cut])
	}
}

// siteWords are words of the names of Vietnamese news sites.
var siteWords = []string{"báo ", "tạp chí", "cổng thông tin", "trang tin", "tin tức", "online", "điện tử", "mobile", "đài ", "vtv", "news", ".vn", ".com", ".net", "sở ", "ubnd", "bộ ", "truyền hình", "thông tấn", "kênh", "24h"}

func isSiteName(tail string, sites []string) bool {
	low := strings.ToLower(tail)
	for _, s := range sites {
		if s != "" && strings.EqualFold(s, tail) {
			return true
		}
	}
	if strings.Count(tail, " ") > 9 {
		return false
	}
	for _, w := range siteWords {
		if strings.Contains(low+" ", w) {
			return true
		}
	}
	return strings.Count(tail, " ") <= 3 && !strings.ContainsAny(tail, "0123456789?!\"“")
}

// pickLead finds the sapo: a marked block between headline and body, or the
// body's first paragraph where it is marked, bold or the page's description.
func (d *doc) pickLead() {
	from := max(d.titleAt+1, 0)
	if d.titleAt < 0 || from > d.first {
		from = max(d.first-8, 0)
	}
	for i := from; i < d.first && i < len(d.blocks); i++ {
		if b := &d.blocks[i]; (b.kind == blockKept || d.titleAt < 0 && d.hints(b)&hintLead != 0) && d.isLeadOutside(i) {
			b.text = d.undated(b.text)
			d.keep(i, "lead")
			d.lead = join(d.lead, repair(b.text))
		}
	}
	if d.lead != "" {
		return
	}
	for i := d.first; i < d.last; i++ {
		b := &d.blocks[i]
		if b.kind != blockKept {
			continue
		}
		if d.isLeadInside(b) {
			b.text = d.undated(b.text)
			d.lead, b.why = repair(b.text), "lead"
		}
		return
	}
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "\n" + b
}

// undated takes the site's own name off the beginning of a lead, where it
// stands without mark before it: "Báo Mới Thủ tướng …".
func (d *doc) undated(s string) string {
	host, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(d.host(), "www."), "m."), ".")
	words := strings.SplitN(s, " ", 4)
	for n := 1; n < len(words) && n <= 3; n++ {
		name := strings.Join(words[:n], " ")
		rest := s[len(name)+1:]
		r, _ := utf8.DecodeRuneInString(rest)
		last, _ := utf8.DecodeLastRuneInString(name)
		if host != "" && unicode.IsUpper(r) && unicode.IsLetter(last) && letters(foldASCII(name)) == host {
			return rest
		}
	}
	return s
}

// isLeadOutside tells whether block i, between the headline and the body, is
// the lead or part of it.
func (d *doc) isLeadOutside(i int) bool {
	b := &d.blocks[i]
	h := d.hints(b)
	n := int32(len(b.text))
	if h&(hintNoise|hintCaption|hintTime|hintAuthor) != 0 || b.words < 6 || b.link*2 > n || d.isTeaser(i, b) || b.isStamp() {
		return false
	}
	if c := cueOf(b.text, b.words); c != cueNone || isArrow(b.text) {
		return false
	}
	return h&hintLead != 0 || b.words >= 12 && (b.heading > 1 || b.prose() > 0 || b.bold*2 > n || d.describes(b.text))
}

// isLeadInside tells whether the body's first paragraph is its lead.
func (d *doc) isLeadInside(b *block) bool {
	n := int32(len(b.text))
	return b.words >= 8 && (dateline.MatchString(b.text) || d.hints(b)&hintLead != 0 || b.heading > 1 || b.bold*5 >= n*4 || d.describes(b.text))
}

// dateline is how a paper opens its lead: "(Dân trí) - ", "TTO - ".
var dateline = regexp.MustCompile(`^(?:\([^()]{2,25}\)|[A-Z][A-Za-z.+]{1,12})\s*[-–]\s`)

// describes tells whether the page's own description begins as text does.
func (d *doc) describes(text string) bool {
	for _, k := range [...]string{"og:description", "description"} {
		if desc := d.head.meta[k]; len(desc) > 40 {
			cut := min(len(desc), 90)
			for cut > 0 && !utf8.RuneStart(desc[cut-1]) {
				cut--
			}
			if cut > 0 && strings.Contains(text, strings.TrimRight(desc[:cut-1], " .…")) {
				return true
			}
		}
	}
	return false
}

// sameWords compares without case, marks and white space.
func sameWords(a, b string) bool {
	if b == "" || len(a)*4 > 5*len(b)+40 || len(b)*4 > 5*len(a)+40 {
		return false
	}
	return a == b || letterPrefix(a, b) && letterPrefix(b, a)
}

// beginsWith tells whether long begins with short, both without case and marks.
func beginsWith(long, short string) bool {
	if short == "" || len(long) < len(short)*3/4 {
		return false
	}
	if strings.HasPrefix(long, short) {
		return true
	}
	return letterPrefix(long, short)
}

// letterPrefix tells whether the letters and digits of long begin with those
// of short, without case.
func letterPrefix(long, short string) bool {
	i := 0
	for _, r := range short {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		for {
			if i >= len(long) {
				return false
			}
			l, n := utf8.DecodeRuneInString(long[i:])
			i += n
			if unicode.IsLetter(l) || unicode.IsDigit(l) {
				if l != r && unicode.ToLower(l) != unicode.ToLower(r) {
					return false
				}
				break
			}
		}
	}
	return true
}

// letters is s with letters and digits only, in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// wordShare is the part of a's words that b has.
func wordShare(a, b string) float64 {
	have := map[string]bool{}
	for _, w := range strings.Fields(strings.ToLower(b)) {
		have[trimMarks(w)] = true
	}
	n, hit := 0, 0
	for _, w := range strings.Fields(strings.ToLower(a)) {
		n++
		if have[trimMarks(w)] {
			hit++
		}
	}
	if n == 0 {
		return 0
	}
	return float64(hit) / float64(n)
}
