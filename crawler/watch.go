package crawler

import (
	"context"
	"net/http"
	"time"

	"sukien/crawler/frontier"
)

// Watcher is told how the outlets do, after each lease of a host. Its errors
// are logged and nothing else: what it keeps is for people.
type Watcher interface {
	Observe(ctx context.Context, o Observation) error
}

// Observation is what was seen of an outlet at one host during one lease.
type Observation struct {
	Source, Host string
	At           time.Time
	Articles     int            // that were new
	Pages        int            // answers with content, "not modified" among them
	Failed       map[string]int // by class
	// Robots is what the host's robots.txt says in a word: rules, none,
	// "disallows all", unreachable; empty when it was not asked for yet.
	Robots string
	Pace   time.Duration
	Rest   time.Time // no request before
	// Findings are what the operator should look at.
	Findings []Finding
	// Well are the hosts and addresses that answered as they should.
	Well []string
}

// Finding is something about an outlet that its operator should look at.
type Finding struct {
	// Kind is one of the kinds below.
	Kind string
	// About is the host, address or shape that it is about.
	About, Detail string
	Times         int
}

// The kinds of finding.
const (
	findChallenge = "challenge" // the host wants a browser to prove itself
	findBlocked   = "blocked"   // the site refuses an address of the source
	findMoved     = "moved"     // an address of the source leads to another site
	findAddress   = "address"   // an address of the source is not what it should be
	findDown      = "down"      // the host does not answer
	findTrap      = "trap"      // addresses without end, or one text under many
)

// sight is an observation in the making.
type sight struct {
	Observation
	fine, ill bool // the host has given content, has shown a fault of its own
}

// sightOf is the observation of a source.
func (v *visitor) sightOf(name string) *sight {
	if v.sights == nil {
		v.sights = map[string]*sight{}
	}
	s := v.sights[name]
	if s == nil {
		s = &sight{Observation: Observation{Source: name, Host: v.lease.Host, Failed: map[string]int{}}}
		v.sights[name] = s
	}
	return s
}

// find adds a finding, or counts it once more.
func (s *sight) find(kind, about, detail string) {
	for i := range s.Findings {
		if f := &s.Findings[i]; f.Kind == kind && f.About == about {
			f.Times++
			return
		}
	}
	if len(s.Findings) < maxFindings {
		s.Findings = append(s.Findings, Finding{Kind: kind, About: about, Detail: detail, Times: 1})
	}
}

// maxFindings bounds the findings of one lease.
const maxFindings = 50

// trap reports addresses that would lead nowhere, or round in a circle.
func (v *visitor) trap(source, about, detail string) {
	v.c.cfg.Log.Warn("trap", "source", source, "about", about, "detail", detail)
	v.sightOf(source).find(findTrap, about, detail)
}

// saw takes what came of a link.
func (v *visitor) saw(l frontier.Link, note Visit) {
	s := v.sightOf(l.Source)
	if note.Err != nil {
		s.Failed[note.Err.Class]++
		v.ail(s, l, note.Err)
		return
	}
	if note.Result != frontier.ResultFetched && note.Result != frontier.ResultUnchanged {
		return
	}
	s.Pages++
	s.fine = true
	if note.Article && l.Fetches == 0 {
		s.Articles++
	}
	if standing(l) {
		s.Well = append(s.Well, l.URL)
	}
}

// ail makes findings of failures: those of the host itself, and those of the
// addresses that the source's file has, which bring nothing from then on.
func (v *visitor) ail(s *sight, l frontier.Link, err *FetchError) {
	host := classOf(err.Class).host > 0 && !v.rest.IsZero()
	refused := err.Class == classRobots || err.Class == classHTTP4xx && (err.Status == http.StatusForbidden || err.Status == http.StatusUnauthorized || err.Status == http.StatusUnavailableForLegalReasons)
	switch {
	case err.Class == classChallenge:
		s.ill = true
		s.find(findChallenge, v.lease.Host, err.Error())
	case host && err.Class != classBusy && err.Class != classProxy:
		s.ill = true
		s.find(findDown, v.lease.Host, err.Error())
	case !standing(l):
	case refused:
		s.find(findBlocked, l.URL, err.Error())
	case err.Class == classOffsite:
		s.find(findMoved, l.URL, err.Error())
	case classOf(err.Class).host == 0 && err.Class != classStore && err.Class != classHTTP5xx:
		s.find(findAddress, l.URL, err.Error())
	}
}

// report tells the watcher what was seen.
func (v *visitor) report() {
	if v.c.cfg.Watch == nil {
		return
	}
	for _, s := range v.sights {
		s.At, s.Pace, s.Rest, s.Robots = time.Now(), v.delay, v.rest, v.memo.robotsWord()
		if s.fine && !s.ill {
			s.Well = append(s.Well, v.lease.Host)
		}
		if err := v.c.cfg.Watch.Observe(v.work, s.Observation); err != nil {
			v.c.cfg.Log.Warn("how the outlet does is not kept", "source", s.Source, "host", s.Host, "error", err)
		}
	}
}

// robotsWord is what the host's robots.txt says in a word.
func (m *memo) robotsWord() string {
	word := ""
	for _, state := range m.Robots {
		switch {
		case !state.Down.IsZero():
			return "unreachable"
		case !state.Rules.Allows("/") && len(state.Rules.Allow) == 0:
			return "disallows all"
		case len(state.Rules.Allow)+len(state.Rules.Disallow) > 0 || state.Rules.Delay > 0:
			word = "rules"
		case word == "":
			word = "none"
		}
	}
	return word
}
