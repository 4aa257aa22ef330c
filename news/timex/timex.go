// Package timex finds date and time expressions in Vietnamese text and works
// out the intervals they mean, with precision and basis. It can be used alone.
//
// # Map
//
//	lexis.go       classes of words; finder.go the same by the words' numbers
//	scan.go        the pass over the tokens; phrase.go puts the components of one expression together
//	days.go        days, lists and ranges; dayitem.go one day; qualify.go "tới", "âm lịch" behind it
//	clock.go       times of day; zone.go "(giờ Việt Nam)", "GMT+7"
//	weekday.go     "thứ Sáu tuần trước" and the ordinals that look like it
//	relative.go    "hôm nay", "cùng ngày"; counted.go "3 ngày sau đó", "trong hai ngày"
//	period.go      weeks, months, quarters, years
//	lunarday.go    "mùng 2 Tết"; lunar.go the calendar
//	guard.go       what only looks like a date; judge.go dates of no happening
//	resolve.go     years worked out from publication and tense
//	emit.go        components to an Expr; frame.go its offsets, bounds and days said before it
//	stamp.go       publication lines; line.go the dates command's JSON
//	civil.go       days of the calendar
//
// The whole is triggered by number tokens and some thirty words, and reads
// each token a bounded number of times.
package timex

import (
	"time"

	"sukien/news"
	"sukien/news/viet"
)

// Precision is the finest unit that an expression fixes.
type Precision string

// The precisions.
const (
	Minute  Precision = "minute"
	Hour    Precision = "hour"
	Day     Precision = "day"
	Week    Precision = "week"
	Month   Precision = "month"
	Quarter Precision = "quarter"
	Year    Precision = "year"
)

// Part is a part of the day, in Vietnamese news: sáng, trưa, chiều, tối, đêm.
type Part string

// The parts of a day. "rạng sáng" and "sáng sớm" are Morning with Mod "early".
const (
	Morning   Part = "morning"
	Noon      Part = "noon"
	Afternoon Part = "afternoon"
	Evening   Part = "evening"
	Night     Part = "night"
)

// Reference is what relative and incomplete expressions are worked out from.
type Reference struct {
	// Published is the publication time; zero when unknown: then years stay unknown.
	Published time.Time
	// Zone is the local zone of the text, nil for Vietnam's.
	Zone *time.Location
}

// Tense tells which way a missing year or month is looked for.
type Tense int8

// The tenses: what the words around an expression say.
const (
	TenseUnknown Tense = iota
	Past
	Future
)

// Expr is one expression found.
type Expr struct {
	// From and To are byte offsets of the text, First and Last token indexes (Last exclusive).
	From, To    int
	First, Last int
	// Start and End are inclusive, End empty for a single unit. A missing year
	// is kept missing ("--11-21") when it cannot be worked out. Of a week both
	// are days. Empty Start without Guard: only a time, a part of the day or
	// a number of Days is said, or there was nothing to work it out from.
	Start, End news.Date
	// Time is local time of day "08:30", empty when none; EndTime likewise.
	Time, EndTime string
	Precision     Precision
	// Part belongs to Start, EndPart to End ("từ sáng 5/3 đến chiều 7/3").
	Part, EndPart Part
	Basis         news.DateBasis
	// Span is a range whose days are all meant ("từ 21 đến 23/11", "trong hai ngày 21, 22/11");
	// List are several days that are not a range ("ngày 3/5 và 17/5"): further members follow in More.
	Span bool
	More []news.Date
	// Guard names why the words are no date of a happening although they look like one
	// ("street", "document", "score", "term", "lifespan", "birth", "fraction", "ordinal",
	// "named-day", "recurring", "bc", "impossible"); such an Expr has no Start.
	Guard string
	// Nominal is the date that a guarded expression names all the same: the day
	// of a decree, a named day ("Ngày Nhà giáo Việt Nam 20/11").
	Nominal news.Date
	// Bound is "since" (từ ngày), "until" (đến ngày), "before" (trước ngày) or
	// "after" (sau ngày) where only one end is said; Start is that end.
	Bound string
	// Mod is "early", "mid" or "late": đầu tháng, giữa năm, cuối tuần.
	Mod string
	// Days is the number of days said: "trong hai ngày", "sau ba ngày làm việc".
	Days int
	// Zone is the zone said: "vn" (giờ Việt Nam), "local" (giờ địa phương), else "+07:00".
	Zone string
	// Tense is what the words around say.
	Tense Tense
	// Lunar tells that the words are of the lunar calendar; Start and End are solar all the same.
	Lunar bool
	// Clash tells that the weekday said is not the date's; the date was kept.
	Clash bool
	// Rule is the id of the pattern: "date/day-list".
	Rule string
}

// Find gives the expressions of a text in order, none overlapping.
// toks are viet.Tokenize(text). It reads each token a bounded number of times.
func Find(text string, toks []viet.Token, ref Reference) []Expr {
	var s scanner
	s.begin(text, toks, classify(toks), ref)
	s.run()
	return s.out
}

// Parse is Find on a text that is not cut into tokens yet. The text should be NFC.
func Parse(text string, ref Reference) []Expr {
	return Find(text, viet.Tokenize(text), ref)
}
