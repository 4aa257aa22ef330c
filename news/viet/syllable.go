package viet

import (
	"strings"
	"unicode/utf8"
)

// rimeLists holds the rimes of the Vietnamese spelling without tone, by first
// vowel (after Đoàn Thiện Thuật, Ngữ âm tiếng Việt, and the rimes of newer
// loans: oong, ooc).
var rimeLists = [...]string{
	"a ac ach ai am an ang anh ao ap at au ay",
	"ăc ăm ăn ăng ăp ăt",
	"âc âm ân âng âp ât âu ây",
	"e ec em en eng eo ep et",
	"ê êch êm ên êng ênh êp êt êu",
	"i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu",
	"o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot",
	"ô ôc ôi ôm ôn ông ôp ôt",
	"ơ ơi ơm ơn ơp ơt",
	"u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt uyn uynh uyp uyt uyu",
	"ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu",
	"y ych yên yêm yêng yêt yêu ynh yt",
}

const onsetList = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"

// rimes and onsets are read-only.
var (
	rimes  = NewVocabulary(strings.Fields(strings.Join(rimeLists[:], " ")))
	onsets = NewVocabulary(strings.Fields(onsetList))
)

func isOnset(s string) bool { return s == "" || onsets.Number(s) != 0 }

func isRime(s []byte) bool { return rimes.Number(string(s)) != 0 }

// maxSyllable is the length of the longest syllable ("nghiêng") in bytes, with room.
const maxSyllable = 16

// IsSyllable tells whether a key (lower case, NFC) can be a Vietnamese
// syllable: an onset, a rime and a tone that go together. Syllables of other
// languages ("đắk", "kạn", "gra") mostly are not, though some happen to be ("xin", "lan").
func IsSyllable(key string) bool {
	if key == "" || len(key) > maxSyllable {
		return false
	}
	onset, rime := splitOnset(key)
	if onset == "q" {
		after, ok := strings.CutPrefix(rime, "u")
		onset, rime = "qu", after
		if !ok {
			return false
		}
	}
	var buf [2 * maxSyllable]byte // a vowel without its tone is no longer than with it
	bare, sharp := appendToneless(buf[:0], rime)
	return isOnset(onset) && goesWith(onset, bare) && isRime(bare) && (sharp || !stopped(rime))
}

// splitOnset parts a word before its first vowel; the i of gi goes with the
// onset when a vowel follows ("giá", "giếng"), but not when it bears the tone ("gìn").
func splitOnset(word string) (onset, rime string) {
	for i, r := range word {
		if classOf(r)&vowel == 0 {
			continue
		}
		if word[:i] == "g" && r == 'i' {
			next, _ := utf8.DecodeRuneInString(word[i+1:])
			if classOf(next)&vowel != 0 {
				return word[:i+1], word[i+1:]
			}
		}
		return word[:i], word[i:]
	}
	return word, ""
}

// appendToneless adds s without its tone marks, and tells whether one of them
// is sắc or nặng.
func appendToneless(dst []byte, s string) (out []byte, sharp bool) {
	for _, r := range s {
		if r < utf8.RuneSelf {
			dst = append(dst, byte(r))
			continue
		}
		base, tone := splitTone(r)
		sharp = sharp || tone == 2 || tone == 5
		dst = utf8.AppendRune(dst, base)
	}
	return dst, sharp
}

// goesWith holds the spelling rules of k, gh and ngh (before i, y, e, ê) and
// of c, g and ng (before the others), of a rime without tone.
func goesWith(onset string, rime []byte) bool {
	switch onset {
	case "k", "gh", "ngh":
		return isFront(rime)
	case "c", "ng":
		return !isFront(rime)
	case "g":
		return !isFront(rime) || rime[0] == 'i'
	}
	return true
}

// isFront tells whether a rime begins with i, y, e or ê.
func isFront(rime []byte) bool {
	first, _ := utf8.DecodeRune(rime)
	return strings.ContainsRune("iyeê", first)
}

// stopped tells of a rime that ends in a stop, which takes only sắc and nặng.
func stopped(rime string) bool {
	if rime == "" {
		return false
	}
	switch rime[len(rime)-1] {
	case 'c', 'p', 't':
		return true
	case 'h':
		return strings.HasSuffix(rime, "ch")
	}
	return false
}
