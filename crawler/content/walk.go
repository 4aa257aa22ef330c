package content

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sukien/news"
	"sukien/news/viet"
)

// doc is one page on its way to an article.
type doc struct {
	page     news.Page
	head     head
	lines    []string // those of the outlet's own, Selectors.Lines
	memo     map[string]hint
	elems    []elem
	blocks   []block
	anchs    []anchor
	base     *url.URL
	baseRead bool
	buf      []byte
	all      string // buf, once it is complete

	// body is the index of the element that holds the article, first and last
	// (exclusive) the blocks of it that are in question.
	body        int32
	first, last int
	titleAt     int // block of the visible headline, -1 when none
	titleSure   bool
	title, lead string
	bylines     []int // blocks that were dropped as bylines
	pictures    int   // images that are no icons
	posts       int   // elements that forums write a message in
	under       int   // block of a source under the byline, 0 when none
	begun       bool  // running text was kept already
	// centreNormal says that the body sets its paragraphs to the middle.
	centreNormal bool
}

func newDoc(p news.Page) *doc {
	n := len(p.Body)
	return &doc{
		page: p, memo: make(map[string]hint, 64), titleAt: -1, body: -1,
		buf: make([]byte, 0, min(n/12, 64<<10)), elems: make([]elem, 0, min(n/256, 1024)),
		blocks: make([]block, 0, min(n/512, 512)), anchs: make([]anchor, 0, min(n/512, 512)),
	}
}

// walker is the state of the one walk over the tree.
type walker struct {
	*doc
	cur               block
	elem              int32
	bold, slant, link int
	heading           int8
	img, space        bool
}

// walk goes once through the tree, without recursion, and fills elems, blocks,
// anchors and head.
func (d *doc) walk(root *html.Node) {
	w := &walker{doc: d, elem: -1}
	for n := root; n != nil; {
		descend := w.visit(n)
		if descend && n.FirstChild != nil {
			n = n.FirstChild
			continue
		}
		if descend {
			w.leave(n)
		}
		for n != root && n.NextSibling == nil {
			n = n.Parent
			w.leave(n)
		}
		if n == root {
			break
		}
		n = n.NextSibling
	}
	w.flush()
}

// visit takes n in and tells whether its children are wanted.
func (w *walker) visit(n *html.Node) bool {
	switch n.Type {
	case html.TextNode:
		w.text(n.Data)
		return false
	case html.DocumentNode:
		return true
	case html.ElementNode:
		return w.element(n)
	}
	return false
}

func (w *walker) element(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script:
		w.head.script(n, len(w.blocks))
		return false
	case atom.Title:
		w.head.addTitle(n)
		return false
	case atom.Meta:
		w.head.addMeta(n)
		return false
	case atom.Link:
		w.head.addLink(n)
		return false
	case atom.Base:
		w.head.base = attr(n, "href")
		return false
	case atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Object, atom.Select, atom.Textarea,
		atom.Button, atom.Canvas, atom.Input, atom.Datalist, atom.Noembed, atom.Noframes:
		return false
	case atom.Iframe, atom.Video, atom.Audio, atom.Embed:
		w.head.media++
		if n.DataAtom != atom.Iframe || isPlayer(attr(n, "src")) {
			w.addPlayer()
		}
		return false
	case atom.Br:
		w.flush()
		w.cur.br = true
		return false
	case atom.Hr:
		w.flush()
		return false
	case atom.Img:
		w.image(n)
		return false
	case atom.Html:
		if w.head.lang == "" {
			w.head.lang = attr(n, "lang")
		}
	}
	return w.open(n)
}

// open begins an element with children.
func (w *walker) open(n *html.Node) bool {
	var h hint
	if len(n.Attr) > 0 || n.DataAtom != atom.Span {
		h = w.hintsOf(n)
		if h&hintPlayer != 0 {
			w.addPlayer()
		}
		if h&hintPost != 0 {
			w.posts++
		}
	}
	if isInline(n) {
		switch n.DataAtom {
		case atom.A:
			w.openLink(n)
		case atom.B, atom.Strong:
			w.bold++
		case atom.I, atom.Em:
			w.slant++
		}
		if h&hintSpan == 0 && (h&hintTitle == 0 || w.link > 0) {
			return !strings.HasPrefix(n.Data, "amp-ad")
		}
	}
	w.flush()
	if l := headingLevel(n.DataAtom); l > 0 {
		w.heading = l
	}
	w.elems = append(w.elems, elem{node: n, parent: w.elem, own: h, from: int32(len(w.blocks))})
	w.elem = int32(len(w.elems) - 1)
	return true
}

func (w *walker) openLink(n *html.Node) {
	if !isLink(n) {
		return
	}
	w.link++
	w.anchs = append(w.anchs, anchor{node: n, from: int32(len(w.buf)), block: int32(len(w.blocks))})
}

// maxPlayers is how many players are taken note of.
const maxPlayers = 16

// addPlayer notes that a player stands before the next block.
func (w *walker) addPlayer() {
	if len(w.head.players) < maxPlayers {
		w.head.players = append(w.head.players, int32(len(w.blocks)))
	}
}

