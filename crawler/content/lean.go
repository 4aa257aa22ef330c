package content

import (
	"bytes"
	"io"
)

const (
	// minCut is the shortest body of a style or script that is left out, in bytes.
	minCut = 400
	// minLean is the shortest page whose scripts are left out: challenges and
	// redirects, which are told by theirs, are shorter.
	minLean = 48 << 10
)

// lean is a reader of text without the bodies of its styles and of those
// scripts that hold no JSON-LD, often half of a page, and the number of bytes of
// script left out. Comments and attributes are stepped over; where one does not
// end, the rest is left as it is.
func lean(text []byte) (r io.Reader, scripts int) {
	kept := make([][]byte, 0, 16)
	done := 0
	for i := 0; i < len(text); {
		n := bytes.IndexByte(text[i:], '<')
		if n < 0 {
			break
		}
		i += n
		end := tagEnd(text, i)
		if end < 0 {
			break
		}
		name := bulky(text[i+1 : end])
		if name == "" {
			i = end
			continue
		}
		n = closing(text[end:], name)
		if n < 0 {
			break
		}
		body := text[end : end+n]
		if len(body) >= minCut && (name == "style" || len(text) >= minLean && !holdsData(text[i:end]) && !bytes.Contains(body, []byte("<!--"))) {
			kept = append(kept, text[done:end])
			done = end + n
			if name == "script" {
				scripts += n
			}
		}
		i = end + n
	}
	if done == 0 {
		return bytes.NewReader(text), 0
	}
	kept = append(kept, text[done:])
	return &pieces{kept}, scripts
}

// tagEnd is the byte after the tag or comment that begins at i, -1 when it does
// not end.
func tagEnd(text []byte, i int) int {
	if bytes.HasPrefix(text[i:], []byte("<!--")) {
		n := bytes.Index(text[i+4:], []byte("-->"))
		if n < 0 {
			return -1
		}
		return i + 4 + n + 3
	}
	if i+1 >= len(text) || !isASCIILetter(text[i+1]) {
		return i + 1
	}
	for i++; i < len(text); i++ {
		switch text[i] {
		case '>':
			return i + 1
		case '=':
			for i+1 < len(text) && text[i+1] <= ' ' {
				i++
			}
			if i+1 >= len(text) || text[i+1] != '"' && text[i+1] != '\'' {
				continue
			}
			n := bytes.IndexByte(text[i+2:], text[i+1])
			if n < 0 {
				return -1
			}
			i += 2 + n
		}
	}
	return -1
}

func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// bulky is the name of a tag, given without its bracket, whose body may be left
// out; "" for the others.
func bulky(tag []byte) string {
	for _, name := range [...]string{"script", "style"} {
		if len(tag) > len(name) && tag[0]|0x20 == name[0] && bytes.EqualFold(tag[:len(name)], []byte(name)) && !isASCIILetter(tag[len(name)]) {
			return name
		}
	}
	return ""
}

// holdsData tells whether a script's tag says that it holds JSON-LD.
func holdsData(tag []byte) bool { return bytes.Contains(tag, []byte("ld+json")) }

// closing is where the end tag of name begins, -1 when there is none.
func closing(text []byte, name string) int {
	for i := 0; ; {
		n := bytes.Index(text[i:], []byte("</"))
		if n < 0 {
			return -1
		}
		i += n + 2
		if len(text) >= i+len(name) && bytes.EqualFold(text[i:i+len(name)], []byte(name)) {
			return i - 2
		}
	}
}

// pieces reads slices one after the other.
type pieces struct{ rest [][]byte }

// Read implements io.Reader.
func (p *pieces) Read(b []byte) (n int, err error) {
	for n < len(b) {
		if len(p.rest) == 0 {
			if n == 0 {
				return 0, io.EOF
			}
			return n, nil
		}
		k := copy(b[n:], p.rest[0])
		n += k
		if p.rest[0] = p.rest[0][k:]; len(p.rest[0]) == 0 {
			p.rest = p.rest[1:]
		}
	}
	return n, nil
}
