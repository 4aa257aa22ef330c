package place

import (
	"sukien/news"
	"sukien/news/lexicon"
	"sukien/news/viet"
)

// mark is a class of configs/lexicon that is used here.
type mark uint8

const (
	noMark mark = iota
	markPlace
	markType
	markVenue
	markWord
	markStop
	markNot
	markCue
	markFamily
	markSays
	markRank
	markHonorific
	markName
	markBody
	markHead
	markStaff
	markHeld
)

// markOf gives the mark of a dictionary, noMark for one that is not used here.
func markOf(c lexicon.Class) mark {
	switch c {
	case "place":
		return markPlace
	case "place_type":
		return markType
	case "venue_head":
		return markVenue
	case "venue_word":
		return markWord
	case "venue_stop":
		return markStop
	case "place_not":
		return markNot
	case "place_cue":
		return markCue
	case "family":
		return markFamily
	case "place_says":
		return markSays
	case "place_staff":
		return markStaff
	case "place_after":
		return markHeld
	case "rank":
		return markRank
	case "honorific":
		return markHonorific
	case "title", "series":
		return markName
	case "body":
		return markBody
	case "body_head", "meeting_head":
		return markHead
	}
	return noMark
}

// cue is what a word before a place says: its key and the role that it gives.
type cue struct {
	key  string
	role Role
}

// begin takes up a text; the memory of the text before is used again.
func (s *search) begin(text string, toks []viet.Token, numbers []uint32, matches []lexicon.Match, day news.Date) {
	n := len(toks) + 1
	s.text, s.toks, s.numbers, s.day, s.phrases = text, toks, numbers, day, matches
	s.at, s.inName, s.opens = cleared(s.at, n), cleared(s.inName, n), cleared(s.opens, n)
	s.found = s.found[:0]
	for n := range matches {
		for _, e := range matches[n].Entries {
			if m := s.marks[e.ClassNo()]; m != noMark {
				s.note(&matches[n], n, m)
			}
		}
	}
}

// end lets go of the text and of what was found in it.
func (s *search) end() {
	clear(s.found)
	s.names.Reset()
	s.text, s.toks, s.numbers, s.phrases, s.out = "", nil, nil, nil, nil
}

// cleared gives n zero values, in the memory of list when it suffices.
func cleared[T any](list []T, n int) []T {
	if cap(list) < n {
		return make([]T, n, n+n/4)
	}
	list = list[:n]
	clear(list)
	return list
}

// note records a phrase at the tokens where it begins and ends.
func (s *search) note(m *lexicon.Match, n int, c mark) {
	at, to := &s.at[m.From], int32(m.To)
	switch c {
	case markPlace:
		at.place, at.placeMatch = to, int32(n+1)
		s.opens[m.From] = true
	case markType:
		at.kind, at.kindMatch = to, int32(n+1)
		s.opens[m.From] = true
	case markVenue:
		at.venue, at.venueMatch = to, int32(n+1)
		s.opens[m.From] = true
	case markNot:
		at.not = to
		s.opens[m.From] = true
	case markCue:
		if end := &s.at[m.To]; end.cue == 0 {
			end.cue = int32(n + 1)
			s.opens[m.To] = s.opens[m.To] || s.introduces(m.To)
		}
	case markWord:
		at.word = to
	case markStop:
		at.stop = to
	case markFamily:
		at.family = true
	case markSays:
		at.says = true
	case markStaff:
		at.staff = true
	case markHeld:
		at.held = true
	case markRank:
		s.at[m.To].degree = true
	case markHonorific:
		at.honorific = true
		s.address(m)
	default:
		s.noteName(m, c)
	}
}

// noteName records an office, a body or a series, or the head of one.
func (s *search) noteName(m *lexicon.Match, c mark) {
	at := &s.at[m.From]
	at.other = max(at.other, int32(m.To))
	s.at[m.To].ends = true
	if c == markHead {
		return
	}
	if c == markBody {
		at.body = int32(m.To)
	}
	if m.To-m.From > 1 {
		for i := m.From; i < m.To; i++ {
			s.inName[i] = true
		}
	}
}

// address marks the token after an honorific. The longer "các anh" is seen before "anh".
func (s *search) address(m *lexicon.Match) {
	next := &s.at[m.To]
	for _, e := range m.Entries {
		switch {
		case s.marks[e.ClassNo()] != markHonorific:
		case e.Kind == "many":
			next.many = true
		case e.Attr["degree"] != "":
			next.degree = true
		default:
			next.called = !next.many
		}
	}
}
