package rule

func specificity(e *expr) int {
	switch e.op {
	case exWord:
		return 2
	case exClass:
		return 2
	case exShape:
		return 1
	case exLook, exGap, exRun:
		return 0
	case exAlt:
		least := specificity(e.subs[0])
		for _, s := range e.subs[1:] {
			least = min(least, specificity(s))
		}
		return least
	case exRep:
		return e.min * specificity(e.subs[0])
	}
	n := 0
	for _, s := range e.subs {
		n += specificity(s)
	}
	return n
}

// mostClass is taken as the length of an annotation.
const mostClass = 40

func most(e *expr) int {
	switch e.op {
	case exWord:
		return 1
	case exClass:
		return mostClass
	case exShape:
		if shapes[e.word].zero {
			return 0
		}
		return 1
	case exLook:
		return 0
	case exGap, exRun:
		return e.max
	case exAlt:
		n := 0
		for _, s := range e.subs {
			n = max(n, most(s))
		}
		return n
	case exRep:
		return e.max * most(e.subs[0])
	}
	n := 0
	for _, s := range e.subs {
		n += most(s)
	}
	return n
}
