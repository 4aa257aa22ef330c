package store

import (
	"context"
	"encoding/json"

	"sukien/news"
)

// Bulk is what the reading of an archive needs beyond Pages.
type Bulk interface {
	// SavePages is SavePage for several pages, in their order, and puts the bookmark
	// in its place when it has a name, all in one transaction: what is before a
	// bookmark is in the store, and nothing that is behind it.
	SavePages(ctx context.Context, pages []SavedPage, mark Bookmark) ([]Saved, error)
	// Bookmark is the one with a name; news.ErrNotFound.
	Bookmark(ctx context.Context, name string) (Bookmark, error)
	// DropBookmark forgets one; there may be none.
	DropBookmark(ctx context.Context, name string) error
}

// Saved says what became of a page: the id of its article, and whether that is
// new or changed.
type Saved struct {
	ID      string
	Changed bool
}

// Bookmark is how far a long reading has come. Place is the reader's own JSON.
type Bookmark struct {
	Name  string
	Place []byte
}

// Outdated tells whether a page of an archive is older than the article that is
// stored, by its JSON: an archive does not put back what the live crawl has seen
// to be corrected since.
func (f *Filing) Outdated(o news.Origin, stored []byte) bool {
	if o != news.Backfill || len(stored) == 0 {
		return false
	}
	var old news.Article
	if json.Unmarshal(stored, &old) != nil {
		return false
	}
	have, known := old.Fetched.Time()
	got, ok := f.Article.Fetched.Time()
	return known && ok && got.Before(have)
}
