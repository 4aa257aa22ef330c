package postgres_test

import (
	"testing"

	"sukien/store"
	"sukien/store/postgres"
	"sukien/store/storetest"
)

// open opens a database once more, as another process does.
func open(t testing.TB, url string) store.Store {
	t.Helper()
	s, err := postgres.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestProcessesResolveTogether(t *testing.T) {
	url := server.Database(t)
	storetest.Together(t, open(t, server.Database(t)), open(t, url), open(t, url), open(t, url))
}
