package crawler

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"sukien/crawler/frontier"
	"sukien/crawler/robots"
	"sukien/crawler/sitemap"
	"sukien/crawler/source"
	"sukien/news"
)

// How long robots.txt is kept: RFC 9309 section 2.4 allows 24 hours; where it
// could not be reached it is asked for again after one.
const (
	robotsLife      = 24 * time.Hour
	robotsErrorLife = time.Hour
	// robotsPatience is how long rules that were read go on to hold while the
	// file cannot be reached (section 2.3.1.4).
	robotsPatience = 24 * time.Hour
	robotsHops     = 5
)

// fetchRobots reads the rules of the origin (scheme://host) for agent. turn is
// called before each request, also for one that a redirect sends to another
// host (RFC 9309 section 2.3.1.2), whose own pace is not asked. The error is only that of turn or ctx; a site
// that cannot be asked is in the state's rules.
func (g *getter) fetchRobots(ctx context.Context, origin, agent string, turn func() (context.Context, context.CancelFunc, error)) (robotsState, *FetchError, error) {
	target := origin + "/robots.txt"
	for range robotsHops + 1 {
		a, err := g.turnAndGet(ctx, target, turn)
		var fe *FetchError
		switch {
		case err != nil && !errors.As(err, &fe):
			return robotsState{}, nil, err
		case err != nil:
			return robotsFailure(fe, time.Now()), fe, nil
		case a.redirect == "":
			return robotsState{Rules: robots.Parse(a.page.Body, agent), Expires: time.Now().Add(robotsLife)}, nil, nil
		}
		target = a.redirect
	}
	return robotsState{Expires: time.Now().Add(robotsLife)}, nil, nil
}

func (g *getter) turnAndGet(ctx context.Context, target string, turn func() (context.Context, context.CancelFunc, error)) (*answer, error) {
	run, cancel, err := turn()
	if err != nil {
		return nil, err
	}
	defer cancel()
	a, err := g.get(run, request{url: target, limit: 4 * robots.MaxSize})
	if err != nil && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err == nil {
		err = a.keep(false)
	}
	return a, err
}

// robotsFailure are the rules that hold when robots.txt did not come: none
// where it is not there (4xx), all where the site could not say. A file that
// is too large or no text is none; 429 counts as not said.
func robotsFailure(err *FetchError, now time.Time) robotsState {
	switch err.Class {
	case classGone, classHTTP4xx, classNotHTML, classTooLarge, classEncoding, classRedirect:
		return robotsState{Expires: now.Add(robotsLife)}
	}
	return robotsState{Rules: robots.DisallowAll(), Expires: now.Add(robotsErrorLife), Down: now}
}

// rules are those of the URL's origin, from the memo or fetched at the pace of
// the source. ok is false when the site could not say: then the host rests.
func (v *visitor) rules(s *source.Source, l string) (rules robots.Rules, ok bool, err error) {
	scheme, _, _ := strings.Cut(l, "://")
	state, known := v.memo.Robots[scheme]
	if !known || !time.Now().Before(state.Expires) {
		if state, err = v.askRobots(s, scheme, state); err != nil {
			return robots.Rules{}, false, err
		}
	}
	if !state.Down.IsZero() {
		v.rest = later(v.rest, state.Expires)
		return robots.Rules{}, false, nil
	}
	return state.Rules, true, nil
}

// askRobots fetches the rules anew and remembers them; old ones hold on for a
// while where the site cannot say.
func (v *visitor) askRobots(s *source.Source, scheme string, old robotsState) (robotsState, error) {
	began := time.Now()
	origin := scheme + "://" + v.lease.Host
	state, fe, err := v.c.get.fetchRobots(v.work, origin, v.c.agent, func() (context.Context, context.CancelFunc, error) {
		return v.turn(v.pace(s, old.Rules))
	})
	if err != nil {
		return robotsState{}, err
	}
	if !state.Down.IsZero() {
		if !old.Expires.IsZero() && old.Down.IsZero() && began.Sub(old.Expires) < robotsPatience {
			old.Expires, state = state.Expires, old
		} else {
			v.strain(fe)
		}
	}
	if fe != nil {
		v.c.cfg.Log.Debug("robots.txt", "host", v.lease.Host, "class", fe.Class, "status", fe.Status)
	}
	if !state.Down.IsZero() && fe != nil {
		seen := v.sightOf(s.Domain)
		seen.Failed[fe.Class]++
		seen.ill = true
		seen.find(findDown, v.lease.Host, fe.Error())
		v.c.note(Visit{URL: origin + "/robots.txt", Host: v.lease.Host, Source: s.Domain, Kind: "robots", Result: frontier.ResultFailed, Err: fe, Took: time.Since(began)})
	}
	if v.memo.Robots == nil {
		v.memo.Robots = map[string]robotsState{}
	}
	v.memo.Robots[scheme] = state
	return state, v.addSitemaps(s, state.Rules.Sitemaps)
}

// maxRobotsSitemaps bounds the Sitemap lines that are followed.
const maxRobotsSitemaps = 5

// addSitemaps makes the sitemaps that robots.txt names known, for a source
// that is crawled live and has none in its file that was tried.
func (v *visitor) addSitemaps(s *source.Source, sitemaps []string) error {
	if !s.Active() || hasTried(s.Sitemaps) {
		return nil
	}
	b := newList(s, frontier.Link{URL: "http://" + v.lease.Host + "/robots.txt", Origin: news.Live}, "", time.Now())
	for _, ref := range sitemaps[:min(len(sitemaps), maxRobotsSitemaps)] {
		b.entry(sitemap.Entry{URL: ref, Index: true})
	}
	_, err := v.add(b.links)
	return err
}

func hasTried(list []source.Address) bool {
	return slices.ContainsFunc(list, func(a source.Address) bool { return a.Tried })
}
