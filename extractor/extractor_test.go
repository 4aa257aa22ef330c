package extractor_test

import (
	"errors"
	"io/fs"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"sukien/configs"
	"sukien/extractor"
	"sukien/news"
	"sukien/news/lexicon"
)

// shippedFiles copies the shipped rules into memory, for a test to change.
func shippedFiles(t *testing.T) fstest.MapFS {
	t.Helper()
	names, err := fs.Glob(configs.FS, "rules/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("rules: %v, %v", names, err)
	}
	out := fstest.MapFS{}
	for _, name := range names {
		data, err := fs.ReadFile(configs.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		out[strings.TrimPrefix(name, "rules/")] = &fstest.MapFile{Data: data}
	}
	return out
}

func words(t *testing.T) *lexicon.Lexicon {
	t.Helper()
	sub, err := fs.Sub(configs.FS, "lexicon")
	if err != nil {
		t.Fatal(err)
	}
	lex, err := lexicon.Load(sub)
	if err != nil {
		t.Fatal(err)
	}
	return lex
}

func build(t *testing.T, files fstest.MapFS) *extractor.Extractor {
	t.Helper()
	x, err := extractor.New(extractor.Config{Rules: files, Lexicon: words(t)})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

var article = news.Article{ID: "a", Title: "Vĩnh Phúc triển khai chương trình nước sạch nông thôn", Text: report, Published: "2025-03-14T17:00:00+07:00"}

// TestNoRulesNothing: the knowledge is in the data.
func TestNoRulesNothing(t *testing.T) {
	x := build(t, fstest.MapFS{})
	if got := x.Extract(&article); len(got) != 0 {
		t.Errorf("without rules there are %d records, want none", len(got))
	}
	if got := shipped(t).Extract(&article); len(got) == 0 || got[0].Salience != news.Main {
		t.Errorf("with the shipped rules: %v, want a main record", got)
	}
}

// TestHeadWordAddedInYAML: one more file with a word is enough.
func TestHeadWordAddedInYAML(t *testing.T) {
	text := "Sáng 5/3, tại Hà Nội, Sở Công Thương tổ chức kháo cứu trường về phát triển chợ nông thôn."
	a := news.Article{ID: "b", Text: text, Published: "2025-03-05"}
	if got := shipped(t).Extract(&a); len(got) != 0 {
		t.Fatalf("an invented head word gives %q", got[0].Name)
	}
	files := shippedFiles(t)
	files["99-more.yaml"] = &fstest.MapFile{Data: []byte("words:\n  head.seminar: [kháo cứu trường]\n")}
	got := build(t, files).Extract(&a)
	if len(got) != 1 || got[0].Kind != news.Seminar || got[0].Name != "kháo cứu trường về phát triển chợ nông thôn" || got[0].Start != "2025-03-05" {
		t.Errorf("with the word in YAML: %+v", got)
	}
}

// TestBrokenRules: New refuses, with the place of the fault.
func TestBrokenRules(t *testing.T) {
	files := shippedFiles(t)
	files["99-more.yaml"] = &fstest.MapFile{Data: []byte("rules:\n  - {id: x, phase: link, emit: slot, pattern: 'a ..'}\n")}
	_, err := extractor.New(extractor.Config{Rules: files, Lexicon: words(t)})
	if !errors.Is(err, news.ErrInvalid) || !strings.Contains(err.Error(), "99-more.yaml:2:") {
		t.Errorf("got %v", err)
	}
}

func TestMissingWeight(t *testing.T) {
	files := fstest.MapFS{"r.yaml": {Data: []byte("rules:\n  - {id: x, phase: mark, emit: cue, pattern: 'a b'}\n")}}
	_, err := extractor.New(extractor.Config{Rules: files, Lexicon: words(t)})
	if !errors.Is(err, news.ErrInvalid) || !strings.Contains(err.Error(), "weight") {
		t.Errorf("got %v", err)
	}
}

// TestPack changes with the rules.
func TestPack(t *testing.T) {
	files := shippedFiles(t)
	before := build(t, files).Pack()
	if before != shipped(t).Pack() || !strings.HasPrefix(before, "sha256:") {
		t.Errorf("pack %q is not that of the same files %q", before, shipped(t).Pack())
	}
	files["99-more.yaml"] = &fstest.MapFile{Data: []byte("words:\n  head.seminar: [kháo cứu trường]\n")}
	if build(t, files).Pack() == before {
		t.Error("the pack of other rules is the same")
	}
}

// TestConcurrent: one Extractor, many goroutines, one answer.
func TestConcurrent(t *testing.T) {
	x := shipped(t)
	want := x.Extract(&article)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if got := x.Extract(&article); !reflect.DeepEqual(got, want) {
					t.Errorf("got %+v, want %+v", got, want)
					return
				}
			}
		})
	}
	wg.Wait()
}

