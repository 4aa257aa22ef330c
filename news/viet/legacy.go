package viet

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// tcvn3High is 0xA0 to 0xFF of TCVN 5712:1993, the part that the ABC fonts
// (VN3) draw. Their 0x80 to 0x9F are the marks of windows-1252; capitals with
// tones are drawn by a second font from the codes of the small letters.
const tcvn3High = "\u00A0ĂÂÊÔƠƯĐăâêôơưđẰ" +
	"\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴ" +
	"ẮẦẨẪẤỀặầẩẫấậèỂẻẽ" +
	"éẹềểễếệìỉỄẾỒĩíịò" +
	"Ổỏõóọồổỗốộờởỡớợù" +
	"ỖủũúụừửữứựỳỷỹýỵỐ"

// visciiHigh is 0x80 to 0xFF of VISCII 1.1 (RFC 1456).
const visciiHigh = "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ" +
	"ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ" +
	"Õắằặấầẩậẽẹếềểễệố" +
	"ồổỗỠƠộờởịỰỨỪỬơớƯ" +
	"ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ" +
	"ĐứÒÓÔạỷừửÙÚỹỵÝỡư" +
	"àáâãảăữẫèéêẻìíĩỉ" +
	"đựòóôõỏọụùúũủýợỮ"

// byteTable gives each byte its rune.
type byteTable [256]rune

// The tables are read-only.
var (
	ansi   = newAnsi()
	tcvn3  = newTable(tcvn3High)
	viscii = newViscii()
)

func newAnsi() *byteTable {
	t := new(byteTable)
	for i := range t {
		t[i] = ansiRune(byte(i))
	}
	return t
}

// ansiRune decodes a byte of windows-1252; the five that it leaves undefined
// are control characters, as the WHATWG standard has them.
func ansiRune(c byte) rune {
	if r := charmap.Windows1252.DecodeByte(c); r != utf8.RuneError {
		return r
	}
	return rune(c)
}

// newTable puts high at the upper end of windows-1252.
func newTable(high string) *byteTable {
	t := newAnsi()
	runes := []rune(high)
	copy(t[len(t)-len(runes):], runes)
	return t
}

// newViscii adds the six capitals that VISCII puts on control characters.
func newViscii() *byteTable {
	t := newTable(visciiHigh)
	for b, r := range map[byte]rune{0x02: 'Ẳ', 0x05: 'Ẵ', 0x06: 'Ẫ', 0x14: 'Ỷ', 0x19: 'Ỹ', 0x1E: 'Ỵ'} {
		t[b] = r
	}
	return t
}

func (t *byteTable) decode(body []byte) string {
	var b strings.Builder
	b.Grow(len(body) + len(body)/2)
	for _, c := range body {
		b.WriteRune(t[c])
	}
	return b.String()
}
