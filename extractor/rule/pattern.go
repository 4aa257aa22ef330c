package rule

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"sukien/news/viet"
)

// expr is a parsed pattern.
type expr struct {
	op   opcode
	subs []*expr
	// word is a literal's key, typ and kind the names of a class.
	word, typ, kind string
	min, max        int
	neg             bool
	col             int // column of the pattern, from 0, in code points
}

type opcode uint8

const (
	exSeq opcode = iota
	exAlt
	exCap   // word names it
	exRep   // min, max
	exWord  // word
	exClass // typ, kind
	exShape // word
	exGap   // max, typ what it must not step on
	exRun   // max, typ where it ends
	exLook  // subs[0], neg
)

// patternError is a fault at a column of a pattern.
type patternError struct {
	col int
	msg string
}

func (e *patternError) Error() string { return e.msg }

// parser reads a pattern:
//
//	pattern = choice ; choice = seq { "|" seq } ; seq = item { item }
//	item    = [ name ":" ] atom [ "?" | "{" m "," n "}" ]
//	atom    = word | "\"…\"" | "%" class | "@" class | "#" shape | ".." n [ "!" class ] | ".." n "^" class
//	        | "(" choice ")" | "!(" choice ")" | "&(" choice ")"
type parser struct {
	src string
	pos int
}

func parsePattern(src string) (e *expr, err error) {
	p := &parser{src: src}
	defer func() {
		if r := recover(); r != nil {
			pe, ok := r.(*patternError)
			if !ok {
				panic(r)
			}
			e, err = nil, pe
		}
	}()
	e = p.choice(0)
	p.space()
	if p.pos < len(p.src) {
		p.fail("unexpected %q: an opening bracket may be missing", p.src[p.pos:p.pos+1])
	}
	return e, nil
}

func (p *parser) fail(format string, args ...any) {
	panic(&patternError{col: utf8.RuneCountInString(p.src[:p.pos]), msg: fmt.Sprintf(format, args...)})
}

func (p *parser) space() {
	for p.pos < len(p.src) && (p.src[p.pos] == ' ' || p.src[p.pos] == '\n' || p.src[p.pos] == '\t') {
		p.pos++
	}
}

func (p *parser) peek() byte {
	if p.pos < len(p.src) {
		return p.src[p.pos]
	}
	return 0
}

// maxDepth bounds the nesting of brackets.
const maxDepth = 20

func (p *parser) choice(depth int) *expr {
	if depth > maxDepth {
		p.fail("brackets nested deeper than %d", maxDepth)
	}
	alts := []*expr{p.seq(depth)}
	for p.peek() == '|' {
		p.pos++
		alts = append(alts, p.seq(depth))
	}
	if len(alts) == 1 {
		return alts[0]
	}
	return &expr{op: exAlt, subs: alts}
}

func (p *parser) seq(depth int) *expr {
	s := &expr{op: exSeq, col: p.pos}
	for {
		p.space()
		if c := p.peek(); c == 0 || c == '|' || c == ')' {
			break
		}
		s.subs = append(s.subs, p.item(depth))
	}
	if len(s.subs) == 0 {
		p.fail("nothing to match here: write a word, a class or a group")
	}
	return s
}

func (p *parser) item(depth int) *expr {
	col := utf8.RuneCountInString(p.src[:p.pos])
	if name, ok := p.captureName(); ok {
		p.space()
		e := &expr{op: exCap, word: name, subs: []*expr{p.atom(depth)}, col: col}
		return p.repeat(e, col)
	}
	return p.repeat(p.atom(depth), col)
}

// captureName reads "name:" when it stands here.
func (p *parser) captureName() (string, bool) {
	i := p.pos
	for i < len(p.src) && (p.src[i] >= 'a' && p.src[i] <= 'z' || p.src[i] == '_') {
		i++
	}
	if i == p.pos || i >= len(p.src) || p.src[i] != ':' {
		return "", false
	}
	name := p.src[p.pos:i]
	p.pos = i + 1
	return name, true
}

func (p *parser) repeat(e *expr, col int) *expr {
	switch p.peek() {
	case '?':
		p.pos++
		return &expr{op: exRep, subs: []*expr{e}, min: 0, max: 1, col: col}
	case '{':
		p.pos++
		m := p.number()
		if p.peek() != ',' {
			p.fail("write {least,most}")
		}
		p.pos++
		n := p.number()
		if p.peek() != '}' || n < m || n < 1 || n > maxRepeat {
			p.fail("write {least,most} with most from 1 to %d", maxRepeat)
		}
		p.pos++
		return &expr{op: exRep, subs: []*expr{e}, min: m, max: n, col: col}
	}
	return e
}

