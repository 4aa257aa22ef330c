package content

import (
	"cmp"
	"slices"
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
	d.body = d.widen(int32(best))
	d.first, d.last = int(d.elems[d.body].from), int(d.elems[d.body].to)
	d.placeHeadline()
}

// widen goes from a paragraph or list to the element around it, and on to one
// that is marked as the article's, as long as what that adds is not mostly
// links or noise: short lines weigh too little to be chosen by themselves.
func (d *doc) widen(e int32) int32 {
	for d.elems[e].parent >= 0 {
		p := d.elems[e].parent
		el, around := &d.elems[e], &d.elems[p]
		marked := around.own&hintBody != 0 && el.own&hintBody == 0 && around.node.DataAtom != atom.Body
		if !isParagraph(el.node.DataAtom) && !marked || !d.addsText(around, el) {
			return e
		}
		e = p
	}
	return e
}

func isParagraph(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dd, atom.Blockquote, atom.Pre, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.Span:
		return true
	}
	return false
}

// addsText tells whether what outer has beyond inner is text rather than links
// and noise.
func (d *doc) addsText(outer, inner *elem) bool {
	text, links := 0, 0
	for i := outer.from; i < outer.to; i++ {
		if i >= inner.from && i < inner.to {
			continue
		}
		b := &d.blocks[i]
		if d.noise(b) != 0 {
			links += len(b.text)
			continue
		}
		links += int(b.link)
		text += len(b.text) - int(b.link)
	}
	return text > links
}

// placeHeadline looks again for the headline where the one that was found
// stands below much of the text: a second copy of it.
func (d *doc) placeHeadline() {
	if d.titleAt < d.first {
		d.relevantHeadline()
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
		return -1
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

// isLinkWithSummary tells whether block i, not a paragraph, is another article's
// headline, linked, with the summary right behind it: nothing parts the two, and
// the summary begins as a sentence does.
func (d *doc) isLinkWithSummary(i int, b *block) bool {
	if b.link == 0 || b.elem < 0 || d.elems[b.elem].node.DataAtom == atom.P || b.words < 12 {
		return false
	}
	end := d.linkEnd(i, b)
	if end == 0 {
		return false
	}
	head := strings.TrimSpace(d.all[b.from:end])
	r, _ := utf8.DecodeRuneInString(strings.TrimSpace(d.all[end:b.to]))
	return strings.Count(head, " ") >= 4 && !endsSentence(head) && unicode.IsUpper(r)
}

// linkEnd is where the link ends that block i begins with, 0 when it begins
// with none.
func (d *doc) linkEnd(i int, b *block) int32 {
	at, _ := slices.BinarySearchFunc(d.anchs, int32(i), func(a anchor, i int32) int { return cmp.Compare(a.block, i) })
	for ; at < len(d.anchs) && d.anchs[at].block == int32(i) && d.anchs[at].from <= b.from; at++ {
		if end := d.anchs[at].to; end > b.from && end <= b.to {
			return end
		}
	}
	return 0
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
