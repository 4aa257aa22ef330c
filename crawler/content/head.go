package content

import (
	"encoding/json"
	"net/url"
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// head is what a page says of itself to machines.
type head struct {
	title, lang, base string
	canonical         []string
	amp, mobile       string
	next, prev        string
	feeds             []string
	robots            Robots
	refresh           string
	meta              map[string]string
	ld                ldArticle
	// ldTypes are the schema.org types seen, media the embedded players,
	// scripts the bytes of script.
	ldTypes []string
	// uploaded is when a video of the page was.
	uploaded string
	media    int
	scripts  int
	written  []written
}

// written is a text that a script writes into the page before block at.
type written struct {
	text string
	at   int
}

// maxMeta is the number of bytes of a meta's content that is looked at.
const maxMeta = 4096

// metaNames are the metas that are kept, by lower-case name.
var metaNames = map[string]bool{
	"og:title": true, "og:type": true, "og:url": true, "og:description": true, "og:site_name": true, "og:updated_time": true,
	"description": true, "title": true, "twitter:title": true, "author": true, "article:author": true, "dable:author": true,
	"article:published_time": true, "article:modified_time": true, "pubdate": true, "publishdate": true, "publish-date": true,
	"datepublished": true, "datemodified": true, "date": true, "dc.date": true, "dc.date.issued": true, "dcterms.created": true,
	"lastmod": true, "og:published_time": true, "sourcename": true, "og:locale": true, "application-name": true, "content-language": true,
	"cxenseparse:recs:publishtime": true, "article:publish_time": true, "copyright": true,
}

// clip cuts s to at most n bytes, at a character.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

func (h *head) addTitle(n *html.Node) {
	if h.title == "" && n.FirstChild != nil && n.FirstChild.Type == html.TextNode {
		h.title = tidy(clip(n.FirstChild.Data, maxMeta))
	}
}

func (h *head) addMeta(n *html.Node) {
	var name, content string
	for i := range n.Attr {
		switch a := &n.Attr[i]; a.Key {
		case "property", "name", "itemprop", "http-equiv":
			if name == "" {
				name = strings.ToLower(a.Val)
			}
		case "content":
			content = a.Val
		}
	}
	if name == "" || content == "" {
		return
	}
	content = clip(content, maxMeta)
	switch name {
	case "robots", "googlebot":
		h.addRobots(strings.ToLower(content))
	case "refresh":
		h.refresh = content
	default:
		h.keepMeta(name, content)
	}
}

func (h *head) keepMeta(name, content string) {
	if !metaNames[name] {
		return
	}
	if h.meta == nil {
		h.meta = make(map[string]string, 16)
	}
	if h.meta[name] == "" {
		h.meta[name] = tidy(html.UnescapeString(content))
	}
}

func (h *head) addRobots(s string) {
	none := strings.Contains(s, "none")
	h.robots.NoIndex = h.robots.NoIndex || none || strings.Contains(s, "noindex")
	h.robots.NoFollow = h.robots.NoFollow || none || strings.Contains(s, "nofollow")
	h.robots.NoArchive = h.robots.NoArchive || strings.Contains(s, "noarchive")
}

func (h *head) addLink(n *html.Node) {
	href := strings.TrimSpace(attr(n, "href"))
	if href == "" {
		return
	}
	for _, rel := range strings.Fields(strings.ToLower(attr(n, "rel"))) {
		switch rel {
		case "canonical":
			h.canonical = append(h.canonical, href)
		case "amphtml":
			h.amp = href
		case "next":
			h.next = href
		case "prev", "previous":
			h.prev = href
		case "alternate":
			h.addAlternate(n, href)
		}
	}
}

func (h *head) addAlternate(n *html.Node, href string) {
	switch typ := attr(n, "type"); {
	case strings.Contains(typ, "rss"), strings.Contains(typ, "atom"):
		h.feeds = append(h.feeds, href)
	case strings.Contains(attr(n, "media"), "max-width"), attr(n, "media") == "handheld":
		h.mobile = href
	}
}

// ldArticle is what JSON-LD says of the article.
type ldArticle struct {
	Headline, Published, Modified, Description string
	// Author is a person, Org an organisation given as author.
	Author, Org string
}

// ldNode is a JSON-LD object as far as it is read; fields that come in
// several shapes are kept raw.
type ldNode struct {
	Type          json.RawMessage `json:"@type"`
	Graph         []ldNode        `json:"@graph"`
	Headline      json.RawMessage `json:"headline"`
	DatePublished json.RawMessage `json:"datePublished"`
	DateModified  json.RawMessage `json:"dateModified"`
	UploadDate    json.RawMessage `json:"uploadDate"`
	Description   json.RawMessage `json:"description"`
	Author        json.RawMessage `json:"author"`
	Name          json.RawMessage `json:"name"`
}

// maxLD is the largest JSON-LD script that is read, in bytes.
const maxLD = 256 << 10

// script reads a script that stands before block at: JSON-LD, or a short one
// that writes the publication time into the page.
func (h *head) script(n *html.Node, at int) {
	if n.FirstChild == nil {
		return
	}
	data := n.FirstChild.Data
	h.scripts += len(data)
	if len(data) < 400 && strings.Contains(data, "GMT+7") && (strings.Contains(data, "innerHTML") || strings.Contains(data, "document.write")) {
		h.written = append(h.written, written{tidy(html.UnescapeString(data)), at})
	}
	if !strings.Contains(attr(n, "type"), "ld+json") || len(data) > maxLD {
		return
	}
	var nodes []ldNode
	if err := json.Unmarshal([]byte(data), &nodes); err != nil {
		nodes = make([]ldNode, 1)
		if err := json.Unmarshal([]byte(data), &nodes[0]); err != nil {
			h.brokenLD(data)
			return
		}
	}
	h.addLD(nodes, 0)
}

func (h *head) addLD(nodes []ldNode, depth int) {
	for i := range nodes {
		n := &nodes[i]
		if depth < 3 {
			h.addLD(n.Graph, depth+1)
		}
		typ := ldText(n.Type)
		h.ldTypes = append(h.ldTypes, typ)
		if typ == "VideoObject" {
			h.uploaded = ldText(n.UploadDate)
		}
		if !isArticleType(typ) || h.ld.Published != "" {
			continue
		}
		h.ld = ldArticle{
			Headline: ldText(n.Headline), Published: ldText(n.DatePublished), Modified: ldText(n.DateModified),
			Description: ldText(n.Description),
		}
		h.ld.Author, h.ld.Org = ldPeople(n.Author)
	}
}

func isArticleType(typ string) bool {
	return strings.HasSuffix(typ, "Article") || strings.HasSuffix(typ, "Posting") || typ == "Report"
}

// ldText is the string of a raw value, the first one of a list.
func ldText(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return tidy(html.UnescapeString(s))
	}
	var list []string
	if json.Unmarshal(raw, &list) == nil && len(list) > 0 {
		return tidy(html.UnescapeString(list[0]))
	}
	return ""
}

