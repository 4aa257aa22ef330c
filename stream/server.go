package stream

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/gofrs/flock"
	"github.com/nats-io/nats-server/v2/server"
	"sukien/news"
)

// maxPayload is the largest message, in bytes: an article with its text. NATS
// defaults to 1 MiB and advises at most 8.
const maxPayload = 8 << 20

// startWait is how long the embedded server may take; it was ready in 2–12 ms when measured.
const startWait = 20 * time.Second

// own locks a folder of JetStream's files, which two servers would spoil;
// news.ErrBusy.
func own(dir string) (*flock.Flock, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("JetStream folder: %w: set data_dir to a folder that can be written", err)
	}
	lock := flock.New(filepath.Join(dir, "sukien.lock"))
	ok, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("JetStream folder: %w: set data_dir to a folder that can be written", err)
	}
	if !ok {
		return nil, fmt.Errorf("%w: data directory %s is another sukien's: stop that one, set another data_dir, or share one NATS by nats.url", news.ErrBusy, filepath.Dir(dir))
	}
	return lock, nil
}

// embedded starts a JetStream server in this process that keeps its files in
// dir and, when listen is not empty, listens there for subscribers that who lets in.
func embedded(dir, listen string, who *access) (*server.Server, error) {
	opts := &server.Options{
		ServerName: "sukien", JetStream: true, StoreDir: dir, MaxPayload: maxPayload,
		NoSigs: true, NoLog: true, DontListen: listen == "", CustomClientAuthentication: who,
	}
	if listen != "" {
		host, port, err := splitListen(listen)
		if err != nil {
			return nil, err
		}
		opts.Host, opts.Port = host, port
	}
	srv, err := server.NewServer(opts)
	if err != nil {
		return nil, fmt.Errorf("embedded NATS: %w", err)
	}
	who.srv = srv
	srv.Start()
	if !srv.ReadyForConnections(startWait) {
		srv.Shutdown()
		srv.WaitForShutdown()
		return nil, fmt.Errorf("%w: embedded NATS did not start in %s: is the address %q free, the folder %s writable and not full?", news.ErrTransient, startWait, listen, dir)
	}
	return srv, nil
}

// splitListen reads "host:port" and makes sure that the address is free: the
// server itself would only log that it is not.
func splitListen(listen string) (host string, port int, err error) {
	host, p, err := net.SplitHostPort(listen)
	if err == nil {
		port, err = strconv.Atoi(p)
	}
	if err != nil || port < 0 || port > 65535 {
		return "", 0, fmt.Errorf("%w: nats.listen %q: write HOST:PORT, such as 127.0.0.1:4222", news.ErrInvalid, listen)
	}
	if port == 0 {
		return host, server.RANDOM_PORT, nil
	}
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return "", 0, fmt.Errorf("%w: nats.listen %s: %w: stop what listens there or set another address", news.ErrBusy, listen, errors.Unwrap(err))
	}
	return host, port, l.Close()
}
