package place

import "sukien/news/viet"

// isPlace tells whether tokens from to end, which spell a place, can mean it
// here: not when they are part of a person's name or of another word.
func (s *search) isPlace(from, end int) bool {
	if s.toks[from].Kind != viet.Word {
		return true
	}
	single := end-from == 1
	switch {
	case s.namedBefore(from, single), s.addressed(from, single):
		return false
	case !single:
		return !s.runsOnCapital(end) || s.personFollows(end)
	case s.opensSentence(from) && s.at[from].honorific:
		return false
	case s.shouted(from, end):
		return false
	}
	return !s.runsOnCapital(end) || s.personFollows(end)
}

// namedBefore tells whether the capitalised word before makes it a person's
// name ("Nguyễn Đức", "Trần Thái Bình") or a longer one ("Bàn Thị Nga").
func (s *search) namedBefore(from int, single bool) bool {
	if from == 0 || !capital(&s.toks[from-1]) || s.at[from].ends {
		return false
	}
	if s.placeEnds(from) || s.cueOpens(from) {
		return false
	}
	if single {
		return s.toks[from-1].Shape != viet.Upper || s.toks[from].Shape == viet.Upper
	}
	for j := from - 1; j >= 0 && j >= from-2 && capital(&s.toks[j]); j-- {
		if s.at[j].family && s.toks[j].Shape == viet.Title {
			return true
		}
	}
	return false
}

// cueOpens tells whether the word before token i owes its capital to the
// beginning of the sentence: "Tại | Lima, …".
func (s *search) cueOpens(i int) bool {
	return s.introduces(i) && s.opensSentence(s.phrases[s.at[i].cue-1].From)
}

// addressed tells whether an honorific stands before token from, or the full
// stop of a degree: "anh Nga", "BS. Đức".
func (s *search) addressed(from int, single bool) bool {
	if s.at[from].called {
		return s.toks[from-1].Shape == viet.Lower || s.opensSentence(from-1)
	}
	return single && from > 1 && s.toks[from-1].Key == "." && s.at[from-1].degree
}

// placeEnds tells whether the last mention found ends at token i.
func (s *search) placeEnds(i int) bool { return len(s.out) > 0 && s.out[len(s.out)-1].To == i }

// runsOnCapital tells whether a capitalised Vietnamese syllable follows with
// which the name would be another ("Nga Sơn", "Mỹ Đình").
func (s *search) runsOnCapital(end int) bool {
	if end >= len(s.toks) {
		return false
	}
	t := &s.toks[end]
	return capital(t) && t.Shape == viet.Title && viet.IsSyllable(t.Key) && s.at[end].other == 0 && s.at[end].place == 0 &&
		s.at[end].kind == 0 && int(s.at[end].venue) <= end+1
}

// personFollows tells whether a person's name begins at token i: "Tổng thống Nga Vla-đi-mia", "Bí thư Hà Nội Nguyễn Văn A".
func (s *search) personFollows(i int) bool {
	if s.at[i].family && i > 1 && s.toks[i-2].Kind == viet.Word && !s.opensSentence(i-1) || i+1 < len(s.toks) && s.toks[i+1].Key == "-" && !s.toks[i+1].Space {
		return true
	}
	return i+1 < len(s.toks) && capital(&s.toks[i+1]) && s.foreign(i+1, i+2)
}

// opensSentence tells whether no word stands before token i in its sentence.
func (s *search) opensSentence(i int) bool {
	if i == 0 {
		return true
	}
	switch s.toks[i-1].Key {
	case "\n", ".", "…", "?", "!", `"`, ":", "•", "-":
		return true
	}
	return false
}

// shouted tells whether a word stands in a line of capitals, where "ANH" is rather the pronoun.
func (s *search) shouted(from, end int) bool {
	if s.toks[from].Shape != viet.Upper || len([]rune(s.toks[from].Key)) == 1 {
		return false
	}
	return from > 0 && s.toks[from-1].Shape == viet.Upper || end < len(s.toks) && s.toks[end].Shape == viet.Upper
}
