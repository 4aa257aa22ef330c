package viet

import (
	"maps"
	"slices"
	"strings"
)

// The rows are the twelve vowels; the columns no tone, huyền, sắc, hỏi, ngã, nặng.
const toneRows = "aàáảãạ" + "ăằắẳẵặ" + "âầấẩẫậ" + "eèéẻẽẹ" + "êềếểễệ" + "iìíỉĩị" +
	"oòóỏõọ" + "ôồốổỗộ" + "ơờớởỡợ" + "uùúủũụ" + "ưừứửữự" + "yỳýỷỹỵ"

// tones counts the columns of toneRows.
const tones = 6

// toneTable holds toneRows; toneCodes is its inverse, counted from 1. Read-only.
var (
	toneTable = []rune(toneRows)
	toneCodes = newToneCodes()
)

func newToneCodes() *[tableSize]uint8 {
	codes := new([tableSize]uint8)
	for i, r := range toneTable {
		codes[r] = uint8(i + 1)
	}
	return codes
}

// splitTone parts a lower-case vowel from its tone, 1 to 5; other runes have tone 0.
func splitTone(r rune) (base rune, tone int) {
	if r < 0 || r >= tableSize || toneCodes[r] == 0 {
		return r, 0
	}
	i := int(toneCodes[r]) - 1
	return toneTable[i-i%tones], i % tones
}

func isVowel(base rune) bool {
	return base >= 0 && base < tableSize && toneCodes[base]%tones == 1
}

// withTone puts a tone on a vowel without one.
func withTone(base rune, tone int) rune {
	if !isVowel(base) {
		return base
	}
	return toneTable[int(toneCodes[base])-1+tone]
}

// toneAt says which rune of a toneless rime bears the mark, by the older of
// the two styles: the modified vowel (the second of ươ), else the second vowel
// before a consonant or between vowels, else the first ("hòa", "thủy").
func toneAt(rime []rune) int {
	at, vowels := -1, 0
	for i, r := range rime {
		if !isVowel(r) {
			break
		}
		vowels++
		if strings.ContainsRune("ăâêôơư", r) && !(r == 'ư' && at >= 0) {
			at = i
		}
	}
	switch {
	case at >= 0:
		return at
	case vowels >= 3 || vowels == 2 && len(rime) > 2:
		return 1
	}
	return 0
}

// misplaced numbers the rimes with the mark on another vowel than the canonical
// one; replaced has the canonical writing of each. Read-only.
var misplaced, replaced = newMisplaced()

func newMisplaced() (*Vocabulary, []string) {
	m := make(map[string]string)
	for _, list := range rimeLists {
		for name := range strings.FieldsSeq(list) {
			addMisplaced(m, []rune(name))
		}
	}
	wrong := NewVocabulary(slices.Collect(maps.Keys(m)))
	right := make([]string, wrong.Len())
	for n := 1; n < len(right); n++ {
		right[n] = m[wrong.Key(uint32(n))]
	}
	return wrong, right
}

// canonicalRime is the canonical writing of a rime with its tone; ok tells
// whether that is another.
func canonicalRime(rime string) (right string, ok bool) {
	n := misplaced.Number(rime)
	return replaced[n], n != 0
}

func addMisplaced(m map[string]string, rime []rune) {
	right := toneAt(rime)
	for tone := 1; tone < tones; tone++ {
		canon := toneOn(rime, right, tone)
		for i := range rime {
			if wrong := toneOn(rime, i, tone); i != right && wrong != canon && isVowel(rime[i]) {
				m[wrong] = canon
			}
		}
	}
}

func toneOn(rime []rune, at, tone int) string {
	out := append([]rune(nil), rime...)
	out[at] = withTone(out[at], tone)
	return string(out)
}

// canonicalTone moves the tone mark of a lower-case NFC word to its canonical
// place where the word is a Vietnamese syllable and only the place is amiss:
// "hoà" → "hòa", "khỏang" → "khoảng", "qúy" → "quý". Other words come back as
// they are.
func canonicalTone(word string) string {
	onset, rime := splitOnset(word)
	if onset == "q" {
		return canonicalQu(word, rime)
	}
	if right, ok := canonicalRime(rime); ok && isOnset(onset) {
		return onset + right
	}
	return word
}

// canonicalQu handles a mark on the u of qu, which is no vowel there.
func canonicalQu(word, rime string) string {
	for i, r := range rime {
		if i == 0 {
			if base, tone := splitTone(r); base != 'u' || tone == 0 {
				return word
			}
			continue
		}
		base, was := splitTone(r)
		_, tone := splitTone([]rune(rime)[0])
		rest := rime[i+len(string(r)):]
		if bare, _ := appendToneless(nil, rime[i:]); was != 0 || !isRime(bare) {
			return word
		}
		moved := string(withTone(base, tone)) + rest
		if right, ok := canonicalRime(moved); ok {
			moved = right
		}
		return "qu" + moved
	}
	return word
}
