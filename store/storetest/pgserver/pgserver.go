// Package pgserver runs a PostgreSQL of the installed binaries for tests: one
// server for a test binary, started when a test first asks for a database, on a
// socket and a free loopback port, with nothing forced to disk.
//
//	pgserver.go  Server: its databases, its end
//	start.go     finding the binaries, initdb, starting
//	child.go     who runs it, and that it ends with the tests
package pgserver

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// User and Password are those of the databases; the password is asked for on the
// loopback port only.
const (
	User     = "sukien"
	Password = "m%t/kh@u: 1" // what a URL has to escape
)

// Server is a PostgreSQL. The zero Server is started by the first use; it is to be
// stopped at the end of TestMain.
type Server struct {
	once sync.Once
	err  error
	dir  string // data, socket, log
	bin  string // folder of the programs
	port int
	proc *os.Process
	done chan error

	mu sync.Mutex
	n  int // of schemas
}

// errMissing tells that there is no PostgreSQL on this machine.
var errMissing = errors.New("no PostgreSQL is installed (initdb on PATH or in /usr/lib/postgresql/*/bin): .ci/setup installs it")

// start starts the server. Without one installed the test is skipped, or fails
// under CI=true.
func (s *Server) start(t testing.TB) {
	t.Helper()
	s.once.Do(func() { s.err = s.run() })
	if errors.Is(s.err, errMissing) && os.Getenv("CI") != "true" {
		t.Skip(s.err)
	}
	if s.err != nil {
		t.Fatal(s.err)
	}
}

// Stop ends the server and removes its data. A server that was never started is
// none.
func (s *Server) Stop() error {
	s.once.Do(func() { s.err = errMissing })
	if s.dir == "" {
		return nil
	}
	return errors.Join(s.quit(), os.RemoveAll(s.dir))
}

// Database gives the URL, over the socket, of a schema of the test's own without
// tables: to make a database each takes some hundred times as long.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	s.start(t)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	schema := "test" + strconv.Itoa(s.n)
	if _, err := s.SQL(t.Context(), s.url(nil), "CREATE SCHEMA "+schema); err != nil {
		t.Fatal(err)
	}
	return s.url(url.Values{"options": {"-csearch_path=" + schema}})
}

// Loopback is a URL of Database over TCP with its password.
func (s *Server) Loopback(database string) string {
	u, err := url.Parse(database)
	if err != nil {
		panic(err) // it is one of ours
	}
	q := u.Query()
	q.Del("host")
	q.Del("port")
	u.User, u.Host, u.RawQuery = url.UserPassword(User, Password), "127.0.0.1:"+strconv.Itoa(s.port), encode(q)
	return u.String()
}

func (s *Server) url(q url.Values) string {
	v := url.Values{"host": {s.dir}, "port": {strconv.Itoa(s.port)}}
	maps.Copy(v, q)
	u := url.URL{Scheme: "postgres", User: url.User(User), Path: "/postgres", RawQuery: encode(v)}
	return u.String()
}

// encode is for libpq, which takes no + for a blank.
func encode(q url.Values) string { return strings.ReplaceAll(q.Encode(), "+", "%20") }

// SQL runs statements in a database of the server, as its owner, and gives what
// they print without frills.
func (s *Server) SQL(ctx context.Context, url, statements string) (string, error) {
	out, err := s.command(ctx, "psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--command="+statements, url).CombinedOutput()
	if err != nil {
		err = fmt.Errorf("psql: %w: %s", err, out)
	}
	return string(out), err
}

func (s *Server) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	return exec.CommandContext(ctx, filepath.Join(s.bin, name), args...)
}
