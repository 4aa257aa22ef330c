package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"
	"sukien/news"
	"sukien/store"
)

// The desk is where the process that owns a data directory takes corrections of
// commands on the same machine: HTTP over a Unix socket beside the store, which
// only the directory's owner may open.

// maxSocketPath is the longest path of a Unix socket on every system that has them.
const maxSocketPath = 103

// maxCorrection bounds a correction as it is sent, in bytes.
const maxCorrection = 2 << 20

// deskPath is the socket of the data directory, "" where there is none.
func deskPath(s *Settings) string {
	if isPostgres(s) {
		return ""
	}
	file, err := storeFile(s)
	if err != nil {
		return ""
	}
	path, err := filepath.Abs(filepath.Join(filepath.Dir(file), "sukien.sock"))
	if err != nil || len(path) > maxSocketPath {
		return ""
	}
	return path
}

// deskErrors are the kinds of error that the desk hands on.
var deskErrors = map[string]error{"invalid": news.ErrInvalid, "not_found": news.ErrNotFound, "transient": news.ErrTransient, "forbidden": news.ErrForbidden}

// deskAnswer is what the desk answers.
type deskAnswer struct {
	Done  store.Corrected `json:"done"`
	Kind  string          `json:"kind,omitempty"`
	Error string          `json:"error,omitempty"`
}

// fail says why nothing was done.
func (a *deskAnswer) fail(err error) {
	if err == nil {
		return
	}
	a.Error = err.Error()
	for kind, is := range deskErrors {
		if errors.Is(err, is) {
			a.Kind = kind
		}
	}
}

// desk takes corrections until ctx ends. That it cannot be opened is no reason
// not to run.
func (p *pipeline) desk(g *errgroup.Group, ctx context.Context) {
	path := deskPath(p.settings)
	if path == "" {
		return
	}
	_ = os.Remove(path) // of a process that was killed: the directory is ours
	l, err := net.Listen("unix", path)
	if err == nil {
		err = os.Chmod(path, 0o600)
	}
	if err != nil {
		p.log.Warn("corrections are only taken while this process does not run", "error", err)
		return
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /correct", p.takeCorrection)
	mux.HandleFunc("POST /order/{verb}", p.takeOrder)
	srv := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second}
	listen(g, ctx, srv, l)
}

func (p *pipeline) takeCorrection(w http.ResponseWriter, r *http.Request) {
	var c store.Correction
	var a deskAnswer
	err := json.NewDecoder(io.LimitReader(r.Body, maxCorrection)).Decode(&c)
	if err != nil {
		err = fmt.Errorf("%w: correction: %w", news.ErrInvalid, err)
	} else {
		a.Done, err = p.store.Correct(r.Context(), c, time.Now())
	}
	a.fail(err)
	p.answer(w, a)
}

func (p *pipeline) answer(w http.ResponseWriter, a any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(a); err != nil {
		p.log.Warn("an answer of the desk was not delivered", "error", err)
	}
}

// remote is an error that happened at the desk.
type remote struct {
	text string
	kind error
}

func (e *remote) Error() string { return e.text }
func (e *remote) Unwrap() error { return e.kind }

// askDesk has the process that owns the data directory carry a correction out;
// busy is the answer where it does not listen.
func askDesk(ctx context.Context, s *Settings, c store.Correction, busy error) (store.Corrected, error) {
	body, err := json.Marshal(c)
	if err != nil {
		return store.Corrected{}, err
	}
	a, err := atDesk(ctx, s, "/correct", body, busy)
	return a.Done, err
}

// atDesk asks for something; busy is the answer where nobody listens.
func atDesk(ctx context.Context, s *Settings, what string, body []byte, busy error) (a deskAnswer, err error) {
	path := deskPath(s)
	if path == "" {
		return a, busy
	}
	client := &http.Client{Timeout: time.Minute, Transport: &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", path)
	}}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://desk"+what, bytes.NewReader(body))
	if err != nil {
		return a, err
	}
	res, err := client.Do(req)
	if err != nil {
		return a, fmt.Errorf("%w; it takes no orders: %w", busy, err)
	}
	defer res.Body.Close()
	if err := json.NewDecoder(io.LimitReader(res.Body, maxCorrection)).Decode(&a); err != nil {
		return a, fmt.Errorf("%w: the process that owns the data directory answered %s: %w", news.ErrTransient, res.Status, err)
	}
	if a.Error != "" {
		return a, &remote{a.Error, deskErrors[a.Kind]}
	}
	return a, nil
}
