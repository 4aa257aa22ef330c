// Package robots reads robots.txt files and decides what they allow, by RFC 9309.
//
// Beyond the RFC it keeps Crawl-delay, and is as lenient with spelling as
// Google's open parser (a missing colon, common misspellings), always to the
// side of the site's evident wish.
package robots

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

// MaxSize is how much of a file is read, in bytes: RFC 9309 section 2.5 asks
// for at least 500 KiB. A line that this cuts in two is dropped.
const MaxSize = 500 << 10

// MaxLine is how much of a line is read, in bytes, as in Google's open parser.
const MaxLine = 8 * 2083

// Rules are what one crawler has to obey. The zero value allows everything.
type Rules struct {
	// Allow and Disallow are path patterns in normal form.
	Allow    []string `json:"allow,omitempty"`
	Disallow []string `json:"disallow,omitempty"`
	// Delay is Crawl-delay, 0 when none is given.
	Delay time.Duration `json:"delay,omitempty"`
	// Sitemaps are the file's Sitemap lines, whatever crawler they stand under.
	Sitemaps []string `json:"sitemaps,omitempty"`
}

// maxSitemaps bounds Rules.Sitemaps.
const maxSitemaps = 100

// DisallowAll are the rules for a site whose robots.txt cannot be reached
// (RFC 9309 section 2.3.1.4).
func DisallowAll() Rules { return Rules{Disallow: []string{"/"}} }

// Parse reads the rules for the crawler with the product token agent
// ("SukienBot"), compared without regard to case: those of all groups that
// name it, or, when none does, of all groups for "*". It never fails: a line
// that is not understood is left out.
func Parse(file []byte, agent string) Rules {
	p := parser{agent: strings.ToLower(agent)}
	for line := range bytes.FieldsFuncSeq(cut(file), func(r rune) bool { return r == '\n' || r == '\r' }) {
		p.line(string(line))
	}
	rules := p.any
	if p.named {
		rules = p.own
	}
	rules.Sitemaps = p.sitemaps
	return rules
}

// cut takes off the byte order mark, or what an editor left of it, and what lies beyond MaxSize.
func cut(file []byte) []byte {
	for _, octet := range []string{"\xef", "\xbb", "\xbf"} {
		rest, ok := bytes.CutPrefix(file, []byte(octet))
		if !ok {
			break
		}
		file = rest
	}
	if len(file) <= MaxSize {
		return file
	}
	end := bytes.LastIndexAny(file[:MaxSize], "\r\n")
	return file[:max(end, 0)]
}

// parser collects the rules for one crawler, and those for all beside them.
type parser struct {
	agent    string
	own, any Rules
	named    bool // some group names the agent
	sitemaps []string

	inOwn, inAny bool // the group being read is for the agent, for all
	inRules      bool // the group has had a rule: the next user-agent line starts another
}

func (p *parser) line(line string) {
	line = line[:min(len(line), MaxLine)]
	key, value := split(line)
	switch key {
	case "user-agent", "useragent", "user agent":
		p.userAgent(value)
	case "allow":
		p.rule(value, allow)
	case "disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw":
		p.rule(value, func(r *Rules, pattern string) { r.Disallow = append(r.Disallow, pattern) })
	case "crawl-delay", "crawldelay", "crawl delay":
		p.delay(value)
	case "sitemap", "site-map":
		if len(p.sitemaps) < maxSitemaps && value != "" {
			p.sitemaps = append(p.sitemaps, value)
		}
	}
}

// split takes a line apart at its colon, or at white space when it has none
// and is of two words. The key is in lower case.
func split(line string) (key, value string) {
	line, _, _ = strings.Cut(line, "#")
	key, value, found := strings.Cut(line, ":")
	if !found {
		words := strings.Fields(line)
		if len(words) != 2 {
			return "", ""
		}
		key, value = words[0], words[1]
	}
	return strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
}

func (p *parser) userAgent(value string) {
	if p.inRules {
		p.inOwn, p.inAny, p.inRules = false, false, false
	}
	if value == "*" || strings.HasPrefix(value, "* ") {
		p.inAny = true
		return
	}
	if strings.ToLower(product(value)) == p.agent {
		p.inOwn, p.named = true, true
	}
}

// product is the product token that starts value: letters, "_" and "-"
// (RFC 9309 section 2.2.1), and digits, which crawlers' names do have.
func product(value string) string {
	end := strings.IndexFunc(value, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '_' && r != '-'
	})
	if end < 0 {
		return value
	}
	return value[:end]
}

func (p *parser) rule(value string, add func(*Rules, string)) {
	p.inRules = true
	if value == "" {
		return
	}
	pattern := normalPattern(value)
	if p.inOwn {
		add(&p.own, pattern)
	}
	if p.inAny {
		add(&p.any, pattern)
	}
}

// allow adds a pattern; that of a folder's index.html allows the folder, too, as
// in Google's open parser.
func allow(r *Rules, pattern string) {
	r.Allow = append(r.Allow, pattern)
	if folder, ok := strings.CutSuffix(pattern, "index.html"); ok && strings.HasSuffix(folder, "/") {
		r.Allow = append(r.Allow, folder+"$")
	}
}

func (p *parser) delay(value string) {
	p.inRules = true
	seconds, err := strconv.ParseFloat(strings.TrimSuffix(value, "s"), 64)
	if err != nil || !(seconds >= 0 && seconds < 1e6) {
		return
	}
	d := time.Duration(seconds * float64(time.Second))
	if p.inOwn {
		p.own.Delay = d
	}
	if p.inAny {
		p.any.Delay = d
	}
}
