package content

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

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
	case (b.words <= 20 && b.words >= 6 || b.words <= 60 && !endsSentence(b.text)) && d.inSmallTable(b):
		return true
	case hasPhotoCredit(b.text) && b.words <= 60:
		return true
	case b.words <= 40 && !endsSentence(b.text) && b.bold*2 < n && hasCaptionWords(b.text):
		return true
	case !d.centreNormal && d.centred(b) && b.words <= 100:
		return true
	}
	return false
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

// inSmallTable tells whether b and at most one more block are all that a table
// holds: the picture's frame.
func (d *doc) inSmallTable(b *block) bool {
	e := b.elem
	for range 5 {
		if e < 0 || e == d.body || d.elems[e].to-d.elems[e].from > 2 {
			return false
		}
		if d.elems[e].node.DataAtom == atom.Table {
			return true
		}
		e = d.elems[e].parent
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
