package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"sukien/news"
	"sukien/store"
)

// filed is a page ready to be written.
type filed struct {
	store.SavedPage
	*store.Filing
	raw *store.RawPage
}

// file does what needs no transaction.
func (s *Store) file(p store.SavedPage) (filed, error) {
	f, err := store.File(p)
	if err != nil {
		return filed{}, err
	}
	raw, err := s.archive.Pack(p)
	return filed{p, f, raw}, err
}

// SavePages is of store.Bulk.
func (s *Store) SavePages(ctx context.Context, pages []store.SavedPage, mark store.Bookmark) ([]store.Saved, error) {
	tombs, err := s.entombments(ctx)
	if err != nil {
		return nil, err
	}
	list, scrub := make([]filed, len(pages)), store.NewScrub(nil, tombs.people)
	for i, p := range pages {
		if list[i], err = s.file(scrub.Page(p)); err != nil {
			return nil, err
		}
	}
	saved, some := make([]store.Saved, len(list)), false
	err = s.tx(ctx, func(tx *txn) error {
		some = false
		for i, f := range list {
			changed, err := s.save(ctx, tx, f)
			if err != nil {
				return err
			}
			saved[i], some = store.Saved{ID: f.Filing.Article.ID, Changed: changed}, some || changed
		}
		return tx.mark(ctx, mark)
	})
	if err == nil && some {
		s.notify()
	}
	return saved, err
}

func (t *txn) mark(ctx context.Context, m store.Bookmark) error {
	if m.Name == "" {
		return nil
	}
	_, err := t.ExecContext(ctx, `INSERT INTO bookmark (name, place, at) VALUES (?,?,?) ON CONFLICT (name) DO UPDATE SET place = excluded.place, at = excluded.at`,
		m.Name, string(m.Place), time.Now().UnixMilli())
	return err
}

// Bookmark is of store.Bulk.
func (s *Store) Bookmark(ctx context.Context, name string) (store.Bookmark, error) {
	m := store.Bookmark{Name: name}
	err := s.read.QueryRowContext(ctx, `SELECT place FROM bookmark WHERE name = ?`, name).Scan(&m.Place)
	if errors.Is(err, sql.ErrNoRows) {
		return m, fmt.Errorf("bookmark %s: %w", name, news.ErrNotFound)
	}
	return m, classify(err)
}

// DropBookmark is of store.Bulk.
func (s *Store) DropBookmark(ctx context.Context, name string) error {
	return s.tx(ctx, func(tx *txn) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM bookmark WHERE name = ?`, name)
		return err
	})
}
