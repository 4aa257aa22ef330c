package rule_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"sukien/extractor/rule"
	"sukien/news"
	"sukien/news/viet"
)

var wantLine = regexp.MustCompile(`(?m)^# want: (.*)$`)

// TestBadFiles: one file, one message, at its line and column.
func TestBadFiles(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.yaml")
	if err != nil || len(files) < 25 {
		t.Fatalf("bad files: %d, %v", len(files), err)
	}
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			want := filepath.Base(f) + ":" + wantLine.FindStringSubmatch(string(data))[1]
			_, err = rule.Load(fstest.MapFS{filepath.Base(f): {Data: data}}, nil)
			if err == nil {
				t.Fatalf("loads, want %s", want)
			}
			if !errors.Is(err, news.ErrInvalid) {
				t.Errorf("%v does not wrap news.ErrInvalid", err)
			}
			if first, _, _ := strings.Cut(err.Error(), "\n"); !strings.HasPrefix(first, want) {
				t.Errorf("got  %s\nwant %s", first, want)
			}
		})
	}
}

// found runs one mark rule with a pattern over a text and gives the spans.
func found(t *testing.T, fields, text string) []string {
	t.Helper()
	src := "words:\n  aside: [bên lề, nhân dịp, nhân]\n  head.talks: [hội đàm]\n  head.conference: [hội nghị]\nrules:\n  - id: t/r\n    phase: mark\n    emit: cue\n" + fields
	set, err := rule.Load(fstest.MapFS{"t.yaml": {Data: []byte(src)}}, []string{"person"})
	if err != nil {
		t.Fatal(err)
	}
	var d rule.Doc
	toks := viet.Tokenize(text)
	set.Reset(&d, toks, viet.Sentences(text, toks))
	var out []string
	for _, m := range set.Run(&d, rule.Mark, nil) {
		out = append(out, text[toks[m.From].Start:toks[m.To-1].End])
	}
	return out
}

