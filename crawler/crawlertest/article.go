package crawlertest

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strings"
	texttemplate "text/template"
	"time"

	"go.yaml.in/yaml/v3"

	"sukien/news"
	"sukien/news/viet"
)

//go:embed site
var files embed.FS

// Article is one invented article, its texts rendered for the site's now.
type Article struct {
	ID        int       `yaml:"id"`
	Outlet    string    `yaml:"outlet"` // host
	Section   string    `yaml:"section"`
	Day       int       `yaml:"day"`  // of publication, from now
	Time      string    `yaml:"time"` // of publication, "15:04"
	Title     string    `yaml:"title"`
	Lead      string    `yaml:"lead"`
	Body      []string  `yaml:"body"`
	Byline    string    `yaml:"byline"`
	Agency    string    `yaml:"agency"`
	Tags      []string  `yaml:"tags"`
	ReprintOf int       `yaml:"reprint_of"` // the article whose body it has
	Meeting   *Meeting  `yaml:"meeting"`    // nil when it tells of none
	Published time.Time `yaml:"-"`
	URL       string    `yaml:"-"`
}

// Meeting is what a reader finds in an article.
type Meeting struct {
	Name      string      `yaml:"name"`
	Kind      news.Kind   `yaml:"kind"`
	Ordinal   int         `yaml:"ordinal"`
	Start     int         `yaml:"start"` // days from now
	End       *int        `yaml:"end"`   // nil for one day
	StartTime string      `yaml:"start_time"`
	Place     string      `yaml:"place"`
	Country   string      `yaml:"country"`
	Status    news.Status `yaml:"status"`
	Mode      news.Mode   `yaml:"mode"`
	Theme     string      `yaml:"theme"`
}

// outlet is one made-up outlet.
type outlet struct {
	Host     string   `yaml:"host"`
	Name     string   `yaml:"name"`
	Kind     string   `yaml:"kind"`
	Template string   `yaml:"template"`
	Scheme   string   `yaml:"scheme"`
	Sections []string `yaml:"sections"`
	Feed     string   `yaml:"feed"`
	Sitemap  bool     `yaml:"sitemap"`
	// Lists is how the sitemap index cuts the years of articles: months, fives.
	Lists string `yaml:"lists"`
	// Archive is the path of the outlet's archive pattern.
	Archive string `yaml:"archive"`
}

func readYAML(name string, into any) error {
	data, err := files.ReadFile("site/" + name)
	if err != nil {
		return err
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// loadArticles reads the articles and renders their texts for now.
func loadArticles(now time.Time, scheme map[string]string) ([]*Article, error) {
	var all []*Article
	if err := readYAML("articles.yaml", &all); err != nil {
		return nil, err
	}
	byID := map[int]*Article{}
	for _, a := range all {
		if err := a.render(now); err != nil {
			return nil, fmt.Errorf("article %d: %w", a.ID, err)
		}
		a.URL = scheme[a.Outlet] + "://" + a.Outlet + a.path()
		byID[a.ID] = a
	}
	for _, a := range all {
		if of := byID[a.ReprintOf]; of != nil {
			a.Body, a.Meeting, a.Agency = of.Body, of.Meeting, of.Agency
		}
	}
	return all, nil
}

func (a *Article) render(now time.Time) error {
	day := now.In(news.Hanoi).AddDate(0, 0, a.Day)
	clock, err := time.Parse("15:04", a.Time)
	if err != nil {
		return err
	}
	a.Published = time.Date(day.Year(), day.Month(), day.Day(), clock.Hour(), clock.Minute(), 0, 0, news.Hanoi)
	texts := []*string{&a.Title, &a.Lead}
	for i := range a.Body {
		texts = append(texts, &a.Body[i])
	}
	for _, t := range texts {
		if *t, err = dated(*t, now); err != nil {
			return err
		}
	}
	return nil
}

// dated fills the date placeholders of a text.
func dated(text string, now time.Time) (string, error) {
	if !strings.Contains(text, "{{") {
		return text, nil
	}
	day := func(n int) time.Time { return now.In(news.Hanoi).AddDate(0, 0, n) }
	t, err := texttemplate.New("").Funcs(texttemplate.FuncMap{
		"d":   func(n int) string { return day(n).Format("2") },
		"dm":  func(n int) string { return day(n).Format("2/1") },
		"dmy": func(n int) string { return day(n).Format("2/1/2006") },
		"y":   func(n int) string { return day(n).Format("2006") },
		"wd":  func(n int) string { return weekday(day(n)) },
	}).Parse(text)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = t.Execute(&b, nil)
	return b.String(), err
}

func weekday(t time.Time) string {
	return []string{"Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"}[t.Weekday()]
}

func (a *Article) path() string {
	return fmt.Sprintf("/%s/%s-%d.html", a.Section, slug(a.Title), a.ID)
}

// slug is a title as addresses have it: folded, words joined by hyphens.
func slug(title string) string {
	words := strings.FieldsFunc(viet.Fold(title), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(words[:min(len(words), 14)], "-")
}

// view is what the templates see.
type view struct {
	*Article
	Outlet   outlet
	Name     string // of a list
	Items    []view // of a list
	Related  []view
	Comments []comment
	Path     string
	Year     int
	Views    int
	LD       any

	ISO, Long, Short, Clock, Weekday, DMY, Ago, Keywords string
}

type comment struct{ Who, Text string }

func newView(a *Article, o outlet, now time.Time) view {
	t := a.Published
	ld, err := json.Marshal(map[string]any{
		"@context": "https://schema.org", "@type": "NewsArticle", "headline": a.Title, "datePublished": t.Format(time.RFC3339),
		"author": map[string]string{"@type": "Person", "name": a.Byline}, "publisher": map[string]string{"@type": "Organization", "name": o.Name},
		"mainEntityOfPage": a.URL, "description": a.Lead,
	})
	if err != nil {
		ld = []byte("{}")
	}
	return view{
		Article: a, Outlet: o, Path: a.path(), Year: now.Year(), Views: a.ID % 977, LD: template.JS(ld),
		ISO: t.Format(time.RFC3339), Long: weekday(t) + ", " + t.Format("2/1/2006, 15:04"), Short: t.Format("02/01/2006 15:04"),
		Clock: t.Format("15:04"), Weekday: weekday(t), DMY: t.Format("02/01/2006"), Keywords: strings.Join(a.Tags, ", "),
		Ago: fmt.Sprintf("%d giờ trước", max(int(now.Sub(t).Hours()), 1)),
	}
}

// sectionNames are the sections' headings.
var sectionNames = map[string]string{
	"thoi-su": "Thời sự", "kinh-te": "Kinh tế", "doi-ngoai": "Đối ngoại", "chinh-tri": "Chính trị", "the-gioi": "Thế giới",
	"xa-hoi": "Xã hội", "trong-tinh": "Trong tỉnh", "kinh-te-xa-hoi": "Kinh tế - Xã hội", "tin-tuc": "Tin tức",
	"hoat-dong": "Hoạt động", "giao-duc": "Giáo dục", "van-hoa": "Văn hóa",
}

func templates() (*template.Template, error) {
	return template.New("").Funcs(template.FuncMap{
		"slug":        slug,
		"sectionName": func(s string) string { return sectionNames[s] },
	}).ParseFS(files, "site/templates/*.gohtml")
}

// newest orders articles as lists do.
func newest(all []*Article) []*Article {
	out := slices.Clone(all)
	slices.SortFunc(out, func(a, b *Article) int {
		if c := b.Published.Compare(a.Published); c != 0 {
			return c
		}
		return b.ID - a.ID
	})
	return out
}
