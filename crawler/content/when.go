package content

import (
	"regexp"
	"strings"
	"time"

	"sukien/news"
)

// pickTime chooses the publication time: what the page tells machines, checked
// against what it shows people, else what it shows, else what its address says.
func (d *doc) pickTime(a *news.Article) {
	a.PublishedBasis = news.BasisNone
	machine, basis, ok := d.machineTime()
	seen, found := d.visibleTime()
	switch {
	case ok && found && !seen.relative:
		if better(&machine, &seen) {
			a.Published, a.PublishedBasis = seen.news(), news.BasisText
		} else {
			a.Published, a.PublishedBasis = machine.news(), basis
		}
	case ok:
		a.Published, a.PublishedBasis = machine.news(), basis
	case found:
		d.timeShown(&seen, a)
	default:
		d.timeFromURL(a)
	}
	d.pickModified(a)
}

// timeShown takes the visible time, unless the address says another day.
func (d *doc) timeShown(seen *stamp, a *news.Article) {
	a.Published, a.PublishedBasis = seen.news(), news.BasisText
	if seen.relative {
		a.PublishedBasis = news.BasisRelative
	}
	u, ok := d.addressTime()
	if ok && (seen.relative && !sameDay(u.time(), seen.time()) || u.time().Sub(seen.time()).Abs() > 5*24*time.Hour) {
		a.Published, a.PublishedBasis = u.news(), news.BasisURL
	}
}

// better tells whether the visible time is to be preferred: the machine's has
// no time of day, is a default midnight, is of another day, or calls local
// time by another zone.
func better(machine, seen *stamp) bool {
	m, s := machine.time(), seen.time()
	if !seen.timed {
		return !machine.timed && !sameDay(m, s) && !seen.swappable
	}
	switch {
	case !machine.timed:
		return true
	case machine.hour == 0 && machine.minute == 0 && machine.second == 0:
		return true
	case machine.zoned && machine.hour == seen.hour && machine.minute == seen.minute && machine.day == seen.day:
		return m.Sub(s).Abs() >= time.Hour
	}
	return m.Sub(s).Abs() > 30*time.Hour && !seen.swappable
}

