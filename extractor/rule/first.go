package rule

// firsts are the words and classes that a part of a program can begin with.
// The matcher looks at them before it goes there, so that a list of twenty
// alternatives, or each token of a gap, costs one look instead of a choice
// that is left, tried and taken back.
type firsts struct {
	classes []class
	types   uint64 // typeBits of classes
	// words has bits by word id, some of which share one: a word may be taken for
	// one of the firsts, and the matcher goes there in vain.
	words [16]uint64
}

func wordBit(id int32) (at, bit int32) { return id >> 6 & 15, id & 63 }

// fit tells whether the part can begin at token pos. Those of a nil firsts are not known.
func (f *firsts) fit(d *Doc, pos, limit int32) bool {
	if f == nil {
		return true
	}
	if pos >= limit {
		return false
	}
	if at, bit := wordBit(d.ids[pos]); f.words[at]>>bit&1 != 0 {
		return true
	}
	if d.types[pos]&f.types != 0 {
		for _, c := range f.classes {
			if d.has(pos, c.typ, c.kind) {
				return true
			}
		}
	}
	return false
}

// layFirsts gives the choices, gaps and look-aheads of a program their firsts.
func (s *Set) layFirsts(code []inst) {
	for pc := range code {
		switch in := &code[pc]; in.op {
		case opSplit:
			in.first, in.other = s.firstsOf(code, in.x), s.firstsOf(code, in.y)
		case opGap:
			in.first = s.firstsOf(code, int32(pc+1))
		case opLook, opNot:
			s.layFirsts(in.prog)
			in.first = s.firstsOf(in.prog, 0)
		}
	}
}

// firstsOf are those of the program from pc on, nil when it can begin with any
// word or with none.
func (s *Set) firstsOf(code []inst, pc int32) *firsts {
	return s.firsts(func(f *firsts) bool { return f.collect(code, pc) })
}

// nextOf are those of what can follow the word (opWord) or type (opClass) x at
// the beginning of a program, nil when that can be anything.
func (s *Set) nextOf(code []inst, op instOp, x int32) *firsts {
	return s.firsts(func(f *firsts) bool { return f.collectNext(code, 0, op, x) })
}

// firsts are those that collect finds, nil when it tells that they are not all.
func (s *Set) firsts(collect func(*firsts) bool) *firsts {
	f := &firsts{}
	if !collect(f) {
		return nil
	}
	f.classes = dedup(f.classes)
	for _, c := range f.classes {
		f.types |= typeBit(c.typ)
	}
	return f
}

// collectNext adds what can follow op x where the program goes on with it from
// pc, and tells whether that is all.
func (f *firsts) collectNext(code []inst, pc int32, op instOp, x int32) bool {
	for {
		switch in := &code[pc]; in.op {
		case op:
			if in.x == x {
				return f.collect(code, pc+1)
			}
			return op == opWord // another word: not this way; another type may stand here too
		case opSplit:
			if !f.collectNext(code, in.x, op, x) {
				return false
			}
			pc = in.y
		case opJump:
			pc = in.x
		case opSave, opLook, opNot, opAt:
			pc++
		default:
			return false
		}
	}
}

// collect adds what the program can begin with from pc on and tells whether
// that is all. Programs have no loops.
func (f *firsts) collect(code []inst, pc int32) bool {
	for {
		switch in := &code[pc]; in.op {
		case opWord:
			at, bit := wordBit(in.x)
			f.words[at] |= 1 << bit
			return true
		case opClass:
			f.classes = append(f.classes, class{Sym(in.x), Sym(in.y)})
			return true
		case opSplit:
			if !f.collect(code, in.x) {
				return false
			}
			pc = in.y
		case opJump:
			pc = in.x
		case opSave, opLook, opNot:
			pc++
		default:
			return false
		}
	}
}
