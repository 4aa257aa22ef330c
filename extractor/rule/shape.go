package rule

import (
	"slices"
	"strings"

	"sukien/news/viet"
)

// shape is a test of one token, or of a position when zero is set.
type shape struct {
	zero bool
	test func(d *Doc, i int32) bool
}

// shapes are the predicates that a pattern may use as #name.
var shapes = map[string]shape{
	"num":     {test: func(d *Doc, i int32) bool { return d.Toks[i].Kind == viet.Number }},
	"word":    {test: func(d *Doc, i int32) bool { return d.Toks[i].Kind == viet.Word }},
	"punct":   {test: func(d *Doc, i int32) bool { return d.Toks[i].Kind == viet.Punct }},
	"any":     {test: func(*Doc, int32) bool { return true }},
	"capital": {test: func(d *Doc, i int32) bool { return d.Toks[i].Kind == viet.Word && d.Toks[i].Shape != viet.Lower }},
	"upper":   {test: func(d *Doc, i int32) bool { return d.Toks[i].Kind == viet.Word && d.Toks[i].Shape == viet.Upper }},
	"lower":   {test: func(d *Doc, i int32) bool { return d.Toks[i].Kind == viet.Word && d.Toks[i].Shape == viet.Lower }},
	// Positions.
	"bos":   {zero: true, test: func(d *Doc, i int32) bool { return d.begin(int(i)) == i }},
	"title": {zero: true, test: func(d *Doc, i int32) bool { return int(i) < d.TitleEnd }},
	"lead":  {zero: true, test: func(d *Doc, i int32) bool { return int(i) >= d.TitleEnd && int(i) < d.LeadEnd }},
	"body":  {zero: true, test: func(d *Doc, i int32) bool { return int(i) >= d.LeadEnd }},
	"tight": {zero: true, test: func(d *Doc, i int32) bool { return !d.Toks[i].Space }},
	// eos is handled by the matcher: the position may be past the last token.
	"eos": {zero: true, test: func(*Doc, int32) bool { return false }},
}

func shapeNames() string {
	var names []string
	for n := range shapes {
		names = append(names, "#"+n)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
