package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
	"sukien/news"
	"sukien/stream"
	"sukien/web"
)

// serveCmd serves the web pages and the API alone.
type serveCmd struct {
	Listen string `help:"Where to listen (setting web.listen)." placeholder:"ADDR"`
	NATS   string `name:"nats" help:"The NATS whose messages /api/v1/stream hands on (setting nats.url, else nats.listen)." placeholder:"URL"`
}

// Example is shown first in --help.
func (serveCmd) Example() string { return "sukien serve\nsukien serve --listen 127.0.0.1:8081" }

// Run serves the store, opened for reading only, until it is told to stop. It
// may stand beside a sukien run; live messages come from that one's NATS.
func (c *serveCmd) Run(ctx context.Context, a *app) error {
	if c.Listen != "" {
		a.flags["web.listen"] = c.Listen
	}
	s, _, err := a.settings()
	if err != nil {
		return err
	}
	if s.Web.Listen == "" {
		return misuse{fmt.Errorf("%w: nowhere to listen: set web.listen or --listen", news.ErrInvalid)}
	}
	log, err := a.logger(s)
	if err != nil {
		return err
	}
	st, err := openReader(ctx, s)
	if err != nil {
		return err
	}
	p := &pipeline{settings: s, log: log, store: st}
	p.metrics = newMetrics(p)
	g, gctx := errgroup.WithContext(ctx)
	err = p.serve(g, gctx, liveStream{watch: dialled(func() (stream.Config, error) { return natsOf(c.NATS, s, log) }), log: log})
	if err == nil {
		_, err = fmt.Fprintf(a.out, "Sukien is at %s\n", p.webURL)
	}
	if err == nil {
		<-gctx.Done()
		err = g.Wait()
	}
	return errors.Join(err, st.Close())
}

// serve starts the web pages; they stop when ctx ends.
func (p *pipeline) serve(g *errgroup.Group, ctx context.Context, live web.Live) error {
	if p.settings.Web.Listen == "" {
		return nil
	}
	ready := func(ctx context.Context) error { _, err := p.store.Pending(ctx, 1); return err }
	cfg := web.Config{Live: live, Ready: ready, Log: p.log, Tokens: tokens{p.store}, Private: p.settings.Web.Private, Metrics: p.metrics.handler()}
	if p.stream != nil {
		cfg.Letters, cfg.Desk, cfg.Marks = p.store, p.store, p.store
	}
	if err := p.teach(&cfg); err != nil {
		return err
	}
	l, err := net.Listen("tcp", p.settings.Web.Listen)
	if err != nil {
		return fmt.Errorf("%w: web.listen %s: %w: stop what listens there or set another address", news.ErrBusy, p.settings.Web.Listen, err)
	}
	cfg.Hosts = p.settings.webHosts(l.Addr())
	h, err := web.Handler(ctx, cfg)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	p.webURL = "http://" + l.Addr().String() + "/"
	p.log.Info("web pages", "at", p.webURL)
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	listen(g, ctx, srv, l)
	return nil
}

// webHosts are the names under which the pages may be asked for at an address;
// none where any will do.
func (s *Settings) webHosts(at net.Addr) []string {
	hosts := strings.FieldsFunc(strings.ToLower(s.Web.Hosts), func(r rune) bool { return r == ',' || r == ' ' })
	tcp, ok := at.(*net.TCPAddr)
	if len(hosts) == 0 && !(ok && tcp.IP.IsLoopback()) {
		return nil
	}
	if u, err := url.Parse(s.Push.BaseURL); err == nil && u.Hostname() != "" {
		hosts = append(hosts, strings.ToLower(u.Hostname()))
	}
	return append(hosts, "localhost")
}

// stopWait is how long requests under way may take when a server ends.
const stopWait = 5 * time.Second

// listen serves what comes to l until ctx ends.
func listen(g *errgroup.Group, ctx context.Context, srv *http.Server, l net.Listener) {
	g.Go(func() error {
		if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	g.Go(func() error {
		<-ctx.Done()
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWait)
		defer cancel()
		return srv.Shutdown(end)
	})
}

// watcher follows event messages, as stream.Stream does.
type watcher func(ctx context.Context, w stream.Watch, ready func(), take func(stream.Delivery) error) error

// dialled follows the messages of another process's NATS, one connection a
// reader, so that one that comes or goes later is found.
func dialled(address func() (stream.Config, error)) watcher {
	return func(ctx context.Context, w stream.Watch, ready func(), take func(stream.Delivery) error) error {
		cfg, err := address()
		if err != nil {
			return err
		}
		conn, err := stream.Dial(cfg)
		if err != nil {
			return fmt.Errorf("%w: %w (is sukien run running?)", news.ErrTransient, err)
		}
		return errors.Join(conn.Watch(ctx, w, ready, take), conn.Close())
	}
}

// liveStream hands event messages to the web.
type liveStream struct {
	watch watcher
	log   *slog.Logger
}

// Watch is of web.Live.
func (l liveStream) Watch(ctx context.Context, f web.Filter, since time.Time, ready func(), take func(web.Message) error) error {
	want, err := messageFilters{From: string(f.From), To: string(f.To), filters: filters{
		Series: some(f.Series), Place: some(f.Place), Official: some(f.Official), Kind: some(string(f.Kind)), Level: some(string(f.Level)), Source: some(f.Source), Words: some(f.Words)}}.ready(nil)
	if err != nil {
		return err
	}
	return l.watch(ctx, stream.Watch{Subjects: want.subjects(nil), Since: since}, ready, func(d stream.Delivery) error {
		m, e, err := webMessage(d)
		if err != nil {
			l.log.Warn("message skipped", "subject", d.Subject, "error", err)
			return nil
		}
		if !want.match(e, m.Change) || f.Status != "" && e.Status != f.Status {
			return nil
		}
		return take(m)
	})
}

// webMessage reads an event's message.
func webMessage(d stream.Delivery) (web.Message, *news.Event, error) {
	var body struct {
		ID   string      `json:"id"`
		Type string      `json:"type"`
		Time time.Time   `json:"time"`
		Data *news.Event `json:"data"`
	}
	if err := json.Unmarshal(d.Body, &body); err != nil {
		return web.Message{}, nil, fmt.Errorf("%w: no event message: %w", news.ErrInvalid, err)
	}
	if body.Data == nil {
		return web.Message{}, nil, fmt.Errorf("%w: a message without an event", news.ErrInvalid)
	}
	change := body.Type[strings.LastIndexByte(body.Type, '.')+1:]
	return web.Message{ID: body.ID, Change: news.Change(change), Sent: body.Time, Body: d.Body}, body.Data, nil
}

// between tells whether an event begins in a span of days; the bounds may be
// months or years, and empty ones bound nothing.
func between(e *news.Event, from, to news.Date) bool {
	start := string(e.Start)
	return (from == "" || start >= string(from)) && (to == "" || start != "" && start <= string(to)+"~")
}
