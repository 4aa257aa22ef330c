package content

import (
	"bytes"
	"fmt"
	"mime"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"sukien/news"
	"sukien/news/viet"
)

const (
	// maxDepth bounds the nesting of a tree built by tame. html.Parse itself
	// gives up at 512 open elements.
	maxDepth = 256
	// maxNodes bounds the nodes of a tree built by tame, about 60 MB of them.
	maxNodes = 400_000
	// maxWork is tags times bytes, above which html.Parse is not trusted to be
	// linear: it appends text to text where tags between are ignored.
	maxWork = 20_000_000_000
)

// decode gives body as UTF-8. Bodies that are so already, which most are, are
// not looked at twice.
func decode(body []byte, contentType string) ([]byte, error) {
	if isPlainUTF8(body) {
		return body, nil
	}
	text, _, err := viet.Decode(body, declaredCharset(body, contentType))
	if err != nil {
		return nil, fmt.Errorf("decoding the page: %w", err)
	}
	return []byte(text), nil
}

// twiceSpan is how many bytes are searched for the signs of UTF-8 encoded
// twice: title and description stand in them.
const twiceSpan = 8 << 10

// isPlainUTF8 tells whether body is UTF-8 without byte order mark, NULs or the
// signs of UTF-8 encoded twice ("áº", "á»"): what viet.Decode would only
// compose, which is done later for what is kept.
func isPlainUTF8(body []byte) bool {
	start := body[:min(len(body), twiceSpan)]
	return bytes.IndexByte(body, 0) < 0 && !bytes.HasPrefix(body, []byte("\xEF\xBB\xBF")) &&
		!bytes.Contains(start, []byte("\xC3\xA1\xC2\xBA")) && !bytes.Contains(start, []byte("\xC3\xA1\xC2\xBB")) && utf8.Valid(body)
}

// declaredCharset is the label of the header, else the first in the markup,
// wherever it stands: many pages declare theirs after scripts and styles.
func declaredCharset(body []byte, contentType string) string {
	if _, params, err := mime.ParseMediaType(contentType); err == nil && params["charset"] != "" {
		return params["charset"]
	}
	i := max(bytes.Index(body, []byte("charset=")), bytes.Index(body, []byte("CHARSET=")))
	if i < 0 {
		return ""
	}
	rest := bytes.TrimLeft(body[i+len("charset="):], "\"' ")
	end := bytes.IndexAny(rest[:min(len(rest), 40)], "\"'; />")
	if end < 0 {
		return ""
	}
	return string(rest[:end])
}

// parse builds the tree of text, by html.Parse where that is safe, else by
// tame. scripts is the number of bytes of script that are not in the tree; cut
// says that bounds were passed and the rest left out.
func parse(text []byte) (root *html.Node, scripts int, cut bool, err error) {
	if bytes.IndexByte(text, 0) >= 0 && looksBinary(text) {
		return nil, 0, false, fmt.Errorf("%w: the body is neither markup nor text", news.ErrInvalid)
	}
	if bytes.Count(text, []byte{'<'})*len(text) <= maxWork {
		r, scripts := lean(text)
		if root, err := html.Parse(r); err == nil {
			return root, scripts, false, nil
		}
	}
	root, cut = tame(text)
	return root, 0, cut, nil
}

// looksBinary tells whether one byte in thirty of the start is a control byte.
func looksBinary(text []byte) bool {
	if len(text) > 3000 {
		text = text[:3000]
	}
	odd := 0
	for i := range len(text) {
		if c := text[i]; c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' {
			odd++
		}
	}
	return odd*30 > len(text)
}

// tame builds a plain tree in linear time and bounded memory: end tags without
// start are ignored, nesting is flattened below maxDepth, and the text ends at
// maxNodes.
func tame(text []byte) (root *html.Node, cut bool) {
	root = &html.Node{Type: html.DocumentNode}
	b := tamer{stack: []*html.Node{root}, open: map[string]int{}}
	z := html.NewTokenizer(bytes.NewReader(text))
	for b.nodes < maxNodes {
		switch z.Next() {
		case html.ErrorToken:
			return root, false
		case html.TextToken:
			b.add(&html.Node{Type: html.TextNode, Data: string(z.Text())})
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			b.start(&t)
		case html.EndTagToken:
			name, _ := z.TagName()
			b.end(string(name))
		}
	}
	return root, true
}

// tamer is the state of tame.
type tamer struct {
	stack []*html.Node
	// open counts the open elements of each name, so that an end tag that
	// closes nothing costs nothing.
	open  map[string]int
	nodes int
}

func (b *tamer) add(n *html.Node) {
	b.stack[len(b.stack)-1].AppendChild(n)
	b.nodes++
}

func (b *tamer) start(t *html.Token) {
	n := &html.Node{Type: html.ElementNode, Data: t.Data, DataAtom: t.DataAtom, Attr: t.Attr}
	if closesItself(t.DataAtom) && b.stack[len(b.stack)-1].DataAtom == t.DataAtom {
		b.end(t.Data)
	}
	b.add(n)
	if t.Type == html.SelfClosingTagToken || isVoid(t.DataAtom) || len(b.stack) >= maxDepth {
		return
	}
	b.stack = append(b.stack, n)
	b.open[n.Data]++
}

func (b *tamer) end(name string) {
	if b.open[name] == 0 {
		return
	}
	for {
		top := b.stack[len(b.stack)-1]
		b.stack = b.stack[:len(b.stack)-1]
		b.open[top.Data]--
		if top.Data == name {
			return
		}
	}
}

// closesItself tells whether a start tag ends an open element of its own kind.
func closesItself(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Li, atom.Td, atom.Th, atom.Tr, atom.Dt, atom.Dd, atom.Option, atom.A:
		return true
	}
	return false
}

func isVoid(a atom.Atom) bool {
	switch a {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input,
		atom.Link, atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr:
		return true
	}
	return false
}
