package viet_test

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"

	"sukien/news"
	"sukien/news/viet"
)

// prose is ours: each tone on many vowels, no capital with a tone (TCVN3 has none).
const prose = "Sáng nay, Hội nghị bàn về việc trồng rừng ngập mặn đã khai mạc tại thị xã ven biển. " +
	"Phó trưởng ban tổ chức cho biết: những cánh đồng muối cũ sẽ được giữ lại, còn kẽ hở của đê phải vá sớm. " +
	"Đại biểu hỏi kỹ chuyện vốn, thuở trước hai huyện từng vay mượn lẫn nhau; chẳng ai quên nghĩa xóm giềng."

// inverse encodes text by a table from rune to bytes, given as pairs.
func inverse(t *testing.T, text string, table map[rune]string) []byte {
	t.Helper()
	var b []byte
	for _, r := range text {
		if s, ok := table[r]; ok {
			b = append(b, s...)
			continue
		}
		if r >= utf8.RuneSelf {
			t.Fatalf("the test's table lacks %q", r)
		}
		b = append(b, byte(r))
	}
	return b
}

// bytesOf pairs the runes of s with the bytes given, one each.
func bytesOf(s, bytes string) map[rune]string {
	m := make(map[rune]string)
	for i, r := range []rune(s) {
		m[r] = bytes[i : i+1]
	}
	return m
}

// tcvn3 lists the small letters as TCVN 5712 numbers them.
func tcvn3Table() map[rune]string {
	m := bytesOf("ĂÂÊÔƠƯĐăâêôơưđ", "\xA1\xA2\xA3\xA4\xA5\xA6\xA7\xA8\xA9\xAA\xAB\xAC\xAD\xAE")
	for r, s := range bytesOf("àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíị",
		"\xB5\xB6\xB7\xB8\xB9\xBB\xBC\xBD\xBE\xC6\xC7\xC8\xC9\xCA\xCB\xCC\xCE\xCF\xD0\xD1\xD2\xD3\xD4\xD5\xD6\xD7\xD8\xDC\xDD\xDE") {
		m[r] = s
	}
	for r, s := range bytesOf("òỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
		"\xDF\xE1\xE2\xE3\xE4\xE5\xE6\xE7\xE8\xE9\xEA\xEB\xEC\xED\xEE\xEF\xF1\xF2\xF3\xF4\xF5\xF6\xF7\xF8\xF9\xFA\xFB\xFC\xFD\xFE") {
		m[r] = s
	}
	return m
}

// visciiTable holds the small letters and Đ by RFC 1456.
func visciiTable() map[rune]string {
	m := bytesOf("ắằặấầẩậẽẹếềểễệốồổỗộờởịơớ",
		"\xA1\xA2\xA3\xA4\xA5\xA6\xA7\xA8\xA9\xAA\xAB\xAC\xAD\xAE\xAF\xB0\xB1\xB2\xB5\xB6\xB7\xB8\xBD\xBE")
	for r, s := range bytesOf("ẳẵỳĐứạỷừửỹỵỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợ",
		"\xC6\xC7\xCF\xD0\xD1\xD5\xD6\xD7\xD8\xDB\xDC\xDE\xDF\xE0\xE1\xE2\xE3\xE4\xE5\xE6\xE7\xE8\xE9\xEA\xEB\xEC\xED\xEE\xEF\xF0\xF1\xF2\xF3\xF4\xF5\xF6\xF7\xF8\xF9\xFA\xFB\xFC\xFD\xFE") {
		m[r] = s
	}
	return m
}

// vniTable spells each letter as VNI for Windows does, in the letters of windows-1252.
func vniTable(t *testing.T) map[rune]string {
	t.Helper()
	m := make(map[rune]string)
	for pair := range strings.FieldsSeq("àaø áaù ảaû ãaõ ạaï âaâ ầaà ấaá ẩaå ẫaã ậaä ăaê ằaè ắaé ẳaú ẵaü ặaë " +
		"èeø ée\u00F9 ẻeû ẽeõ ẹeï êeâ ềeà ếeá ểeå ễeã ệeä ìì íí ỉæ ĩó ịò òoø óoù ỏoû õoõ ọoï ôoâ ồoà ốoá ổoå ỗoã ộoä " +
		"ơô ờôø ớôù ởôû ỡôõ ợôï ùuø úuù ủuû ũuõ ụuï ưö ừöø ứöù ửöû ữöõ ựöï ỳyø ýyù ỷyû ỹyõ ỵî đñ ĐÑ") {
		runes := []rune(pair)
		s, err := charmap.Windows1252.NewEncoder().String(string(runes[1:]))
		if err != nil {
			t.Fatal(err)
		}
		m[runes[0]] = s
	}
	return m
}

