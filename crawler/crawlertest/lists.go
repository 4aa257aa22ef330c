package crawlertest

import (
	"compress/gzip"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

func (s *Site) feed(w http.ResponseWriter, o outlet) {
	if o.Feed == "atom" {
		s.atom(w, o)
		return
	}
	w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
	fmt.Fprintf(w, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\"><channel><title>%s</title><link>%s://%s/</link><description>Tin mới</description>\n", o.Name, o.Scheme, o.Host)
	for _, a := range s.of(o, "") {
		fmt.Fprintf(w, "<item><title>%s</title><link>%s?utm_source=rss</link><guid>%s</guid><pubDate>%s</pubDate><description>%s</description></item>\n",
			escape(a.Title), a.URL, a.URL, a.Published.Format(time.RFC1123Z), escape("<img src='/anh/"+strconv.Itoa(a.ID)+".jpg'>"+a.Lead))
	}
	io.WriteString(w, "</channel></rss>\n")
}

func (s *Site) atom(w http.ResponseWriter, o outlet) {
	w.Header().Set("Content-Type", "application/atom+xml")
	fmt.Fprintf(w, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>%s</title><id>%s://%s/</id>\n", o.Name, o.Scheme, o.Host)
	for _, a := range s.of(o, "") {
		fmt.Fprintf(w, "<entry><title>%s</title><link href=\"%s\"/><id>%s</id><published>%s</published><summary>%s</summary></entry>\n",
			escape(a.Title), a.URL, a.URL, a.Published.Format(time.RFC3339), escape(a.Lead))
	}
	io.WriteString(w, "</feed>\n")
}

func escape(text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		return ""
	}
	return b.String()
}

// sitemap serves an index and, gzip, the news sitemap that it names. The index
// is built anew all day, and gives all of its lists the time of that.
func (s *Site) sitemap(w http.ResponseWriter, o outlet, path string) {
	base := o.Scheme + "://" + o.Host
	if path == "/sitemap.xml" {
		io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
		list := func(path string) {
			fmt.Fprintf(w, "<sitemap><loc>%s%s</loc><lastmod>%s</lastmod></sitemap>\n", base, path, s.opts.Now.Format(time.RFC3339))
		}
		list("/news-sitemap.xml.gz")
		if o.Lists != "" {
			for _, st := range s.stretches(o.Lists) {
				list(st.path)
			}
		}
		io.WriteString(w, "</sitemapindex>")
		return
	}
	w.Header().Set("Content-Type", "application/gzip")
	zip := gzip.NewWriter(w)
	defer zip.Close()
	io.WriteString(zip, `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">`)
	for _, a := range s.of(o, "") {
		fmt.Fprintf(zip, "<url><loc>%s</loc><news:news><news:publication_date>%s</news:publication_date><news:title>%s</news:title></news:news></url>\n",
			a.URL, a.Published.Format(time.RFC3339), escape(a.Title))
	}
	io.WriteString(zip, "</urlset>")
}

// calendar is a trap: each month links to the next, for ever.
func calendar(w http.ResponseWriter, r *http.Request) {
	var year, month int
	if _, err := fmt.Sscanf(r.URL.Path, "/lich/%d/%d", &year, &month); err != nil {
		http.NotFound(w, r)
		return
	}
	next := time.Date(year, time.Month(month)+1, 1, 0, 0, 0, 0, time.UTC)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, `<html><body><h1>Lịch tháng %d/%d</h1><a href="/lich/%s">Tháng sau</a>`, month, year, next.Format("2006/01"))
	for d := 1; d <= 28; d++ {
		fmt.Fprintf(w, ` <a href="/lich/%04d/%02d/%02d">%d</a>`, year, month, d, d)
	}
	io.WriteString(w, "</body></html>")
}
