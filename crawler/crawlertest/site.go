package crawlertest

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"html/template"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"sukien/crawler/source"
)

// Options say what the site has.
type Options struct {
	// Now is the instant that all dates are counted from; required. Articles
	// that would be published after it are published a minute before it.
	Now time.Time
	// Delay is the pace that sources and robots.txt ask for; 0 for none.
	Delay time.Duration
	// Hostile adds the hosts of hostile.go.
	Hostile bool
	// Hosts and Pages add that many outlets h001.example … with that many
	// articles each, for load.
	Hosts, Pages int
}

// Site is the made-up news site, behind a proxy of its own.
type Site struct {
	*Proxy
	opts     Options
	outlets  []outlet
	articles []*Article
	byPath   map[string]*Article // by host and path
	pages    *template.Template

	mu      sync.Mutex
	log     []Request
	edited  map[string]string // paragraph added, by URL
	stopped chan struct{}
	once    sync.Once
}

// Request is one request that the site got.
type Request struct {
	Time      time.Time
	URL       string // with the virtual host's scheme and name
	Host      string
	UserAgent string
	// Conditional says that it had a validator; Status is the answer's.
	Conditional bool
	Status      int
}

// New starts the site. Close it.
func New(opts Options) (*Site, error) {
	s := &Site{opts: opts, byPath: map[string]*Article{}, edited: map[string]string{}, stopped: make(chan struct{})}
	if err := readYAML("outlets.yaml", &s.outlets); err != nil {
		return nil, err
	}
	scheme := map[string]string{}
	for _, o := range s.outlets {
		scheme[o.Host] = o.Scheme
	}
	var err error
	if s.articles, err = loadArticles(opts.Now, scheme); err != nil {
		return nil, err
	}
	for _, a := range s.articles {
		if a.Published.After(opts.Now) {
			a.Published = opts.Now.Add(-time.Minute).Truncate(time.Minute)
		}
		s.byPath[a.Outlet+a.path()] = a
	}
	if s.pages, err = templates(); err != nil {
		return nil, err
	}
	s.Proxy, err = NewProxy(http.HandlerFunc(s.handle))
	return s, err
}

// Close stops the site; answers that never end are ended.
func (s *Site) Close() error {
	s.once.Do(func() { close(s.stopped) })
	return s.Proxy.Close()
}

// Articles are the invented articles, newest first.
func (s *Site) Articles() []*Article { return newest(s.articles) }

// Log are the requests so far, in order.
func (s *Site) Log() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.log)
}

// Requests is how many there were so far.
func (s *Site) Requests() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.log)
}

// Edit adds a paragraph to the article at url, as an outlet that corrects it.
func (s *Site) Edit(url, paragraph string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.edited[url] = paragraph
}

// handle logs a request and answers it.
func (s *Site) handle(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	rec := &recorder{ResponseWriter: w, status: http.StatusOK}
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.log = append(s.log, Request{
			Time: began, URL: r.URL.String(), Host: r.Host, UserAgent: r.UserAgent(),
			Conditional: r.Header.Get("If-None-Match") != "" || r.Header.Get("If-Modified-Since") != "", Status: rec.status,
		})
	}()
	switch o, ok := s.outlet(r.Host); {
	case ok:
		s.serveOutlet(rec, r, o)
	case strings.HasPrefix(r.Host, "h") && s.opts.Pages > 0:
		s.serveBulk(rec, r)
	case s.opts.Hostile:
		s.serveHostile(rec, r)
	default:
		http.Error(rec, "no such host", http.StatusBadGateway)
	}
}

// recorder keeps the status of an answer.
type recorder struct {
	http.ResponseWriter
	status int
}

// WriteHeader is of http.ResponseWriter.
func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func (s *Site) outlet(host string) (outlet, bool) {
	i := slices.IndexFunc(s.outlets, func(o outlet) bool { return o.Host == host })
	if i < 0 {
		return outlet{}, false
	}
	return s.outlets[i], true
}

func (s *Site) serveOutlet(w http.ResponseWriter, r *http.Request, o outlet) {
	path := r.URL.Path
	switch {
	case path == "/robots.txt":
		s.robots(w, o)
	case path == "/rss/moi.rss" && o.Feed == "rss", path == "/feed.atom" && o.Feed == "atom":
		s.feed(w, o)
	case path == "/sitemap.xml" && o.Sitemap, path == "/news-sitemap.xml.gz" && o.Sitemap:
		s.sitemap(w, o, path)
	case path == "/" || slices.Contains(o.Sections, path[1:]):
		s.section(w, o, path[1:])
	case strings.HasPrefix(path, "/lich/"):
		calendar(w, r)
	case s.archived(w, r, o):
	default:
		s.article(w, r, o)
	}
}

func (s *Site) robots(w http.ResponseWriter, o outlet) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	fmt.Fprintf(w, "User-agent: *\nDisallow: /tim-kiem\nDisallow: /in/\nDisallow: /*?trang=\n")
	if s.opts.Delay > 0 {
		fmt.Fprintf(w, "Crawl-delay: %g\n", s.opts.Delay.Seconds())
	}
	if o.Sitemap {
		fmt.Fprintf(w, "\nSitemap: %s://%s/sitemap.xml\n", o.Scheme, o.Host)
	}
}

