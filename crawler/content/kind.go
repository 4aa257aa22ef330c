package content

import (
	"net/url"
	"strings"

	"sukien/news"
)

// kind tells what the page is, and why.
func (d *doc) kind(a *news.Article) (news.PageType, string) {
	prose := d.keptProse()
	if t, why := d.refusal(prose); why != "" {
		return t, why
	}
	if len(a.Text) == 0 || prose == 0 && len(d.blocks) < maxShell && (d.head.gates() || d.head.moves()) {
		return d.emptyKind(a)
	}
	if d.isListing(a, prose) {
		return news.PageListing, "more links to articles than running text"
	}
	if prose < 600 && d.head.media > 0 && d.saysMedia() || prose < 400 && d.hasPlayer() {
		return news.PageMedia, "a player and little text"
	}
	if d.saysForum() {
		return news.PageOther, ReasonForum
	}
	if prose < 200 && len(a.Captions) >= 4 && len(a.Text) < 1500 {
		return news.PageMedia, "pictures with captions"
	}
	return news.PageArticle, ""
}

// Reasons for a page to be no article that others ask for, see news.Article.PageReason.
const (
	ReasonError     = "an error page"
	ReasonChallenge = "a cookie or browser challenge"
	ReasonForum     = "a forum thread"
)

// refusals are the words of pages that stand in for the one asked for.
var refusals = []struct {
	why   string
	words []string
}{
	{ReasonError, []string{"404 -", "404 –", "404 |", "| 404", "- 404", "error 404", "404 error", "not found", "không tìm thấy", "không tồn tại", "page not found", "lỗi 404", "trang bạn yêu cầu", "nội dung không tồn tại", "bài viết không tồn tại", "không còn tồn tại", "đã bị xóa", "đã bị gỡ bỏ", "đang bảo trì", "bảo trì hệ thống", "đang được nâng cấp", "under maintenance", "internal server error", "service unavailable", "bad gateway", "access denied", "403 forbidden", "runtime error", "server error"}},
	{ReasonChallenge, []string{"just a moment", "checking your browser", "attention required", "enable javascript and cookies", "verify you are human", "xác minh bạn là con người", "ddos protection", "đang kiểm tra trình duyệt", "không phải là robot", "không phải là người máy", "are not a robot"}},
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
	if d.page.Status >= 400 || strings.TrimSpace(title) == "404" {
		return news.PageOther, ReasonError
	}
	return "", ""
}

// emptyKind says what a page without article text is.
func (d *doc) emptyKind(a *news.Article) (news.PageType, string) {
	switch {
	case len(d.blocks) < maxShell && d.head.gates():
		return news.PageOther, ReasonChallenge
	case len(d.blocks) < 5 && d.head.moves():
		return news.PageOther, "a redirect in the markup"
	case len(d.blocks) < maxShell && d.head.scripts > 500, len(d.blocks) < 3 && d.head.scriptTags > 0 && d.head.media == 0:
		return news.PageOther, "a script shell: the text is not in the markup"
	case d.head.media > 0 || d.hasPlayer():
		return news.PageMedia, "a player and no text"
	case d.pictures >= albumPictures && d.linkLines() < albumPictures && a.Published == "":
		return news.PageMedia, "pictures and no text"
	case len(d.anchs) > 20 && d.titleAt < 0, a.Published == "" && d.linkLines() >= 5:
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
	teasers, links := 0, d.linkLines()
	for i := range d.blocks {
		if b := &d.blocks[i]; b.prose() > 0 && d.isTeaser(i, b) {
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
	case teasers >= 6 && prose < int32(teasers)*150 && !d.headsDated(a, prose):
		return true
	}
	return d.titleAt < 0 && links >= 25 && prose < 1500
}

// headsDated tells whether a headline of some length, which the page's title
// repeats, stands over dated text: a short article among many teasers.
func (d *doc) headsDated(a *news.Article, prose int32) bool {
	return d.titleAt >= 0 && d.titleSure && d.blocks[d.titleAt].words >= 5 && prose >= 150 && a.PublishedBasis != news.BasisNone && a.PublishedBasis != news.BasisURL
}

// albumPictures is how many pictures make a page without text an album.
const albumPictures = 6

// linkLines counts the lines that are headlines of other articles.
func (d *doc) linkLines() (n int) {
	for i := range d.blocks {
		b := &d.blocks[i]
		if b.words >= 6 && b.link*5 > int32(len(b.text))*4 && d.noise(b)&^hintRelated == 0 {
			n++
		}
	}
	return n
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
	if name := strings.ToLower(d.head.title + " " + d.head.meta["og:site_name"]); d.posts >= 2 && (strings.Contains(name, "diễn đàn") || strings.Contains(name, "forum")) || d.posts >= 4 {
		return true
	}
	u := pageURL(d.page)
	return strings.Contains(u, "showthread.php") || strings.Contains(u, "/threads/") || strings.Contains(u, "viewtopic.php")
}
