package content

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// hint is a set of things that an element's tag, class, id and role say of it.
type hint uint32

// The hints. Those of hintNoise say that an element is not the article's text.
const (
	hintNav hint = 1 << iota
	hintFooter
	hintHeader
	hintAside
	hintRelated
	hintComment
	hintTags
	hintShare
	hintAd
	hintForm
	hintHidden
	hintCaption
	hintAuthor
	hintSource
	hintTime
	hintTitle
	hintLead
	hintBody
	hintCrumb
	hintFigure
	hintQuote
	hintLive
	hintMeta
	hintPlayer
	hintPost
)

// hintNoise are the hints of elements that hold no article text.
const hintNoise = hintNav | hintFooter | hintAside | hintRelated | hintComment | hintTags |
	hintShare | hintAd | hintForm | hintHidden | hintCrumb

// hintSpan are the hints for which an inline element is a block of its own.
const hintSpan = hintAuthor | hintSource | hintTime | hintCaption

// classWords maps the words of class names and ids, English and Vietnamese
// without diacritics as Vietnamese CMSs write them, to what they hint at.
// Words of several meanings are left out.
var classWords = map[string]hint{
	"nav": hintNav, "navbar": hintNav, "navigation": hintNav, "menu": hintNav, "submenu": hintNav, "mainmenu": hintNav, "topmenu": hintNav,
	"pagination": hintNav, "paging": hintNav, "pager": hintNav, "toolbar": hintNav, "danhmuc": hintNav, "chuyenmuc": hintNav, "sitemap": hintNav,
	"breadcrumb": hintCrumb, "breadcrumbs": hintCrumb, "breadcumb": hintCrumb, "crumb": hintCrumb, "crumbs": hintCrumb, "duongdan": hintCrumb,
	"footer": hintFooter, "copyright": hintFooter, "footerwrap": hintFooter, "bottombar": hintFooter, "chantrang": hintFooter,
	"header": hintHeader, "masthead": hintHeader, "topbar": hintHeader, "dautrang": hintHeader,
	"sidebar": hintAside, "aside": hintAside, "rightcol": hintAside, "colright": hintAside, "cotphai": hintAside, "widgetarea": hintAside,
	"related": hintRelated, "relate": hintRelated, "relates": hintRelated, "relatednews": hintRelated, "relatenews": hintRelated, "rela": hintRelated,
	"relatedpost": hintRelated, "relatedposts": hintRelated, "relation": hintRelated,
	"lienquan": hintRelated, "tinlienquan": hintRelated, "bailienquan": hintRelated, "tinkhac": hintRelated, "tincungchuyenmuc": hintRelated,
	"othernews": hintRelated, "newsother": hintRelated, "otherpost": hintRelated, "tinmoi": hintRelated, "tinmoinhat": hintRelated,
	"docnhieu": hintRelated, "xemnhieu": hintRelated, "mostread": hintRelated, "mostview": hintRelated, "mostviewed": hintRelated, "trending": hintRelated,
	"readmore": hintRelated, "seemore": hintRelated, "xemthem": hintRelated, "docthem": hintRelated, "suggest": hintRelated, "suggestion": hintRelated,
	"recommend": hintRelated, "recommended": hintRelated, "recommendation": hintRelated, "samecategory": hintRelated, "samecate": hintRelated,
	"cungchuyenmuc": hintRelated, "tinnoibat": hintRelated, "tieudiem": hintRelated, "hotnews": hintRelated, "latest": hintRelated, "teaser": hintRelated,
	"comment": hintComment, "comments": hintComment, "cmt": hintComment, "binhluan": hintComment, "ykien": hintComment, "disqus": hintComment, "reply": hintComment, "replies": hintComment,
	"tag": hintTags, "tags": hintTags, "taglist": hintTags, "tagbox": hintTags, "hashtag": hintTags, "hashtags": hintTags, "keyword": hintTags, "keywords": hintTags, "tukhoa": hintTags, "divtag": hintTags,
	"share": hintShare, "sharing": hintShare, "social": hintShare, "socials": hintShare, "sharethis": hintShare, "addthis": hintShare, "vote": hintShare, "rating": hintShare, "danhgia": hintShare, "like": hintShare, "subscribe": hintShare, "newsletter": hintShare, "follow": hintShare,
	"ad": hintAd, "ads": hintAd, "advert": hintAd, "advertise": hintAd, "advertisement": hintAd, "adv": hintAd, "adsense": hintAd, "banner": hintAd, "quangcao": hintAd, "sponsor": hintAd, "sponsored": hintAd, "promo": hintAd, "promotion": hintAd, "zoneads": hintAd, "adzone": hintAd, "qc": hintAd, "popup": hintAd, "modal": hintAd, "cookie": hintAd, "consent": hintAd,
	"login": hintForm, "dangnhap": hintForm, "signin": hintForm, "register": hintForm, "poll": hintForm, "survey": hintForm,
	"hidden": hintHidden, "hide": hintHidden, "invisible": hintHidden,
	"caption": hintCaption, "captions": hintCaption, "figcaption": hintCaption, "chuthich": hintCaption, "imagecaption": hintCaption, "imgcaption": hintCaption, "photocaption": hintCaption, "piccaption": hintCaption, "wpcaption": hintCaption,
	"author": hintAuthor, "authors": hintAuthor, "byline": hintAuthor, "tacgia": hintAuthor, "butdanh": hintAuthor, "nguoiviet": hintAuthor, "writer": hintAuthor, "journalist": hintAuthor, "reporter": hintAuthor, "creator": hintAuthor, "username": hintAuthor,
	"source": hintSource, "nguon": hintSource, "nguontin": hintSource, "newssource": hintSource,
	"time": hintTime, "date": hintTime, "datetime": hintTime, "timer": hintTime, "publishdate": hintTime, "published": hintTime, "pubdate": hintTime, "postdate": hintTime, "timestamp": hintTime, "ngaydang": hintTime, "thoigian": hintTime, "ngay": hintTime, "createdate": hintTime, "createddate": hintTime, "postedon": hintTime,
	"title": hintTitle, "headline": hintTitle, "tieude": hintTitle, "newstitle": hintTitle, "articletitle": hintTitle, "posttitle": hintTitle, "entrytitle": hintTitle,
	"sapo": hintLead, "chapeau": hintLead, "chappeau": hintLead, "lede": hintLead, "lead": hintLead, "summary": hintLead, "description": hintLead, "desc": hintLead, "intro": hintLead, "introtext": hintLead, "abstract": hintLead, "excerpt": hintLead, "trichdan": hintLead, "tomtat": hintLead, "dek": hintLead, "standfirst": hintLead, "hometext": hintLead, "shortintro": hintLead,
	"content": hintBody, "detail": hintBody, "article": hintBody, "entry": hintBody, "body": hintBody, "bodytext": hintBody, "maincontent": hintBody, "noidung": hintBody, "chitiet": hintBody, "articlebody": hintBody, "newsbody": hintBody, "story": hintBody, "fulltext": hintBody, "fck": hintBody, "fckdetail": hintBody, "detailcontent": hintBody, "newscontent": hintBody, "cms": hintBody, "singular": hintBody, "journal": hintBody,
	"figure": hintFigure, "photo": hintFigure, "image": hintFigure, "img": hintFigure, "picture": hintFigure, "gallery": hintFigure, "slideshow": hintFigure,
	"live": hintLive, "tuongthuat": hintLive, "liveblog": hintLive, "timeline": hintLive,
	"videowrapper": hintPlayer, "videowrap": hintPlayer, "videoplayer": hintPlayer, "playervideo": hintPlayer, "jwplayer": hintPlayer, "videojs": hintPlayer, "videodetail": hintPlayer, "audioplayer": hintPlayer, "playeraudio": hintPlayer,
	"messagetext": hintPost, "postbit": hintPost, "postbitlegacy": hintPost, "postbody": hintPost, "postmessage": hintPost, "postrow": hintPost, "messagecontent": hintPost,
	"meta": hintMeta, "info": hintMeta, "postmeta": hintMeta,
}

