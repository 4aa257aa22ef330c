package people

import "sukien/news/viet"

// maxLower bounds a run of lower-case words in the open name of a body that no
// dictionary knows, maxHeld one behind an office that ends at a mark or a verb.
const (
	maxLower = 4
	maxHeld  = 10
)

// heldRun is lowerRun behind an office, where no verb of a sentence can stand.
func (t *tail) heldRun(j int) int {
	if !t.office || t.key(j-1) == "ương" {
		return j
	}
	return t.lowerRun(j)
}

// lowerRun takes lower-case words up to a mark, a capital or a word that never goes on a name.
func (t *tail) lowerRun(j int) int {
	if !t.proper && !t.office || t.placed {
		return j
	}
	switch t.head.Kind {
	case "firm", "school", "army", "assembly", "faith":
		return j
	}
	k := j
	for k < len(t.toks) && t.word(k) && !t.capital(k) {
		e, part := t.at(k, classPart)
		if part <= k+1 && t.has(k, classStop) || e != nil && e.Kind == "joint" {
			break
		}
		if k = max(k+1, part); k-j > maxHeld {
			return j
		}
	}
	if t.key(k-1) == "số" && k > j && k < len(t.toks) && t.toks[k].Kind == viet.Number {
		k++
	}
	if k-j > maxLower && !(t.office && (t.clauseEnds(k) || t.has(k, classStop))) {
		return j
	}
	if k == j || t.has(k, classHonorific) && !t.capital(k) {
		return j
	}
	t.end, t.joint = k, false
	return k
}
