package crawler

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"sukien/crawler/canonical"
	"sukien/crawler/content"
	"sukien/crawler/dated"
	"sukien/crawler/frontier"
	"sukien/crawler/source"
	"sukien/news"
)

const (
	// maxWalkPages bounds the pages of one list: an outlet with 100 articles a day
	// and 20 a page has so many in three years.
	maxWalkPages = 5_000
	// walkBatch is how many links of a sitemap are added at a time.
	walkBatch = 500
)

// walkPage takes the links of an archive or section page, and goes on to the next
// page of it until the days are behind.
func (v *visitor) walkPage(l frontier.Link, s *source.Source, a *answer, note *Visit) (frontier.Outcome, error) {
	at, w, _ := walkOf(l)
	if !maybeHTML(&a.page) {
		return frontier.Outcome{}, &FetchError{Class: classNotHTML, URL: at, Err: fmt.Errorf("content type %q", a.page.ContentType)}
	}
	res, err := strip(a.page, s)
	if err != nil {
		return frontier.Outcome{}, err
	}
	links := v.walkLinks(s, l, w, res)
	note.Links = len(links)
	o := outcome(l, s, time.Now(), true)
	o.Signature = signatureOf(links)
	if len(links) == 0 || o.Signature == w.was {
		return o, nil
	}
	era, seen := inside, map[string]time.Time{}
	if !w.dated() {
		if era, err = v.era(w, s, links, seen); err != nil {
			return frontier.Outcome{}, err
		}
	}
	if era != newer {
		links = slices.DeleteFunc(links, func(l frontier.Link) bool {
			when, ok := dated.Article(l.URL)
			day := seen[l.URL]
			return ok && !when.Overlaps(w.From, w.end()) || !day.IsZero() && !w.has(day)
		})
		v.c.stats.archived(len(links))
		if _, err := v.add(links); err != nil {
			return frontier.Outcome{}, err
		}
	}
	next := w.next(at, s, res)
	if era == older || next == "" || w.page >= maxWalkPages {
		return o, nil
	}
	w.page, w.was = w.page+1, o.Signature
	link := w.link(s, next, time.Now())
	link.Via = at
	_, err = v.add([]frontier.Link{link})
	return o, err
}

// walkLinks are the links of a page that have the shape of articles.
func (v *visitor) walkLinks(s *source.Source, l frontier.Link, w walk, res *content.Result) []frontier.Link {
	from := l
	from.URL = plain(l)
	b := v.newList(s, from, from.URL)
	for _, link := range res.Links {
		if len(b.links) < maxSectionLinks && !strings.Contains(link.Rel, "nofollow") {
			b.add(link.URL, b.article)
		}
	}
	for i := range b.links {
		b.links[i].Published = w.dayOf(b.links[i].URL)
	}
	return b.links
}

// dated tells whether the list's address says a day or a month: all that it has
// is of these.
func (w walk) dated() bool { return len(w.day) > len("2006") }

// dayOf is the day that an article's address or its archive page says, zero when
// neither does.
func (w walk) dayOf(address string) time.Time {
	if when, ok := dated.Article(address); ok {
		return when.From
	}
	t, err := day(w.day)
	if err != nil {
		return time.Time{}
	}
	return t
}

func signatureOf(links []frontier.Link) string {
	sum := sha256.New()
	for _, l := range links {
		io.WriteString(sum, l.URL+"\n")
	}
	return hex.EncodeToString(sum.Sum(nil)[:8])
}

// The eras of a page, against the days that are asked for.
const (
	inside = iota
	newer  // all of its articles are of later days
	older  // most are of earlier days
)

