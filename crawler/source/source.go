// Package source reads the outlets that are crawled: one YAML file each, data
// that an analyst can write, told file:line:column when it is wrong.
package source

import (
	"slices"
	"strings"
	"time"

	"sukien/crawler/content"
)

// Source is one outlet, as configs/sources/DOMAIN.yaml describes it.
type Source struct {
	// Domain is the outlet's key and the name of its file: lower case, without www.
	Domain string `yaml:"domain"`
	// Name is what the outlet calls itself, in Vietnamese.
	Name string `yaml:"name"`
	// Kind is national, ministry, government, province or agency.
	Kind string `yaml:"kind"`
	// Language is a BCP 47 tag, vi when empty.
	Language string `yaml:"language"`
	// Status is active (when empty), closed (nothing there any more) or
	// archive_only (old articles still answer, new ones do not come).
	Status string `yaml:"status"`
	// Successor is the domain of the outlet that carries on a closed one.
	Successor string `yaml:"successor"`
	// Since and Until are the days of the outlet's first and last article, 2006-01-02.
	Since string `yaml:"since"`
	Until string `yaml:"until"`
	// Note is for people.
	Note string `yaml:"note"`

	// Hosts are the outlet's further host names; its domain and www.DOMAIN
	// and the hosts of its addresses are its own anyway.
	Hosts    []string  `yaml:"hosts"`
	Feeds    []Address `yaml:"feeds"`
	Sections []Address `yaml:"sections"`
	Sitemaps []Address `yaml:"sitemaps"`
	// Archive is where old articles are listed.
	Archive Archive `yaml:"archive"`

	// Articles, when set, are the shapes of the paths of articles, as
	// path.Match patterns; every other link is no article. The generic test,
	// the crawler's, is for the rest.
	Articles []string `yaml:"articles"`

	Schedule   Schedule           `yaml:"schedule"`
	Politeness Politeness         `yaml:"politeness"`
	Selectors  *content.Selectors `yaml:"selectors"`

	// File is where the source was read, for messages.
	File string `yaml:"-"`

	// below are the hosts under the domain that are outlets of their own, by Load.
	below []string
}

// Address is one address of an outlet, with what is known about the address itself.
type Address struct {
	URL string `yaml:"url"`
	// Tried says that it was fetched and gave what it should.
	Tried bool `yaml:"tried"`
	// TriedOn is the day of that, 2006-01-02.
	TriedOn string `yaml:"tried_on"`
	// KnownFrom says where the address comes from, when it was not tried.
	KnownFrom string `yaml:"known_from"`
	// Every overrides the schedule's interval for this address.
	Every string `yaml:"every"`
}

// Schedule is when the addresses of a source are visited: an interval ("10m",
// "every 10m", at least a minute) or a cron expression of five fields in
// Vietnam's time ("0 6,18 * * *"). Missed visits are made up for once. An
// interval adapts to the address's own rate of change, between a third and
// six times of what is written; a cron expression does not.
type Schedule struct {
	Feeds    string `yaml:"feeds"`    // every 10m when empty
	Sections string `yaml:"sections"` // every 30m when empty
	Sitemaps string `yaml:"sitemaps"` // every 6h when empty
}

// Politeness bounds what a source has to bear.
type Politeness struct {
	// Delay is the least time between the starts of two requests to one host,
	// 2s when absent. robots.txt can only make it longer. Less than 1s is for
	// hosts of one's own: it is taken only with crawler.allow_private.
	Delay *time.Duration `yaml:"delay"`
	// MaxDelay is the ceiling for Crawl-delay and for the adapting pace, 60s when absent.
	MaxDelay *time.Duration `yaml:"max_delay"`
	// Hours are the hours of the day, Vietnam's time, in which its hosts are
	// visited: "22:00-05:00" for a weak host that is to be read by night,
	// "05:00-23:30" for one that is to be left alone then. Always, when empty.
	Hours string `yaml:"hours"`
	// Concurrency is how many requests to one host run at once. Only 1 is supported.
	Concurrency int `yaml:"concurrency"`
}

// The defaults of Politeness.
const (
	defaultDelay    = 2 * time.Second
	defaultMaxDelay = 60 * time.Second
)

// Active tells whether the source is to be crawled for new articles.
func (s *Source) Active() bool { return s.Status == "" || s.Status == "active" }

// Addresses are the feeds, sections and sitemaps, in that order.
func (s *Source) Addresses() []Address {
	return slices.Concat(s.Feeds, s.Sections, s.Sitemaps)
}

// Owns tells whether host, a key of the frontier, belongs to the outlet: its
// domain and the hosts below it, and the further hosts that are listed. Of
// sources that were loaded together the one with the longest domain owns a host.
func (s *Source) Owns(host string) bool {
	name, _, _ := strings.Cut(host, ":")
	if slices.ContainsFunc(s.Hosts, func(h string) bool { return name == h }) {
		return true
	}
	return under(name, s.Domain) && !slices.ContainsFunc(s.below, func(d string) bool { return under(name, d) })
}

// under tells whether a host name is domain or stands below it.
func under(name, domain string) bool {
	return name == domain || strings.HasSuffix(name, "."+domain)
}

// Delay is the least time between the starts of two requests to one host.
func (s *Source) Delay() time.Duration {
	if s == nil || s.Politeness.Delay == nil {
		return defaultDelay
	}
	return *s.Politeness.Delay
}

// MaxDelay is the ceiling of the pace.
func (s *Source) MaxDelay() time.Duration {
	if s == nil || s.Politeness.MaxDelay == nil {
		return defaultMaxDelay
	}
	return *s.Politeness.MaxDelay
}

// Timing is when an address of the kind ("feed", "section", "sitemap") is due
// again. It has been checked by Parse; a source made otherwise that is wrong
// gets the default.
func (s *Source) Timing(kind, url string) Timing {
	list, text, def := s.Sections, s.Schedule.Sections, 30*time.Minute
	switch kind {
	case "feed":
		list, text, def = s.Feeds, s.Schedule.Feeds, 10*time.Minute
	case "sitemap":
		list, text, def = s.Sitemaps, s.Schedule.Sitemaps, 6*time.Hour
	}
	for _, a := range list {
		if a.URL == url && a.Every != "" {
			text = a.Every
		}
	}
	t, err := ParseTiming(text, def)
	if err != nil {
		return Timing{every: def}
	}
	return t
}
