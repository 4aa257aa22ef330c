package lexicon_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"sukien/news/lexicon"
	"sukien/news/viet"
)

// made is a small lexicon of invented and well-known names.
func made(t testing.TB) *lexicon.Lexicon {
	t.Helper()
	l, err := lexicon.Load(fstest.MapFS{
		"place.yaml": {Data: []byte(`class: place
case: title
entries:
  - {name: Làng Sen, kind: province}
  - {name: Áo, case: exact}
  - {name: Xin-ga-po, variants: [Xinh-ga-po]}
  - {id: hcm, name: Thành phố Hồ Chí Minh, variants: [TP.HCM, Tp.HCM, TPHCM]}
  - {name: Đà Nẵng}
`)},
		"unit.tsv": {Data: []byte("class: place\nweak: true\nkind: commune\ncountry: VN\nto: 2025-06-30\n" +
			"attr.type\tname\tparent\nphường\tHòa Lý\tlang-sen\n\"\tHoa Lý\t\"\n")},
		"body.yaml": {Data: []byte(`class: body
entries:
  - {name: Bộ Lao động - Thương binh, abbr: LĐ-TB, variants: [Bộ Lao động & Thương binh]}
  - {name: Bộ Lao động}
`)},
		"title.yaml":     {Data: []byte("class: title\nentries:\n  - {name: Bộ trưởng}\n  - {name: Bộ}\n")},
		"honorific.yaml": {Data: []byte("class: honorific\nwords: [ông, bà]\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// render writes matches as "words=class:id class:id".
func render(text string, toks []viet.Token, matches []lexicon.Match) string {
	var out []string
	for _, m := range matches {
		s := text[toks[m.From].Start:toks[m.To-1].End] + "="
		for i, e := range m.Entries {
			if i > 0 {
				s += " "
			}
			s += fmt.Sprintf("%s:%s", e.Class, e.ID)
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestScan(t *testing.T) {
	l := made(t)
	for _, c := range []struct{ name, text, want string }{
		{"longest of each class", "Bộ trưởng Bộ Lao động–Thương binh", "Bộ trưởng=title:bo-truong; Bộ Lao động–Thương binh=body:bo-lao-dong-thuong-binh; Bộ=title:bo"},
		{"spaces at the dash do not count", "bộ lao động - thương binh", "bộ lao động - thương binh=body:bo-lao-dong-thuong-binh; bộ=title:bo"},
		{"ampersand is a variant of its own", "Bộ Lao động & Thương binh", "Bộ Lao động & Thương binh=body:bo-lao-dong-thuong-binh; Bộ=title:bo"},
		{"a trailing dash belongs to nobody", "Bộ Lao động - Y tế", "Bộ Lao động=body:bo-lao-dong; Bộ=title:bo"},
		{"abbreviation", "Bộ LĐ-TB", "Bộ=title:bo; LĐ-TB=body:bo-lao-dong-thuong-binh"},
		{"dashes or none", "Xin-ga-po, Xinh-ga-po, Xin ga po", "Xin-ga-po=place:xin-ga-po; Xinh-ga-po=place:xin-ga-po; Xin ga po=place:xin-ga-po"},
		{"full stop or none", "TP.HCM, TP HCM, TP. HCM, TPHCM", "TP.HCM=place:hcm; TP HCM=place:hcm; TP. HCM=place:hcm; TPHCM=place:hcm"},
		{"small letters are no name", "chiếc áo ở làng sen", ""},
		{"capitals are a name", "LÀNG SEN", "LÀNG SEN=place:lang-sen"},
		{"exact case", "Áo, áo, ÁO", "Áo=place:ao"},
		{"other tone mark and decomposed", "Đà Nẵng và Đa\u0300 Nă\u0303ng", "Đà Nẵng=place:da-nang; Đa\u0300 Nă\u0303ng=place:da-nang"},
		{"weak names are left out", "phường Hòa Lý", ""},
		{"syllables, not letters", "bàn bà bào", "bà=honorific:bà"},
	} {
		t.Run(c.name, func(t *testing.T) {
			toks := viet.Tokenize(c.text)
			got := render(c.text, toks, l.Scan(toks))
			if got != c.want {
				t.Errorf("Scan(%q)\n got %s\nwant %s", c.text, got, c.want)
			}
		})
	}
}

func TestAt(t *testing.T) {
	l := made(t)
	text := "Bộ Lao động - Thương binh"
	toks := viet.Tokenize(text)
	want := "Bộ Lao động - Thương binh=body:bo-lao-dong-thuong-binh; Bộ Lao động=body:bo-lao-dong; Bộ=title:bo"
	if got := render(text, toks, l.At(toks, 0)); got != want {
		t.Errorf("At\n got %s\nwant %s", got, want)
	}
	text = "phường Hòa Lý"
	toks = viet.Tokenize(text)
	if got := render(text, toks, l.WeakAt(toks, 1)); got != "Hòa Lý=place:lang-sen/phuong-hoa-ly" {
		t.Errorf("WeakAt got %s", got)
	}
	if got := l.At(toks, 1); got != nil {
		t.Errorf("At gives the weak name: %v", got)
	}
}

func TestLookup(t *testing.T) {
	l := made(t)
	for _, c := range []struct {
		phrase string
		want   int
	}{
		{"tphcm", 1}, {"TP. HCM", 1}, {"làng sen", 1}, {"Hoà Lý", 1}, {"Bộ Lao động – Thương binh", 1},
		{"Bộ Lao động Thương", 0}, {"", 0}, {"không có", 0},
	} {
		if got := l.Lookup(c.phrase); len(got) != c.want {
			t.Errorf("Lookup(%q) gives %d entries, want %d", c.phrase, len(got), c.want)
		}
	}
}

func FuzzScan(f *testing.F) {
	l := made(f)
	for _, s := range []string{"tại TP.HCM", "Bộ Lao động - - Thương binh", "Xin-ga-po-", "\xff\xfe Áo", "-"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		toks := viet.Tokenize(text)
		last := 0
		for _, m := range l.Scan(toks) {
			if m.From < last || m.To <= m.From || m.To > len(toks) || len(m.Entries) == 0 {
				t.Fatalf("match %+v of %d tokens", m, len(toks))
			}
			last = m.From
		}
		l.Lookup(text)
	})
}
