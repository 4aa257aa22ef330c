package content

import (
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html/atom"
)

// resolve makes href absolute, without fragment; "" when it is no http(s) address.
func (d *doc) resolve(href string) string {
	if href == "" {
		return ""
	}
	if u := d.joinPlain(href); u != "" {
		return u
	}
	u, err := url.Parse(strings.TrimSpace(href))
	if err != nil {
		return ""
	}
	if base := d.baseURL(); base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	u.Fragment, u.RawFragment = "", ""
	u.Host = strings.ToLower(u.Host)
	return u.String()
}

// joinPlain makes an address absolute without parsing it, where it has only
// characters that stay as they are; "" where it has others.
func (d *doc) joinPlain(href string) string {
	dots, colon := false, false
	for i := range len(href) {
		c := href[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '_', c == '/', c == '=', c == '&', c == '~', c == ',':
		case c == '.':
			dots = dots || i == 0 || href[i-1] == '/'
		case c == '?' && i > 0 && !dots:
		case c == ':':
			colon = true
		default:
			return ""
		}
	}
	switch base := d.baseURL(); {
	case strings.HasPrefix(href, "https://"), strings.HasPrefix(href, "http://"):
		if host, _, found := strings.Cut(href[len("http://"):], "/"); !dots && found && strings.ToLower(host) == host && !strings.HasPrefix(host, "/:") {
			return href
		}
	case base == nil || colon || base.Opaque != "" || strings.HasPrefix(href, "//") || href[0] == '?':
	case href[0] == '/' && !dots:
		return base.Scheme + "://" + base.Host + href
	case !strings.HasSuffix(href, "/") && !strings.HasSuffix(href, ".") && strings.IndexByte(href, '?') < 0:
		return base.Scheme + "://" + base.Host + path.Join("/", path.Dir(base.Path+"x"), href)
	}
	return ""
}

func (d *doc) baseURL() *url.URL {
	if d.baseRead {
		return d.base
	}
	d.baseRead = true
	base, err := url.Parse(pageURL(d.page))
	if err != nil || base.Host == "" {
		base = nil
	}
	if b, err := url.Parse(d.head.base); err == nil && d.head.base != "" {
		if base != nil {
			b = base.ResolveReference(b)
		}
		if b.Host != "" {
			base = b
		}
	}
	d.base = base
	return base
}

// links are the page's hyperlinks, the first of equal addresses only.
func (d *doc) links() []Link {
	seen := make(map[string]bool, len(d.anchs))
	out := make([]Link, 0, len(d.anchs))
	for i := range d.anchs {
		a := &d.anchs[i]
		href := strings.TrimSpace(attr(a.node, "href"))
		if href == "" || href[0] == '#' || strings.HasPrefix(href, "javascript:") || seen[href] {
			continue
		}
		seen[href] = true
		u := d.resolve(href)
		if u == "" {
			continue
		}
		if u != href {
			if seen[u] {
				continue
			}
			seen[u] = true
		}
		out = append(out, Link{URL: u, Text: d.anchorText(a), Rel: attr(a.node, "rel"), InContent: d.isKept(a.block)})
	}
	return out
}

func (d *doc) isKept(block int32) bool {
	return int(block) < len(d.blocks) && d.blocks[block].kind != blockDropped
}

// anchorText is the link's own words, else its title or its picture's.
func (d *doc) anchorText(a *anchor) string {
	if a.to > a.from {
		return strings.TrimSpace(d.all[a.from:a.to])
	}
	if t := attr(a.node, "title"); t != "" {
		return tidy(t)
	}
	for c := a.node.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Img {
			return tidy(attr(c, "alt"))
		}
	}
	return ""
}
