package content

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sukien/news/viet"
)

// elem is a block-level element, or an inline one that a hint makes a block.
type elem struct {
	node   *html.Node
	parent int32
	// own are the hints of the element itself, all those with its ancestors'.
	own, all hint
	// from and to bound its blocks; prose counts the bytes of running text in them.
	from, to int32
	prose    int32
	gain     int32
}

// block is a run of text between two block-level boundaries.
type block struct {
	text string
	// from and to are offsets in doc.buf until settle sets text.
	from, to int32
	// link, bold and slant count the bytes of text inside <a>, <b> and <i>.
	link, bold, slant int32
	elem              int32
	words             int32
	heading           int8
	afterImg          bool // a picture stands between this block and the one before
	br                bool // only a line break does
	kind              blockKind
	stampLine         int8 // 1 when the text is a time line, -1 when not, 0 unknown
	why               string
}

// blockKind is what became of a block.
type blockKind uint8

const (
	blockDropped blockKind = iota
	blockKept
	blockCaption
)

// anchor is an <a> with its text's place in doc.buf.
type anchor struct {
	node     *html.Node
	from, to int32
	block    int32
}

// settle gives the blocks their text, works out which hints are to be
// believed, and hands them down.
func (d *doc) settle() {
	all := string(d.buf)
	d.all = all
	compose := strings.IndexByte(all, 0xCC) >= 0 || strings.IndexByte(all, 0xCD) >= 0 // combining marks
	for i := range d.blocks {
		b := &d.blocks[i]
		b.text = all[b.from:b.to]
		if compose && (strings.IndexByte(b.text, 0xCC) >= 0 || strings.IndexByte(b.text, 0xCD) >= 0) {
			b.text = viet.NFC(b.text)
		}
		b.text = viet.Unfont(b.text)
	}
	d.findHeadline(len(d.blocks))
	total := d.weigh()
	for i := range d.elems {
		e := &d.elems[i]
		e.all = e.own
		if e.own&hintNoise != 0 && d.disbelieve(e, total) {
			e.all &^= hintNoise
		}
		if e.prose > maxMetaProse {
			e.all &^= hintMeta
		}
		if e.parent >= 0 {
			e.all |= d.elems[e.parent].all & (hintNoise | hintCaption | hintLive | hintAuthor | hintTime | hintLead | hintMeta)
		}
	}
}

// maxMetaProse is the running text, in bytes, above which an element is more
// than the lines beside a headline.
const maxMetaProse = 200

// maxFooterProse is the running text, in bytes, of the imprint in a footer, so
// that a page without an article does not give it for one.
const maxFooterProse = 300

// weigh sums the running text of every element; the sum of the page is returned.
func (d *doc) weigh() (total int32) {
	for i := range d.blocks {
		b := &d.blocks[i]
		p := b.prose()
		total += p
		if b.elem >= 0 {
			d.elems[b.elem].prose += p
		}
	}
	for i := len(d.elems) - 1; i > 0; i-- {
		if e := &d.elems[i]; e.parent >= 0 {
			d.elems[e.parent].prose += e.prose
		}
	}
	return total
}

// disbelieve tells whether an element's noise hints are wrong: it holds the
// headline and much of the page's text, or nearly all of it.
func (d *doc) disbelieve(e *elem, total int32) bool {
	switch e.node.DataAtom {
	case atom.Html, atom.Body:
		return true
	}
	headline := d.titleAt >= int(e.from) && d.titleAt < int(e.to)
	switch {
	case e.own&hintNoise == hintHidden && e.prose*4 >= total, e.own&(hintComment|hintRelated) == hintRelated && e.prose*10 >= total*6:
		return d.linkShare(e) < 10 // the rest of a long article, folded; "detail-related-content"
	case headline && e.prose*10 >= total*3:
		return true
	case e.own&(hintComment|hintRelated|hintFooter) != 0:
		return e.prose*10 >= total*9 && e.prose > maxFooterProse
	case e.own&hintBody != 0:
		return e.prose*10 >= total*4
	}
	return e.prose*2 >= total
}

// linkShare is the part of e's text that is in links, in percent.
func (d *doc) linkShare(e *elem) int32 {
	var text, link int32
	for i := e.from; i < e.to; i++ {
		text += int32(len(d.blocks[i].text))
		link += d.blocks[i].link
	}
	return link * 100 / max(text, 1)
}

// prose is the number of bytes of running text in b: 0 for lists of links,
// headings and other short lines.
func (b *block) prose() int32 {
	n := int32(len(b.text))
	if b.link*2 > n || b.words < 6 {
		return 0
	}
	if b.words >= 15 || endsSentence(b.text) {
		return n - b.link
	}
	return 0
}

// endsSentence tells whether s ends with a mark that ends a sentence, closing
// quotes and brackets left aside.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, "\"'”’»)] ")
	if i := strings.LastIndexByte(s, ' '); i > 0 && len(s)-i <= 5 && strings.IndexByte(":=^;", s[i+1]) >= 0 { // a smiley
		s = s[:i]
	}
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") ||
		strings.HasSuffix(s, "…") || strings.HasSuffix(s, ":") || strings.HasSuffix(s, ";")
}
