package viet

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"

	"sukien/news"
)

// Names of encodings that Decode reports besides those of the WHATWG standard.
const (
	encUTF8   = "utf-8"
	enc1252   = "windows-1252"
	enc1258   = "windows-1258"
	encTCVN3  = "tcvn3"
	encVISCII = "viscii"
	encVNI    = "vni"
)

// Decode turns the bytes of a page into NFC text and names the encoding that
// they were in. declared is the label of header or meta, or empty; it counts
// only where the bytes do not speak for themselves: byte order marks first,
// then UTF-8 over the whole body (a few broken sequences become U+FFFD), then
// the letter statistics of the Vietnamese encodings where the label is Latin,
// unknown or false, then the label, then windows-1252. UTF-8 that was encoded
// twice is repaired. Errors: news.ErrInvalid for bytes that are no text.
func Decode(body []byte, declared string) (text, enc string, err error) {
	if text, enc, ok := decodeUnicode(body); ok {
		return text, enc, nil
	}
	if n := bytes.Count(body, []byte{0}); n > 8 && n > len(body)/100 {
		return "", "", fmt.Errorf("viet: decode: %d of %d bytes are NUL, not text: %w", n, len(body), news.ErrInvalid)
	}
	label := labelOf(declared)
	if isUTF8(body, label == encUTF8) {
		return NFC(repair(strings.ToValidUTF8(string(body), "\uFFFD"))), encUTF8, nil
	}
	if e := foreign(label); e != nil {
		return decodeWith(e, body), label, nil
	}
	enc = detect(body, label)
	return decodeNamed(body, enc), enc, nil
}

// decodeUnicode handles byte order marks, and UTF-16 without one.
func decodeUnicode(body []byte) (text, enc string, ok bool) {
	order, name := unicode.LittleEndian, "utf-16le"
	switch {
	case bytes.HasPrefix(body, []byte("\xEF\xBB\xBF")):
		return NFC(repair(strings.ToValidUTF8(string(body[3:]), "\uFFFD"))), encUTF8, true
	case bytes.HasPrefix(body, []byte("\xFF\xFE")):
		body = body[2:]
	case bytes.HasPrefix(body, []byte("\xFE\xFF")):
		order, name, body = unicode.BigEndian, "utf-16be", body[2:]
	case nulShare(body, 1) > 0.4 && nulShare(body, 0) < 0.1:
	case nulShare(body, 0) > 0.4 && nulShare(body, 1) < 0.1:
		order, name = unicode.BigEndian, "utf-16be"
	default:
		return "", "", false
	}
	return decodeWith(unicode.UTF16(order, unicode.IgnoreBOM), body), name, true
}

// nulShare is the share of NULs among the even (0) or odd (1) bytes of the beginning.
func nulShare(body []byte, odd int) float64 {
	const sample = 1 << 12
	body = body[:min(len(body), sample)]
	nuls := 0
	for i := odd; i < len(body); i += 2 {
		if body[i] == 0 {
			nuls++
		}
	}
	return float64(nuls) / float64(len(body)/2+1)
}

// labelOf brings a declared label to its name.
func labelOf(declared string) string {
	label := strings.ToLower(strings.Trim(declared, " \t\r\n\"';"))
	switch label {
	case "tcvn", "tcvn3", "tcvn-5712", "tcvn5712", "tcvn5712-1", "tcvn5712-1:1993", "x-viet-tcvn5712", "x-viet-tcvn", "x-tcvn":
		return encTCVN3
	case "viscii", "viscii1.1", "viscii1.1-1", "csviscii", "x-viscii", "x-viet-viscii":
		return encVISCII
	case "vni", "x-vni", "x-viet-vni", "vni-win":
		return encVNI
	}
	if e, err := htmlindex.Get(label); err == nil {
		if name, err := htmlindex.Name(e); err == nil {
			return name
		}
	}
	return ""
}

// foreign gives the encoding of a label that no Vietnamese page bears by
// mistake, nil for Latin ones.
func foreign(label string) encoding.Encoding {
	switch label {
	case "", encUTF8, encTCVN3, encVISCII, encVNI, "x-user-defined", "replacement", "macintosh", "utf-16le", "utf-16be":
		return nil
	}
	if strings.HasPrefix(label, "windows-125") || strings.HasPrefix(label, "iso-8859-") {
		return nil
	}
	e, err := htmlindex.Get(label)
	if err != nil {
		return nil
	}
	return e
}

// isUTF8 tells whether a body is UTF-8 but for a few broken sequences, which
// are cut or pasted text. More are forgiven where UTF-8 is declared.
func isUTF8(body []byte, declared bool) bool {
	if utf8.Valid(body) {
		return true
	}
	sound, broken := 0, 0
	for i := 0; i < len(body); {
		if body[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(body[i:])
		if r == utf8.RuneError && n == 1 {
			broken++
		} else {
			sound++
		}
		i += n
	}
	if declared {
		return sound >= broken
	}
	return sound >= 10*broken
}

func decodeWith(e encoding.Encoding, body []byte) string {
	text, err := e.NewDecoder().Bytes(body)
	if err != nil {
		text = body
	}
	return NFC(strings.ToValidUTF8(string(text), "\uFFFD"))
}

// decodeNamed decodes by a name that detect returned.
func decodeNamed(body []byte, enc string) string {
	switch enc {
	case encTCVN3:
		return NFC(raise(tcvn3.decode(body)))
	case encVISCII:
		return NFC(viscii.decode(body))
	case encVNI:
		return NFC(vni.decode(body))
	case enc1252:
		return NFC(ansi.decode(body))
	case enc1258:
		return decodeWith(charmap.Windows1258, body)
	}
	if e, err := htmlindex.Get(enc); err == nil {
		return decodeWith(e, body)
	}
	return NFC(ansi.decode(body))
}
