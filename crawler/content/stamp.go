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

var (
	clock        = regexp.MustCompile(`(?i)(\d{1,2})\s?(?::|h|g|giờ)\s?(\d{2})(?:\s?(?:phút|p|')?\s?:?\s?(\d{2})(?:\.\d+)?)?\s?(am|pm|sa|ch|sáng|chiều|tối)?(\pL?)`)
	offset       = regexp.MustCompile(`(?i)(?:gmt|utc)\s*([+-]?)\s*(\d{1,2})`)
	agoLine      = regexp.MustCompile(`^(?:[Kk]hoảng )?(?:\d{1,3}|[Mm]ột|[Vv]ài) (?:giây|phút|giờ|tiếng|ngày|tuần|tháng|năm) trước$`)
	englishLabel = regexp.MustCompile(`(?i)(?:published|posted|added|created|updated|submitted)\s*(?:on|at|by|:)?`)
	plainISO     = regexp.MustCompile(`^\s*(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?`)
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
	if best[8] >= 0 && best[10] == best[11] { // "CH" but not "Chủ nhật"
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

// stampLabels are the words that stand beside a publication time.
var stampLabels = strings.NewReplacer("thứ", "", "hai", "", "ba", "", "tư", "", "năm", "", "sáu", "", "bảy", "", "chủ nhật", "", "cn", "", "ngày", "", "đăng", "", "lúc", "",
	"cập nhật", "", "gmt", "", "utc", "", "published", "", "posted", "", "on", "", "view count", "", "lượt xem", "", "số lần xem", "", "am", "", "pm", "", "sa", "", "ch", "", "giờ", "", "phút", "", "tháng", "", "xuất bản", "", "lần cuối", "", "hôm nay", "", "hôm qua", "", "trước", "")

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