func sameDay(a, b time.Time) bool {
	a, b = a.In(news.Hanoi), b.In(news.Hanoi)
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

// timeMetas are the metas that give the publication time, best first.
var timeMetas = []string{"article:published_time", "article:publish_time", "datepublished", "pubdate", "publishdate", "publish-date", "og:published_time",
	"cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.created", "dc.date", "date"}

// machineTime is the publication time in JSON-LD, metas or <time>.
func (d *doc) machineTime() (stamp, news.Basis, bool) {
	var first stamp
	var basis news.Basis
	try := func(v string, b news.Basis) bool {
		if v == "" {
			return false
		}
		s, ok := parseMachine(v)
		if !ok {
			return false
		}
		if basis == "" {
			first, basis = s, b
		}
		return s.timed && (s.hour|s.minute|s.second) != 0
	}
	if try(d.head.ld.Published, news.BasisJSONLD) {
		return first, basis, true
	}
	for _, k := range timeMetas {
		v := d.head.meta[k]
		s, ok := parseMachine(v)
		if !ok {
			continue
		}
		if basis == "" || s.timed && !first.timed {
			first, basis = s, news.BasisMeta
		}
	}
	if basis == "" {
		try(d.head.uploaded, news.BasisJSONLD)
	}
	return first, basis, basis != ""
}

// stampSpan is how many blocks before and after the headline and after the
// body a visible time is looked for.
const stampSpan = 12

// visibleTime is the time shown near the headline, else at the body's end.
func (d *doc) visibleTime() (stamp, bool) {
	best, score := stamp{}, 0
	try := func(i, near int) {
		b := &d.blocks[i]
		beside := near > 30
		if s, ok := d.stampOf(b, beside); ok && (!s.relative || beside) {
			if n := near + d.stampScore(b, &s); n > score {
				best, score = s, n
			}
		}
	}
	anchor := d.titleAt
	if anchor < 0 {
		anchor = d.first
	}
	bodyStart := d.firstKept()
	for _, w := range d.head.written {
		if s, ok := readStamp(w.text, d.page.Fetched); ok && s.timed && (strings.Contains(w.text, "innerHTML") || w.at >= anchor-stampSpan && w.at <= bodyStart+2) {
			best, score = s, 70
		}
	}
	for i := max(anchor-stampSpan, 0); i < anchor && i < len(d.blocks); i++ {
		try(i, 20-(anchor-i))
	}
	below := max(bodyStart, anchor+stampSpan) + 1
	for i := anchor; i < len(d.blocks) && i < below; i++ {
		try(i, 60-min(i-anchor, 20))
	}
	end := d.lastKept() + 1
	for i := end; i < len(d.blocks) && i <= end+stampSpan; i++ {
		if i < anchor || i >= below {
			try(i, 15-(i-end))
		}
	}
	return best, score > 0
}

func (d *doc) firstKept() int {
	for i := range d.blocks {
		if d.blocks[i].kind == blockKept {
			return i
		}
	}
	return d.first
}

// firstText is the first kept block that is not the lead.
func (d *doc) firstText() int {
	for i := range d.blocks {
		if b := &d.blocks[i]; b.kind == blockKept && b.why != "lead" {
			return i
		}
	}
	return d.firstKept()
}

func (d *doc) lastKept() int {
	for i := len(d.blocks) - 1; i >= 0; i-- {
		if d.blocks[i].kind == blockKept {
			return i
		}
	}
	return d.last
}

// stampOf reads the time of a block that is one, or of a <time> element. A line
// that counts from now is only read beside the headline.
func (d *doc) stampOf(b *block, beside bool) (stamp, bool) {
	own := hint(0)
	if b.elem >= 0 {
		own = d.elems[b.elem].all
		if s, ok := d.attrStamp(b, own); ok {
			return s, true
		}
	}
	if b.kind == blockKept || b.words > 30 || own&hintTime == 0 && !b.isStamp() && b.words > 14 {
		return stamp{}, false
	}
	if !beside && agoLine.MatchString(b.text) {
		return stamp{}, false
	}
	s, ok := readStamp(b.text, d.page.Fetched)
	if ok && s.swappable {
		d.settleOrder(&s)
	}
	return s, ok
}

// attrStamp is the time in the attributes of b's element: datetime, or on one
// marked as a time the title and content that many systems write.
func (d *doc) attrStamp(b *block, own hint) (stamp, bool) {
	n := d.elems[b.elem].node
	v := attr(n, "datetime")
	if v == "" && own&hintTime != 0 {
		for _, key := range [...]string{"content", "title"} {
			if v == "" && digitsIn(attr(n, key)) >= 6 {
				v = attr(n, key)
			}
		}
	}
	if v == "" {
		return stamp{}, false
	}
	s, ok := parseMachine(v)
	if !ok {
		return stamp{}, false
	}
	if shown, seen := readStamp(b.text, d.page.Fetched); seen && shown.timed && !shown.relative && better(&s, &shown) {
		return shown, true
	}
	return s, true
}

// stampScore rates a block with a time as the article's own.
func (d *doc) stampScore(b *block, s *stamp) int {
	n := 0
	h := d.hints(b)
	if h&hintTime != 0 {
		n += 25
	}
	if b.isStamp() {
		n += 15
	}
	if s.timed {
		n += 20
	}
	if s.relative {
		n -= 10
	}
	if h&(hintRelated|hintComment|hintAside|hintFooter|hintNav|hintAd) != 0 {
		n -= 60
	}
	if b.link*2 > int32(len(b.text)) {
		n -= 30
	}
	return n
}

// settleOrder decides between day and month for a date that can be read both
// ways: by the address, by the machine's stamp, by English words beside it.
func (d *doc) settleOrder(s *stamp) {
	y := *s
	y.swap()
	if u, ok := urlDate(pageURL(d.page)); ok {
		if u.month == y.month && u.day == y.day && u.year == y.year {
			*s = y
		}
		return
	}
}

var (
	urlDigits = regexp.MustCompile(`(?:^|\D)(20[0-3]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:([01]\d|2[0-3])([0-5]\d)([0-5]\d)?)?`)
	urlPath   = regexp.MustCompile(`/(20[0-3]\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:\D|$)`)
)

// urlDate is the date in an address: "/2019/11/21/", "-20191121095642.html".
func urlDate(u string) (stamp, bool) {
	if m := urlPath.FindStringSubmatch(u); m != nil {
		s := stamp{year: number(m[1]), month: number(m[2]), day: number(m[3])}
		return s, s.valid()
	}
	if m := urlDigits.FindStringSubmatch(u); m != nil {
		s := stamp{year: number(m[1]), month: number(m[2]), day: number(m[3])}
		if m[4] != "" {
			s.timed, s.hour, s.minute, s.second = true, number(m[4]), number(m[5]), number(m[6])
		}
		return s, s.valid()
	}
	return stamp{}, false
}

// timeFromURL takes the date, and the time of day where there is one, from the
// article's address.
func (d *doc) timeFromURL(a *news.Article) {
	if s, ok := d.addressTime(); ok {
		a.Published, a.PublishedBasis = s.news(), news.BasisURL
	}
}

// addressTime is the date in one of the addresses that the page has.
func (d *doc) addressTime() (stamp, bool) {
	for _, u := range append([]string{pageURL(d.page), d.head.meta["og:url"]}, d.head.canonical...) {
		if s, ok := urlDate(u); ok {
			return s, true
		}
	}
	return stamp{}, false
}

// pickModified reads the time of the last change.
func (d *doc) pickModified(a *news.Article) {
	for _, v := range []string{d.head.ld.Modified, d.head.meta["article:modified_time"], d.head.meta["datemodified"], d.head.meta["og:updated_time"], d.head.meta["lastmod"]} {
		if v == "" {
			continue
		}
		if s, ok := parseMachine(v); ok {
			if m := s.news(); m != a.Published {
				a.Modified = m
			}
			return
		}
	}
}
