package crawler

import (
	"net/url"
	"strconv"
	"strings"
	"time"

	"sukien/crawler/frontier"
	"sukien/news"
)

// Days are the first and the last day that a backfill asks for, as instants of
// Vietnam's time.
type Days struct{ From, To time.Time }

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
	day  string // that an archive's list is of, 2006-01-02; or its month 2006-01, its year 2006
	page int    // of a list in several pages, from 1
	// was is the signature of the page before: a site may answer with its last page
	// for every number behind it.
	was string
}

// The ways through an archive.
const (
	WayArchive  = "archive"  // the source's archive pattern, a page a day, month or year
	WaySitemaps = "sitemaps" // the source's sitemaps and, while none of them was tried, those that robots.txt names
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
