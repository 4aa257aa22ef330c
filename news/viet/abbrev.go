package viet

import "unicode/utf8"

// isAbbreviation lists what is written with a full stop before a name or
// number: degrees and ranks, units of the administration, forms of address.
// None of them is a Vietnamese word.
func isAbbreviation(key string) bool {
	switch key {
	case "ts", "ths", "gs", "pgs", "bs", "ks", "ls", "ncs", "bsck", "tskh", "kts", "ds", "tp", "tx", "nxb", "pv":
		return true
	}
	return false
}

// isCapitalAbbreviation lists those that are read as such only with a capital:
// in lower case they are units or words.
func isCapitalAbbreviation(key string) bool {
	switch key {
	case "nsnd", "nsưt", "ngnd", "ngưt", "cn", "tt", "q", "p", "h", "đc", "đt",
		"mr", "mrs", "ms", "dr", "st", "prof", "gen", "sen", "gov", "rev", "no", "vol":
		return true
	}
	return false
}

// abbreviates tells whether the full stop at toks[i] belongs to an
// abbreviation, an initial or the number of a list, n being the token after it.
func abbreviates(toks []Token, from, i int, n Token) bool {
	if i == from || toks[i].Space {
		return false
	}
	t := toks[i-1]
	switch {
	case i-1 == from && isLabel(t):
		return true
	case t.Kind != Word:
		return false
	case n.Kind == Punct:
		return isLetter(t) && (n.Key == "(" || n.Key == "-") // "Vũ Thế L. (sinh năm ...)"
	case t.Key == "tr" && n.Kind == Number, isAbbreviation(dotted(toks, from, i)):
		return true
	}
	// "Bộ GD&ĐT." ends, as does "30ms.".
	alone := t.Space || i-1 == from || toks[i-2].Key == "." || toks[i-2].Key == "("
	if alone && (isAbbreviation(t.Key) || t.Shape != Lower && isCapitalAbbreviation(t.Key)) {
		return true
	}
	return isLetter(t) && isForeignName(n)
}

// isLetter sees a single capital: the initial of a name.
func isLetter(t Token) bool {
	return t.Shape == Title && utf8.RuneCountInString(t.Key) == 1
}

// isForeignName sees what can follow the initial of "George W. Bush"; a
// Vietnamese syllable there begins a sentence ("Nhóm A. Các đội").
func isForeignName(n Token) bool {
	return n.Kind == Word && (n.Shape == Title || n.Shape == Mixed) && !IsSyllable(n.Key)
}

// isLabel sees the head of a list item: "1.", "a.", "II.".
func isLabel(t Token) bool {
	return t.Kind == Number && len(t.Key) <= 2 || t.Kind == Word && len(t.Key) == 1 || t.Shape == Upper && isRomanKey(t.Key)
}

func isRomanKey(key string) bool {
	for _, r := range key {
		if r != 'i' && r != 'v' && r != 'x' {
			return false
		}
	}
	return true
}

// dotted joins the letters of "Th.S." and "P.G.S." before the stop at toks[i].
func dotted(toks []Token, from, i int) string {
	j := i - 1
	for j-2 >= from && i-j < 6 && toks[j-1].Key == "." && !toks[j].Space && !toks[j-1].Space && toks[j-2].Kind == Word {
		j -= 2
	}
	key := ""
	for ; j < i; j += 2 {
		key += toks[j].Key
	}
	return key
}
