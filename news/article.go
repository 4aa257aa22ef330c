package news

// PageType says what a page is.
type PageType string

// The page types.
const (
	PageArticle PageType = "article"
	PageListing PageType = "listing"
	PageMedia   PageType = "media"
	PageOther   PageType = "other"
)

// Basis says where the publication time was read.
type Basis string

// The bases of a publication time.
const (
	BasisMeta     Basis = "meta"
	BasisJSONLD   Basis = "json-ld"
	BasisText     Basis = "text"
	BasisURL      Basis = "url"
	BasisRelative Basis = "relative"
	BasisNone     Basis = "none"
)

// Article is a page with its noise stripped.
type Article struct {
	// ID identifies the article for good: ArticleID of its canonical URL, else of its URL.
	ID string `json:"id,omitempty"`
	// URL is where the page was fetched; Canonical what the page calls itself, resolved and checked.
	URL       string `json:"url,omitempty"`
	Canonical string `json:"canonical,omitempty"`
	// Source is the outlet's domain.
	Source     string   `json:"source,omitempty"`
	PageType   PageType `json:"page_type"`
	PageReason string   `json:"page_reason,omitempty"`
	Title      string   `json:"title,omitempty"`
	// Lead is the sapo. Text is the main text with the lead, one paragraph a line, NFC.
	Lead string `json:"lead,omitempty"`
	Text string `json:"text,omitempty"`
	// Published keeps only the precision that is known; see Stamp.
	Published      Stamp  `json:"published,omitempty"`
	PublishedBasis Basis  `json:"published_basis,omitempty"`
	Modified       Stamp  `json:"modified,omitempty"`
	Author         string `json:"author,omitempty"`
	// Agency is the wire service the text came from ("TTXVN"), ReprintOf the paper or URL it was taken from.
	Agency    string `json:"agency,omitempty"`
	ReprintOf string `json:"reprint_of,omitempty"`
	Language  string `json:"language,omitempty"`
	// Captions are the picture captions, kept apart from Text.
	Captions []string `json:"captions,omitempty"`
	// Fetched is when the page was fetched, RFC 3339: what "2 giờ trước" is counted from.
	Fetched Stamp `json:"fetched,omitempty"`
}
