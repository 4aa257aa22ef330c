package content

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// written is a text that a script writes into the page before block at.
type written struct {
	text string
	at   int
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

// maxGate is the largest script that is looked at for a challenge or a
// redirect, in bytes; maxShell the number of blocks above which a page has
// content of its own, so that neither matters.
const (
	maxGate  = 32 << 10
	maxShell = 8
)

// moved is a script's assignment that sends the reader elsewhere.
var moved = regexp.MustCompile(`(?:window|document|self|top)\.location(?:\.href)?\s*=\s*["']|location\.replace\(\s*["']`)

// maxLD is the largest JSON-LD script that is read, in bytes.
const maxLD = 256 << 10

// script reads a script that stands before block at: JSON-LD, or a short one
// that writes the publication time into the page.
func (h *head) script(n *html.Node, at int) {
	h.scriptTags++
	if n.FirstChild == nil {
		return
	}
	data := n.FirstChild.Data
	h.scripts += len(data)
	if at < maxShell && len(data) < maxGate && len(h.early) < maxShell {
		h.early = append(h.early, data)
	}
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

// gates tells whether a script of a page without content sets a cookie and
// loads the page again.
func (h *head) gates() bool {
	for _, s := range h.early {
		if strings.Contains(s, "document.cookie") && (strings.Contains(s, "location.reload") || strings.Contains(s, "location.href") || strings.Contains(s, "location.replace")) {
			return true
		}
	}
	return false
}

// moves tells whether a script of a page without content, or its markup, goes elsewhere.
func (h *head) moves() bool {
	return h.refresh != "" || slices.ContainsFunc(h.early, moved.MatchString)
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
