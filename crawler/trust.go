package crawler

import (
	"sukien/crawler/frontier"
)

// trust counts, by the address of a list, how often in a row it was "not
// modified"; liar stands for one that was while it had changed. It is kept in
// the host's memo.
type trust map[string]int

const (
	liar = -1
	// doubtAfter is how many answers of "not modified" in a row are believed, until
	// the list itself is asked for once more.
	doubtAfter = 12
	maxTrust   = 100
)

// conditional tells whether a link is asked for with its validators. A list that
// has lied is not; an article is asked for without once, on its second recheck,
// since caches before the outlets do lie.
func (v *visitor) conditional(l frontier.Link) bool {
	if standing(l) {
		return v.memo.Trust[l.URL] != liar
	}
	return l.Fetches != 2
}

// believed counts an answer of "not modified", and tells whether it is believed.
func (v *visitor) believed(l frontier.Link) bool {
	if !standing(l) {
		return true
	}
	if v.memo.Trust == nil {
		v.memo.Trust = trust{}
	}
	if n := v.memo.Trust[l.URL]; n > 0 || len(v.memo.Trust) < maxTrust {
		v.memo.Trust[l.URL] = n + 1
	}
	return v.memo.Trust[l.URL] < doubtAfter
}

// verify settles the doubt about a list that was "not modified" by its content.
func (v *visitor) verify(l frontier.Link, changed bool) {
	if !changed {
		v.memo.Trust[l.URL] = 0
		return
	}
	v.memo.Trust[l.URL] = liar
	v.c.cfg.Log.Warn("an address answers \"not modified\" although it has changed: its validators are not used any more", "url", l.URL)
}
