package store

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"sukien/news"
)

// Filing is what a back end writes of a saved page.
type Filing struct {
	Article news.Article // with its id
	// Content is the signature of what the extractor reads: the same content
	// again changes nothing.
	Content string
	JSON    string // of Article
	// Extracted is "" when the article is to be extracted, then with Message set;
	// "-" when there is nothing to read in it.
	Extracted string
	Message   Message
	// Words are what a full text search looks through.
	Words string
}

// File derives it.
func File(p SavedPage) (*Filing, error) {
	f := &Filing{Article: *p.Article, Extracted: "-"}
	a := &f.Article
	if a.ID == "" {
		a.ID = news.ArticleID(cmp.Or(a.Canonical, a.URL, p.Page.URL))
	}
	f.Content = signature(a)
	f.Words = ArticleWords(a)
	data, err := json.Marshal(a)
	if err != nil {
		return nil, fmt.Errorf("article %s: %w", a.URL, err)
	}
	f.JSON = string(data)
	if extractable(a) {
		f.Extracted = ""
		f.Message, err = ArticleMessage(a, f.Content, p.Origin)
	}
	return f, err
}

// extractable holds for articles, and photo stories with words.
func extractable(a *news.Article) bool {
	return a.Text != "" && (a.PageType == news.PageArticle || a.PageType == news.PageMedia)
}

// signature names what the extractor reads of an article.
func signature(a *news.Article) string {
	h := sha256.New()
	for _, part := range []string{a.Title, a.Text, string(a.Published), string(a.PageType)} {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// Millis is t as tables keep it, Unix milliseconds, 0 for the zero time.
func Millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// Instant is what Millis made an integer of, in UTC.
func Instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// ArticleWords are what a full text search of articles looks through.
func ArticleWords(a *news.Article) string { return a.Title + "\n" + a.Text }
