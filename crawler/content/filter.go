package content

import (
	"cmp"
	"slices"
	"strings"
)

// filterBody decides block by block what of the body is article.
func (d *doc) filterBody() {
	if d.titleAt >= d.first && d.titleAt < d.last {
		for i := d.first; i <= d.titleAt; i++ {
			d.drop(i, "before or in the headline")
		}
		d.first = d.titleAt + 1
	}
	d.centreNormal = d.mostlyCentred()
	d.judgeAbove()
	for i := d.first; i < d.last; i++ {
		d.judge(i)
	}
	d.cutTail()
	d.cutByline()
	d.dropRepeats()
	d.dropHeadless()
}

func (d *doc) drop(i int, why string) { d.blocks[i].kind, d.blocks[i].why = blockDropped, why }

func (d *doc) keep(i int, why string) { d.blocks[i].kind, d.blocks[i].why = blockKept, why }

// aboveSpan is how many blocks between headline and body are looked at.
const aboveSpan = 40

// judgeAbove decides about the blocks between the headline and the body, where
// the lead often stands, and the first paragraphs where nesting is broken.
func (d *doc) judgeAbove() {
	if d.titleAt < 0 || d.titleAt >= d.first || d.first-d.titleAt > aboveSpan {
		return
	}
	begun := false
	for i := d.titleAt + 1; i < d.first; i++ {
		b := &d.blocks[i]
		d.judge(i)
		if b.kind != blockKept {
			continue
		}
		switch {
		case b.prose() > 0 && !d.isTeaser(i, b), d.isLeadOutside(i):
			begun = true
			b.why = "above the body"
		case begun && (b.heading > 0 || b.bold*5 >= int32(len(b.text))*4):
			b.why = "above the body"
		default:
			d.drop(i, "above the body")
		}
	}
}

// mostlyCentred tells whether the body sets most of its paragraphs to the
// middle, so that it marks no caption.
func (d *doc) mostlyCentred() bool {
	var all, mid int32
	for i := d.first; i < d.last; i++ {
		b := &d.blocks[i]
		if b.words < 20 {
			continue
		}
		all += b.prose()
		if d.centred(b) {
			mid += b.prose()
		}
	}
	return mid*5 > all*3
}

// judge decides about one block by itself and its hints.
func (d *doc) judge(i int) {
	b := &d.blocks[i]
	h := d.hints(b)
	n := int32(len(b.text))
	c := cueOf(b.text, b.words)
	switch {
	case c == cueCount && d.inTable(b):
		c = cueNone
	case isImprint(b.text):
		c = cueImprint
	}
	switch {
	case h&hintNoise != 0:
		d.drop(i, "in "+noiseName(h))
	case slices.Contains(d.lines, b.text):
		d.drop(i, "a line of the outlet's own")
	case c != cueNone && c != cueCredit && (b.prose() == 0 || c == cueRelated || c == cueImprint), invites(b.text, b.words):
		d.drop(i, cueName(cmp.Or(c, cueRelated)))
	case strings.HasPrefix(b.text, "©") || strings.HasPrefix(b.text, "®"):
		d.drop(i, "copyright")
	case isArrow(b.text) && b.link*2 > n:
		d.drop(i, "arrow before a link")
	case i < d.first+6 && d.isNameAbove(i, b):
		d.drop(i, "byline")
		d.bylines = append(d.bylines, i)
	case !d.begun && b.link > 0 && b.words <= 8 && b.heading == 0:
		d.drop(i, "a short line with a link above the text")
	case !d.begun && h&hintMeta != 0 && b.words <= 12 && b.prose() == 0:
		d.drop(i, "beside the time")
	case b.link*5 >= n*4 && !d.inTable(b):
		d.drop(i, "only a link")
	case h&(hintTime|hintSource|hintAuthor) != 0 && b.words <= 20:
		d.drop(i, "time, source or author line")
	case sameWords(b.text, d.head.meta["og:title"]) || sameWords(b.text, d.headline()):
		d.drop(i, "the headline again")
	case b.words <= 16 && b.isStamp() && (!d.begun || d.hints(b)&hintTime != 0):
		d.drop(i, "time line")
	case b.words <= 8 && isPhotoCredit(b.text) && i >= d.first:
		d.drop(i, "credit of a picture")
	case d.isCaption(i, b, h):
		b.kind, b.why = blockCaption, "caption"
	case (d.isTeaser(i, b) || d.isLinkWithSummary(i, b)) && b.prose() > 0 && !d.aloneInBody(b):
		d.drop(i, "summary beside a link")
	default:
		d.keep(i, "running text")
		d.begun = d.begun || b.prose() > 0
	}
}

// aloneInBody tells whether b carries a third of the body's text, so that it
// can hardly be a teaser.
func (d *doc) aloneInBody(b *block) bool {
	return b.prose()*3 > d.elems[d.body].prose
}

