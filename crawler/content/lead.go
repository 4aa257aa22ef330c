package content

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

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
