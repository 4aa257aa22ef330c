package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"

	"sukien/news"
	"sukien/store"
	"sukien/stream"
)

// keyFile in the data directory is how commands on this machine get into the
// NATS of the process that runs there: it is this process's own, made anew at
// every start, and readable by its user alone.
const keyFile = "nats.json"

// contextFile is a context of the nats client: also what an analyst is given.
type contextFile struct {
	URL      string `json:"url"`
	User     string `json:"user,omitempty"`
	Password string `json:"password,omitempty"`
}

// write puts the file where only its owner can read it.
func (c contextFile) write(name string) error {
	body, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return err
	}
	next := name + ".next"
	if err := os.WriteFile(next, append(body, '\n'), 0o600); err != nil {
		return fmt.Errorf("%w: %w", news.ErrForbidden, err)
	}
	return os.Rename(next, name)
}

// readContext reads such a file; fs.ErrNotExist when there is none.
func readContext(name string) (c contextFile, err error) {
	body, err := os.ReadFile(name)
	if err != nil {
		return c, err
	}
	if err := json.Unmarshal(body, &c); err != nil || c.URL == "" {
		return c, fmt.Errorf("%w: %s: not a file that sukien analysts add --out wrote", news.ErrInvalid, name)
	}
	return c, nil
}

func (c contextFile) config(log *slog.Logger) stream.Config {
	return stream.Config{URL: c.URL, User: c.User, Secret: c.Password, Log: log}
}

// leaveKey lets commands on this machine in.
func (p *pipeline) leaveKey() error {
	at := p.stream.Address()
	if at == "" {
		return nil
	}
	user, secret := p.stream.Operator()
	p.key = filepath.Join(p.settings.DataDir, keyFile)
	return contextFile{at, user, secret}.write(p.key)
}

// natsOf is the NATS that the settings, or a flag before them, name; that of the
// process that runs in the data directory with its key.
func natsOf(flag string, s *Settings, log *slog.Logger) (stream.Config, error) {
	if at := cmp.Or(flag, s.NATS.URL); at != "" {
		return stream.Config{URL: at, Log: log}, nil
	}
	c, err := readContext(filepath.Join(s.DataDir, keyFile))
	switch {
	case err == nil:
		return c.config(log), nil
	case errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission):
		return stream.Config{URL: "nats://" + s.NATS.Listen, Log: log}, nil
	}
	return stream.Config{}, err
}

// dial connects to the NATS of the running process.
func dial(flag string, s *Settings, log *slog.Logger) (*stream.Stream, error) {
	cfg, err := natsOf(flag, s, log)
	if err != nil {
		return nil, err
	}
	conn, err := stream.Dial(cfg)
	if err != nil {
		return nil, fmt.Errorf("%w (is sukien run running?)", err)
	}
	return conn, nil
}

// order is a write that a command does itself where it can open the store, and
// has the running process do where that one owns it.
type order func(ctx context.Context, st store.Store, in json.RawMessage) error

// orders are all of them by verb.
var orders = map[string]order{
	"analyst-add": addAnalyst, "analyst-revoke": revokeAnalyst, "search-add": addSearch, "search-remove": removeSearch,
}

// order has something done.
func (a *app) order(ctx context.Context, verb string, in any) error {
	s, _, err := a.settings()
	if err != nil {
		return err
	}
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	st, err := openStore(ctx, s)
	switch {
	case err == nil:
		err = errors.Join(carryOut(ctx, st, verb, body), st.Close())
	case errors.Is(err, news.ErrBusy) && !isPostgres(s):
		_, err = atDesk(ctx, s, "/order/"+verb, body, err)
	}
	return misuseIf(err, news.ErrInvalid)
}

func carryOut(ctx context.Context, st store.Store, verb string, body []byte) error {
	do, ok := orders[verb]
	if !ok {
		return fmt.Errorf("%w: order %q: is the running sukien of another version?", news.ErrInvalid, verb)
	}
	return do(ctx, st, body)
}

// takeOrder carries out a command's order, and lets in whom it lets in.
func (p *pipeline) takeOrder(w http.ResponseWriter, r *http.Request) {
	var a deskAnswer
	body, err := io.ReadAll(io.LimitReader(r.Body, maxCorrection))
	if err == nil {
		err = carryOut(r.Context(), p.store, r.PathValue("verb"), body)
	}
	if err == nil {
		p.log.Info("order carried out", "verb", r.PathValue("verb"))
		err = p.admit(r.Context())
	}
	a.fail(err)
	p.answer(w, a)
}
