package content

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
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
	// ldTypes are the schema.org types seen, media the number of embeds, players
	// the blocks before which one of them, or what a script will make one,
	// scripts the bytes of script, scriptTags their number, early those that stand
	// before the page's content.
	ldTypes []string
	// uploaded is when a video of the page was.
	uploaded string
	media    int
	players  []int32
	scripts  int

	scriptTags int
	early      []string
	written    []written
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
