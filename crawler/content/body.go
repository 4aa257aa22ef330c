package content

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// noise is the set of believed noise hints over b.
func (d *doc) noise(b *block) hint { return d.hints(b) & hintNoise }

// hints are all hints of the element that b is in.
func (d *doc) hints(b *block) hint {
	if b.elem < 0 {
		return 0
	}
	return d.elems[b.elem].all
}

// pickBody chooses the element that holds the article: the one whose blocks
// sum highest when running text counts for and links, noise and short lines
// count against it. Of equals it is the innermost.
func (d *doc) pickBody() {
	if len(d.elems) == 0 {
		d.first, d.last = 0, len(d.blocks)
		return
	}
	for i := range d.blocks {
		if b := &d.blocks[i]; b.elem >= 0 {
			d.elems[b.elem].gain += d.gain(i, b)
		}
	}
	for i := len(d.elems) - 1; i > 0; i-- {
		if e := &d.elems[i]; e.parent >= 0 {
			d.elems[e.parent].gain += e.gain
		}
	}
	best := 0
	for i := range d.elems {
		if e := &d.elems[i]; e.gain >= d.elems[best].gain && e.to > e.from {
			best = i
		}
	}
	d.body = int32(best)
	d.first, d.last = int(d.elems[best].from), int(d.elems[best].to)
	d.placeHeadline()
}

// placeHeadline looks again for the headline where the one that was found
// stands below much of the text: a second copy of it.
func (d *doc) placeHeadline() {
	if d.titleAt < d.first {
		return
	}
	var above int32
	for i := d.first; i < d.titleAt && i < d.last; i++ {
		above += d.blocks[i].prose()
	}
	if above*4 < d.elems[d.body].prose {
		return
	}
	at := d.first
	for at < d.last && d.blocks[at].prose() == 0 {
		at++
	}
	d.titleAt = -1
	d.findHeadline(at)
}

// gain is what a block counts for its element, in words.
func (d *doc) gain(i int, b *block) int32 {
	n := int32(len(b.text))
	switch {
	case d.noise(b) != 0:
		return -2 - b.words/4
	case b.link*2 > n:
		return -3 - b.words/2
	case b.prose() == 0:
		if b.heading > 0 || b.bold*2 > n || b.afterImg {
			return 0
		}
		return -2
	case i < d.titleAt:
		return 0
	case d.isTeaser(i, b):
		return b.words / 8
	}
	return b.words
}

// isTeaser tells whether a paragraph stands beside a link, and not beside
// another paragraph, in a small box with at least as many links as paragraphs:
// the summary of another article.
func (d *doc) isTeaser(i int, b *block) bool {
	if d.hints(b)&hintLead != 0 && b.heading > 0 || d.describes(b.text) {
		return false
	}
	e := b.elem
	for range 3 {
		if e < 0 {
			return false
		}
		el := &d.elems[e]
		if n := el.to - el.from; n > 6 {
			return false
		} else if n >= 2 {
			return !d.besideProse(i, el) && d.linky(el)
		}
		e = el.parent
	}
	return false
}

// besideProse tells whether the block before or after i in e is running text.
func (d *doc) besideProse(i int, e *elem) bool {
	return i > int(e.from) && d.blocks[i-1].prose() > 0 || i+1 < int(e.to) && d.blocks[i+1].prose() > 0
}

// linky tells whether e holds at least as many link lines as paragraphs.
func (d *doc) linky(e *elem) bool {
	links, paras := 0, 0
	for j := e.from; j < e.to; j++ {
		b := &d.blocks[j]
		switch {
		case b.link*5 > int32(len(b.text))*4 && b.words >= 4:
			links++
		case b.prose() > 0:
			paras++
		}
	}
	return links > 0 && links >= paras
}

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
	if c == cueCount && d.inTable(b) {
		c = cueNone
	}
	switch {
	case h&hintNoise != 0:
		d.drop(i, "in "+noiseName(h))
	case c != cueNone && c != cueCredit && (b.prose() == 0 || c == cueRelated):
		d.drop(i, cueName(c))
	case isArrow(b.text) && b.link*2 > n:
		d.drop(i, "arrow before a link")
	case i < d.first+6 && d.isNameAbove(i, b):
		d.drop(i, "byline")
		d.bylines = append(d.bylines, i)
	case b.link*5 >= n*4 && !d.inTable(b):
		d.drop(i, "only a link")
	case h&(hintTime|hintSource|hintAuthor) != 0 && b.words <= 20:
		d.drop(i, "time, source or author line")
	case sameWords(b.text, d.head.meta["og:title"]) || sameWords(b.text, d.headline()):
		d.drop(i, "the headline again")
	case b.words <= 16 && b.isStamp():
		d.drop(i, "time line")
	case b.words <= 8 && photoLabel.MatchString(b.text) && i >= d.first:
		d.drop(i, "credit of a picture")
	case d.isCaption(i, b, h):
		b.kind, b.why = blockCaption, "caption"
	case d.isTeaser(i, b) && b.prose() > 0 && !d.aloneInBody(b):
		d.drop(i, "summary beside a link")
	default:
		d.keep(i, "running text")
	}
}