// era tells where a page stands by the days in the addresses of its articles, or,
// where these say none, by three of the articles themselves.
func (v *visitor) era(w walk, s *source.Source, links []frontier.Link, seen map[string]time.Time) (int, error) {
	var days []time.Time
	for _, l := range links {
		if when, ok := dated.Article(l.URL); ok {
			days = append(days, when.From)
		}
	}
	if len(days) == 0 {
		for _, i := range slices.Compact([]int{len(links) / 4, len(links) / 2, len(links) * 3 / 4}) {
			t, err := v.probe(w, s, links[i])
			if err != nil {
				return inside, err
			}
			if !t.IsZero() {
				days, seen[links[i].URL] = append(days, t), t
			}
		}
	}
	before, after := 0, 0
	for _, t := range days {
		switch {
		case t.Before(w.From):
			before++
		case !t.Before(w.end()):
			after++
		}
	}
	switch {
	case 2*before > len(days):
		return older, nil
	case after > 0 && after == len(days):
		return newer, nil
	}
	return inside, nil
}

// probe fetches an article of the lease's host for its day, the zero time when it
// does not say one, and keeps it when it is of the days.
func (v *visitor) probe(w walk, s *source.Source, l frontier.Link) (time.Time, error) {
	if l.Host != v.lease.Host {
		return time.Time{}, nil
	}
	a, err := v.fetchOnce(l, s, &request{url: l.URL})
	var fe *FetchError
	if errors.As(err, &fe) {
		v.strain(fe)
		return time.Time{}, nil
	}
	if err != nil || a == nil || a.redirect != "" || !maybeHTML(&a.page) {
		return time.Time{}, err
	}
	a.page.URL, a.page.Source = l.URL, l.Source
	res, err := strip(a.page, s)
	if err != nil {
		return time.Time{}, a.keep(false)
	}
	t, ok := res.Article.Published.Time()
	if !ok || !w.has(t) || res.Next != "" {
		return t, a.keep(res.Robots.NoArchive)
	}
	fresh, err := v.add([]frontier.Link{l})
	if err != nil || fresh == 0 {
		return t, errors.Join(err, a.keep(res.Robots.NoArchive))
	}
	var note Visit
	o, err := v.article(l, s, a, &note)
	if err != nil {
		return t, err
	}
	note.URL, note.Host, note.Source, note.Kind, note.Result, note.Bytes = l.URL, l.Host, l.Source, l.Kind, o.Result, a.bytes
	v.c.note(note)
	return t, v.done(o)
}

// pageNumber is what tells the pages of a list apart in their addresses.
var pageNumber = regexp.MustCompile(`(?i)([/_.-](?:page|trang|p)?[/_-]?)([0-9]{1,5})(\.[a-z]{2,5}|/)?$`)

// next is the address of the page behind the one at hand, empty when it names none.
func (w walk) next(at string, s *source.Source, res *content.Result) string {
	if u := w.nextNumber(at, s); u != "" {
		return u
	}
	if u, err := canonical.URL(at, res.Next); err == nil && res.Next != "" && canonical.Host(u) == canonical.Host(at) {
		return u
	}
	first := unnumbered(at, w.page)
	for _, l := range res.Links {
		u, err := canonical.URL(at, l.URL)
		if err == nil && canonical.Host(u) == canonical.Host(at) && u != at && unnumbered(u, w.page+1) == first {
			return u
		}
	}
	return ""
}

// nextNumber is the address of the next page by the archive pattern that says the
// number of the one at hand, empty when none does.
func (w walk) nextNumber(at string, s *source.Source) string {
	if w.list != WayArchive {
		return ""
	}
	for _, a := range s.Archive {
		p := source.Pattern(a.URL)
		day, err := time.ParseInLocation(p.Layout(), w.day, news.Hanoi)
		if err == nil && p.Paged() && p.On(day, w.page) == at {
			return p.On(day, w.page+1)
		}
	}
	return ""
}

// unnumbered is an address without the number of its page, where that is n.
func unnumbered(address string, n int) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	q := u.Query()
	for _, name := range partParameters {
		if q.Get(name) == strconv.Itoa(n) {
			q.Del(name)
		}
	}
	u.RawQuery = q.Encode()
	ending := ""
	if m := pageNumber.FindStringSubmatch(u.Path); m != nil && m[2] == strconv.Itoa(n) && n > 1 {
		u.Path, ending = strings.TrimSuffix(u.Path, m[0]), m[3]
	}
	if ending == "/" {
		ending = ""
	}
	u.Path = strings.TrimSuffix(u.Path, "/") + ending
	u.RawPath = ""
	return u.String()
}
