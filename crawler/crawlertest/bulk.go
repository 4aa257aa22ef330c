package crawlertest

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// bulkOutlet is the i-th outlet for load. Its articles are the invented ones
// over and over, each under its own number.
func bulkOutlet(i int) outlet {
	return outlet{
		Host: fmt.Sprintf("h%03d.example", i), Name: fmt.Sprintf("Báo số %d", i), Kind: "national",
		Template: []string{"daily", "agency", "portal", "ministry", "tabloid"}[i%5], Scheme: "http", Sitemap: true,
	}
}

func (s *Site) serveBulk(w http.ResponseWriter, r *http.Request) {
	i, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(r.Host, "h"), ".example"))
	if err != nil || i >= s.opts.Hosts {
		http.NotFound(w, r)
		return
	}
	o := bulkOutlet(i)
	switch path := r.URL.Path; {
	case path == "/robots.txt":
		s.robots(w, o)
	case path == "/sitemap.xml":
		s.bulkSitemap(w, o)
	default:
		s.bulkArticle(w, r, o)
	}
}

func (s *Site) bulkSitemap(w http.ResponseWriter, o outlet) {
	w.Header().Set("Content-Type", "application/xml")
	io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
	for n := range s.opts.Pages {
		fmt.Fprintf(w, "<url><loc>%s://%s%s</loc><lastmod>%s</lastmod></url>\n", o.Scheme, o.Host, bulkPath(n), s.opts.Now.Format(time.RFC3339))
	}
	io.WriteString(w, "</urlset>")
}

func bulkPath(n int) string { return fmt.Sprintf("/tin/tin-so-%d.html", 100_000+n) }

func (s *Site) bulkArticle(w http.ResponseWriter, r *http.Request, o outlet) {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(r.URL.Path, "/tin/tin-so-"), ".html"))
	n -= 100_000
	if err != nil || n < 0 || n >= s.opts.Pages {
		http.NotFound(w, r)
		return
	}
	a := *s.articles[n%len(s.articles)]
	a.Title = fmt.Sprintf("%s (số %d)", a.Title, n)
	a.URL = fmt.Sprintf("%s://%s%s", o.Scheme, o.Host, bulkPath(n))
	v := newView(&a, o, s.opts.Now)
	for k := 1; k <= 4; k++ {
		other := newView(s.articles[(n+k)%len(s.articles)], o, s.opts.Now)
		other.Path = bulkPath((n + k) % s.opts.Pages)
		v.Related = append(v.Related, other)
	}
	s.page(w, r, o.Template, v)
}
