package lexicon_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"sukien/news"
	"sukien/news/lexicon"
)

var update = flag.Bool("update", false, "rewrite testdata/bad/*.txt")

// TestBad holds one file and one message for each way to be wrong.
func TestBad(t *testing.T) {
	files, err := filepath.Glob("testdata/bad/*.*")
	if err != nil || len(files) == 0 {
		t.Fatal("no bad files", err)
	}
	for _, file := range files {
		if filepath.Ext(file) == ".txt" {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) { checkBad(t, file) })
	}
}

func checkBad(t *testing.T, file string) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, err = lexicon.Load(fstest.MapFS{filepath.Base(file): {Data: data}})
	if !errors.Is(err, news.ErrInvalid) {
		t.Fatalf("error is %v, want one that is news.ErrInvalid", err)
	}
	var fault *news.Fault
	if !errors.As(err, &fault) || fault.Line < 1 || fault.Column < 1 {
		t.Fatalf("error %v gives no file:line:column", err)
	}
	golden := file + ".txt"
	if *update {
		if err := os.WriteFile(golden, []byte(err.Error()+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err2 := os.ReadFile(golden)
	if err2 != nil || err.Error()+"\n" != string(want) {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

func TestFaultsOfAllFilesAreListed(t *testing.T) {
	_, err := lexicon.Load(fstest.MapFS{
		"a.yaml":     {Data: []byte("class: title\nentries:\n  - {nam: x}\n")},
		"deep/b.tsv": {Data: []byte("class: place\nname\tcountry\nHuế\tVNM\n")},
	})
	for _, want := range []string{"a.yaml:3:6:", "deep/b.tsv:3:5:"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v lacks %s", err, want)
		}
	}
}

func TestEmptyIsNoFault(t *testing.T) {
	l, err := lexicon.Load(fstest.MapFS{"README.md": {Data: []byte("no dictionary")}})
	if err != nil || l.Lookup("Hà Nội") != nil || l.Get("place", "ha-noi") != nil {
		t.Errorf("got %v, %v", l, err)
	}
}

func TestEntries(t *testing.T) {
	l := made(t)
	for _, c := range []struct {
		name, class, id, want string
	}{
		{"id derived from a name", "place", "lang-sen", "Làng Sen"},
		{"id below the parent, after the type", "place", "lang-sen/phuong-hoa-ly", "Hòa Lý"},
		{"another name of the same folded form", "place", "lang-sen/phuong-hoa-ly-2", "Hoa Lý"},
		{"word", "honorific", "bà", "bà"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if e := l.Get(lexicon.Class(c.class), c.id); e == nil || e.Name != c.want {
				t.Errorf("Get(%s, %s) = %v, want %s", c.class, c.id, e, c.want)
			}
		})
	}
	e := l.Get("place", "lang-sen/phuong-hoa-ly-2")
	if e.Kind != "commune" || e.Attr["type"] != "phường" || e.To != "2025-06-30" || e.Country != "VN" {
		t.Errorf("defaults and ditto marks: %+v", e)
	}
}

func TestHash(t *testing.T) {
	load := func(word string) string {
		l, err := lexicon.Load(fstest.MapFS{"a.yaml": {Data: []byte("class: honorific\nwords: [" + word + "]\n")}})
		if err != nil {
			t.Fatal(err)
		}
		return l.Hash()
	}
	if a, b := load("ông"), load("bà"); a == b || a != load("ông") || !strings.HasPrefix(a, "sha256:") || len(a) != 71 {
		t.Errorf("hashes %s, %s", a, b)
	}
}

// TestShipped: what ships loads, and its zones exist.
func TestShipped(t *testing.T) {
	l := shipped(t)
	provinces := 0
	for _, e := range l.All("place") {
		if e.Zone != "" {
			if _, err := time.LoadLocation(e.Zone); err != nil {
				t.Errorf("%s: %v", e.ID, err)
			}
		}
		if e.Country == "VN" && (e.Kind == "province" || e.Attr["level"] == "central") && e.Attr["level"] != "region" && e.Valid("2025-07-01") {
			provinces++
		}
	}
	if provinces != 34 {
		t.Errorf("%d provinces since July 2025, want 34", provinces)
	}
}

func FuzzLoad(f *testing.F) {
	f.Add("a.yaml", []byte("class: title\nentries:\n  - {name: Trưởng phòng, variants: [TP.], attr: {k: v}}\n"))
	f.Add("a.tsv", []byte("class: place\nkind: city\nname\tvariants\tlat\tlon\nHuế\tCố đô Huế|Phú Xuân\t16.4\t107.6\n\"\t\n"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if name != "a.yaml" {
			name = "a.tsv"
		}
		l, err := lexicon.Load(fstest.MapFS{name: {Data: data}})
		if (l == nil) == (err == nil) {
			t.Errorf("lexicon %v, error %v", l, err)
		}
		if err != nil && !errors.Is(err, news.ErrInvalid) {
			t.Errorf("error %v is no news.ErrInvalid", err)
		}
	})
}
