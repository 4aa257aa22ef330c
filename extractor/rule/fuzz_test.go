package rule_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"sukien/extractor/rule"
	"sukien/news/viet"
)

// stepsOver is what the last attempts may go over the bound of a document:
// those of the rules that begin at one token, each with its guards.
const stepsOver = 1 << 20

// FuzzMatch tries the shipped rules on any text, with annotations of the
// caller's at any tokens: the steps taken are bounded by the text's length,
// matches lie in a sentence and captures within the match, and those that are no
// mere annotations are the same where only the annotations sought are made.
func FuzzMatch(f *testing.F) {
	types := []string{"date", "guard", "person", "name", "body", "title", "place", "venue", "series", "meeting", "stopmark"}
	set, err := rule.Load(os.DirFS("../../configs/rules"), types)
	if err != nil {
		f.Fatal(err)
	}
	words := set.Extend(viet.NewVocabulary([]string{"sáng", "hội"}))
	for _, s := range []string{
		"Sáng 5/3, tại Hà Nội, ông A chủ trì hội nghị và thăm hỏi, tặng quà.", strings.Repeat("ông A thăm ", 60),
		strings.Repeat("và ", 200), strings.Repeat(`"(,;`, 50), "phiên họp thứ " + strings.Repeat("và làm việc với ", 40),
	} {
		f.Add(s, uint32(7))
	}
	f.Fuzz(func(t *testing.T, text string, seed uint32) {
		toks, numbers := words.Append(nil, nil, text)
		var d, e rule.Doc
		sents := viet.Sentences(text, toks)
		set.ResetNumbered(&d, toks, numbers, sents)
		set.Reset(&e, toks, sents)
		for i := range toks {
			seed = seed*1664525 + 1013904223
			typ := set.Lookup(types[seed>>8%uint32(len(types))])
			if _, end := d.Sentence(i); seed>>28 < 4 && end > i {
				d.Add(typ, 0, i, min(i+1+int(seed>>4%3), end), i)
				e.Add(typ, 0, i, min(i+1+int(seed>>4%3), end), i)
			}
		}
		for p := rule.Mark; p <= rule.Judge; p++ {
			found := set.Run(&d, p, nil)
			for k := range found {
				holds(t, &d, &found[k])
			}
			if p <= rule.Stop {
				set.Annotate(&e, p)
			} else if other := set.Run(&e, p, nil); d.Steps <= d.Limit && !slices.Equal(other, found) {
				t.Fatalf("matches by numbers %v, by letters and annotations sought %v", found, other)
			}
		}
		if d.Steps > d.Limit+stepsOver {
			t.Errorf("%d tokens took %d steps, more than %d", len(toks), d.Steps, d.Limit)
		}
	})
}

func holds(t *testing.T, d *rule.Doc, m *rule.Match) {
	t.Helper()
	from, to := d.Sentence(m.First)
	if m.First < from || m.Last > to || m.First >= m.Last || m.From < m.First || m.To > m.Last {
		t.Fatalf("%s matches tokens %d to %d, spans %d to %d, of the sentence %d to %d", m.Rule.ID, m.First, m.Last, m.From, m.To, from, to)
	}
	for c := range m.Caps() {
		if c.From < m.First || c.To > m.Last || c.From > c.To {
			t.Fatalf("%s captures %d to %d in %d to %d", m.Rule.ID, c.From, c.To, m.First, m.Last)
		}
	}
}