// TestEvidence: every piece of evidence is the words it says, where it says.
func TestEvidence(t *testing.T) {
	checkEvidence(t, &article, shipped(t).Extract(&article))
}

func checkEvidence(t *testing.T, a *news.Article, records []news.Record) {
	t.Helper()
	for _, r := range records {
		for _, e := range r.Evidence {
			src := []rune(a.Text)
			if e.In == "title" {
				src = []rune(strings.TrimSpace(a.Title))
			}
			if e.From < 0 || e.To < e.From || e.To > len(src) {
				t.Fatalf("%s: %d to %d of %s with %d code points", e.Slot, e.From, e.To, e.In, len(src))
			}
			if got := string(src[e.From:e.To]); !strings.HasPrefix(got, e.Text) {
				t.Errorf("%s: %s has %q there, evidence says %q", e.Slot, e.In, got, e.Text)
			}
			if e.Rule == "" || e.Pack == "" {
				t.Errorf("%s: no rule or no pack", e.Slot)
			}
		}
	}
}

// TestExplain: why, and why not.
func TestExplain(t *testing.T) {
	e := shipped(t).Explain(&news.Article{ID: "c", Text: "Sáng 5/3, Bộ Y tế tổ chức Hội nghị về tiêm chủng năm 2025.", Published: "2025-03-05"})
	if len(e.Meetings) != 1 || !e.Meetings[0].Main || len(e.Meetings[0].Features) == 0 {
		t.Errorf("meetings: %+v", e.Meetings)
	}
	fired := false
	for _, f := range e.Fired {
		fired = fired || f.Rule == "meeting/noun" && strings.HasPrefix(f.Text, "Hội nghị")
	}
	if !fired {
		t.Errorf("meeting/noun is not among the fired: %+v", e.Fired)
	}
	if len(e.Nearest) == 0 || e.Nearest[0].Rule == "" || e.Nearest[0].Guard == "" && e.Nearest[0].Column == 0 {
		t.Errorf("nearest: %+v", e.Nearest)
	}
}

// TestInline runs the tests written in the rule files.
func TestInline(t *testing.T) {
	for _, r := range shipped(t).Test() {
		if !r.OK() {
			t.Error(r)
		}
	}
}

func FuzzExtract(f *testing.F) {
	f.Add(article.Title, report, "2025-03-14")
	f.Add("", "Tại hội nghị, \"(“ông ông ông gặp gặp tiếp bà,,, lần thứ thứ thứ", "")
	f.Add("HỘI NGHỊ", "hội nghị hội nghị hội nghị họp họp tại tại sáng sáng 3/3, 4/4, 5/5", "2024")
	x := shipped(f)
	f.Fuzz(func(t *testing.T, title, text, published string) {
		title, text = strings.ToValidUTF8(title, ""), strings.ToValidUTF8(text, "")
		a := &news.Article{ID: "f", Title: title, Text: text, Published: news.Stamp(published)}
		got := x.Extract(a)
		if !reflect.DeepEqual(got, x.Extract(a)) {
			t.Fatal("two readings differ")
		}
		for _, r := range got {
			if r.Name == "" || r.Kind == "" || r.Start.Check() != nil || r.End.Check() != nil {
				t.Fatalf("record %+v", r)
			}
		}
		checkEvidence(t, a, got)
	})
}
