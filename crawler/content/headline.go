package content

import (
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
		} else if s == 0 && d.overStampPlain(i, b) {
			s = headlinePlain
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

// headlinePlain is the score of a line that only stands over the time.
const headlinePlain = 25

// overStampPlain tells whether a line without any marking stands right over
// the publication time.
func (d *doc) overStampPlain(i int, b *block) bool {
	return b.words >= 5 && b.words <= 40 && b.link == 0 && !strings.HasSuffix(b.text, ".") && i+1 < len(d.blocks) && d.blocks[i+1].isStamp() && !b.isStamp()
}

// overStamp tells whether block i looks like a headline and stands over the
// publication time.
func (d *doc) overStamp(i int, b *block) bool {
	if b.words < 5 || b.words > 40 || b.link > 0 || b.heading == 0 && b.bold*5 < int32(len(b.text))*4 {
		return false
	}
	return i+1 < len(d.blocks) && d.blocks[i+1].isStamp() || i+2 < len(d.blocks) && d.blocks[i+2].isStamp()
}

// relevantHeadline takes a heading nearer to the body for the headline where
// the one that was found, a section's or the site's name, has no words of the
// text and the other has.
func (d *doc) relevantHeadline() {
	if d.titleAt < 0 || d.first-d.titleAt > aboveSpan {
		return
	}
	text := ""
	for i := d.titleAt + 1; i < d.first; i++ {
		b := &d.blocks[i]
		titled := b.heading > 0 || b.elem >= 0 && d.elems[b.elem].own&hintTitle != 0
		if !titled || b.words < 5 || b.words > 40 || b.link > 0 || d.noise(b) != 0 || b.isStamp() || d.hints(b)&hintLead != 0 || d.describes(b.text) {
			continue
		}
		if text == "" {
			text = d.opening()
			if wordShare(d.blocks[d.titleAt].text, text) >= 0.34 {
				return
			}
		}
		if wordShare(b.text, text) >= 0.5 {
			d.titleAt, d.titleSure = i, true
			return
		}
	}
}

// opening is the first running text of the body.
func (d *doc) opening() string {
	var sb strings.Builder
	for i := d.first; i < d.last && sb.Len() < 1500; i++ {
		if b := &d.blocks[i]; b.prose() > 0 {
			sb.WriteString(b.text + " ")
		}
	}
	return sb.String()
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
	case own&hintTitle != 0 && b.words >= 5 && b.words <= 40 && b.link == 0:
		s = 10
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