// tagHint is what the element's name alone says.
func tagHint(a atom.Atom) hint {
	switch a {
	case atom.Nav, atom.Menu:
		return hintNav
	case atom.Footer:
		return hintFooter
	case atom.Header:
		return hintHeader
	case atom.Aside:
		return hintAside
	case atom.Figcaption:
		return hintCaption
	case atom.Figure:
		return hintFigure
	case atom.Time:
		return hintTime
	case atom.Blockquote:
		return hintQuote
	case atom.Article, atom.Main:
		return hintBody
	case atom.Form, atom.Fieldset, atom.Label:
		return 0
	case atom.Address:
		return 0
	}
	return 0
}

// hintsOf are the hints of n's tag and attributes. Class and id strings recur,
// so their hints are kept in memo.
func (d *doc) hintsOf(n *html.Node) hint {
	h := tagHint(n.DataAtom)
	for i := range n.Attr {
		a := &n.Attr[i]
		switch a.Key {
		case "class", "id":
			if a.Val != "" {
				h |= d.memoHint(a.Val)
			}
		case "style":
			if isHidden(a.Val) {
				h |= hintHidden
			}
		case "hidden":
			h |= hintHidden
		case "role":
			h |= roleHint(a.Val)
		case "itemprop":
			h |= propHint(a.Val)
		case "rel":
			if a.Val == "author" {
				h |= hintAuthor
			}
		}
	}
	return h
}

