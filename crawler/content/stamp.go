package content

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"sukien/news"
	"sukien/news/timex"
)

// stamp is a publication time as a line shows it.
type stamp struct {
	year, month, day int
	hour, minute     int
	second           int
	// timed says that a time of day is shown, relative that it was counted
	// from the fetch, swappable that day and month may be the other way round.
	timed, relative, swappable bool
	// american says that the form is one that English systems print: month first.
	// english that English words introduce it, dashed that dashes part it.
	american, english, dashed bool
	// zoned says that the zone was written; zone is its offset in minutes.
	zoned bool
	zone  int
	// given is the stamp as timex gave it, with its own precision.
	given news.Stamp
}

var (
	// dateForms are the numeric forms; the groups are told apart by size.
	dateNumeric  = regexp.MustCompile(`(\d{1,4})\s?([/.\-])\s?(\d{1,2})\s?[/.\-]\s?(\d{4}|\d{2})(?:\D|$)`)
	dateWords    = regexp.MustCompile(`(?i)(\d{1,2})\s*(?:,|-|/)?\s*tháng\s*(\d{1,2}|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười hai|mười một|mười)\s*(?:,|-|/|năm)*\s*(\d{4})`)
	dateWords2   = regexp.MustCompile(`(?i)tháng\s*(\d{1,2}|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười hai|mười một|mười)\s+(\d{1,2})\s*,\s*(\d{4})`)
	dateEnglish  = regexp.MustCompile(`(?i)(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})`)
	dateEnglis2  = regexp.MustCompile(`(?i)(\d{1,2})\s+(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+(\d{4})`)
	clock        = regexp.MustCompile(`(?i)(\d{1,2})\s?(?::|h|g|giờ)\s?(\d{2})(?:\s?(?:phút|p|')?\s?:?\s?(\d{2})(?:\.\d+)?)?\s?(am|pm|sa|ch|sáng|chiều|tối)?`)
	offset       = regexp.MustCompile(`(?i)(?:gmt|utc)\s*([+-]?)\s*(\d{1,2})`)
	agoLine      = regexp.MustCompile(`^(?:[Kk]hoảng )?(?:\d{1,3}|[Mm]ột|[Vv]ài) (?:giây|phút|giờ|tiếng|ngày|tuần|tháng|năm) trước$`)
	englishLabel = regexp.MustCompile(`(?i)(?:published|posted|added|created|updated|submitted)\s*(?:on|at|by|:)?`)
	plainISO     = regexp.MustCompile(`^\s*(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?`)
)

var monthNames = map[string]int{
	"một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}

// readStamp finds the publication time that a line shows. fetched is what "2
// giờ trước" is counted from; a line that needs it gives nothing when it is zero.
func readStamp(line string, fetched time.Time) (stamp, bool) {
	if len(line) > 400 {
		line = line[:400]
	}
	s, span, ok := readDate(line)
	if !ok {
		return readRelative(line, fetched)
	}
	s.english = englishLabel.MatchString(line[:span[0]])
	rest := line[:span[0]] + strings.Repeat(" ", span[1]-span[0]) + line[span[1]:]
	s.readClock(rest, span)
	if m := offset.FindStringSubmatch(rest); m != nil {
		h, _ := strconv.Atoi(m[2])
		s.zoned, s.zone = true, h*60
		if m[1] == "-" {
			s.zone = -s.zone
		}
	}
	return s, true
}

// readDate finds the first date of a line.
func readDate(line string) (s stamp, span [2]int, ok bool) {
	numeric, worded := dateShape(line)
	if !numeric && !worded {
		return s, span, false
	}
	for i := 0; numeric && i < len(line); i++ {
		if !isDigit(line[i]) || i > 0 && (isDigit(line[i-1]) || line[i-1] == '/') {
			continue
		}
		if s, end, ok := scanDate(line, i); ok {
			return s, [2]int{i, end}, true
		}
	}
	if !worded || !namesMonth(line) {
		return s, span, false
	}
	for _, f := range []struct {
		re      *regexp.Regexp
		d, m, y int
	}{{dateWords, 1, 2, 3}, {dateWords2, 2, 1, 3}, {dateEnglish, 2, 1, 3}, {dateEnglis2, 1, 2, 3}} {
		if m := f.re.FindStringSubmatchIndex(line); m != nil {
			at := func(g int) string { return line[m[2*g]:m[2*g+1]] }
			s = stamp{day: number(at(f.d)), month: number(at(f.m)), year: number(at(f.y))}
			if s.valid() {
				return s, [2]int{m[0], m[1]}, true
			}
		}
	}
	return s, span, false
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// scanDate reads a date of three numbers parted by slashes, dashes or dots
// that begins at i. The end is the byte after it.
func scanDate(line string, i int) (s stamp, end int, ok bool) {
	var num [3]string
	var sep string
	for k := range num {
		from := i
		for i < len(line) && isDigit(line[i]) {
			i++
		}
		num[k] = line[from:i]
		if num[k] == "" || len(num[k]) > 4 {
			return s, 0, false
		}
		if k == 2 {
			break
		}
		i = skipSpace(line, i)
		if i >= len(line) || strings.IndexByte("/-.", line[i]) < 0 {
			return s, 0, false
		}
		sep = line[i : i+1]
		i = skipSpace(line, i+1)
	}
	if n := len(num[2]); len(num[1]) > 2 || n == 3 || n == 1 && len(num[0]) != 4 {
		return s, 0, false
	}
	s, ok = numericDate(num[0], sep, num[1], num[2])
	return s, i, ok
}

// skipSpace steps over one space.
func skipSpace(s string, i int) int {
	if i < len(s) && s[i] == ' ' {
		return i + 1
	}
	return i
}

// dateShape tells, without a regular expression, whether a line may hold a
// numeric date (two digits parted by a mark) or one with a month in words (a
// year and the beginning of a month's name).
func dateShape(s string) (numeric, worded bool) {
	digits := 0
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= '0' && c <= '9':
			digits++
			continue
		case digits > 0 && (c == '/' || c == '-' || c == '.') && i+1 < len(s):
			next := s[i+1]
			if next == ' ' && i+2 < len(s) {
				next = s[i+2]
			}
			numeric = numeric || next >= '0' && next <= '9'
		case digits == 4 && i > 4:
			worded = true
		case digits > 0 && c == ' ' && i+2 < len(s) && (s[i+1] == '/' || s[i+1] == '-' || s[i+1] == '.'):
			numeric = true
		}
		digits = 0
	}
	return numeric, worded || digits == 4 && len(s) > 8
}

