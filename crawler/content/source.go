package content

import (
	"cmp"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tailSource takes "(TTXVN)", "/VOV.VN", "(tổng hợp)" off a name.
func tailSource(s string) (rest, agency, source string) {
	rest = s
	if !strings.ContainsAny(s, ")/") {
		return s, "", ""
	}
	if m := tailParen.FindStringSubmatchIndex(s); m != nil && strings.TrimSpace(s[:m[0]]) != "" {
		inner := strings.TrimPrefix(strings.TrimSpace(s[m[2]:m[3]]), "PV")
		rest = strings.TrimSpace(s[:m[0]])
		low := strings.ToLower(inner)
		switch a := agencyIn(inner); {
		case a != "":
			agency, source = a, otherSource(inner, a)
		case low == "tổng hợp" || low == "t/h" || low == "th" || low == "lược dịch" || low == "dịch" || low == "ghi" || low == "thực hiện":
		default:
			source = strings.TrimSpace(sourceLabel.ReplaceAllString(inner, ""))
		}
	}
	i := strings.IndexByte(rest, '/')
	if i <= 1 {
		return rest, agency, source
	}
	tail := strings.TrimSpace(rest[i+1:])
	if a := agencyIn(rest[:i]); a != "" && len(a)+2 >= i {
		return a, a, cmp.Or(source, tail)
	}
	if strings.HasPrefix(tail, "Ảnh") || strings.HasPrefix(tail, "ảnh") {
		return strings.TrimSpace(rest[:i]), agency, source
	}
	if a := agencyIn(tail); a != "" {
		if agency != "" && source == "" && agency != a {
			source = agency
		}
		return strings.TrimSpace(rest[:i]), a, source
	}
	if outletLike(tail) || isHost(tail) || strings.HasPrefix(tail, "VOV") || strings.EqualFold(tail, "bnews") || tail == strings.ToUpper(tail) && len(tail) > 2 && !strings.Contains(tail, " ") {
		return strings.TrimSpace(rest[:i]), agency, cmp.Or(source, tail)
	}
	return rest, agency, source
}

// otherSource is a source that names more than the agency a and where its
// correspondent is.
func otherSource(s, a string) string {
	s = strings.TrimSpace(sourceLabel.ReplaceAllString(s, ""))
	if len(s) <= len(a)+2 || strings.HasPrefix(strings.TrimPrefix(s, a), " tại ") {
		return ""
	}
	return s
}

var (
	tailParen = regexp.MustCompile(`\s*\(([^()]*)\)\s*$`)
	// workNote is what an editor adds to a source: "(biên dịch) Theo …".
	workNote = regexp.MustCompile(`(?i)[\s(]+(?:biên dịch|lược dịch|tổng hợp|thực hiện|theo|nguồn|t/h)(?:[\s:)].*)?$`)
)

// noSources stand where a source would and name none.
var noSources = map[string]bool{"tổng hợp": true, "t/h": true, "th": true, "ctv": true, "pv": true, "internet": true, "sưu tầm": true, "st": true}

// cleanSource takes labels and editors' notes off a source; "" where no outlet
// or body is left: a correspondent's post, an office, "tổng hợp".
func cleanSource(s string) string {
	if s == "" {
		return ""
	}
	s = workNote.ReplaceAllString(sourceLabel.ReplaceAllString(s, ""), "")
	s = strings.Trim(s, " ().,:-–")
	low := strings.ToLower(s)
	if noSources[low] || strings.HasPrefix(low, "pv ") || strings.HasPrefix(low, "p/v ") || strings.HasPrefix(low, "phóng viên ") {
		return ""
	}
	if startsLower(s) && strings.IndexByte(s, '.') < 0 && !strings.HasPrefix(s, "the ") {
		return ""
	}
	return s
}

// readSource tells an author after "Theo" from an outlet: "Theo Vũ Vũ" signs,
// "Theo Forbes" names where the story came from.
func readSource(line, name string, c credit) (credit, bool) {
	name = strings.Trim(name, " .:()")
	if name == "" {
		return c, false
	}
	if a := agencyIn(name); a != "" {
		c.agency = a
		return c, true
	}
	if strings.Count(name, " ") > 6 || endsSentence(name) {
		return c, false
	}
	r, _ := utf8.DecodeRuneInString(name)
	if !unicode.IsUpper(r) && !strings.Contains(name, ".") {
		return c, false
	}
	if strings.HasPrefix(strings.ToLower(line), "theo") && nameLike(name) && isVietnamese(name) && !outletLike(name) && strings.Contains(name, " ") {
		c.author = name
		return c, true
	}
	c.source = name
	return c, true
}

// agencyIn is the first wire service that s names, "" when it names none.
func agencyIn(s string) (first string) {
	at := len(s)
	for _, a := range agencies {
		if i := strings.Index(s, a); i >= 0 && i < at && wordBounded(s, i, i+len(a)) {
			first, at = a, i
		}
	}
	return first
}

// agencyInDateline is the wire service that a text's first words name: "Hà Nội
// (TTXVN 12/5)", "(TTXVN) -".
func agencyInDateline(text string) string {
	start := clip(text, 80)
	i := strings.IndexByte(start, '(')
	end := strings.IndexByte(start, ')')
	if i < 0 || end < i || strings.Count(start[:i], " ") > 6 {
		return ""
	}
	if a := agencyIn(start[i+1 : end]); a != "" && end-i < len(a)+14 {
		return a
	}
	return ""
}

func wordBounded(s string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	after, _ := utf8.DecodeRuneInString(s[to:])
	return (from == 0 || !unicode.IsLetter(before)) && (to == len(s) || !unicode.IsLetter(after))
}