// aloneInBody tells whether b carries a third of the body's text, so that it
// can hardly be a teaser.
func (d *doc) aloneInBody(b *block) bool {
	return b.prose()*3 > d.elems[d.body].prose
}

// inTable tells whether b is in a cell of a data table.
func (d *doc) inTable(b *block) bool {
	if b.elem < 0 {
		return false
	}
	return isCell(d.elems[b.elem].node.DataAtom) && b.words <= 6
}

// isArrow tells whether a line begins with the arrows that lead to other articles.
func isArrow(s string) bool {
	return strings.HasPrefix(s, ">>") || strings.HasPrefix(s, "»") || strings.HasPrefix(s, "> >") ||
		strings.HasPrefix(s, "->") || strings.HasPrefix(s, "►") || strings.HasPrefix(s, "▶") || strings.HasPrefix(s, "> ") || strings.HasPrefix(s, "=>")
}

// isCaption tells whether a block is the words under a picture.
func (d *doc) isCaption(i int, b *block, h hint) bool {
	if h&hintCaption != 0 {
		return true
	}
	if d.inFigure(b) {
		return true
	}
	if !b.afterImg || b.heading > 0 || h&hintLead != 0 || d.describes(b.text) {
		return false
	}
	n := int32(len(b.text))
	switch {
	case b.slant*5 >= n*4 && b.words <= 100:
		return true
	case hasPhotoCredit(b.text) && b.words <= 60:
		return true
	case !d.centreNormal && d.centred(b) && b.words <= 100:
		return true
	}
	return false
}

// isNameAbove tells whether b is a person's name above the first paragraph.
func (d *doc) isNameAbove(i int, b *block) bool {
	if b.heading > 0 || b.words > 10 {
		return false
	}
	meta := d.hints(b)&hintMeta != 0
	if c, ok := readCredit(b.text); !ok || c.author == "" || b.words < 2 || !meta && (b.link > 0 || !nameLike(c.author)) {
		return false
	}
	for j := d.first; j < i; j++ {
		if d.blocks[j].kind == blockKept && d.blocks[j].prose() > 0 {
			return false
		}
	}
	return true
}

// headline is the text of the visible headline, "" when there is none.
func (d *doc) headline() string {
	if d.titleAt < 0 {
		return ""
	}
	return d.blocks[d.titleAt].text
}

// inFigure tells whether b's element or one of the next two around it is a
// figure or its caption's table row.
func (d *doc) inFigure(b *block) bool {
	e := b.elem
	for range 3 {
		if e < 0 || e == d.body {
			return false
		}
		el := &d.elems[e]
		if el.own&hintFigure != 0 && el.to-el.from <= 3 {
			return true
		}
		e = el.parent
	}
	return false
}

// centred tells whether b or the element around it is set to the middle.
func (d *doc) centred(b *block) bool {
	e := b.elem
	for range 2 {
		if e < 0 || e == d.body {
			return false
		}
		n := d.elems[e].node
		if n.DataAtom == atom.Center || attr(n, "align") == "center" || strings.Contains(attr(n, "style"), "center") {
			return true
		}
		e = d.elems[e].parent
	}
	return false
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
		c := cueOf(b.text, b.words)
		if (c == cueRelated || c == cueComment || c == cueTags) && b.kind == blockDropped && after*5 < total*2 && b.link*2 <= int32(len(b.text)) {
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

// prose joins what was kept, one paragraph a line. Where the pictures' words
// are the story they are part of it.
func (d *doc) prose() (text string, captions []string) {
	var kept, capt int
	for i := range d.blocks {
		switch b := &d.blocks[i]; b.kind {
		case blockKept:
			kept += len(b.text)
		case blockCaption:
			capt += len(b.text)
			captions = append(captions, repair(b.text))
		}
	}
	story := len(captions) >= 4 && capt > kept
	var sb strings.Builder
	sb.Grow(kept + capt + len(d.lead) + 64)
	var prev *block
	for i := range d.blocks {
		b := &d.blocks[i]
		if b.kind == blockKept || b.kind == blockCaption && story {
			d.writeBlock(&sb, b, prev)
			prev = b
		}
	}
	return repair(sb.String()), captions
}

// writeBlock adds a block on a line of its own, or to the line before: after a
// bar where both are cells of one row, after a space where a line break stands
// in the middle of a sentence.
func (d *doc) writeBlock(sb *strings.Builder, b, prev *block) {
	switch {
	case prev == nil:
	case d.sameRow(prev, b):
		sb.WriteString(" | ")
	case b.br && startsLower(b.text) && !endsSentence(prev.text):
		sb.WriteByte(' ')
	default:
		sb.WriteByte('\n')
	}
	sb.WriteString(b.text)
}

// sameRow tells whether two blocks are short cells of one row of a table.
func (d *doc) sameRow(a, b *block) bool {
	if a.elem < 0 || b.elem < 0 || a.elem == b.elem || a.words > 15 || b.words > 15 {
		return false
	}
	x, y := &d.elems[a.elem], &d.elems[b.elem]
	return isCell(x.node.DataAtom) && isCell(y.node.DataAtom) && x.parent == y.parent
}

func isCell(a atom.Atom) bool { return a == atom.Td || a == atom.Th }

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
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
	}
	return "a credit"
}
