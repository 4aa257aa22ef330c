package viet_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"sukien/news/viet"
)

func seed(f *testing.F) {
	for _, s := range []string{"", prose, norm.NFD.String(prose), "TP.HCM 7h30. “Họp...” ông nói\r\n\r\n- G20", "a\u00AD\u200B\uFEFF b", "\xff\xfe\x80", "HOÀ qúy İ K ẞ ǅ", "́a"} {
		f.Add(s)
	}
}

// shown tells whether a rune must be in a token.
func shown(r rune) bool {
	return !unicode.IsSpace(r) && !unicode.Is(unicode.Cc, r) && !unicode.Is(unicode.Cf, r) && r != 0x200B
}

func FuzzTokenize(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, text string) {
		toks := viet.Tokenize(text)
		at := 0
		for i, k := range toks {
			if k.Start < at || k.End <= k.Start || k.End > len(text) || k.Key == "" {
				t.Fatalf("token %d %+v after %d", i, k, at)
			}
			if strings.ContainsFunc(text[at:k.Start], func(r rune) bool { return shown(r) && r != utf8.RuneError }) {
				t.Fatalf("%q is in no token", text[at:k.Start])
			}
			if k.Kind == viet.Word && !norm.NFC.IsNormalString(k.Key) {
				t.Fatalf("key %+q is not NFC", k.Key)
			}
			at = k.End
		}
		if strings.ContainsFunc(text[at:], shown) {
			t.Fatalf("%q is in no token", text[at:])
		}
	})
}

func FuzzSentences(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, text string) {
		toks := viet.Tokenize(text)
		next := 0
		for _, s := range viet.Sentences(text, toks) {
			for ; next < s.From; next++ {
				if toks[next].Kind != viet.Break {
					t.Fatalf("token %d is in no sentence", next)
				}
			}
			if s.From < next || s.To <= s.From {
				t.Fatalf("span %v after %d", s, next)
			}
			viet.Clauses(text, toks, s)
			next = s.To
		}
		for ; next < len(toks); next++ {
			if toks[next].Kind != viet.Break {
				t.Fatalf("token %d is in no sentence", next)
			}
		}
	})
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(prose), "utf-8")
	f.Add([]byte("H\xE9i ngh\xDE"), "iso-8859-1")
	f.Add([]byte("\xFE\xFF\x00a"), "")
	f.Add([]byte("\x1b$B"), "iso-2022-jp")
	f.Fuzz(func(t *testing.T, body []byte, declared string) {
		text, enc, err := viet.Decode(body, declared)
		if err != nil {
			return
		}
		if !utf8.ValidString(text) || !norm.NFC.IsNormalString(text) || enc == "" {
			t.Fatalf("Decode(%q, %q) = %q, %q", body, declared, text, enc)
		}
	})
}

func FuzzFolding(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		if once := viet.Key(s); viet.Key(once) != once {
			t.Fatalf("Key(%+q) = %+q, again %+q", s, once, viet.Key(once))
		}
		if once := viet.Fold(s); viet.Fold(once) != once {
			t.Fatalf("Fold(%+q) = %+q, again %+q", s, once, viet.Fold(once))
		}
		if viet.NFC(s) != norm.NFC.String(s) {
			t.Fatalf("NFC(%+q) = %+q", s, viet.NFC(s))
		}
		viet.Numeral(viet.Tokenize(s))
		viet.Roman(s)
	})
}
