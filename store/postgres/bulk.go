package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"sukien/news"
	"sukien/store"
)

// SavePages is of store.Bulk.
func (s *Store) SavePages(ctx context.Context, pages []store.SavedPage, mark store.Bookmark) ([]store.Saved, error) {
	scrub, err := s.scrub(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]*filed, len(pages))
	for i, p := range pages {
		if list[i], err = s.file(scrub.Page(p)); err != nil {
			return nil, err
		}
	}
	var saved []store.Saved
	some := false
	err = s.tx(ctx, func(tx pgx.Tx, _ int) error {
		saved, some = saved[:0], false
		for _, f := range list {
			changed, err := f.save(ctx, tx)
			if err != nil {
				return err
			}
			saved, some = append(saved, store.Saved{ID: f.Article.ID, Changed: changed}), some || changed
		}
		return putMark(ctx, tx, mark)
	})
	if err == nil && some {
		s.notify()
	}
	return saved, err
}

// save writes the page unless it is outdated.
func (f *filed) save(ctx context.Context, tx pgx.Tx) (changed bool, err error) {
	if f.origin == news.Backfill {
		var stored []byte
		err := tx.QueryRow(ctx, `SELECT json FROM article WHERE id = $1`, f.Article.ID).Scan(&stored)
		if err != nil && !noRows(err) {
			return false, err
		}
		if f.Outdated(f.origin, stored) {
			return false, f.settle(ctx, tx)
		}
	}
	return f.write(ctx, tx)
}

// settle records the outcome of a link whose page is not written.
func (f *filed) settle(ctx context.Context, tx pgx.Tx) error {
	if f.done == nil {
		return nil
	}
	held, b := false, &batch{}
	b.done(f.lease, *f.done, &held)
	err := b.send(ctx, tx)
	if err == nil && !held {
		err = store.ErrLeaseLost
	}
	return err
}

func putMark(ctx context.Context, tx pgx.Tx, m store.Bookmark) error {
	if m.Name == "" {
		return nil
	}
	_, err := tx.Exec(ctx, `INSERT INTO bookmark (name, place, at) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE SET place = excluded.place, at = excluded.at`,
		m.Name, m.Place, time.Now().UnixMilli())
	return err
}

// Bookmark is of store.Bulk.
func (s *Store) Bookmark(ctx context.Context, name string) (store.Bookmark, error) {
	m := store.Bookmark{Name: name}
	err := s.row(ctx, []any{&m.Place}, `SELECT place FROM bookmark WHERE name = $1`, name)
	return m, missing(err, "bookmark "+name)
}

// DropBookmark is of store.Bulk.
func (s *Store) DropBookmark(ctx context.Context, name string) error {
	_, err := s.exec(ctx, `DELETE FROM bookmark WHERE name = $1`, name)
	return err
}
