package sqlite_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"sukien/news"
	"sukien/store"
	"sukien/store/sqlite"
	"sukien/store/storetest"
)

// open gives each test a folder of its own and each name a file in it.
func open() storetest.Open {
	dirs := map[testing.TB]string{}
	return func(t testing.TB, name string) store.Store {
		if dirs[t] == "" {
			dirs[t] = t.TempDir()
		}
		s, err := sqlite.Open(t.Context(), filepath.Join(dirs[t], name, "sukien.db"))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
}

func TestStore(t *testing.T)      { storetest.Run(t, open()) }
func BenchmarkStore(b *testing.B) { storetest.Bench(b, open()) }

func TestOneWriter(t *testing.T) {
	file := filepath.Join(t.TempDir(), "sukien.db")
	if _, err := sqlite.OpenReader(t.Context(), file); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("reading what is not there: %v", err)
	}
	s, err := sqlite.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Open(t.Context(), file); !errors.Is(err, news.ErrBusy) {
		t.Errorf("a second writer: %v, want news.ErrBusy", err)
	}
	r, err := sqlite.OpenReader(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Counts(t.Context()); err != nil {
		t.Errorf("a reader beside the writer: %v", err)
	}
	if _, err := r.Requeue(t.Context()); !errors.Is(err, news.ErrForbidden) {
		t.Errorf("a reader that writes: %v, want news.ErrForbidden", err)
	}
	if err := errors.Join(r.Close(), s.Close()); err != nil {
		t.Fatal(err)
	}
	if s, err = sqlite.Open(t.Context(), file); err != nil {
		t.Fatalf("after the writer closed: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestUnwritable(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Open(t.Context(), filepath.Join(file, "sukien.db")); !errors.Is(err, news.ErrForbidden) {
		t.Errorf("below a file: %v, want news.ErrForbidden", err)
	}
	junk := filepath.Join(dir, "junk.db")
	if err := os.WriteFile(junk, []byte("this is no database, whatever it is called"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := sqlite.Open(t.Context(), junk); err == nil {
		t.Error("opened a file that is no database")
	}
}