// maxRepeat and maxGap bound repetitions and gaps.
const (
	maxRepeat = 12
	maxGap    = 80
)

func (p *parser) number() int {
	i := p.pos
	for i < len(p.src) && p.src[i] >= '0' && p.src[i] <= '9' {
		i++
	}
	n, err := strconv.Atoi(p.src[p.pos:i])
	if err != nil {
		p.fail("a number belongs here")
	}
	p.pos = i
	return n
}

func (p *parser) atom(depth int) *expr {
	p.space()
	col := utf8.RuneCountInString(p.src[:p.pos])
	rest := p.src[p.pos:]
	switch {
	case rest == "":
		p.fail("the pattern ends too early")
	case rest[0] == '(':
		return p.group(depth)
	case strings.HasPrefix(rest, "!(") || strings.HasPrefix(rest, "&("):
		p.pos++
		return &expr{op: exLook, neg: rest[0] == '!', subs: []*expr{p.group(depth)}, col: col}
	case strings.HasPrefix(rest, ".."):
		return p.gap(col)
	case rest[0] == '%' || rest[0] == '@':
		p.pos++
		typ, kind := p.class()
		return &expr{op: exClass, typ: typ, kind: kind, col: col}
	case rest[0] == '#':
		p.pos++
		name := p.ident()
		if _, ok := shapes[name]; !ok {
			p.fail("unknown shape #%s: there are %s", name, shapeNames())
		}
		return &expr{op: exShape, word: name, col: col}
	case rest[0] == '"':
		return p.quoted(col)
	}
	return p.literal(col)
}

func (p *parser) group(depth int) *expr {
	p.pos++
	e := p.choice(depth + 1)
	if p.peek() != ')' {
		p.fail("a closing bracket is missing")
	}
	p.pos++
	return e
}

func (p *parser) gap(col int) *expr {
	p.pos += 2
	e := &expr{op: exGap, max: p.number(), col: col}
	if e.max < 1 || e.max > maxGap {
		p.fail("a gap is bounded: write ..1 to ..%d", maxGap)
	}
	switch p.peek() {
	case '!':
		p.pos++
		e.typ, e.kind = p.class()
	case '^':
		p.pos++
		e.op = exRun
		e.typ, e.kind = p.class()
	}
	return e
}

func (p *parser) ident() string {
	i := p.pos
	for i < len(p.src) && (p.src[i] >= 'a' && p.src[i] <= 'z' || p.src[i] == '_' || p.src[i] >= '0' && p.src[i] <= '9') {
		i++
	}
	if i == p.pos {
		p.fail("a name in small letters belongs here")
	}
	s := p.src[p.pos:i]
	p.pos = i
	return s
}

func (p *parser) class() (typ, kind string) {
	typ = p.ident()
	if p.peek() == '.' && p.pos+1 < len(p.src) && p.src[p.pos+1] >= 'a' && p.src[p.pos+1] <= 'z' {
		p.pos++
		kind = p.ident()
	}
	return typ, kind
}

func (p *parser) quoted(col int) *expr {
	end := strings.IndexByte(p.src[p.pos+1:], '"')
	if end < 1 {
		p.fail("a closing quotation mark is missing")
	}
	text := p.src[p.pos+1 : p.pos+1+end]
	p.pos += end + 2
	return phrase(text, col)
}

// literal reads a bare word: letters and digits.
func (p *parser) literal(col int) *expr {
	i := p.pos
	for i < len(p.src) {
		r, n := utf8.DecodeRuneInString(p.src[i:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			break
		}
		i += n
	}
	if i == p.pos {
		p.fail("%q has a meaning in patterns: put it in quotation marks", p.src[p.pos:p.pos+1])
	}
	text := p.src[p.pos:i]
	p.pos = i
	return phrase(text, col)
}

// phrase is a sequence of literal tokens. "quot" stands for a double quotation
// mark, "apos" for a single one.
func phrase(text string, col int) *expr {
	switch text {
	case "quot":
		text = "\""
	case "apos":
		text = "'"
	}
	seq := &expr{op: exSeq, col: col}
	for _, t := range viet.Tokenize(text) {
		if t.Kind != viet.Break {
			seq.subs = append(seq.subs, &expr{op: exWord, word: t.Key, col: col})
		}
	}
	if len(seq.subs) == 1 {
		return seq.subs[0]
	}
	return seq
}
