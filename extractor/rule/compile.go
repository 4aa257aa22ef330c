package rule

import "fmt"

// inst is one instruction of a compiled pattern.
type inst struct {
	op   instOp
	x, y int32 // operands: word id, type and kind, jump targets, bounds
	z    int32
	test func(*Doc, int32) bool
	prog []inst // of a look-ahead
	col  int32
	// first is what a gap or a look-ahead goes on with, or the first choice;
	// other what the second choice begins with. Nil where that is not known.
	first, other *firsts
}

type instOp uint8

const (
	opMatch instOp = iota
	opWord         // x word id
	opClass        // x type, y kind
	opTest         // test, consumes one token
	opAt           // test, consumes nothing
	opEnd          // end of the sentence
	opSplit        // x first choice, y second
	opJump         // x
	opSave         // x slot
	opGap          // x most, y type not to step on, z its kind
	opRun          // x most, y type to end at, z its kind
	opLook         // prog must match
	opNot          // prog must not match
)

// maxCaps is the number of captures a rule may have, maxProg of instructions.
const (
	maxCaps = 8
	maxProg = 4000
)

// program is a compiled pattern.
type program struct {
	code []inst
	caps []Sym
	// words and classes are what a match can begin with.
	words   []int32
	classes []class
	// choices are what every match contains: all of it, and one of each of those.
	choices []choice
	all     needs
	one     []needs
	// spec counts the elements that must match: the specificity.
	spec int
	// most is the number of tokens of the longest match.
	most int
}

type compiler struct {
	set  *Set
	p    *program
	code []inst
	// total counts the instructions, those of look-aheads too.
	total int
}

// compile makes the program of a pattern; one of a guard must end where its text ends.
func (s *Set) compile(e *expr, guard bool) (p *program, err error) {
	c := &compiler{set: s, p: &program{}}
	defer func() {
		if r := recover(); r != nil {
			pe, ok := r.(*patternError)
			if !ok {
				panic(r)
			}
			p, err = nil, pe
		}
	}()
	c.emit(e)
	if guard {
		c.add(inst{op: opEnd}, e)
	}
	c.add(inst{op: opMatch}, e)
	c.p.code = c.code
	c.p.spec = specificity(e)
	c.p.most = most(e)
	c.p.choices = c.choices(e)
	if c.first(e) {
		panic(&patternError{e.col, "the pattern can match nothing at all: make one element required"})
	}
	return c.p, nil
}

func (c *compiler) add(in inst, e *expr) int {
	if c.total++; c.total > maxProg {
		panic(&patternError{e.col, "the pattern is too large: split the rule"})
	}
	in.col = int32(e.col)
	c.code = append(c.code, in)
	return len(c.code) - 1
}

func (c *compiler) emit(e *expr) {
	switch e.op {
	case exSeq:
		for _, s := range e.subs {
			c.emit(s)
		}
	case exAlt:
		c.alt(e)
	case exCap:
		k := c.capture(e)
		c.add(inst{op: opSave, x: int32(2 * k)}, e)
		c.emit(e.subs[0])
		c.add(inst{op: opSave, x: int32(2*k + 1)}, e)
	case exRep:
		c.rep(e)
	case exWord:
		c.add(inst{op: opWord, x: c.set.intern(e.word)}, e)
	case exClass:
		typ, kind := c.class(e)
		c.add(inst{op: opClass, x: int32(typ), y: int32(kind)}, e)
	case exShape:
		c.shape(e)
	case exGap, exRun:
		c.gap(e)
	case exLook:
		c.look(e)
	}
}

func (c *compiler) alt(e *expr) {
	var ends []int
	for i, s := range e.subs {
		if i == len(e.subs)-1 {
			c.emit(s)
			break
		}
		split := c.add(inst{op: opSplit}, e)
		c.code[split].x = int32(len(c.code))
		c.emit(s)
		ends = append(ends, c.add(inst{op: opJump}, e))
		c.code[split].y = int32(len(c.code))
	}
	for _, j := range ends {
		c.code[j].x = int32(len(c.code))
	}
}

func (c *compiler) rep(e *expr) {
	for range e.min {
		c.emit(e.subs[0])
	}
	var splits []int
	for range e.max - e.min {
		split := c.add(inst{op: opSplit}, e)
		c.code[split].x = int32(len(c.code))
		splits = append(splits, split)
		c.emit(e.subs[0])
	}
	for _, s := range splits {
		c.code[s].y = int32(len(c.code))
	}
}

func (c *compiler) capture(e *expr) int {
	name := c.set.Sym(e.word)
	for i, n := range c.p.caps {
		if n == name {
			return i
		}
	}
	if len(c.p.caps) == maxCaps {
		panic(&patternError{e.col, fmt.Sprintf("more than %d captures", maxCaps)})
	}
	c.p.caps = append(c.p.caps, name)
	return len(c.p.caps) - 1
}

func (c *compiler) class(e *expr) (typ, kind Sym) {
	if e.typ == "" {
		return 0, 0
	}
	typ, ok := c.set.types[e.typ]
	if !ok {
		panic(&patternError{e.col, fmt.Sprintf("unknown class %q: no word list, lexicon or rule makes it", e.typ)})
	}
	if e.kind != "" {
		kind = c.set.Sym(e.kind)
	}
	return typ, kind
}

func (c *compiler) shape(e *expr) {
	sh := shapes[e.word]
	switch {
	case e.word == "eos":
		c.add(inst{op: opEnd}, e)
	case sh.zero:
		c.add(inst{op: opAt, test: sh.test}, e)
	default:
		c.add(inst{op: opTest, test: sh.test}, e)
	}
}

func (c *compiler) gap(e *expr) {
	typ, kind := c.class(e)
	op := opGap
	if e.op == exRun {
		op = opRun
	}
	c.add(inst{op: op, x: int32(e.max), y: int32(typ), z: int32(kind)}, e)
}

func (c *compiler) look(e *expr) {
	outer := c.code
	c.code = nil
	c.emit(e.subs[0])
	c.add(inst{op: opMatch}, e)
	prog := c.code
	c.code = outer
	op := opLook
	if e.neg {
		op = opNot
	}
	c.add(inst{op: op, prog: prog}, e)
}

// first collects what e can begin with and tells whether e can be empty.
func (c *compiler) first(e *expr) bool {
	switch e.op {
	case exSeq:
		for _, s := range e.subs {
			if !c.first(s) {
				return false
			}
		}
		return true
	case exAlt:
		empty := false
		for _, s := range e.subs {
			empty = c.first(s) || empty
		}
		return empty
	case exCap:
		return c.first(e.subs[0])
	case exRep:
		return c.first(e.subs[0]) || e.min == 0
	case exWord:
		c.p.words = append(c.p.words, c.set.intern(e.word))
		return false
	case exClass:
		typ, kind := c.class(e)
		c.p.classes = append(c.p.classes, class{typ, kind})
		return false
	case exLook:
		return true
	}
	if e.op == exShape && shapes[e.word].zero {
		return true
	}
	panic(&patternError{e.col, "a pattern begins with a word or a class, not with a gap or a shape: rules are looked up by it"})
}