// inTable tells whether b is in a cell of a data table.
func (d *doc) inTable(b *block) bool {
	if b.elem < 0 || b.words > 6 {
		return false
	}
	e := &d.elems[b.elem]
	return isCell(e.node.DataAtom) || e.parent >= 0 && isCell(d.elems[e.parent].node.DataAtom)
}

// isArrow tells whether a line begins with the arrows that lead to other articles.
func isArrow(s string) bool {
	return strings.HasPrefix(s, ">>") || strings.HasPrefix(s, "»") || strings.HasPrefix(s, "> >") ||
		strings.HasPrefix(s, "->") || strings.HasPrefix(s, "►") || strings.HasPrefix(s, "▶") || strings.HasPrefix(s, "> ") || strings.HasPrefix(s, "=>")
}

// isNameAbove tells whether b is a person's name above the first paragraph.
func (d *doc) isNameAbove(i int, b *block) bool {
	if b.heading > 0 || b.words > 10 {
		return false
	}
	for j := d.first; j < i; j++ {
		if d.blocks[j].kind == blockKept && d.blocks[j].prose() > 0 {
			return false
		}
	}
	h := d.hints(b)
	meta := h&hintMeta != 0
	if b.words < 2 || h&hintSource != 0 || !meta && b.link > 0 {
		return false
	}
	c, ok := readCredit(b.text)
	return ok && c.author != "" && !d.isSite(c.author) && (meta || nameLike(c.author))
}

// headline is the text of the visible headline, "" when there is none.
func (d *doc) headline() string {
	if d.titleAt < 0 {
		return ""
	}
	return d.blocks[d.titleAt].text
}

// cutTail drops what follows a heading of related articles, keywords or
// comments, when little running text comes after it.
func (d *doc) cutTail() {
	var after int32
	total := d.keptProse()
	for i := d.last - 1; i >= d.first; i-- {
		b := &d.blocks[i]
		if b.kind == blockKept {
			after += b.prose()
		}
		boxed := d.hints(b)&hintNoise != 0 // its box ends what it heads
		if boxed || b.kind != blockDropped || after*5 >= total*2 || b.link*2 > int32(len(b.text)) {
			continue
		}
		if c := cueOf(b.text, b.words); c == cueRelated || c == cueComment || c == cueTags || isImprint(b.text) {
			d.dropAfter(i, b, c)
		}
	}
}

// dropAfter drops the kept blocks after a heading i, up to running text that
// is no teaser where the heading stands inside the article.
func (d *doc) dropAfter(i int, b *block, c cue) {
	var rest int32
	for j := i + 1; j < d.last; j++ {
		if d.blocks[j].kind == blockKept && !d.isTeaser(j, &d.blocks[j]) {
			rest += d.blocks[j].prose()
		}
	}
	for j := i + 1; j < d.last; j++ {
		x := &d.blocks[j]
		if rest > 400 && x.prose() > 0 && x.link == 0 && c == cueRelated {
			return
		}
		if x.kind != blockDropped {
			d.drop(j, "after: "+b.text)
		}
	}
}

func (d *doc) keptProse() (n int32) {
	for i := d.first; i < d.last; i++ {
		if d.blocks[i].kind == blockKept {
			n += d.blocks[i].prose()
		}
	}
	return n
}

// dropRepeats drops a block that repeats an earlier long one: the article was
// printed twice.
func (d *doc) dropRepeats() {
	seen := make(map[string]bool, d.last-d.first)
	for i := d.first; i < d.last; i++ {
		b := &d.blocks[i]
		if b.kind != blockKept || b.words < 12 {
			continue
		}
		if seen[b.text] {
			d.drop(i, "printed before")
		}
		seen[b.text] = true
	}
}

// dropHeadless drops trailing sub-headings that nothing follows.
func (d *doc) dropHeadless() {
	for i := d.last - 1; i >= d.first; i-- {
		b := &d.blocks[i]
		switch {
		case b.kind == blockDropped:
			continue
		case b.kind == blockKept && b.heading > 0 && b.prose() == 0:
			d.drop(i, "heading that nothing follows")
		default:
			return
		}
	}
}

// noiseName names the strongest of the noise hints for the report.
func noiseName(h hint) string {
	for _, n := range noiseNames {
		if h&n.hint != 0 {
			return n.name
		}
	}
	return "noise"
}

var noiseNames = []struct {
	hint hint
	name string
}{
	{hintHidden, "a hidden element"}, {hintComment, "readers' comments"}, {hintRelated, "related articles"}, {hintTags, "keywords"},
	{hintShare, "share buttons"}, {hintAd, "an advertisement"}, {hintCrumb, "breadcrumbs"}, {hintNav, "navigation"},
	{hintFooter, "the footer"}, {hintAside, "an aside"}, {hintForm, "a form"},
}

func cueName(c cue) string {
	switch c {
	case cueRelated:
		return "heads other articles"
	case cueComment:
		return "heads comments"
	case cueTags:
		return "heads keywords"
	case cueTool:
		return "a button"
	case cueCount:
		return "a counter"
	case cueAd:
		return "an advertisement"
	case cueImprint:
		return "the imprint"
	}
	return "a credit"
}
