package pgserver

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// folders are where packages put the programs that are not on PATH.
var folders = []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin"}

// find gives the folder of the newest initdb.
func find() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			return filepath.Dir(path), nil
		}
	}
	var found []string
	for _, f := range folders {
		list, err := filepath.Glob(filepath.Join(f, "initdb"))
		if err != nil {
			return "", err
		}
		found = append(found, list...)
	}
	if len(found) == 0 {
		return "", errMissing
	}
	slices.SortFunc(found, func(a, b string) int { return version(a) - version(b) })
	return filepath.Dir(found[len(found)-1]), nil
}

// version is the number in a program's folder.
func version(path string) int {
	digits := strings.FieldsFunc(path, func(r rune) bool { return r < '0' || r > '9' })
	if len(digits) == 0 {
		return 0
	}
	n, err := strconv.Atoi(digits[0])
	if err != nil {
		return 0
	}
	return n
}

// settings are for a server whose data nobody will miss.
var settings = []string{
	"fsync=off", "full_page_writes=off", "synchronous_commit=on", "wal_level=minimal", "max_wal_senders=0", "jit=off",
	"shared_buffers=64MB", "max_connections=60", "deadlock_timeout=100ms", "timezone=Asia/Ho_Chi_Minh", "log_min_messages=warning",
}

// tries is how often a start is tried: the free port may have gone meanwhile.
const tries = 3

// run makes a server's data and starts it.
func (s *Server) run() (err error) {
	if s.bin, err = find(); err != nil {
		return err
	}
	if s.dir, err = os.MkdirTemp("", "sukien-pg-"); err != nil {
		return err
	}
	if err := s.init(); err != nil {
		return err
	}
	for range tries {
		if err = s.listen(); err == nil {
			return nil
		}
	}
	return err
}

// init makes the data directory.
func (s *Server) init() error {
	secret := filepath.Join(s.dir, "password")
	if err := errors.Join(os.WriteFile(secret, []byte(Password+"\n"), 0o600), giveTo(s.dir), giveTo(secret)); err != nil {
		return err
	}
	cmd := s.command(context.Background(), "initdb", "--pgdata="+s.data(), "--username="+User, "--pwfile="+secret,
		"--auth-local=trust", "--auth-host=password", "--encoding=UTF8", "--no-locale", "--no-sync", "--no-instructions")
	cmd.Dir = s.dir
	if err := demote(cmd); err != nil {
		return err
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	return nil
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

// startFor bounds a start.
const startFor = 30 * time.Second

// listen starts the server and waits until it takes connections.
func (s *Server) listen() error {
	port, err := freePort()
	if err != nil {
		return err
	}
	s.port = port
	log, err := os.Create(filepath.Join(s.dir, "log"))
	if err != nil {
		return err
	}
	defer log.Close()
	args := []string{"-D", s.data(), "-k", s.dir, "-p", strconv.Itoa(port), "-c", "listen_addresses=127.0.0.1"}
	for _, set := range settings {
		args = append(args, "-c", set)
	}
	cmd := s.command(context.Background(), "postgres", args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = s.dir, log, log
	if err := demote(cmd); err != nil {
		return err
	}
	if err := s.spawn(cmd); err != nil {
		return err
	}
	return s.awaitReady(log.Name())
}

// awaitReady waits until the server answers or ends.
func (s *Server) awaitReady(log string) error {
	limit := time.After(startFor)
	for {
		if s.command(context.Background(), "pg_isready", "--quiet", "--host="+s.dir, "--port="+strconv.Itoa(s.port)).Run() == nil {
			return nil
		}
		select {
		case err := <-s.done:
			s.proc = nil
			said, _ := os.ReadFile(log) // without it the error has to do
			return fmt.Errorf("PostgreSQL ended: %w: %s", err, said)
		case <-limit:
			return errors.Join(errors.New("PostgreSQL did not get ready"), s.quit())
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