// ldPeople reads an author: a string, an object or a list of them.
func ldPeople(raw json.RawMessage) (person, org string) {
	if len(raw) == 0 {
		return "", ""
	}
	if s := ldText(raw); s != "" {
		return s, ""
	}
	var list []ldNode
	if json.Unmarshal(raw, &list) != nil {
		list = make([]ldNode, 1)
		if json.Unmarshal(raw, &list[0]) != nil {
			return "", ""
		}
	}
	var names []string
	for _, n := range list {
		switch name := ldText(n.Name); {
		case ldText(n.Type) == "Organization" || ldText(n.Type) == "NewsMediaOrganization":
			org = name
		case name != "":
			names = append(names, name)
		}
	}
	return strings.Join(names, ", "), org
}

var (
	ldPublished = regexp.MustCompile(`"datePublished"\s*:\s*"([^"]{8,40})"`)
	ldModified  = regexp.MustCompile(`"dateModified"\s*:\s*"([^"]{8,40})"`)
	ldType      = regexp.MustCompile(`"@type"\s*:\s*"(\w{3,40})"`)
)

// brokenLD reads what it can of a script that is no JSON: raw line ends in
// strings and commas at the end of lists are common.
func (h *head) brokenLD(data string) {
	for _, m := range ldType.FindAllStringSubmatch(data, 20) {
		h.ldTypes = append(h.ldTypes, m[1])
	}
	if m := ldPublished.FindStringSubmatch(data); m != nil && h.ld.Published == "" {
		h.ld.Published = m[1]
	}
	if m := ldModified.FindStringSubmatch(data); m != nil && h.ld.Modified == "" {
		h.ld.Modified = m[1]
	}
}

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
		return strings.TrimSpace(string(d.buf[a.from:a.to]))
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