// namesMonth tells whether a line may name a month.
func namesMonth(s string) bool {
	if strings.Contains(s, "háng") || strings.Contains(s, "HÁNG") {
		return true
	}
	for _, m := range [...]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"} {
		if strings.Contains(s, m) {
			return true
		}
	}
	return false
}

// number reads digits or the name of a month.
func number(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return monthNames[strings.ToLower(s)]
}

// numericDate orders the parts of a numeric date: year first where it has four
// digits, else day before month unless that cannot be.
func numericDate(a, sep, b, c string) (stamp, bool) {
	x, y, z := number(a), number(b), number(c)
	var s stamp
	switch {
	case len(a) == 4:
		s = stamp{year: x, month: y, day: z}
	case len(a) == 3 || len(c) < 2:
		return s, false
	default:
		if len(c) == 2 {
			z += 2000
		}
		s = stamp{year: z, month: y, day: x, swappable: x <= 12 && y <= 12 && x != y}
		if y > 12 && x <= 12 {
			s.month, s.day, s.american = x, y, true
		}
		s.dashed = sep == "-"
		s.american = s.american || sep == "/" && len(a) == 1 && len(b) == 1
	}
	return s, s.valid()
}

func (s *stamp) valid() bool {
	if s.year < 1990 || s.year > 2100 || s.month < 1 || s.month > 12 || s.day < 1 {
		return false
	}
	return s.day <= time.Date(s.year, time.Month(s.month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// readClock reads the time of day nearest to the date.
func (s *stamp) readClock(rest string, span [2]int) {
	best, dist := []int(nil), 1<<30
	for _, m := range clock.FindAllStringSubmatchIndex(rest, 4) {
		d := span[0] - m[1]
		if d < 0 {
			d = m[0] - span[1]
		}
		if h := number(rest[m[2]:m[3]]); h > 23 || number(rest[m[4]:m[5]]) > 59 {
			continue
		}
		if d < dist {
			best, dist = m, d
		}
	}
	if best == nil || dist > 40 {
		return
	}
	s.timed, s.hour, s.minute = true, number(rest[best[2]:best[3]]), number(rest[best[4]:best[5]])
	if best[6] >= 0 {
		s.second = number(rest[best[6]:best[7]]) % 60
	}
	if best[8] >= 0 {
		s.half(strings.ToLower(rest[best[8]:best[9]]), best[6] >= 0)
	}
}

// half applies AM and PM, in English or Vietnamese. English ones with seconds
// and single digits are the American form of an unset locale.
func (s *stamp) half(mark string, seconds bool) {
	switch mark {
	case "pm", "ch", "chiều", "tối":
		if s.hour < 12 {
			s.hour += 12
		}
	case "am", "sa", "sáng":
		if s.hour == 12 {
			s.hour = 0
		}
	}
	english := mark == "am" || mark == "pm"
	if s.swappable && english && (s.american && seconds || s.american && s.english || s.english && s.dashed) {
		s.swap()
	}
}

func (s *stamp) swap() {
	s.day, s.month = s.month, s.day
	s.swappable = false
}

// readRelative reads what counts from the fetch: "2 giờ trước", "hôm qua lúc
// 10:00", a day without its year.
func readRelative(line string, fetched time.Time) (s stamp, ok bool) {
	if fetched.IsZero() || len(line) > 80 || !mayCount(line) {
		return s, false
	}
	at, basis, ok := timex.Stamp(line, fetched)
	t, _ := at.Time()
	if !ok || t.IsZero() {
		return s, false
	}
	t = t.In(news.Hanoi)
	return stamp{
		year: t.Year(), month: int(t.Month()), day: t.Day(), hour: t.Hour(), minute: t.Minute(), second: t.Second(),
		timed: at.Precise(), relative: basis == news.BasisRelative, given: at,
	}, true
}

// mayCount tells whether a line has a word or mark of a time that counts from now.
func mayCount(line string) bool {
	return strings.Contains(line, "rước") || strings.Contains(line, "ôm ") || strings.Contains(line, "ừa xong") || strings.ContainsAny(line, "/-") && digitsIn(line) >= 2
}

// news gives the time at the precision that is known. Midnight to the second
// is what systems write that keep no time of day, so it counts as a day.
func (s *stamp) news() news.Stamp {
	t := s.time().In(news.Hanoi)
	switch {
	case s.given != "":
		return s.given
	case s.timed && (t.Hour()|t.Minute()|t.Second()) != 0:
		return news.StampOf(t)
	case s.timed:
		return news.Stamp(t.Format("2006-01-02"))
	}
	return news.Stamp(s.time().Format("2006-01-02"))
}

func (s *stamp) time() time.Time {
	zone := news.Hanoi
	if s.zoned && s.zone != 7*60 {
		zone = time.FixedZone("", s.zone*60)
	}
	return time.Date(s.year, time.Month(s.month), s.day, s.hour, s.minute, s.second, 0, zone)
}

// parseMachine reads a stamp that is meant for machines: ISO 8601, else any
// form that readStamp knows.
func parseMachine(v string) (s stamp, ok bool) {
	m := plainISO.FindStringSubmatch(v)
	if m == nil {
		return readStamp(v, time.Time{})
	}
	s = stamp{year: number(m[1]), month: number(m[2]), day: number(m[3])}
	if m[4] != "" {
		s.timed, s.hour, s.minute, s.second = true, number(m[4]), number(m[5]), number(m[6])
	}
	switch {
	case m[7] == "Z":
		s.zoned = true
	case m[7] != "":
		s.zoned = true
		h, _ := strconv.Atoi(m[7][1:3])
		mm, _ := strconv.Atoi(m[7][len(m[7])-2:])
		s.zone = h*60 + mm
		if m[7][0] == '-' {
			s.zone = -s.zone
		}
	}
	return s, s.valid() && s.hour < 24 && s.minute < 60
}

func digitsIn(s string) int {
	n := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}

// stampLabels are the words that stand beside a publication time.
var stampLabels = strings.NewReplacer("thứ", "", "hai", "", "ba", "", "tư", "", "năm", "", "sáu", "", "bảy", "", "chủ nhật", "", "cn", "", "ngày", "", "đăng", "", "lúc", "",
	"cập nhật", "", "gmt", "", "utc", "", "published", "", "posted", "", "on", "", "view count", "", "lượt xem", "", "số lần xem", "", "am", "", "pm", "", "sa", "", "ch", "", "giờ", "", "phút", "", "tháng", "", "xuất bản", "", "thời gian", "", "lần cuối", "", "hôm nay", "", "hôm qua", "", "trước", "")

// isStamp is isStampLine of b's text, kept.
func (b *block) isStamp() bool {
	if b.stampLine == 0 {
		b.stampLine = -1
		if isStampLine(b.text) {
			b.stampLine = 1
		}
	}
	return b.stampLine > 0
}

// isStampLine tells whether a short line is a time and little else.
func isStampLine(text string) bool {
	if len(text) > 200 || digitsIn(text) == 0 {
		return false
	}
	if _, _, dated := readDate(text); !dated && !agoLine.MatchString(text) {
		return false
	}
	rest := stampLabels.Replace(strings.ToLower(text))
	n := 0
	for _, r := range rest {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n <= 14
}
