package extractor

import "sukien/extractor/rule"

// symbols are the names that rules and machinery share.
type symbols struct {
	// Annotation types.
	date, guard, person, name, body, title, place, venue, series, meeting rule.Sym
	head, ordinal, trim, anaphor, feature, slot, role, stop, first        rule.Sym
	predicate, opening, crowd, happens, level, part, until, say, sourced  rule.Sym
	keep, call, meet, summit, counterpart, setOut, callOff, phone, pair   rule.Sym
	hold, sequel, settled                                                 rule.Sym
	// Kinds.
	day, dayPart, coarse, bare, noun, verb, named, office, absent, here, there, party rule.Sym
	// Captures.
	capHead, capName, capParty, m, p, q, topic rule.Sym
}

func newSymbols(s *rule.Set) symbols {
	return symbols{
		date: s.Sym("date"), guard: s.Sym("guard"), person: s.Sym("person"), name: s.Sym("name"), body: s.Sym("body"),
		title: s.Sym("title"), place: s.Sym("place"), venue: s.Sym("venue"), series: s.Sym("series"),
		meeting: s.Sym("meeting"), head: s.Sym("head"), ordinal: s.Sym("ordinal"), trim: s.Sym("trim"),
		anaphor: s.Sym("anaphor"), feature: s.Sym("feature"), first: s.Sym("first_word"), crowd: s.Sym("crowd_title"),
		happens: s.Sym("happen_verb"), opening: s.Sym("opening"), predicate: s.Sym("predicate"), slot: s.Sym("slot"),
		role: s.Sym("role"), stop: s.Sym("stop"), day: s.Sym("day"), dayPart: s.Sym("part"), coarse: s.Sym("coarse"),
		bare: s.Sym("bare"), noun: s.Sym("noun"), verb: s.Sym("verb"), here: s.Sym("here"), there: s.Sym("there"),
		party: s.Sym("party"), named: s.Sym("named"), office: s.Sym("office"), absent: s.Sym("absent"),
		capHead: s.Sym("head"), capName: s.Sym("name"), capParty: s.Sym("party"), m: s.Sym("m"), p: s.Sym("p"),
		q: s.Sym("q"), topic: s.Sym("topic"), until: s.Sym("until"), say: s.Sym("say_verb"), sourced: s.Sym("sourced"),
		keep: s.Sym("keep"), call: s.Sym("call_word"), meet: s.Sym("meet_word"), summit: s.Sym("summit_word"),
		counterpart: s.Sym("counterpart"), setOut: s.Sym("set_out"), callOff: s.Sym("call_off"), level: s.Sym("level"),
		part: s.Sym("part"), phone: s.Sym("phone_word"), pair: s.Sym("pair_word"), hold: s.Sym("hold_verb"), sequel: s.Sym("sequel"),
		settled: s.Sym("settled_word"),
	}
}
