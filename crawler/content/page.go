package content

import (
	"net/url"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"sukien/news"
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
// believed: one that leads to the home page of the site or to nowhere is not.
func (d *doc) canonical() string {
	own, _ := url.Parse(pageURL(d.page))
	for _, href := range append(d.head.canonical, d.head.meta["og:url"]) {
		u, err := url.Parse(d.resolve(href))
		if err != nil || u.Host == "" || lies(u, own) {
			continue
		}
		return u.String()
	}
	return ""
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
			if r >= 0x1EA0 && r <= 0x1EF9 || strings.ContainsRune("ăâđêôơưĂÂĐÊÔƠƯ", r) {
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

// kind tells what the page is, and why.
func (d *doc) kind(a *news.Article) (news.PageType, string) {
	prose := d.keptProse()
	if t, why := d.refusal(prose); why != "" {
		return t, why
	}
	if len(a.Text) == 0 {
		return d.emptyKind()
	}
	if d.isListing(a, prose) {
		return news.PageListing, "more links to articles than running text"
	}
	if prose < 600 && d.head.media > 0 && d.saysMedia() || prose < 400 && d.hasPlayer() {
		return news.PageMedia, "a player and little text"
	}
	if d.saysForum() {
		return news.PageOther, "a forum thread"
	}
	if prose < 200 && len(a.Captions) >= 4 && len(a.Text) < 1500 {
		return news.PageMedia, "pictures with captions"
	}
	return news.PageArticle, ""
}

// refusals are the words of pages that stand in for the one asked for.
var refusals = []struct {
	why   string
	words []string
}{
	{"an error page", []string{"404", "not found", "không tìm thấy", "không tồn tại", "page not found", "lỗi 404", "trang bạn yêu cầu", "nội dung không tồn tại", "bài viết không tồn tại", "internal server error", "service unavailable", "bad gateway", "access denied", "403 forbidden", "runtime error", "server error"}},
	{"a cookie or browser challenge", []string{"just a moment", "checking your browser", "attention required", "enable javascript and cookies", "verify you are human", "xác minh bạn là con người", "ddos protection", "đang kiểm tra trình duyệt"}},
	{"a login wall", []string{"đăng nhập để", "vui lòng đăng nhập", "bạn cần đăng nhập", "dành cho thuê bao", "please log in", "sign in to continue", "đăng nhập hệ thống"}},
}

// refusal recognises error pages, challenges and login walls by title or, on
// a page with little text, by its words.
func (d *doc) refusal(prose int32) (news.PageType, string) {
	if prose > 900 {
		return "", ""
	}
	var sb strings.Builder
	sb.WriteString(d.head.title)
	for i := range d.blocks {
		if sb.Len() > 1500 {
			break
		}
		if prose < 300 {
			sb.WriteString("\n" + d.blocks[i].text)
		}
	}
	low := strings.ToLower(sb.String())
	title := strings.ToLower(d.head.title)
	for _, r := range refusals {
		for _, w := range r.words {
			if strings.Contains(title, w) && prose < 500 || len(d.blocks) < 40 && prose < 250 && strings.Contains(low, w) {
				return news.PageOther, r.why
			}
		}
	}
	if d.page.Status >= 400 {
		return news.PageOther, "an error page"
	}
	return "", ""
}

// emptyKind says what a page without article text is.
func (d *doc) emptyKind() (news.PageType, string) {
	switch {
	case d.head.refresh != "" && len(d.blocks) < 5:
		return news.PageOther, "a redirect in the markup"
	case len(d.blocks) < 8 && d.head.scripts > 500:
		return news.PageOther, "a script shell: the text is not in the markup"
	case d.head.media > 0 || d.hasPlayer():
		return news.PageMedia, "a player and no text"
	case len(d.anchs) > 20 && d.titleAt < 0:
		return news.PageListing, "links and no running text"
	}
	return news.PageOther, "no running text"
}

// isListing tells whether the page lists articles: its kept text stands beside
// links, it has no headline of its own, or it says that it is a listing.
func (d *doc) isListing(a *news.Article, prose int32) bool {
	if d.head.ld.Published != "" || d.head.meta["article:published_time"] != "" {
		return false
	}
	teasers, links := 0, 0
	for i := range d.blocks {
		b := &d.blocks[i]
		if b.words >= 6 && b.link*5 > int32(len(b.text))*4 && d.noise(b)&^hintRelated == 0 {
			links++
		}
		if b.prose() > 0 && d.isTeaser(i, b) {
			teasers++
		}
	}
	u, err := url.Parse(pageURL(d.page))
	home := err == nil && u.Host != "" && strings.Trim(u.Path, "/") == "" && u.RawQuery == ""
	switch {
	case home:
		return true
	case d.head.ldHas("CollectionPage", "ItemList") && a.Published == "" && links > 8:
		return true
	case links >= 12 && prose < 600 && a.Published == "" && len(a.Captions) < 3:
		return true
	case teasers >= 6 && prose < int32(teasers)*150:
		return true
	}
	return d.titleAt < 0 && links >= 25 && prose < 1500
}

// ldHas tells whether JSON-LD names one of types.
func (h *head) ldHas(types ...string) bool {
	for _, t := range h.ldTypes {
		for _, want := range types {
			if t == want {
				return true
			}
		}
	}
	return false
}

// hasPlayer tells whether a player stands between the headline and the end of
// the body, or right under the headline.
func (d *doc) hasPlayer() bool {
	if d.titleAt < 0 {
		return false
	}
	for _, at := range d.head.players {
		if int(at) > d.titleAt && int(at) <= max(d.last, d.titleAt+6) {
			return true
		}
	}
	return false
}

func (d *doc) saysMedia() bool {
	if d.head.ldHas("VideoObject", "AudioObject", "PodcastEpisode") || strings.HasPrefix(d.head.meta["og:type"], "video") {
		return true
	}
	u := pageURL(d.page) + " " + d.head.meta["og:url"]
	return strings.Contains(u, "/video") || strings.Contains(u, "/clip") || strings.Contains(u, "/podcast") || strings.Contains(u, "/media")
}

func (d *doc) saysForum() bool {
	if d.head.ldHas("DiscussionForumPosting", "QAPage") {
		return true
	}
	u := pageURL(d.page)
	return strings.Contains(u, "showthread.php") || strings.Contains(u, "/threads/") || strings.Contains(u, "viewtopic.php")
}

// neighbours are the parts before and after this one.
func (d *doc) neighbours(links []Link) (next, prev string) {
	next, prev = d.resolve(d.head.next), d.resolve(d.head.prev)
	for i := range links {
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
		if l := &links[i]; len(l.Text) < 32 && nextWords[strings.ToLower(strings.Trim(l.Text, " >"))] && strings.HasPrefix(l.URL, own) && l.URL != pageURL(d.page) {
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
