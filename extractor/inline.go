package extractor

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"sukien/extractor/rule"
	"sukien/news"
	"sukien/news/viet"
)

// TestResult is what came of one test written in a rule file.
type TestResult struct {
	File string
	Line int
	// Rule is the id of the rule, empty for an example of whole records.
	Rule string
	// Text is the tested text, Problem what was wrong, empty when nothing was.
	Text    string
	Problem string
}

// OK tells whether the test passed.
func (t TestResult) OK() bool { return t.Problem == "" }

// String gives file:line: rule: problem.
func (t TestResult) String() string {
	what := t.Problem
	if t.OK() {
		what = "ok"
	}
	return fmt.Sprintf("%s:%d: %s: %s", t.File, t.Line, t.Rule, what)
}

// The least number of samples that a rule must have.
const (
	leastYes = 3
	leastNo  = 2
)

// Test runs the tests of the rule files: every rule's yes and no samples, and
// the examples of whole records.
func (x *Extractor) Test() []TestResult {
	var out []TestResult
	for _, r := range x.set.Rules {
		if len(r.Yes) < leastYes || len(r.No) < leastNo {
			out = append(out, TestResult{r.File, r.Line, r.ID, "", fmt.Sprintf("a rule needs %d yes and %d no samples, this one has %d and %d", leastYes, leastNo, len(r.Yes), len(r.No))})
		}
		for _, s := range r.Yes {
			out = append(out, TestResult{r.File, s.Line, r.ID, s.Text, x.sample(r, s, true)})
		}
		for _, s := range r.No {
			out = append(out, TestResult{r.File, s.Line, r.ID, s.Text, x.sample(r, s, false)})
		}
	}
	for _, e := range x.set.Examples {
		out = append(out, TestResult{e.File, e.Line, "", e.Text, x.example(e)})
	}
	return out
}

// sample tells what is wrong when a rule is tried on a text.
func (x *Extractor) sample(r *rule.Rule, s rule.Sample, want bool) string {
	d := newDocument(x)
	var spans []string
	d.fired = func(m *rule.Match) {
		if m.Rule == r {
			spans = append(spans, d.text(m.From, m.To))
			for c := range m.Caps() {
				spans = append(spans, d.text(c.From, c.To))
			}
		}
	}
	d.extract(sampleArticle(s.Text))
	switch {
	case !want && len(spans) > 0:
		return fmt.Sprintf("matches %q in %q and should not", spans[0], s.Text)
	case want && len(spans) == 0:
		return fmt.Sprintf("does not match in %q", s.Text)
	case want && s.Span != "" && !contains(spans, s.Span):
		return fmt.Sprintf("matches %q in %q, should match %q", spans, s.Text, s.Span)
	}
	return ""
}

// sampleArticle is a text as an article; a bar parts the title from it.
func sampleArticle(text string) *news.Article {
	title, rest, ok := strings.Cut(text, " || ")
	if !ok {
		title, rest = "", text
	}
	return &news.Article{ID: "sample", Title: title, Text: rest, Published: "2024-03-15"}
}

func contains(list []string, s string) bool {
	for _, v := range list {
		if viet.Key(v) == viet.Key(s) {
			return true
		}
	}
	return false
}

// example tells what is wrong with the main records of an example.
func (x *Extractor) example(e rule.Example) string {
	got := x.Extract(&news.Article{ID: "example", Title: e.Title, Text: strings.TrimSpace(e.Text), Published: news.Stamp(e.Published)})
	main := 0
	for _, r := range got {
		if r.Salience == news.Main {
			main++
		}
	}
	if e.None {
		if main > 0 {
			return fmt.Sprintf("gives %q and should give no main record", got[0].Name)
		}
		return ""
	}
	var problems []string
	for _, w := range e.Want {
		best := "no record"
		for i := range got {
			p := differ(&got[i], w)
			if p == "" {
				best = ""
				break
			}
			if best == "no record" || len(p) < len(best) {
				best = p
			}
		}
		if best != "" {
			problems = append(problems, best)
		}
	}
	return strings.Join(problems, "; ")
}

// differ lists the slots of a record that are not as wanted.
func differ(r *news.Record, want map[string]string) string {
	var names []string
	for slot := range want {
		names = append(names, slot)
	}
	sort.Strings(names)
	var out []string
	for _, slot := range names {
		if got := slotText(r, slot); viet.Key(got) != viet.Key(want[slot]) {
			out = append(out, fmt.Sprintf("%s is %q, want %q", slot, got, want[slot]))
		}
	}
	return strings.Join(out, ", ")
}

// slotText gives a slot as a test writes it; lists are joined by " | ",
// officials as "name, title, org, role" with empty parts left out.
func slotText(r *news.Record, slot string) string {
	switch slot {
	case "salience":
		return string(r.Salience)
	case "kind":
		return string(r.Kind)
	case "level":
		return string(r.Level)
	case "name":
		return r.Name
	case "abbreviation":
		return r.Abbreviation
	case "series":
		return r.Series
	case "ordinal":
		if r.Ordinal == 0 {
			return ""
		}
		return strconv.Itoa(r.Ordinal)
	case "theme":
		return r.Theme
	case "start":
		return string(r.Start)
	case "end":
		return string(r.End)
	case "start_time":
		return r.StartTime
	case "mode":
		return string(r.Mode)
	case "status":
		return string(r.Status)
	case "parent":
		if r.Parent != nil {
			return r.Parent.Name
		}
		return ""
	}
	return listText(r, slot)
}

func listText(r *news.Record, slot string) string {
	var parts []string
	switch slot {
	case "places":
		for _, p := range r.Places {
			parts = append(parts, p.Name)
		}
	case "country":
		for _, p := range r.Places {
			if !contains(parts, p.Country) {
				parts = append(parts, p.Country)
			}
		}
	case "organizers":
		for _, o := range r.Organizers {
			parts = append(parts, o.Name)
		}
	case "people":
		for _, o := range r.Officials {
			parts = append(parts, o.Name)
		}
	case "officials":
		for _, o := range r.Officials {
			var f []string
			for _, v := range []string{o.Name, o.Title, o.Org, string(o.Role)} {
				if v != "" {
					f = append(f, v)
				}
			}
			parts = append(parts, strings.Join(f, ", "))
		}
	default:
		return "no slot of this name"
	}
	return strings.Join(parts, " | ")
}
