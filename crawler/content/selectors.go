package content

import (
	"fmt"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"sukien/news"
)

// SelectorsVersion is the version of the Selectors format that this package reads.
const SelectorsVersion = 1

// Selectors are CSS selectors for an outlet where the generic way is not
// enough, as configs/sources/*.yaml gives them. A selector that matches nothing
// leaves the generic result.
type Selectors struct {
	// Version is SelectorsVersion.
	Version int    `yaml:"version"`
	Content string `yaml:"content,omitempty"`
	Title   string `yaml:"title,omitempty"`
	Lead    string `yaml:"lead,omitempty"`
	Time    string `yaml:"time,omitempty"`
	Author  string `yaml:"author,omitempty"`
	// Drop are elements inside Content that are no text of the article.
	Drop []string `yaml:"drop,omitempty"`
	// Lines are paragraphs that the outlet sets under articles of all kinds and
	// that the generic way takes for text, word for word. They are written down
	// here, where "sukien sources test" finds them, and not learned while
	// crawling: a page is to give the same article whatever else was read before
	// it, live, in a backfill and when it is extracted anew. Besides, what papers
	// repeat over days and the generic way leaves is mostly the background of a
	// running story, with its meetings.
	Lines []string `yaml:"drop_lines,omitempty"`
}

// Check returns an error that names the first selector that is wrong.
func (s *Selectors) Check() error {
	if s.Version != SelectorsVersion {
		return fmt.Errorf("%w: selectors of version %d: write version: %d", news.ErrInvalid, s.Version, SelectorsVersion)
	}
	for _, sel := range append([]string{s.Content, s.Title, s.Lead, s.Time, s.Author}, s.Drop...) {
		if sel == "" {
			continue
		}
		if _, err := cascadia.ParseGroup(sel); err != nil {
			return fmt.Errorf("%w: selector %q: %w", news.ErrInvalid, sel, err)
		}
	}
	return nil
}

// apply overrides what the selectors find in the tree and names those that
// match nothing. An invalid selector matches nothing; Check tells.
func (s *Selectors) apply(root *html.Node, d *doc, a *news.Article) (stale []string) {
	page := goquery.NewDocumentFromNode(root)
	find := func(name, sel string) *goquery.Selection {
		if sel == "" {
			return &goquery.Selection{}
		}
		found := page.Find(sel).First()
		if found.Length() == 0 {
			stale = append(stale, name)
		}
		return found
	}
	if t := tidy(find("title", s.Title).Text()); t != "" {
		a.Title = repair(t)
	}
	if l := tidy(find("lead", s.Lead).Text()); l != "" {
		a.Lead = repair(l)
	}
	if c := find("content", s.Content); c.Length() > 0 {
		s.content(c, d, a)
	}
	if n := find("author", s.Author); n.Length() > 0 {
		a.Author = strings.Trim(tidy(n.Text()), " .:-–|")
	}
	if n := find("time", s.Time); n.Length() > 0 {
		s.time(n, d.page.Fetched, a)
	}
	return stale
}

// content takes the blocks inside c instead of the generic choice.
func (s *Selectors) content(c *goquery.Selection, d *doc, a *news.Article) {
	inside := map[*html.Node]bool{}
	mark := func(sel *goquery.Selection, v bool) {
		for _, n := range sel.Nodes {
			inside[n] = v
		}
	}
	mark(c, true)
	for _, sel := range s.Drop {
		mark(c.Find(sel), false)
	}
	for i := range d.blocks {
		b := &d.blocks[i]
		switch {
		case b.why == "lead":
		case !within(d, b, inside):
			d.drop(i, "outside the content selector")
		case b.kind == blockDropped && b.why == "":
			d.keep(i, "content selector")
		}
	}
	if text, captions := d.prose(); text != "" {
		a.Text, a.Captions = text, captions
	}
}

// within finds the nearest marked element around b.
func within(d *doc, b *block, inside map[*html.Node]bool) bool {
	for e := b.elem; e >= 0; e = d.elems[e].parent {
		if v, ok := inside[d.elems[e].node]; ok {
			return v
		}
	}
	return false
}

func (s *Selectors) time(n *goquery.Selection, fetched time.Time, a *news.Article) {
	if v, ok := n.Attr("datetime"); ok {
		if st, ok := parseMachine(v); ok {
			a.Published, a.PublishedBasis = st.news(), news.BasisMeta
			return
		}
	}
	if st, ok := readStamp(tidy(n.Text()), fetched); ok {
		a.Published, a.PublishedBasis = st.news(), news.BasisText
	}
}