func (d *doc) memoHint(s string) hint {
	h, ok := d.memo[s]
	if !ok {
		h = classHint(s)
		d.memo[s] = h
	}
	return h
}

func isHidden(style string) bool {
	i := strings.Index(style, "display")
	return i >= 0 && strings.HasPrefix(strings.TrimLeft(style[i+len("display"):], ": "), "none")
}

func roleHint(role string) hint {
	switch role {
	case "navigation", "menu", "menubar", "search", "toolbar":
		return hintNav
	case "contentinfo":
		return hintFooter
	case "complementary":
		return hintAside
	case "dialog":
		return hintAd
	}
	return 0
}

func propHint(prop string) hint {
	switch prop {
	case "articleBody":
		return hintBody
	case "headline":
		return hintTitle
	case "author":
		return hintAuthor
	case "datePublished":
		return hintTime
	case "description":
		return hintLead
	}
	return 0
}

// classHint joins the hints of the words of a class list or id: "box-TinLienQuan"
// is read as box, tin, lien, quan, as each two of them joined, and as
// boxtinlienquan.
func classHint(s string) hint {
	var h hint
	for len(s) > 0 {
		i := strings.IndexByte(s, ' ')
		if i < 0 {
			i = len(s)
		}
		if class := s[:i]; class != "" && len(class) <= maxClass && !strings.ContainsAny(class, ":[") { // not "hover:menu"
			h |= oneClassHint(class)
		}
		s = s[min(i+1, len(s)):]
	}
	return h
}

// maxClass is the longest class name, in bytes, that is read.
const maxClass = 64

// oneClassHint lowers the letters of a class name into one run and looks up
// its words, cut at marks, digits and the humps of camel case.
func oneClassHint(class string) hint {
	var buf [maxClass]byte
	var starts [maxClass + 1]int
	n, words := 0, 0
	inWord, prevLower := false, false
	for i := range len(class) {
		c := class[i]
		upper := c >= 'A' && c <= 'Z'
		if !upper && (c < 'a' || c > 'z') {
			inWord, prevLower = false, false
			continue
		}
		if !inWord || upper && prevLower {
			starts[words] = n
			words++
			inWord = true
		}
		prevLower = !upper
		if upper {
			c += 'a' - 'A'
		}
		buf[n] = c
		n++
	}
	starts[words] = n
	var h hint
	for w := range words {
		word := buf[starts[w]:starts[w+1]]
		h |= wordHint(word)
		if w > 0 {
			h |= wordHint(buf[starts[w-1]:starts[w+1]])
			h |= pairHint(string(buf[starts[w-1]:starts[w]]), string(word))
		}
	}
	if words > 2 {
		h |= wordHint(buf[:n])
	}
	if words > 1 {
		h &^= hintHidden // "hidden-xs", "overflow-hidden"
	}
	return h
}

// maxClassWord is the longest key of classWords.
const maxClassWord = 16

// wordHint looks a word up whose length is that of some key.
func wordHint(word []byte) hint {
	if len(word) < 2 || len(word) > maxClassWord {
		return 0
	}
	return classWords[string(word)]
}

// pairHint reads two words that mean something only together.
func pairHint(a, b string) hint {
	switch a {
	case "other", "more", "relate", "same", "most", "hot", "new", "old":
		switch b {
		case "news", "new", "post", "posts", "article", "articles", "tin", "bai", "read", "view", "cate", "category", "title", "top", "ul", "list", "story":
			return hintRelated
		}
	case "box", "tin", "bai", "list":
		switch b {
		case "khac", "hot":
			return hintRelated
		}
	}
	return 0
}
