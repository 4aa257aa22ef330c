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
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
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

	mu        sync.Mutex
	templates map[string]bool
	n         int
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

// Database makes an empty database and gives its URL over the socket. It is
// dropped when the test ends.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	s.start(t)
	return s.create(t, "")
}

// Copy makes a database like the one that prepare filled once for the server,
// which a name stands for.
func (s *Server) Copy(t testing.TB, name string, prepare func(url string) error) string {
	t.Helper()
	s.start(t)
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.templates[name] {
		if err := s.program(t.Context(), "createdb", name); err != nil {
			t.Fatal(err)
		}
		if err := prepare(s.socketURL(name)); err != nil {
			t.Fatalf("template %s: %v", name, err)
		}
		if s.templates == nil {
			s.templates = map[string]bool{}
		}
		s.templates[name] = true
	}
	return s.create(t, name)
}

// create makes a database; a template is held by the caller.
func (s *Server) create(t testing.TB, template string) string {
	t.Helper()
	if template == "" {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	s.n++
	name := "test" + strconv.Itoa(s.n)
	args := []string{name}
	if template != "" {
		args = append(args, "--template="+template)
	}
	if err := s.program(t.Context(), "createdb", args...); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.program(context.Background(), "dropdb", "--force", name); err != nil {
			t.Error(err)
		}
	})
	return s.socketURL(name)
}

// LoopbackURL is the URL of a database over TCP with its password.
func (s *Server) LoopbackURL(socketURL string) string {
	u, err := url.Parse(socketURL)
	if err != nil {
		panic(err) // it is one of ours
	}
	u.User = url.UserPassword(User, Password)
	u.Host, u.RawQuery = "127.0.0.1:"+strconv.Itoa(s.port), ""
	return u.String()
}

func (s *Server) socketURL(database string) string {
	u := url.URL{Scheme: "postgres", User: url.User(User), Path: "/" + database,
		RawQuery: url.Values{"host": {s.dir}, "port": {strconv.Itoa(s.port)}}.Encode()}
	return u.String()
}

// SQL runs statements in a database of the server, as its owner, and gives what
// they print without frills.
func (s *Server) SQL(ctx context.Context, url, statements string) (string, error) {
	out, err := s.command(ctx, "psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1", "--command="+statements, url).CombinedOutput()
	if err != nil {
		err = fmt.Errorf("psql: %w: %s", err, out)
	}
	return string(out), err
}

// program runs one of PostgreSQL's programs against the server.
func (s *Server) program(ctx context.Context, name string, args ...string) error {
	if out, err := s.command(ctx, name, append(args, "--host="+s.dir, "--port="+strconv.Itoa(s.port), "--username="+User)...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, out)
	}
	return nil
}

func (s *Server) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	return exec.CommandContext(ctx, filepath.Join(s.bin, name), args...)
}
