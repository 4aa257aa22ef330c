package crawler

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"sukien/crawler/frontier"
	"sukien/news"
)

// Days are the first and the last day that a backfill asks for, as instants of
// Vietnam's time.
type Days struct{ From, To time.Time }

// span is the time of one day, or of what a name says: a month, a year.
type span struct{ from, to time.Time } // to is the first instant behind it

func (s span) overlaps(d Days) bool { return s.from.Before(d.end()) && s.to.After(d.From) }

// end is the first instant behind the last day.
func (d Days) end() time.Time { return d.To.AddDate(0, 0, 1) }

func (d Days) has(t time.Time) bool { return !t.Before(d.From) && t.Before(d.end()) }

// walk is what a backfill's own visit of a list is for. It stands in the fragment
// of the link's URL, which no canonical address has and no server sees: so a list
// may be crawled live and walked by several backfills, each visit once, and what
// is left of a backfill that was interrupted is in the frontier.
type walk struct {
	Days
	list string // one of the ways below, or robots
	day  string // of an archive page, 2006-01-02
	page int    // of a list in several pages, from 1
	// was is the signature of the page before: a site may answer with its last page
	// for every number behind it.
	was string
}

// The ways through an archive.
const (
	WayArchive  = "archive"  // the source's archive pattern, a page a day, month or year
	WaySitemaps = "sitemaps" // the source's sitemaps, else those that robots.txt names
	WaySections = "sections" // section pages, walked back
)

// Ways are all of them, in the order in which they are tried.
var Ways = []string{WayArchive, WaySitemaps, WaySections}

// wayRobots is a visit of robots.txt for the sitemaps that it names.
const wayRobots = "robots"

const walkMark = "#backfill?"

// address is a list's URL with the walk in its fragment.
func (w walk) address(list string) string {
	q := url.Values{"from": {w.From.Format(time.DateOnly)}, "to": {w.To.Format(time.DateOnly)}, "list": {w.list}}
	set := func(key, value string) {
		if value != "" {
			q.Set(key, value)
		}
	}
	set("day", w.day)
	set("was", w.was)
	if w.page > 1 {
		q.Set("page", strconv.Itoa(w.page))
	}
	return list + walkMark + q.Encode()
}

// walkOf is the walk of a link, ok when it has one.
func walkOf(l frontier.Link) (list string, w walk, ok bool) {
	list, mark, ok := strings.Cut(l.URL, walkMark)
	if !ok {
		return l.URL, w, false
	}
	q, err := url.ParseQuery(mark)
	if err != nil {
		return list, w, false
	}
	w = walk{list: q.Get("list"), day: q.Get("day"), was: q.Get("was"), page: 1}
	if n, err := strconv.Atoi(q.Get("page")); err == nil && n > 1 {
		w.page = n
	}
	var bad error
	if w.From, bad = day(q.Get("from")); bad == nil {
		w.To, bad = day(q.Get("to"))
	}
	return list, w, bad == nil
}

func day(text string) (time.Time, error) {
	return time.ParseInLocation(time.DateOnly, text, news.Hanoi)
}

// walks tells whether a link is a visit of a backfill's.
func walks(l frontier.Link) bool { return strings.Contains(l.URL, walkMark) }

// plain is a link's URL as it is fetched.
func plain(l frontier.Link) string {
	u, _, _ := strings.Cut(l.URL, walkMark)
	return u
}

var (
	// namedDay, namedMonth and namedYear are dates in the names of lists:
	// sitemap-2019-11-21.xml, articles_201911.xml.gz, ?year=2019&month=1.
	namedDay   = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)[0-9]{2})[-_/.]?(0[1-9]|1[0-2])[-_/.]?(0[1-9]|[12][0-9]|3[01])(?:[^0-9]|$)`)
	namedMonth = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)[0-9]{2})(?:(?:[-_/.]|&month=)(1[0-2]|0?[1-9])|(0[1-9]|1[0-2]))(?:[^0-9]|$)`)
	namedYear  = regexp.MustCompile(`(?:^|[^0-9])((?:19|20)[0-9]{2})(?:[^0-9]|$)`)
	// stampedDay is the day in an article's address: a folder of its own, or the
	// instant of publication as its number.
	stampedDay = regexp.MustCompile(`/((?:19|20)[0-9]{2})[-/](0?[1-9]|1[0-2])[-/](0?[1-9]|[12][0-9]|3[01])/|[^0-9]((?:19|20)[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{6,9}(?:[^0-9]|$)`)
)

// named is the span that the name of a list says, ok when it says one.
func named(address string) (s span, ok bool) {
	_, path, _ := strings.Cut(address, "://")
	_, path, _ = strings.Cut(path, "/")
	if m := namedDay.FindStringSubmatch(path); m != nil {
		return spanOf(m[1], m[2], m[3])
	}
	if m := namedMonth.FindStringSubmatch(path); m != nil {
		return spanOf(m[1], m[2]+m[3], "")
	}
	if m := namedYear.FindStringSubmatch(path); m != nil {
		return spanOf(m[1], "", "")
	}
	return s, false
}

// stamped is the day that an article's address says, ok when it says one.
func stamped(address string) (s span, ok bool) {
	m := stampedDay.FindStringSubmatch(address)
	switch {
	case m == nil:
		return s, false
	case m[1] != "":
		return spanOf(m[1], m[2], m[3])
	}
	return spanOf(m[4], m[5], m[6])
}

// spanOf is a day, a month where there is none, or a year. A day that does not
// exist, the 31st of April, is none.
func spanOf(year, month, date string) (span, bool) {
	number := func(s string, none int) int {
		if n, err := strconv.Atoi(s); err == nil {
			return n
		}
		return none
	}
	from := time.Date(number(year, 0), time.Month(number(month, 1)), number(date, 1), 0, 0, 0, 0, news.Hanoi)
	switch {
	case month == "":
		return span{from, from.AddDate(1, 0, 0)}, true
	case date == "":
		return span{from, from.AddDate(0, 1, 0)}, true
	}
	return span{from, from.AddDate(0, 0, 1)}, from.Day() == number(date, 1)
}
