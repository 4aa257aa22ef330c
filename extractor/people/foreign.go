package people

// foreignName reads a name in Latin spelling: words with capitals, initials,
// hyphens, apostrophes, particles, Jr., Roman numbers.
func (r *reading) foreignName(i int) int {
	j, words := i, 0
	for words < maxName {
		next := r.namePart(j, i)
		if next == j && words == 1 && r.spacedHyphen(j) {
			next = r.namePart(j+1, i)
		}
		if next == j || next == j+1 && r.key(j) == "-" {
			break
		}
		j = next
		words++
	}
	return j
}

// spacedHyphen tells of "Frank - Walter Steinmeier": a hyphen between blanks
// within a foreign name, two foreign words behind it.
func (r *reading) spacedHyphen(j int) bool {
	return r.key(j) == "-" && r.foreign(j+1) && r.foreign(j+2) && r.toks[j+2].Space && !r.startsOther(j+1)
}

// namePart is the end of the part of a foreign name at j.
func (r *reading) namePart(j, from int) int {
	if j > from && j < len(r.toks) && !r.toks[j].Space && !(r.key(j-1) == "." && r.initialAt(j-2)) {
		return j
	}
	if e, to := r.at(j, classParticle); e != nil && j > from {
		if e.Kind == "suffix" {
			return r.stop(to)
		}
		if !r.capital(j) {
			if next, second := r.at(to, classParticle); next != nil && !r.capital(to) {
				to = second // "von der"
			}
			if r.key(to) == "-" && r.glued(to) {
				to++
			}
			if !r.capital(to) {
				return j
			}
			return r.joined(to)
		}
	}
	if !r.capital(j) || j > from && r.breaksForeign(j) {
		return j
	}
	return r.joined(j)
}

// breaksForeign: an office, body or country begins, or a Vietnamese name.
func (r *reading) breaksForeign(j int) bool {
	if r.startsOther(j) || r.has(j, classHonorific) {
		return true
	}
	if e, _ := r.at(j, classCue); e != nil && e.Kind == "day" && r.opensClause(j+1) {
		return true
	}
	p, _ := r.country(j)
	return p != nil
}

// joined is the end of a word with what hangs on it: "Jean-Noël", "O'Neill", "E.".
func (r *reading) joined(j int) int {
	end := j + 1
	for r.glued(end) && r.glued(end+1) && r.word(end+1) && (r.key(end) == "-" || r.key(end) == "'") {
		end += 2
	}
	if end == j+1 && r.toks[j].End-r.toks[j].Start == 1 {
		return r.stop(end)
	}
	if r.key(end) == "'" && r.glued(end) && r.capital(end+1) && r.toks[end+1].Space && r.key(j-1) != "'" {
		return end + 1 // "Dato' Seri"
	}
	return end
}

// stop takes in the full stop of an initial or of "Jr.".
func (r *reading) stop(j int) int {
	if r.key(j) == "." && r.glued(j) && r.capital(j+1) {
		return j + 1
	}
	return j
}
