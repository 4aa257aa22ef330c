// Package viet handles Vietnamese text: Unicode and tone-mark forms, legacy
// encodings, tokens, sentences and folding.
//
// # Map
//
//	viet.go       the types: Token, Kind, Shape, Span
//	token.go      Tokenize and Append; word.go its words
//	class.go      classes of runes, keys of marks
//	key.go        Key and the canonical lower-case form of a word
//	tone.go       where the tone mark stands in a syllable
//	syllable.go   IsSyllable: onsets, rimes, tones
//	sentence.go   Sentences; abbrev.go what a stop does not end; clause.go Clauses
//	number.go     Numeral: number words and digits; roman.go: Roman
//	fold.go       NFC and Fold
//	decode.go     Decode: bytes of a page to NFC text; detect.go, legacy.go, vni.go, raise.go,
//	              mojibake.go serve it
//
// # Conventions of tokens
//
// Offsets are bytes of the text as given; the text may be NFC or NFD and need
// not be valid UTF-8. Tokens are in order, do not overlap and cover all but
// white space and invisible characters (soft hyphen, zero-width joiners, byte
// order mark, direction marks), which inside a word are dropped from its Key.
// A zero-width space (U+200B) counts as white space.
//
// Words and numbers. A run that begins with a digit is cut at every border of
// digit and letter: "7h30" is Number 7, Word h, Number 30; "14G30", "5G" and
// "25km" likewise. A run that begins with a letter keeps its digits as long as
// its letters are ASCII: "G20", "COP30", "QH15", "CO2", "H1N1" and "h30" are one
// Word; "ngày21" and "tháng11" (a forgotten blank) are Word and Number. Case
// plays no part in that. A Number holds ASCII digits only: "1.200", "3,5",
// "21/11" and "+84" are runs of Number and Punct with Space false.
//
// Marks. Every mark is a Punct of its own: hyphen, slash, full stop, ampersand,
// per cent, apostrophe. "LĐ-TB&XH" is seven tokens, "Xin-ga-po" five, "TP.HCM"
// three; all but the first have Space false. Two or more full stops in a row are
// one Punct. Keys of marks:
//
//   - every hyphen, dash and minus (‐ ‑ ‒ – — ― − and full-width)
//     "   every double quotation mark (“ ” „ ‟ « » ″ and full-width)
//     '   every single quotation mark and apostrophe (‘ ’ ‚ ‛ ′ ´ `)
//     …   the ellipsis, and ".." and longer
//   - every bullet (• ● ○ ▪ ■ □ ◦ ∙ · ♦ ◆ ► ➢ ...)
//     full-width , . : ; ! ? ( ) % / have the ASCII key; all others their own character
//
// What stands in the text is text[Start:End].
//
// Breaks. One Break, of Key "\n", stands for a run of line ends with the blanks
// between them. A token after it has Space true.
//
// Shapes. A single capital is Title ("Q"); with digits it is Upper ("G20");
// digits and caseless letters do not count. Numbers and marks are Lower.
package viet
