package postgres_test

import (
	"fmt"
	"os"
	"testing"

	"sukien/store"
	"sukien/store/postgres"
	"sukien/store/storetest"
	"sukien/store/storetest/pgserver"
)

// server has a database for each test.
var server pgserver.Server

func TestMain(m *testing.M) {
	code := m.Run()
	if err := server.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// opener gives each name of each test a database of its own.
func opener() storetest.Open {
	urls := map[string]string{}
	return func(t testing.TB, name string) store.Store {
		key := t.Name() + "/" + name
		if urls[key] == "" {
			urls[key] = server.Database(t)
		}
		s, err := postgres.Open(t.Context(), urls[key])
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
}

func TestStore(t *testing.T)      { storetest.Run(t, withClock()) }
func BenchmarkStore(b *testing.B) { storetest.Bench(b, opener()) }
