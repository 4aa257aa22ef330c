package viet

// Sentences cuts tokens into sentences; a line end always ends one. Every
// token but the Breaks is in exactly one span, Breaks are in none.
func Sentences(text string, toks []Token) []Span {
	return AppendSentences(nil, text, toks)
}

// AppendSentences adds the sentences of a text to out, so that a caller can use
// one slice for many texts.
func AppendSentences(out []Span, text string, toks []Token) []Span {
	from := 0
	for i := 0; i < len(toks); i++ {
		if toks[i].Kind == Break {
			out = appendSpan(out, from, i)
			from = i + 1
			continue
		}
		if !isStop(toks[i].Key) {
			continue
		}
		end := afterClosers(text, toks, i+1)
		if ends(toks, from, i, end) {
			out = appendSpan(out, from, end)
			from = end
			i = end - 1
		}
	}
	return appendSpan(out, from, len(toks))
}

func appendSpan(out []Span, from, to int) []Span {
	if from < to {
		out = append(out, Span{from, to})
	}
	return out
}

func isStop(key string) bool {
	switch key {
	case ".", "!", "?", "…":
		return true
	}
	return false
}

// afterClosers passes the stops and the closing quotes and brackets that stand
// close behind a stop.
func afterClosers(text string, toks []Token, i int) int {
	for i < len(toks) && !toks[i].Space && toks[i].Kind == Punct {
		t := toks[i]
		switch {
		case isStop(t.Key), t.Key == ")", t.Key == "]":
		case (t.Key == `"` || t.Key == "'") && !opens(text[t.Start:t.End]):
		default:
			return i
		}
		i++
	}
	return i
}

func opens(mark string) bool {
	switch mark {
	case "“", "„", "«", "‘", "‚":
		return true
	}
	return false
}

// ends tells whether the stop at toks[i] ends a sentence begun at from, next
// being the token after it and its closers.
func ends(toks []Token, from, i, next int) bool {
	if next == len(toks) || toks[next].Kind == Break {
		return true
	}
	n := toks[next]
	if !n.Space {
		return next == i+1 && forgottenBlank(toks, i)
	}
	switch {
	case n.Kind == Word && n.Shape == Lower:
		return false
	case n.Kind == Punct && (n.Key == "," || n.Key == ";" || n.Key == ":" || n.Key == ")"):
		return false
	case toks[i].Key != ".":
		return true
	}
	return !abbreviates(toks, from, i, n)
}

// forgottenBlank sees "hôm nay.Ông": a syllable in lower case, a stop and a capital.
func forgottenBlank(toks []Token, i int) bool {
	if i == 0 || i+1 >= len(toks) {
		return false
	}
	before, after := toks[i-1], toks[i+1]
	return before.Kind == Word && before.Shape == Lower && len(before.Key) > 1 && IsSyllable(before.Key) &&
		after.Kind == Word && after.Shape == Title && IsSyllable(after.Key)
}
