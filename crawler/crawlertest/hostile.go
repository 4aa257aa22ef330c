package crawlertest

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// The hostile hosts: HostileHost with one page for each way to be hostile,
// linked from its front page, and DeniedHost, whose robots.txt answers 503.
const (
	HostileHost = "xau.example"
	DeniedHost  = "tuchoi.example"
)

// hostilePages are the paths of HostileHost and what is wrong with each.
var hostilePages = map[string]http.HandlerFunc{
	"/vong-tron-a-100001.html": redirect("/vong-tron-b-100002.html"),
	"/vong-tron-b-100002.html": redirect("/vong-tron-a-100001.html"),
	"/tu-than-100003.html":     redirect("/tu-than-100003.html"),
	"/noi-bo-100004.html":      redirect("http://169.254.169.254/latest/meta-data/"),
	"/noi-khac-100005.html":    redirect("http://ngoai.example/tin-100005.html"),
	"/trang-chu-100006.html":   redirect("/"),
	"/khong-lo-100007.html":    huge(50 << 20),
	"/anh-100008.html":         image,
	"/bom-100009.html":         bomb,
	"/thu-thach-100010.html":   challenge,
	"/mat-100011.html":         status(http.StatusGone, 0),
	"/loi-100012.html":         status(http.StatusInternalServerError, 0),
	"/cam-100013.html":         status(http.StatusForbidden, 0),
	"/rong-100014.html":        status(http.StatusNoContent, 0),
	"/nen-hong-100015.html":    brokenGzip,
	"/cat-cut-100016.html":     truncated,
	"/dau-de-100017.html":      hugeHeader,
	"/cam-robots-100020.html":  status(http.StatusOK, 0),
}

// serveHostile answers for the hostile hosts. Paths that need the site's end
// are here: endless and dripping bodies, and an answer that never starts.
func (s *Site) serveHostile(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Host == DeniedHost:
		w.WriteHeader(http.StatusServiceUnavailable)
	case r.URL.Path == "/robots.txt":
		io.WriteString(w, "User-agent: *\nDisallow: /*-100020.html$\n")
	case r.URL.Path == "/":
		hostileFront(w)
	case r.URL.Path == "/vo-tan-100018.html":
		s.endless(w, r, strings.Repeat("<p>Mãi không hết.</p>", 100), 0)
	case r.URL.Path == "/nho-giot-100019.html":
		s.endless(w, r, ".", 20*time.Millisecond)
	case r.URL.Path == "/im-lang-100021.html":
		s.silent(r)
	case strings.HasPrefix(r.URL.Path, "/chuoi-"):
		chain(w, r)
	case strings.HasPrefix(r.URL.Path, "/lich/"):
		calendar(w, r)
	case r.URL.Path == "/ban-100022.html":
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(http.StatusTooManyRequests)
	default:
		h := hostilePages[r.URL.Path]
		if h == nil {
			h = http.NotFound
		}
		h(w, r)
	}
}

func hostileFront(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/html")
	io.WriteString(w, "<html><body><h1>Mục lục</h1>")
	for path := range hostilePages {
		fmt.Fprintf(w, `<p><a href="%s">%s</a></p>`, path, path)
	}
	for _, path := range []string{"/vo-tan-100018.html", "/nho-giot-100019.html", "/chuoi-100100.html", "/lich/2026/01", "/khong-co-100999.html"} {
		fmt.Fprintf(w, `<p><a href="%s">%s</a></p>`, path, path)
	}
	io.WriteString(w, "</body></html>")
}

func redirect(to string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(http.StatusFound)
	}
}

// chain redirects to the next number, for ever.
func chain(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(r.URL.Path, "/chuoi-"), ".html"))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	redirect(fmt.Sprintf("/chuoi-%d.html", n+1))(w, r)
}

func status(code int, wait time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

func huge(size int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		chunk := []byte(strings.Repeat("<p>Rất nhiều chữ.</p>", 1000))
		for sent := 0; sent < size; sent += len(chunk) {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}
}

func image(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "image/png")
	io.WriteString(w, "\x89PNG\r\n\x1a\n")
}

// bomb is small on the wire and hundreds of megabytes when decompressed.
func bomb(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html")
	w.Header().Set("Content-Encoding", "gzip")
	zip := gzip.NewWriter(w)
	defer zip.Close()
	zeros := make([]byte, 1<<20)
	for range 300 {
		if _, err := zip.Write(zeros); err != nil {
			return
		}
		if err := zip.Flush(); err != nil {
			return
		}
	}
}

func challenge(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	io.WriteString(w, `<html><body><script>document.cookie="khoa=abc123; path=/";window.location.reload(true);</script></body></html>`)
}

func brokenGzip(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Encoding", "gzip")
	io.WriteString(w, "không phải gzip")
}

// truncated promises more than it sends.
func truncated(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html")
	w.Header().Set("Content-Length", "5000")
	io.WriteString(w, "<html><body><p>Nửa chừng")
}

func hugeHeader(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("X-Dai", strings.Repeat("a", 200<<10))
	io.WriteString(w, "<html></html>")
}

// endless writes text until the client or the site goes, with a wait between.
func (s *Site) endless(w http.ResponseWriter, r *http.Request, text string, wait time.Duration) {
	w.Header().Set("Content-Type", "text/html")
	rc := http.NewResponseController(w)
	tick := time.NewTicker(max(wait, time.Microsecond))
	defer tick.Stop()
	for {
		if _, err := io.WriteString(w, text); err != nil {
			return
		}
		if err := rc.Flush(); err != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-s.stopped:
			return
		case <-tick.C:
		}
	}
}

// silent never answers.
func (s *Site) silent(r *http.Request) {
	select {
	case <-r.Context().Done():
	case <-s.stopped:
	}
}

func hostileSources(delay time.Duration) map[string]string {
	out := map[string]string{}
	for _, host := range []string{HostileHost, DeniedHost} {
		o := outlet{Host: host, Name: "Trang xấu", Kind: "national", Scheme: "http", Sections: []string{""}}
		out[host] = o.yaml(delay)
	}
	return out
}
