package content

import (
	"fmt"
	"html/template"
	"io"

	"sukien/news"
)

// Report says block by block what was kept of a page and what was dropped, and why.
type Report struct {
	URL     string
	Article *news.Article
	Entries []Entry
}

// Entry is one block of a page.
type Entry struct {
	// Fate is "kept", "caption", "title" or "dropped".
	Fate string
	// Why is the reason in words, Where the element: "div.content > p".
	Why, Where string
	Text       string
}

// report lists the fates of all blocks.
func (d *doc) report(a *news.Article) *Report {
	r := &Report{URL: a.URL, Article: a, Entries: make([]Entry, 0, len(d.blocks))}
	for i := range d.blocks {
		b := &d.blocks[i]
		e := Entry{Fate: "dropped", Why: b.why, Where: d.where(b), Text: b.text}
		switch {
		case i == d.titleAt:
			e.Fate, e.Why = "title", "the headline"
		case b.kind == blockKept:
			e.Fate = "kept"
		case b.kind == blockCaption:
			e.Fate = "caption"
		case e.Why == "":
			e.Why = "outside the article"
			if h := d.noise(b); h != 0 {
				e.Why += ", in " + noiseName(h)
			}
		}
		r.Entries = append(r.Entries, e)
	}
	return r
}

// where names a block's element and the one around it.
func (d *doc) where(b *block) string {
	if b.elem < 0 {
		return ""
	}
	s := d.elemName(b.elem)
	if p := d.elems[b.elem].parent; p >= 0 {
		s = d.elemName(p) + " > " + s
	}
	return s
}

func (d *doc) elemName(i int32) string {
	n := d.elems[i].node
	s := n.Data
	if id := attr(n, "id"); id != "" {
		s += "#" + id
	}
	if c := attr(n, "class"); c != "" {
		if len(c) > 40 {
			c = c[:40]
		}
		s += "." + c
	}
	return s
}

// Text writes the report in lines: a sign (+ kept, c caption, T title, -
// dropped), the reason, the element and the text.
func (r *Report) Text(w io.Writer) error {
	for _, e := range r.Entries {
		sign := map[string]string{"kept": "+", "caption": "c", "title": "T"}[e.Fate]
		if sign == "" {
			sign = "-"
		}
		if _, err := fmt.Fprintf(w, "%s %-28s %-40s %s\n", sign, e.Why, e.Where, e.Text); err != nil {
			return fmt.Errorf("writing the report: %w", err)
		}
	}
	return nil
}

var reportPage = template.Must(template.New("report").Parse(`<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>{{.Article.Title}}</title>
<style>
body{font:15px/1.5 sans-serif;max-width:70em;margin:1em auto;padding:0 1em}
.b{padding:.2em .6em;margin:.15em 0;border-left:6px solid}
.kept{background:#e3f6e3;border-color:#2a8a2a}.title{background:#dde9fb;border-color:#2459b3;font-weight:bold}
.caption{background:#fdf3d3;border-color:#c99a13}.dropped{background:#f6e6e6;border-color:#b34a4a;color:#666}
small{color:#555}dt{font-weight:bold}
</style></head><body>
<h1>{{.Article.Title}}</h1>
<dl><dt>URL</dt><dd>{{.URL}}</dd><dt>Page type</dt><dd>{{.Article.PageType}} {{.Article.PageReason}}</dd>
<dt>Published</dt><dd>{{.Article.Published}} ({{.Article.PublishedBasis}})</dd>
<dt>Author</dt><dd>{{.Article.Author}} {{.Article.Agency}} {{.Article.ReprintOf}}</dd></dl>
{{range .Entries}}<div class="b {{.Fate}}"><small>{{.Fate}}: {{.Why}} · {{.Where}}</small><br>{{.Text}}</div>
{{end}}</body></html>
`))

// HTML writes the report as a page for a person: green kept, blue the
// headline, yellow captions, red dropped.
func (r *Report) HTML(w io.Writer) error {
	if err := reportPage.Execute(w, r); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}
