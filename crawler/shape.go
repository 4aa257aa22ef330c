package crawler

import (
	"net/url"
	"path"
	"regexp"
	"strings"

	"sukien/crawler/canonical"
	"sukien/crawler/source"
)

// The bounds of an article's path: deeper or longer ones are traps, or lists.
const (
	maxDepth = 8
	maxSlug  = 300
)

// listWords are path segments that stand over lists, forms and services, never
// over articles, as Vietnamese outlets' systems name them.
var listWords = words("tag tags tu-khoa chu-de topic topics tac-gia author authors search tim-kiem rss feed feeds " +
	"login dang-nhap dang-ky register lien-he contact gioi-thieu about quang-cao ads lich calendar lich-phat-song " +
	"event events member members forum forums page trang print in-bai wp-admin wp-content wp-json cdn-cgi static assets api comment comments binh-luan " +
	"video videos media podcast podcasts photo photos infographic emagazine longform live lichvansu")

// fileExtensions are of files that are no pages.
var fileExtensions = words(".jpg .jpeg .png .gif .webp .svg .ico .css .js .json .xml .rss .pdf .doc .docx .xls .xlsx " +
	".ppt .pptx .zip .rar .mp3 .mp4 .m3u8 .webm .avi .apk .txt")

func words(list string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		out[w] = true
	}
	return out
}

var (
	// longNumber is an article's number: five digits and more, since years and
	// page numbers have fewer.
	longNumber = regexp.MustCompile(`[0-9]{5,}`)
	// dayPath is a path that is filed under a day.
	dayPath = regexp.MustCompile(`/(19|20)[0-9]{2}[/-]?[01]?[0-9][/-]?[0-3]?[0-9]/`)
	// idParameter is an article's number in the query, as portals have it.
	idParameter = regexp.MustCompile(`(?i)(^|&)(id|itemid|newsid|articleid|article|aid|nid|tinid|baivietid|ddocname|_contentid)=[^&]*[0-9a-f]{3,}`)
)

// slugWords is how many words, joined by hyphens, a segment has that is a
// headline: sections' names have up to six ("thong-tin-bao-cao-thong-ke").
const slugWords = 7

// articleShape tells by the shape of its address whether a page of the source
// may be an article. It asks for a number or a headline in the last segment, so
// that calendars, lists and their further pages do not pass; what passes by
// mistake is known for what it is once it is fetched.
func articleShape(s *source.Source, canonicalURL string) bool {
	u, err := url.Parse(canonicalURL)
	if err != nil || isFile(canonicalURL) || trapShape(canonicalURL) != "" {
		return false
	}
	if len(s.Articles) > 0 {
		return matchesAny(s.Articles, u.Path)
	}
	segments := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	if len(segments) > maxDepth {
		return false
	}
	if idParameter.MatchString(u.RawQuery) {
		return true
	}
	if len(segments) == 0 {
		return false
	}
	for _, seg := range segments[:len(segments)-1] {
		if listWords[strings.ToLower(seg)] {
			return false
		}
	}
	return headline(u.Path, segments[len(segments)-1])
}

// ArticleAddress tells whether discovery takes an address for that of an article
// of the source, before anything was learnt of its pages. An address that cannot
// be read is none.
func ArticleAddress(s *source.Source, address string) bool {
	u, err := canonical.URL("", address)
	return err == nil && articleShape(s, u)
}

func headline(fullPath, last string) bool {
	stem := strings.ToLower(strings.TrimSuffix(last, path.Ext(last)))
	if len(last) > maxSlug || listWords[stem] {
		return false
	}
	hyphens := strings.Count(stem, "-")
	switch {
	case hyphens+1 >= slugWords:
		return true
	case longNumber.MatchString(stem):
		return true
	}
	return dayPath.MatchString(fullPath) && hyphens >= 2
}

// trapShape says what trap the shape of an address is the mark of, empty for none.
func trapShape(canonicalURL string) string {
	u, err := url.Parse(canonicalURL)
	if err != nil {
		return ""
	}
	segments := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	switch {
	case repeats(segments):
		return "a path that repeats itself"
	case calendar(segments):
		return "a calendar"
	}
	return ""
}

// repeats tells whether a segment stands three times in a path, or a pair of
// them twice in a row: the mark of a relative link that leads ever deeper.
func repeats(segments []string) bool {
	count := map[string]int{}
	for i, s := range segments {
		if count[s]++; count[s] > 2 {
			return true
		}
		if i >= 3 && s == segments[i-2] && segments[i-1] == segments[i-3] && s != segments[i-1] {
			return true
		}
	}
	return false
}

// calendar tells whether a path ends in nothing but a day or a month under a
// word for it: calendars go on for ever in both directions.
func calendar(segments []string) bool {
	n := len(segments)
	if n < 2 || !digitsOnly(segments[n-1]) {
		return false
	}
	for _, s := range segments[:n-1] {
		switch strings.ToLower(s) {
		case "lich", "calendar", "event", "events", "lich-phat-song", "lichvansu", "archive", "luu-tru":
			return true
		}
	}
	return false
}

func digitsOnly(s string) bool { return strings.Trim(s, "0123456789-") == "" }

func matchesAny(patterns []string, p string) bool {
	for _, pattern := range patterns {
		if ok, err := path.Match(pattern, p); err == nil && ok {
			return true
		}
	}
	return false
}

// isFile tells by its ending whether an address is of a file that is no page.
func isFile(canonicalURL string) bool {
	before, _, _ := strings.Cut(canonicalURL, "?")
	return fileExtensions[strings.ToLower(path.Ext(before))]
}
