package crawler

import (
	"net/url"
	"slices"
	"strings"

	"sukien/crawler/canonical"
	"sukien/news"
)

// twins finds texts that stand under many addresses of a host: session ids and
// other parameters that choose nothing, soft 404s that give some other page. It
// is kept in the host's memo.
type twins struct {
	// Last are the signatures of the articles seen last, with their addresses.
	Last []twin `json:"last,omitempty"`
	// Idle counts the parameters in which alone addresses of one text differed.
	Idle map[string]int `json:"idle,omitempty"`
}

type twin struct {
	Signature string `json:"s"`
	URL       string `json:"u"`
}

// The bounds of twins.
const (
	maxTwins = 64
	maxIdle  = 20
	// idleAfter is how often a parameter has to have made no difference.
	idleAfter = 3
	// twinText is how long a text has to be to be known again, in bytes.
	twinText = 200
)

// first is the address under which the article was seen before, empty when it
// is new or this is that address.
func (t *twins) first(a *news.Article, signature, canonicalURL string) string {
	if len(a.Text) < twinText {
		return ""
	}
	for _, l := range t.Last {
		if l.Signature == signature {
			if l.URL == canonicalURL {
				return ""
			}
			return l.URL
		}
	}
	if len(t.Last) >= maxTwins {
		t.Last = slices.Delete(t.Last, 0, 1)
	}
	t.Last = append(t.Last, twin{signature, canonicalURL})
	return ""
}

// compare learns from two addresses of one text which parameter is idle.
func (t *twins) compare(a, b string) {
	ua, err := url.Parse(a)
	if err != nil {
		return
	}
	ub, err := url.Parse(b)
	if err != nil || ua.Path != ub.Path || ua.Host != ub.Host {
		return
	}
	qa, qb := ua.Query(), ub.Query()
	for name := range qa {
		if !qb.Has(name) {
			qb.Set(name, "")
		}
	}
	var differ []string
	for name := range qb {
		if qa.Get(name) != qb.Get(name) {
			differ = append(differ, name)
		}
	}
	if len(differ) != 1 || t.Idle[differ[0]] == 0 && len(t.Idle) >= maxIdle || chooses(differ[0]) {
		return
	}
	if t.Idle == nil {
		t.Idle = map[string]int{}
	}
	t.Idle[differ[0]]++
}

// chooses tells whether a parameter chooses the page by its very name: outlets
// do print one text under two numbers.
func chooses(name string) bool {
	return idParameter.MatchString(name+"=1000") || slices.Contains(partParameters[:], strings.ToLower(name))
}

// plain is a canonical address without the parameters that are idle.
func (t *twins) plain(canonicalURL string) string {
	if len(t.Idle) == 0 || !strings.Contains(canonicalURL, "?") {
		return canonicalURL
	}
	u, err := url.Parse(canonicalURL)
	if err != nil {
		return canonicalURL
	}
	q := u.Query()
	n := len(q)
	for name, times := range t.Idle {
		if times >= idleAfter {
			q.Del(name)
		}
	}
	if len(q) == n {
		return canonicalURL
	}
	u.RawQuery = q.Encode()
	if out, err := canonical.URL("", u.String()); err == nil {
		return out
	}
	return canonicalURL
}
