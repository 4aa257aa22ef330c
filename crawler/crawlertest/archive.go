package crawlertest

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"sukien/news"
)

// archiveYears is how far back the outlets' archives go.
const archiveYears = 15

// stretch is the days that one list of an archive is of, both included.
type stretch struct {
	path     string
	from, to time.Time
}

// stretches are the lists of an archive, the last first. How they are cut, and
// named, is an outlet's:
//
//	months  /sitemaps/news-2026-7.xml
//	fives   /sitemaps/sitemaps-2026-7-16-20.xml, the sixth of a month to its end
func (s *Site) stretches(cut string) (out []stretch) {
	now := s.opts.Now.In(news.Hanoi)
	month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, news.Hanoi)
	for range archiveYears * 12 {
		end := month.AddDate(0, 1, -1)
		if cut == "months" {
			out = append(out, stretch{fmt.Sprintf("/sitemaps/news-%d-%d.xml", month.Year(), month.Month()), month, end})
		} else {
			for first := 26; first > 0; first -= 5 {
				last := first + 4
				if first == 26 {
					last = end.Day()
				}
				path := fmt.Sprintf("/sitemaps/sitemaps-%d-%d-%d-%d.xml", month.Year(), month.Month(), first, last)
				out = append(out, stretch{path, month.AddDate(0, 0, first-1), month.AddDate(0, 0, last-1)})
			}
		}
		month = month.AddDate(0, -1, 0)
	}
	return out
}

// archived answers for the lists of an outlet's archive, false when the path is
// none of them.
func (s *Site) archived(w http.ResponseWriter, r *http.Request, o outlet) bool {
	path := r.URL.Path
	var year, month int
	switch {
	case o.Lists != "" && strings.HasPrefix(path, "/sitemaps/"):
		for _, st := range s.stretches(o.Lists) {
			if st.path == path {
				s.urlset(w, o, st)
				return true
			}
		}
	case strings.Contains(o.Archive, "/article.xml"):
		if n, err := fmt.Sscanf(path, "/sitemaps/%d/%d/article.xml", &year, &month); n != 2 || err != nil {
			return false
		}
		from := time.Date(year, time.Month(month), 1, 0, 0, 0, 0, news.Hanoi)
		s.urlset(w, o, stretch{from: from, to: from.AddDate(0, 1, -1)})
		return true
	case strings.Contains(o.Archive, "/theo-ngay") && path == "/theo-ngay":
		s.day(w, r, o)
		return true
	}
	return false
}

// between are the outlet's articles of some days.
func (s *Site) between(o outlet, st stretch) (out []*Article) {
	for _, a := range s.of(o, "") {
		if !a.Published.Before(st.from) && a.Published.Before(st.to.AddDate(0, 0, 1)) {
			out = append(out, a)
		}
	}
	return out
}

// urlset is a sitemap of some days.
func (s *Site) urlset(w http.ResponseWriter, o outlet, st stretch) {
	w.Header().Set("Content-Type", "application/xml")
	io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
	for _, a := range s.between(o, st) {
		fmt.Fprintf(w, "<url><loc>%s</loc><lastmod>%s</lastmod></url>\n", a.URL, a.Published.Format(time.RFC3339))
	}
	io.WriteString(w, "</urlset>")
}

// dayPage is how many articles a page of a day's list has.
const dayPage = 2

// day is a page of the list of one day, which is asked for by its first and last
// second; the last page answers for every number behind it.
func (s *Site) day(w http.ResponseWriter, r *http.Request, o outlet) {
	var numbers [3]int64
	for i, name := range []string{"tu", "den", "p"} {
		n, err := strconv.ParseInt(r.FormValue(name), 10, 64)
		if err != nil {
			http.NotFound(w, r)
			return
		}
		numbers[i] = n
	}
	from, to, page := time.Unix(numbers[0], 0).In(news.Hanoi), time.Unix(numbers[1], 0), int(numbers[2])
	if page < 1 || !to.Equal(from.AddDate(0, 0, 1).Add(-time.Second)) {
		http.NotFound(w, r)
		return
	}
	list := s.between(o, stretch{from: from, to: from})
	first := min((page-1)*dayPage, max(len(list)-1, 0)/dayPage*dayPage)
	v := view{Outlet: o, Name: "Tin ngày " + from.Format("2/1/2006"), Items: s.views(o, list[first:min(first+dayPage, len(list))]), Year: s.opts.Now.Year()}
	s.page(w, nil, "list", v)
}
