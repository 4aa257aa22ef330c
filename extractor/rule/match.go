package rule

// frame is a choice to come back to: where in the program and the text, what
// is left of a gap, or a capture to put back.
type frame struct {
	pc, pos, n int32
	slot       int32 // -1, or the capture slot to restore to pos
}

// stepsPerTry bounds one attempt of one rule at one token.
const stepsPerTry = 4000

// start runs a program on a budget of its own and counts what it spends.
func (d *Doc) start(code []inst, pos, limit int32, keep bool, far *reach) (int32, bool) {
	d.budget = stepsPerTry
	end, ok := d.try(code, pos, limit, keep, far)
	d.Steps += stepsPerTry - d.budget
	return end, ok
}

// try runs a program, its look-aheads on the same budget, from token pos; the captures are left in d.saves. It
// gives the end of the match. far is the furthest token that was reached and
// the instruction that failed there.
func (d *Doc) try(code []inst, pos, limit int32, keep bool, far *reach) (int32, bool) {
	base := len(d.stack)
	ok, end := false, int32(0)
	pc := int32(0)
	for {
		if d.budget--; d.budget < 0 {
			break
		}
		in := &code[pc]
		hit := false
		switch in.op {
		case opMatch:
			ok, end = true, pos
		case opWord:
			hit = pos < limit && d.ids[pos] == in.x
			if hit {
				pos++
			}
		case opClass:
			pos, hit = d.class(in, pc, pos, limit)
		case opTest:
			hit = pos < limit && in.test(d, pos)
			if hit {
				pos++
			}
		case opAt:
			hit = pos < limit && in.test(d, pos)
		case opEnd:
			hit = pos == limit
		case opSplit:
			pc, hit = d.split(in, pos, limit, far != nil), true
		case opJump:
			pc = in.x - 1
			hit = true
		case opSave:
			if keep {
				d.stack = append(d.stack, frame{slot: in.x, pos: d.saves[in.x]})
				d.saves[in.x] = pos
			}
			hit = true
		case opGap:
			pos, hit = d.gap(in, pc, pos, limit, in.x, far != nil)
		case opRun:
			pos = d.run(in, pos, limit)
			hit = true
		case opLook, opNot:
			found := in.first.fit(d, pos, limit)
			if found {
				_, found = d.try(in.prog, pos, limit, false, nil)
			}
			hit = found == (in.op == opLook)
		}
		if ok {
			break
		}
		if hit {
			pc++
			continue
		}
		if far != nil && pos >= far.pos {
			far.pos, far.col = pos, in.col
		}
		if pc, pos, ok = d.back(code, base, limit, far != nil); !ok {
			break
		}
		ok = false
	}
	d.stack = d.stack[:base]
	return end, ok
}

// reach is how far an attempt came.
type reach struct{ pos, col int32 }

// class takes the annotation of a type at pos; others of it that end elsewhere are kept for later.
func (d *Doc) class(in *inst, pc, pos, limit int32) (int32, bool) {
	if pos >= limit {
		return pos, false
	}
	first := int32(-1)
	for k := d.head[pos]; k != 0; k = d.items[k].next {
		it := &d.items[k]
		if it.Type != Sym(in.x) || in.y != 0 && it.Kind != Sym(in.y) || it.To > limit {
			continue
		}
		if first < 0 {
			first = it.To
		} else if it.To != first {
			d.stack = append(d.stack, frame{pc: pc + 1, pos: it.To, slot: -1})
		}
	}
	if first < 0 {
		return pos, false
	}
	return first, true
}

// split goes on with the first choice that can begin at pos and leaves the
// other; it gives the instruction before. When traced both are gone into, to
// see how far they come.
func (d *Doc) split(in *inst, pos, limit int32, traced bool) int32 {
	if traced || in.other.fit(d, pos, limit) {
		if !traced && !in.first.fit(d, pos, limit) {
			return in.y - 1
		}
		d.stack = append(d.stack, frame{pc: in.y, pos: pos, slot: -1})
	}
	return in.x - 1
}

// gap passes tokens, left at most, up to the first at which the program can go
// on, and leaves the choice of one token more; it tells whether there is such a token.
func (d *Doc) gap(in *inst, pc, pos, limit, left int32, traced bool) (int32, bool) {
	for {
		more := left > 0 && pos < limit && !(in.y != 0 && d.has(pos, Sym(in.y), Sym(in.z)))
		if traced || in.first.fit(d, pos, limit) {
			if more {
				d.stack = append(d.stack, frame{pc: pc, pos: pos, n: left, slot: -1})
			}
			return pos, true
		}
		if !more {
			return pos, false
		}
		d.budget--
		pos, left = pos+1, left-1
	}
}

// run goes on to the first token where an annotation of the type begins.
func (d *Doc) run(in *inst, pos, limit int32) int32 {
	for n := int32(0); n < in.x && pos < limit; n++ {
		if d.has(pos, Sym(in.y), Sym(in.z)) {
			break
		}
		pos++
	}
	return pos
}

// back takes the last choice that was left.
func (d *Doc) back(code []inst, base int, limit int32, traced bool) (pc, pos int32, ok bool) {
	for len(d.stack) > base {
		f := d.stack[len(d.stack)-1]
		d.stack = d.stack[:len(d.stack)-1]
		switch {
		case f.slot >= 0:
			d.saves[f.slot] = f.pos
		case f.n > 0:
			if pos, ok = d.gap(&code[f.pc], f.pc, f.pos+1, limit, f.n-1, traced); ok {
				return f.pc + 1, pos, true
			}
		default:
			return f.pc, f.pos, true
		}
	}
	return 0, 0, false
}