// cp1258 writes tone marks after the vowel, as windows-1258 wants it.
func cp1258(t *testing.T, text string) []byte {
	t.Helper()
	var b strings.Builder
	for _, r := range text {
		d := []rune(norm.NFD.String(string(r)))
		for len(d) > 1 && strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", d[1]) && len(d) == 3 {
			d[1], d[2] = d[2], d[1] // ệ comes as e, dot, circumflex
		}
		if len(d) == 3 {
			d = []rune{[]rune(norm.NFC.String(string(d[:2])))[0], d[2]}
		} else if len(d) == 2 && !strings.ContainsRune("\u0300\u0301\u0303\u0309\u0323", d[1]) {
			d = []rune{r}
		}
		b.WriteString(string(d))
	}
	out, err := charmap.Windows1258.NewEncoder().Bytes([]byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func twice(t *testing.T, s string) []byte {
	t.Helper()
	return []byte(charmapDecode(s))
}

func charmapDecode(s string) string {
	var b strings.Builder
	for i := range len(s) {
		r := charmap.Windows1252.DecodeByte(s[i])
		if r == utf8.RuneError {
			r = rune(s[i]) // browsers keep the five undefined bytes
		}
		b.WriteRune(r)
	}
	return b.String()
}

func TestDecode(t *testing.T) {
	utf16, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(prose))
	if err != nil {
		t.Fatal(err)
	}
	little, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().Bytes([]byte(prose))
	if err != nil {
		t.Fatal(err)
	}
	tcvn, viscii, vni, ansi := inverse(t, prose, tcvn3Table()), inverse(t, prose, visciiTable()), inverse(t, prose, vniTable(t)), cp1258(t, prose)
	french := []byte("D\xE9j\xE0 vu: la conf\xE9rence a \xE9t\xE9 pr\xE9par\xE9e \xE0 l'\xE9cole fran\xE7aise, tr\xE8s \xE9l\xE9gante.")
	for _, c := range []struct {
		name     string
		body     []byte
		declared string
		text     string
		enc      string
	}{
		{"utf-8", []byte(prose), "utf-8", prose, "utf-8"},
		{"utf-8 declared latin", []byte(prose), "iso-8859-1", prose, "utf-8"},
		{"utf-8 decomposed", []byte(norm.NFD.String(prose)), "", prose, "utf-8"},
		{"utf-8 mark", []byte("\xEF\xBB\xBF" + prose), "", prose, "utf-8"},
		{"utf-8 cut", []byte(prose + "\xE1\xBB"), "", prose + "\uFFFD", "utf-8"},
		{"utf-8 twice", twice(t, prose), "utf-8", prose, "utf-8"},
		{"utf-8 twice, in part", append([]byte("Hội trường đã mở. "), twice(t, prose)...), "", "Hội trường đã mở. " + prose, "utf-8"},
		{"utf-16 mark", utf16, "", prose, "utf-16be"},
		{"utf-16 bare", little, "utf-8", prose, "utf-16le"},
		{"tcvn3 undeclared", tcvn, "", prose, "tcvn3"},
		{"tcvn3 declared latin", tcvn, "iso-8859-1", prose, "tcvn3"},
		{"tcvn3 declared utf-8", tcvn, "utf-8", prose, "tcvn3"},
		{"tcvn3 declared for users", tcvn, "x-user-defined", prose, "tcvn3"},
		{"viscii", viscii, "windows-1252", prose, "viscii"},
		{"viscii declared", viscii, "VISCII", prose, "viscii"},
		{"vni", vni, "windows-1252", prose, "vni"},
		{"vni declared 1258", vni, "windows-1258", prose, "vni"},
		{"1258", ansi, "windows-1258", prose, "windows-1258"},
		{"1258 declared 1252", ansi, "windows-1252", prose, "windows-1258"},
		{"1258 undeclared", ansi, "", prose, "windows-1258"},
		{"french", french, "", charmapDecode(string(french)), "windows-1252"},
		{"quotes only", []byte("He said \x93yes\x94 \x96 and \x93no\x94."), "", "He said “yes” – and “no”.", "windows-1252"},
		{"japanese", []byte("\x93\xFA\x96\x7B\x8C\xEA"), "shift_jis", "日本語", "shift_jis"},
		{"short tcvn3", []byte("Th\xF1 t\xAD\xEDng"), "", "Thủ tướng", "tcvn3"},
		{"tcvn3 font of capitals", append([]byte("H\xE9I NGH\xDE V\xD2 T\xE6 CH\xF8C. "), tcvn...), "", "HỘI NGHỊ VỀ TỔ CHỨC. " + prose, "tcvn3"},
		{"ascii", []byte("Hoi nghi"), "windows-1258", "Hoi nghi", "utf-8"},
		{"empty", nil, "", "", "utf-8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, enc, err := viet.Decode(c.body, c.declared)
			if err != nil || text != c.text || enc != c.enc {
				t.Errorf("Decode = %q, %s, %v\nwant %q, %s", text, enc, err, c.text, c.enc)
			}
		})
	}
}

func TestDecodeBinary(t *testing.T) {
	body := []byte(strings.Repeat("\x89PNG\x00\x00\x01", 100))
	if _, _, err := viet.Decode(body, ""); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("err = %v, want news.ErrInvalid", err)
	}
}

// Sound text must come through untouched, whatever it says of á and ».
func TestDecodeLeavesSoundText(t *testing.T) {
	const text = "«Vâng, thế á»» – bà nói. Ã, Â, Ä và º là ký tự. " + prose
	if got, _, _ := viet.Decode([]byte(text), "utf-8"); got != text {
		t.Errorf("got %q", got)
	}
}
