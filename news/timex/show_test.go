package timex_test

import (
	"strings"
	"testing"
	"time"

	"sukien/news"
	"sukien/news/timex"
)

// friday is the publication time of most rows: Friday, 14 March 2025, noon.
var friday = time.Date(2025, 3, 14, 12, 0, 0, 0, news.Hanoi)

// row is one text and what Find gives of it, written by show.
type row struct{ name, text, want string }

func check(t *testing.T, published time.Time, rows []row) {
	t.Helper()
	seen := map[string]bool{}
	for _, r := range rows {
		if seen[r.name] {
			t.Errorf("two rows are named %q", r.name)
		}
		seen[r.name] = true
		t.Run(r.name, func(t *testing.T) {
			got := show(r.text, timex.Parse(r.text, timex.Reference{Published: published}))
			if got != r.want {
				t.Errorf("%s\n got %s\nwant %s", r.text, got, r.want)
			}
		})
	}
}

// show writes expressions as "words = 2025-03-05..2025-03-07 +2025-03-09 at 08:00-11:00 ...; ...".
func show(text string, found []timex.Expr) string {
	all := make([]string, len(found))
	for i, e := range found {
		all[i] = text[e.From:e.To] + " =" + meaning(e)
	}
	return strings.Join(all, "; ")
}

func meaning(e timex.Expr) string {
	var b strings.Builder
	say := func(parts ...string) {
		for _, p := range parts {
			if p == "" {
				return
			}
		}
		b.WriteString(" " + strings.Join(parts, ""))
	}
	switch {
	case e.End != "" && e.Start != "":
		say(string(e.Start), "..", string(e.End))
	default:
		say(string(e.Start))
	}
	for _, d := range e.More {
		say("+", string(d))
	}
	if e.End != "" && !e.Span {
		say("whole")
	}
	say("at ", e.Time)
	say("to ", e.EndTime)
	say(string(e.Part))
	say("till ", string(e.EndPart))
	say("mod ", e.Mod)
	say("bound ", e.Bound)
	if e.Days > 0 {
		say(strings.Repeat("d", e.Days))
	}
	say("zone ", e.Zone)
	if e.Lunar {
		say("lunar")
	}
	if e.Clash {
		say("clash")
	}
	if e.Guard != "" {
		say("!", e.Guard)
		say("(", string(e.Nominal), ")")
		return b.String()
	}
	if e.Precision != timex.Day {
		say(string(e.Precision))
	}
	say("by ", string(e.Basis))
	return b.String()
}
