package content

import (
	"cmp"
	"net/url"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/publicsuffix"

	"sukien/news/viet"
)

// foldASCII is s without case and diacritics.
func foldASCII(s string) string { return viet.Fold(s) }

// host is the page's host, "" when its address is not known.
func (d *doc) host() string {
	for _, raw := range append([]string{pageURL(d.page), d.head.meta["og:url"]}, d.head.canonical...) {
		if u, err := url.Parse(raw); err == nil && u.Host != "" {
			return strings.ToLower(u.Hostname())
		}
	}
	return ""
}

// canonical is the address that the page calls its own, when it can be
// believed: one that leads to the home page or to nowhere is not. One on
// another site is not the page's own either, but tells where the text was taken
// from: whoever could name it his own would put his text in another's place.
func (d *doc) canonical() (own, original string) {
	at, _ := url.Parse(pageURL(d.page))
	for _, href := range append(d.head.canonical, d.head.meta["og:url"]) {
		u, err := url.Parse(d.resolve(href))
		if err != nil || u.Host == "" || lies(u, at) {
			continue
		}
		if at != nil && at.Host != "" && at.Host != u.Host && site(at) != site(u) {
			original = cmp.Or(original, u.String())
			continue
		}
		return u.String(), original
	}
	return "", original
}

// site is the part of u's host that one owner has: "baomuoi.com.vn". Hosts that
// have none, such as addresses, are sites of their own.
func site(u *url.URL) string {
	host := strings.ToLower(u.Hostname())
	if s, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return s
	}
	return host
}

// lies tells whether the address u cannot be that of the page at own: it is
// the home page, or an error page, and own is not.
func lies(u, own *url.URL) bool {
	path := strings.Trim(u.Path, "/")
	home := path == "" || path == "index.html" || path == "index.php" || path == "default.aspx" || path == "home" || path == "trang-chu"
	if !home || u.RawQuery != "" {
		return false
	}
	return own == nil || own.Host == "" || strings.Trim(own.Path, "/") != path || own.RawQuery != ""
}

// language is the text's language: "vi" where Vietnamese letters are common,
// else what the page declares, else "en" for Latin text.
func language(text, declared string) string {
	marked, all := 0, 0
	for i, r := range text {
		if i > 1000 {
			break
		}
		if r < 0x80 {
			if r >= 'A' {
				all++
			}
			continue
		}
		if unicode.IsLetter(r) {
			all++
			switch {
			case r >= 0x1EA0 && r <= 0x1EF9:
				marked++
			case strings.ContainsRune("ăâđêôơưĂÂĐÊÔƠƯ", r):
				marked++
			}
		}
	}
	switch {
	case all == 0:
		return ""
	case marked*25 > all:
		return "vi"
	}
	if code, _, _ := strings.Cut(strings.ToLower(declared), "-"); len(code) == 2 && code != "vi" {
		return code
	}
	r, _ := utf8.DecodeRuneInString(text)
	if r < 0x250 {
		return "en"
	}
	return ""
}

// neighbours are the parts before and after this one.
func (d *doc) neighbours(links []Link) (next, prev string) {
	next, prev = d.resolve(d.head.next), d.resolve(d.head.prev)
	for i := range links {
		if links[i].Rel == "" {
			continue
		}
		rel := strings.ToLower(links[i].Rel)
		if next == "" && hasWord(rel, "next") {
			next = links[i].URL
		}
		if prev == "" && (hasWord(rel, "prev") || hasWord(rel, "previous")) {
			prev = links[i].URL
		}
	}
	if next == "" {
		next = d.nextPart(links)
	}
	return next, prev
}

// nextWords are the words of links to the next part of an article.
var nextWords = map[string]bool{"trang sau": true, "trang tiếp": true, "trang tiếp theo": true, "trang kế": true, "phần tiếp theo": true, "xem tiếp trang sau": true, "next": true, "next page": true, "tiếp": true, "»": true, "›": true}

// nextPart is the link that says that it leads to the next part and whose
// address begins as the page's own does.
func (d *doc) nextPart(links []Link) string {
	own, _, _ := strings.Cut(pageURL(d.page), "?")
	own = strings.TrimSuffix(own, path.Ext(own))
	if own == "" {
		return ""
	}
	for i := range links {
		if l := &links[i]; len(l.Text) < 32 && strings.HasPrefix(l.URL, own) && nextWords[strings.ToLower(strings.Trim(l.Text, " >"))] && l.URL != pageURL(d.page) {
			return l.URL
		}
	}
	return ""
}

func hasWord(list, word string) bool {
	for _, w := range strings.Fields(list) {
		if w == word {
			return true
		}
	}
	return false
}