func TestPatterns(t *testing.T) {
	for _, tt := range []struct{ name, fields, text, want string }{
		{"words in any case", "    pattern: 'bên lề'", "BÊN LỀ hội nghị, Bên lề", "BÊN LỀ|Bên lề"},
		{"either tone mark", "    pattern: 'hòa bình'", "hoà bình và hòa bình", "hoà bình|hòa bình"},
		{"alternatives", "    pattern: 'bên lề | nhân dịp'", "nhân dịp, bên lề", "nhân dịp|bên lề"},
		{"the first alternative that fits", "    pattern: 'hội (nghị | nghị lớn)'", "hội nghị lớn", "hội nghị"},
		{"optional is greedy", "    pattern: 'hội nghị lớn?'", "hội nghị lớn", "hội nghị lớn"},
		{"repetition", "    pattern: 'a{2,3}'", "a a a a", "a a a"},
		{"gap takes the nearest", "    pattern: 'từ ..5 đến'", "từ đây đến kia đến nữa", "từ đây đến"},
		{"gap is bounded", "    pattern: 'từ ..1 đến'", "từ a b đến", ""},
		{"gap within a sentence", "    pattern: 'từ ..9 đến'", "Ông đi từ Huế. Bà đến Vinh.", ""},
		{"gap not over a class", "    pattern: 'từ ..9!head đến'", "từ hội nghị đến kia", ""},
		{"run to a class", "    pattern: 'về ..9^head'", "về nước và rừng hội nghị", "về nước và rừng"},
		{"run to the end of the sentence", "    pattern: 'về ..9^head'", "về nước và rừng", "về nước và rừng"},
		{"class", "    pattern: '%aside %head'", "bên lề hội nghị, nhân dịp hội đàm", "bên lề hội nghị|nhân dịp hội đàm"},
		{"class of a kind", "    pattern: '%aside %head.talks'", "bên lề hội nghị, nhân dịp hội đàm", "nhân dịp hội đàm"},
		{"class of two lengths", "    pattern: '%aside dịp'", "nhân dịp này", "nhân dịp"},
		{"capture as span", "    span: x\n    pattern: 'bên x:lề'", "bên lề", "lề"},
		{"shape", "    pattern: 'thứ #num'", "thứ ba, thứ 3", "thứ 3"},
		{"look-ahead", "    pattern: 'hội !(nghị) #word'", "hội nghị, hội đàm", "hội đàm"},
		{"positive look-ahead", "    pattern: 'hội &(nghị) #word'", "hội nghị, hội đàm", "hội nghị"},
		{"begin of the sentence", "    pattern: '#bos hội nghị'", "Hội nghị. Hội nghị sau hội nghị", "Hội nghị|Hội nghị"},
		{"end of the sentence", "    pattern: 'nghị #eos'", "hội nghị nghị", "nghị"},
		{"not after", "    not_after: 'ban tổ chức'\n    pattern: 'hội nghị'", "ban tổ chức hội nghị, một hội nghị", "hội nghị"},
		{"after", "    after: 'một ..1'\n    pattern: 'hội nghị'", "ban hội nghị, một hội nghị", "hội nghị"},
		{"not within", "    not_within: [aside]\n    pattern: 'dịp'", "nhân dịp, một dịp", "dịp"},
		{"within", "    within: [aside]\n    pattern: 'dịp'", "nhân dịp, một dịp", "dịp"},
		{"the longest of overlapping", "    pattern: 'hội nghị | nghị lớn của năm'", "hội nghị lớn của năm", "nghị lớn của năm"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(found(t, tt.fields, tt.text), "|"); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestOrder: longest, then priority, then specificity, then id.
func TestOrder(t *testing.T) {
	for _, tt := range []struct{ name, rules, want string }{
		{"longest", "{id: a, %s, pattern: 'hội'}|{id: b, %s, pattern: 'hội nghị'}", "b"},
		{"priority", "{id: a, %s, pattern: 'hội nghị'}|{id: b, priority: 1, %s, pattern: 'hội nghị'}", "b"},
		{"specific", "{id: a, %s, pattern: 'hội #word'}|{id: b, %s, pattern: 'hội nghị'}", "b"},
		{"id", "{id: b, %s, pattern: 'hội nghị'}|{id: a, %s, pattern: 'hội nghị'}", "a"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			src := "rules:\n"
			for _, r := range strings.Split(tt.rules, "|") {
				src += "  - " + strings.Replace(r, "%s", "phase: mark, emit: cue", 1) + "\n"
			}
			set, err := rule.Load(fstest.MapFS{"t.yaml": {Data: []byte(src)}}, nil)
			if err != nil {
				t.Fatal(err)
			}
			text := "hội nghị"
			toks := viet.Tokenize(text)
			var d rule.Doc
			set.Reset(&d, toks, viet.Sentences(text, toks))
			got := set.Run(&d, rule.Mark, nil)
			if len(got) != 1 || got[0].Rule.ID != tt.want {
				t.Errorf("got %v, want rule %s alone", got, tt.want)
			}
		})
	}
}

// TestAnnotate: of keep and stop only what a later rule looks for is made,
// whether that rule begins with a word or with what a later rule makes.
func TestAnnotate(t *testing.T) {
	const rules = "words:\n  head: [hội nghị]\nrules:\n  - {id: s, phase: stop, emit: stop, pattern: '\",\"'}\n"
	const text = "Hội nghị về nước, sáng nay. Mưa, gió."
	for _, tt := range []struct {
		name, rule string
		want       int
	}{
		{"from a word", "{id: m, phase: meeting, emit: meeting, pattern: '%head ..9^stop'}", 1},
		{"behind a late type", "{id: l, phase: link, emit: slot, pattern: '@slot ..9^stop | mưa ..9^stop'}", 2},
		{"by none", "{id: m, phase: meeting, emit: meeting, pattern: '%head nước'}", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			set, err := rule.Load(fstest.MapFS{"t.yaml": {Data: []byte(rules + "  - " + tt.rule + "\n")}}, nil)
			if err != nil {
				t.Fatal(err)
			}
			toks := viet.Tokenize(text)
			var d rule.Doc
			set.Reset(&d, toks, viet.Sentences(text, toks))
			got := 0
			for p := rule.Mark; p <= rule.Stop; p++ {
				set.Annotate(&d, p)
			}
			for _, it := range d.Items() {
				if it.Type == set.Lookup("stop") {
					got++
				}
			}
			if got != tt.want {
				t.Errorf("%d ends of names, want %d", got, tt.want)
			}
		})
	}
}

// TestSteps: a pattern made to backtrack stays within the bound of a document.
func TestSteps(t *testing.T) {
	src := "rules:\n  - {id: a, phase: mark, emit: cue, pattern: 'a ..80 a ..80 a ..80 a ..80 b'}\n"
	set, err := rule.Load(fstest.MapFS{"t.yaml": {Data: []byte(src)}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{100, 1000, 10000} {
		text := strings.Repeat("a ", n)
		toks := viet.Tokenize(text)
		var d rule.Doc
		set.Reset(&d, toks, viet.Sentences(text, toks))
		set.Run(&d, rule.Mark, nil)
		if most := 5000 * (n + 10); d.Steps > most {
			t.Errorf("%d words took %d steps, more than %d", n, d.Steps, most)
		}
	}
}

func FuzzLoad(f *testing.F) {
	files, _ := filepath.Glob("testdata/bad/*.yaml")
	more, _ := filepath.Glob("../../configs/rules/*.yaml")
	for _, name := range append(files, more...) {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	text := "Sáng 5/3, bên lề hội nghị, ông A gặp bà B."
	toks := viet.Tokenize(text)
	sents := viet.Sentences(text, toks)
	f.Fuzz(func(t *testing.T, data []byte) {
		set, err := rule.Load(fstest.MapFS{"f.yaml": {Data: data}}, []string{"date", "person", "meeting"})
		if err != nil {
			if !errors.Is(err, news.ErrInvalid) {
				t.Fatalf("%v does not wrap news.ErrInvalid", err)
			}
			return
		}
		var d rule.Doc
		set.Reset(&d, toks, sents)
		for p := rule.Mark; p <= rule.Judge; p++ {
			set.Run(&d, p, nil)
		}
	})
}

func FuzzPattern(f *testing.F) {
	for _, p := range []string{"bên lề", "x:(a | b)? c", "a ..3!head b", "a ..3^head", `"," !(b) #word{1,3}`, "((((a", "a{1,"} {
		f.Add(p)
	}
	f.Fuzz(func(t *testing.T, p string) {
		if strings.ContainsAny(p, "'\n\r") {
			return
		}
		src := "words:\n  head: [hội nghị]\nrules:\n  - {id: a, phase: mark, emit: cue, pattern: '" + p + "'}\n"
		if _, err := rule.Load(fstest.MapFS{"f.yaml": {Data: []byte(src)}}, nil); err != nil && !errors.Is(err, news.ErrInvalid) {
			t.Fatal(err)
		}
	})
}