// isPlayer tells whether an embedded page plays a film or sound.
func isPlayer(src string) bool {
	for _, s := range [...]string{"youtube", "player", "video", "vimeo", "/embed/", "podcast", "soundcloud"} {
		if strings.Contains(src, s) {
			return true
		}
	}
	return false
}

// isLink tells whether an <a> leads somewhere, by address or by script, and is
// not only a place that is named.
func isLink(n *html.Node) bool {
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "href":
			return a.Val != ""
		case "name", "id":
			return attr(n, "href") != ""
		}
	}
	return true
}

// leave ends an element that was opened.
func (w *walker) leave(n *html.Node) {
	if n.Type != html.ElementNode {
		return
	}
	switch n.DataAtom {
	case atom.A:
		if isLink(n) {
			w.link--
			w.closeLink(n)
		}
	case atom.B, atom.Strong:
		w.bold--
	case atom.I, atom.Em:
		w.slant--
	}
	if w.elem < 0 || w.elems[w.elem].node != n {
		return
	}
	w.flush()
	if headingLevel(n.DataAtom) > 0 {
		w.heading = 0
	}
	w.elems[w.elem].to = int32(len(w.blocks))
	w.elem = w.elems[w.elem].parent
}

// closeLink finds n's anchor from the end: nested links are rare.
func (w *walker) closeLink(n *html.Node) {
	for i := len(w.anchs) - 1; i >= 0; i-- {
		if w.anchs[i].node == n {
			w.anchs[i].to = int32(len(w.buf))
			return
		}
	}
}

// image marks that a picture, not an icon, stands here.
func (w *walker) image(n *html.Node) {
	for i := range n.Attr {
		a := &n.Attr[i]
		switch a.Key {
		case "width", "height":
			if len(a.Val) == 1 || len(a.Val) == 2 && a.Val < "60" {
				return
			}
		case "class", "src":
			if strings.Contains(a.Val, "emoji") || strings.Contains(a.Val, "smil") || strings.Contains(a.Val, "icon") {
				return
			}
		}
	}
	w.flush()
	w.img = true
	w.pictures++
}

// text adds characters to the block, white space collapsed, invisible
// characters left out.
func (w *walker) text(s string) {
	if strings.Contains(s, "\u00AD") { // a soft hyphen, or the code of "ư" in an old font
		s = viet.Unfont(s)
	}
	before := len(w.buf)
	for i := 0; i < len(s); {
		c := s[i]
		if c <= ' ' {
			w.space = true
			i++
			continue
		}
		if size, space := invisible(s[i:]); size > 0 {
			w.space = w.space || space
			i += size
			continue
		}
		j := i + 1
		for j < len(s) && s[j] > ' ' && s[j] != 0xC2 && s[j] != 0xE2 && s[j] != 0xE3 && s[j] != 0xEF {
			j++
		}
		if w.space && int(w.cur.from) < len(w.buf) && w.cur.words > 0 {
			w.buf = append(w.buf, ' ')
			w.cur.words++
		}
		if w.cur.words == 0 {
			w.cur.words, w.cur.from = 1, int32(len(w.buf))
		}
		w.space = false
		w.buf = append(w.buf, s[i:j]...)
		i = j
	}
	added := int32(len(w.buf) - before)
	if w.link > 0 {
		w.cur.link += added
	}
	if w.bold > 0 {
		w.cur.bold += added
	}
	if w.slant > 0 {
		w.cur.slant += added
	}
}

// invisible gives the length of a leading no-break or other wide space (space
// true), or of a character without width; 0 when there is none.
func invisible(s string) (size int, space bool) {
	if s[0] < 0xC2 {
		return 0, false
	}
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case r == 0xAD || r >= 0x200B && r <= 0x200F || r >= 0x2028 && r <= 0x202E || r == 0x2060 || r == 0xFEFF:
		return n, r == 0x2028 || r == 0x2029
	case unicode.IsSpace(r):
		return n, true
	}
	return 0, false
}

// flush ends the block.
func (w *walker) flush() {
	if w.cur.words > 0 {
		b := w.cur
		b.to, b.elem, b.heading = int32(len(w.buf)), w.elem, w.heading
		b.afterImg = w.img
		w.blocks = append(w.blocks, b)
		if w.link > 0 {
			w.buf = append(w.buf, ' ') // so that a link's text keeps its lines apart
		}
		w.img = false
		w.cur = block{}
	}
	w.space = false
}

func headingLevel(a atom.Atom) int8 {
	switch a {
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5, atom.H6:
		return 5
	}
	return 0
}

// isInline tells whether n flows within a line. Unknown elements do.
func isInline(n *html.Node) bool {
	switch n.DataAtom {
	case atom.A, atom.Abbr, atom.B, atom.Big, atom.Cite, atom.Code, atom.Del, atom.Dfn, atom.Em, atom.Font, atom.I,
		atom.Ins, atom.Kbd, atom.Label, atom.Mark, atom.Q, atom.S, atom.Samp, atom.Small, atom.Span, atom.Strike,
		atom.Strong, atom.Sub, atom.Sup, atom.Time, atom.Tt, atom.U, atom.Var, atom.Picture, atom.Source, 0:
		return true
	}
	return false
}
