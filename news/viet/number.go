package viet

import "strconv"

// Numeral reads the number at the head of toks, up to 9999, and how many tokens
// it takes: number words ("hai mươi mốt", "một trăm linh năm", "hai lăm"),
// digits ("21", "1.200"), either after mồng or mùng. used is 0 where no number
// stands or it is greater. Words that also mean something else are read as
// numbers: "năm" (5, year), "tư" (4, private), "ba" (3, father); where a number
// can stand is for the caller to say. "mười năm" is ten, of years.
func Numeral(toks []Token) (n, used int) {
	switch {
	case len(toks) == 0:
		return 0, 0
	case toks[0].Kind == Number:
		return digits(toks)
	case toks[0].Key == "mồng" || toks[0].Key == "mùng":
		// The first ten days of a month of the moon.
		if n, used = Numeral(toks[1:]); used > 0 && n <= 10 {
			return n, used + 1
		}
		return 0, 0
	}
	if n, used = thousands(toks); isMagnitude(keyAt(toks, used)) {
		return 0, 0
	}
	return n, used
}

func keyAt(toks []Token, i int) string {
	if i < len(toks) {
		return toks[i].Key
	}
	return ""
}

func isMagnitude(key string) bool {
	switch key {
	case "trăm", "nghìn", "ngàn", "vạn", "triệu", "tỷ", "tỉ":
		return true
	}
	return false
}

// digits reads "21" and "1.200".
func digits(toks []Token) (n, used int) {
	n, err := strconv.Atoi(toks[0].Key)
	if err != nil || n > 9999 {
		return 0, 0
	}
	if !groupAt(toks, 1) {
		return n, 1
	}
	rest, err := strconv.Atoi(toks[2].Key)
	if err != nil || n == 0 || n > 9 || groupAt(toks, 3) {
		return 0, 0
	}
	return n*1000 + rest, 3
}

// groupAt sees a full stop and three digits close behind it.
func groupAt(toks []Token, i int) bool {
	return i+1 < len(toks) && toks[i].Key == "." && !toks[i].Space &&
		toks[i+1].Kind == Number && !toks[i+1].Space && len(toks[i+1].Key) == 3
}

func thousands(toks []Token) (n, used int) {
	unit := unitOf(keyAt(toks, 0))
	if k := keyAt(toks, 1); unit == 0 || k != "nghìn" && k != "ngàn" {
		return hundreds(toks, false)
	}
	n, used = hundreds(toks[2:], true)
	return unit*1000 + n, used + 2
}

// hundreds reads up to 999; after thousands ("hai nghìn không trăm linh năm")
// it reads what cannot be a number of its own.
func hundreds(toks []Token, after bool) (n, used int) {
	first := keyAt(toks, 0)
	unit := unitOf(first)
	if keyAt(toks, 1) != "trăm" || unit == 0 && !(after && first == "không") {
		return tens(toks, after)
	}
	n, used = tens(toks[2:], true)
	return unit*100 + n, used + 2
}

// tens reads up to 99. After hundreds a bare unit is left alone: "một trăm
// năm" is a hundred years.
func tens(toks []Token, after bool) (n, used int) {
	first, second := keyAt(toks, 0), keyAt(toks, 1)
	unit := unitOf(first)
	switch {
	case first == "linh" || first == "lẻ":
		if u := unitOf(second); u > 0 && after {
			return u, 2
		}
	case first == "mười":
		return withUnit(10, toks, 1)
	case first == "hăm":
		return withUnit(20, toks, 1)
	case unit >= 2 && second == "mươi":
		return withUnit(unit*10, toks, 2)
	case unit >= 2 && second == "mốt":
		return unit*10 + 1, 2
	case unit >= 2 && second == "lăm":
		return unit*10 + 5, 2
	case unit > 0 && !after:
		return unit, 1
	}
	return 0, 0
}

// withUnit adds the unit at toks[at] to a number of tens, if one follows.
func withUnit(n int, toks []Token, at int) (int, int) {
	switch key := keyAt(toks, at); {
	case key == "lăm" || key == "nhăm":
		return n + 5, at + 1
	case key == "mốt" && n > 10:
		return n + 1, at + 1
	case key == "năm" || unitOf(key) == 0 || isMagnitude(keyAt(toks, at+1)):
		return n, at
	default:
		return n + unitOf(key), at + 1
	}
}

func unitOf(key string) int {
	switch key {
	case "một":
		return 1
	case "hai":
		return 2
	case "ba":
		return 3
	case "bốn", "tư":
		return 4
	case "năm":
		return 5
	case "sáu":
		return 6
	case "bảy", "bẩy":
		return 7
	case "tám":
		return 8
	case "chín":
		return 9
	}
	return 0
}
