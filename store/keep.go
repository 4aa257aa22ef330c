package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"sukien/news"
)

// Keeping forgets what has been kept long enough, a little at a time. Each method
// forgets of what was stored before an instant at most n, and returns how many
// that were: fewer than n when nothing more is to be forgotten.
type Keeping interface {
	// DropPages forgets raw pages.
	DropPages(ctx context.Context, before time.Time, n int) (int, error)
	// DropTexts forgets the texts of articles; title, address and records stay.
	DropTexts(ctx context.Context, before time.Time, n int) (int, error)
	// DropEvidence forgets, article by article, the words that say what its records say.
	DropEvidence(ctx context.Context, before time.Time, n int) (int, error)
}

// WithoutText is an article's JSON without its text, and the words that are left
// for full text search.
func WithoutText(data []byte) (slim, words string, err error) {
	a := new(news.Article)
	if err := json.Unmarshal(data, a); err != nil {
		return "", "", fmt.Errorf("article: %w", err)
	}
	a.Text, a.Lead, a.Captions = "", "", nil
	out, err := json.Marshal(a)
	return string(out), a.Title, err
}

// Aged is a place in the articles by when they were saved: a bookmark of Keeping.
type Aged struct {
	Saved int64  `json:"saved"`
	ID    string `json:"id"`
}

// The names of Keeping's bookmarks.
const (
	MarkTexts    = "keep/texts"
	MarkEvidence = "keep/evidence"
)