// of are the outlet's articles in a section, all for none, newest first.
func (s *Site) of(o outlet, section string) []*Article {
	var out []*Article
	for _, a := range s.articles {
		if a.Outlet == o.Host && (section == "" || a.Section == section) {
			out = append(out, a)
		}
	}
	return newest(out)
}

func (s *Site) views(o outlet, articles []*Article) []view {
	var out []view
	for _, a := range articles {
		out = append(out, newView(a, o, s.opts.Now))
	}
	return out
}

func (s *Site) section(w http.ResponseWriter, o outlet, section string) {
	v := view{Outlet: o, Name: sectionNames[section], Items: s.views(o, s.of(o, section)), Year: s.opts.Now.Year()}
	if section == "" {
		v.Name = "Trang chủ"
	}
	s.page(w, nil, "list", v)
}

func (s *Site) article(w http.ResponseWriter, r *http.Request, o outlet) {
	a := s.byPath[o.Host+r.URL.Path]
	if a == nil {
		http.NotFound(w, r)
		return
	}
	v := newView(a, o, s.opts.Now)
	s.mu.Lock()
	if p := s.edited[a.URL]; p != "" {
		changed := *a
		changed.Body = append(slices.Clone(a.Body), p)
		v.Article = &changed
	}
	s.mu.Unlock()
	for _, other := range s.views(o, s.of(o, "")) {
		if other.ID != a.ID && len(v.Related) < 4 {
			v.Related = append(v.Related, other)
		}
	}
	v.Comments = []comment{{"Bạn đọc Hà", "Tôi đã dự hội nghị năm 2018 ở Huế, rất bổ ích."}, {"minhquan88", "Hy vọng sớm có kết quả."}}
	s.page(w, r, o.Template, v)
}

// page renders a template with an ETag, which r, when given, may have already.
func (s *Site) page(w http.ResponseWriter, r *http.Request, name string, v view) {
	var b bytes.Buffer
	if err := s.pages.ExecuteTemplate(&b, name, v); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	sum := fnv.New64a()
	sum.Write(b.Bytes())
	w.Header().Set("ETag", fmt.Sprintf(`"%x"`, sum.Sum64()))
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if r != nil {
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(b.Bytes()))
		return
	}
	w.Write(b.Bytes())
}

// Sources are the site's outlets as sources, the hostile one and those for
// load with them.
func (s *Site) Sources() ([]*source.Source, error) {
	var out []*source.Source
	for name, text := range s.sourceFiles() {
		src, err := source.Parse(name, []byte(text))
		if err != nil {
			return nil, err
		}
		out = append(out, src)
	}
	slices.SortFunc(out, func(a, b *source.Source) int { return strings.Compare(a.Domain, b.Domain) })
	return out, nil
}

// WriteSources writes the sources as files into dir, for sources_dir.
func (s *Site) WriteSources(dir string) error {
	for name, text := range s.sourceFiles() {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return fmt.Errorf("write the sources of the made-up site: %w", err)
		}
	}
	return nil
}

// WriteCA writes the certificate authority as a file into dir and gives its
// name, for crawler.ca_file.
func (s *Site) WriteCA(dir string) (string, error) {
	name := filepath.Join(dir, "crawlertest-ca.pem")
	if err := os.WriteFile(name, s.CA(), 0o600); err != nil {
		return "", fmt.Errorf("write the certificate authority of the made-up site: %w", err)
	}
	return name, nil
}

func (s *Site) sourceFiles() map[string]string {
	out := map[string]string{}
	for _, o := range s.outlets {
		out[o.Host+".yaml"] = o.yaml(s.opts.Delay)
	}
	if s.opts.Hostile {
		for host, text := range hostileSources(s.opts.Delay) {
			out[host+".yaml"] = text
		}
	}
	for i := range s.opts.Hosts {
		o := bulkOutlet(i)
		out[o.Host+".yaml"] = o.yaml(s.opts.Delay)
	}
	return out
}

func (o outlet) yaml(delay time.Duration) string {
	var b strings.Builder
	fmt.Fprintf(&b, "domain: %s\nname: %s\nkind: %s\npoliteness: {delay: %s}\n", o.Host, o.Name, o.Kind, delay)
	address := func(path string) { fmt.Fprintf(&b, "  - {url: %s://%s%s, tried: true}\n", o.Scheme, o.Host, path) }
	if o.Feed != "" {
		b.WriteString("feeds:\n")
		address(map[string]string{"rss": "/rss/moi.rss", "atom": "/feed.atom"}[o.Feed])
	}
	if o.Sitemap {
		b.WriteString("sitemaps:\n")
		address("/sitemap.xml")
	}
	if o.Archive != "" {
		fmt.Fprintf(&b, "archive: {url: '%s://%s%s', tried: true}\n", o.Scheme, o.Host, o.Archive)
	}
	if len(o.Sections) > 0 {
		b.WriteString("sections:\n")
		for _, sec := range o.Sections {
			address("/" + sec)
		}
	}
	return b.String()
}
