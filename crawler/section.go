package crawler

import (
	"errors"
	"fmt"
	"strings"

	"sukien/crawler/frontier"
	"sukien/crawler/source"
)

// maxSectionPages is how many pages of a section are read in one visit, when
// each of them has nothing but links that were not known: then the outlet has
// printed more since the last visit than one page holds.
const maxSectionPages = 5

// section takes the links of a section page, and of its further pages as long
// as there is nothing on them that is known. It gives the links of the first
// page, which are the section's signature.
func (v *visitor) section(l frontier.Link, s *source.Source, a *answer, note *Visit) ([]frontier.Link, error) {
	b := v.newList(s, l, finalURL(&a.page))
	next, err := fromSection(b, &a.page)
	if err != nil {
		return nil, err
	}
	fresh, err := v.add(b.links)
	if err != nil {
		return nil, err
	}
	v.reportTraps(s, b)
	first := b.links
	seen := map[string]bool{l.URL: true}
	for n := 1; fresh > 0 && fresh == len(b.links) && n < maxSectionPages; n++ {
		target := nextPart(l.URL, next, seen)
		if target == "" {
			return first, nil
		}
		seen[target] = true
		if b, next, err = v.sectionPage(l, s, target, note); b == nil || err != nil {
			return first, err
		}
		if fresh, err = v.add(b.links); err != nil {
			return first, err
		}
		if fresh == 0 && len(b.links) > 0 && sameLinks(first, b.links) {
			v.trap(s.Domain, l.URL, fmt.Sprintf("the section's page %d is its first page again: its further pages are left alone", n+1))
		}
	}
	return first, nil
}

// sectionPage reads a further page; the list is nil when it could not be had.
func (v *visitor) sectionPage(l frontier.Link, s *source.Source, target string, note *Visit) (*list, string, error) {
	a, err := v.fetchOnce(l, s, &request{url: target})
	note.Bytes += a.size()
	var fe *FetchError
	if errors.As(err, &fe) {
		v.strain(fe)
		v.c.cfg.Log.Warn("a further page of the section could not be had", "url", target, "error", fe)
		return nil, "", nil
	}
	if err != nil || a == nil || a.redirect != "" || a.notModified {
		return nil, "", err
	}
	a.page.URL, a.page.Source = target, l.Source
	b := v.newList(s, l, target)
	next, err := fromSection(b, &a.page)
	if errors.As(err, &fe) {
		return nil, "", nil
	}
	return b, next, err
}

// sameLinks tells whether two pages have the same links.
func sameLinks(a, b []frontier.Link) bool {
	known := map[string]bool{}
	for _, l := range a {
		known[l.URL] = true
	}
	for _, l := range b {
		if !known[l.URL] {
			return false
		}
	}
	return true
}

// manyTraps is how many addresses of a kind on one page make a trap.
const manyTraps = 3

// reportTraps reports what the list passed over.
func (v *visitor) reportTraps(s *source.Source, b *list) {
	for what, urls := range b.traps {
		if len(urls) >= manyTraps || strings.HasPrefix(what, "a path") {
			v.trap(s.Domain, b.from.URL, fmt.Sprintf("%s: %d addresses are passed over, %s among them", what, len(urls), urls[0]))
		}
	}
}
