package viet

// Clauses cuts a sentence at semicolons and at em dashes between blanks. The
// marks cut at are in no span. Commas do not cut, nor do en dashes, which as
// often open a title in apposition.
func Clauses(text string, toks []Token, sentence Span) []Span {
	var out []Span
	from := sentence.From
	for i := sentence.From; i < sentence.To; i++ {
		t := toks[i]
		spaced := t.Space && i+1 < len(toks) && toks[i+1].Space
		if t.Key == ";" || spaced && text[t.Start:t.End] == "—" {
			out = appendSpan(out, from, i)
			from = i + 1
		}
	}
	return appendSpan(out, from, sentence.To)
}
