package postgres_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"sukien/news"
	"sukien/store/postgres"
)

// TestOpenTogether opens an empty database from several sides at once: one makes
// the tables, the others wait for it.
func TestOpenTogether(t *testing.T) {
	url := server.Database(t)
	var g errgroup.Group
	for range 4 {
		g.Go(func() error {
			s, err := postgres.Open(t.Context(), url)
			if err != nil {
				return err
			}
			return s.Close()
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
}

func TestOpenOldSchema(t *testing.T) {
	url := server.Database(t)
	s, err := postgres.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close(t.Context())
	if _, err := db.Exec(t.Context(), `DELETE FROM goose_db_version WHERE version_id > 1`); err != nil {
		t.Fatal(err)
	}
	s, err = postgres.Open(t.Context(), url)
	if err == nil {
		s.Close()
	}
	if !errors.Is(err, news.ErrInvalid) || !strings.Contains(err.Error(), "run sukien migrate") {
		t.Errorf("opened tables of version 1: %v", err)
	}
}
