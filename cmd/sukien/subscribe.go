package main

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"time"

	"sukien/news"
	"sukien/stream"
)

// subscribeCmd prints event messages.
type subscribeCmd struct {
	messageFilters
	Since   string `help:"Replay from this time: 2026-11-01 or RFC 3339. Default: from now." placeholder:"T"`
	Durable string `help:"A name under which to continue where it stopped." placeholder:"NAME"`
	NATS    string `name:"nats" help:"The NATS to listen to (setting nats.url, else nats.listen)." placeholder:"URL"`
	Creds   string `type:"path" help:"The file of sukien analysts add --out: subscribe as that analyst." placeholder:"FILE"`
	Limit   int    `help:"Stop after so many messages." placeholder:"N"`
}

// Example is shown first in --help.
func (subscribeCmd) Example() string {
	return "sukien subscribe --change new --place \"Hà Nội\"\nsukien subscribe --durable lan --kind session --since 2026-11-01"
}

// Run prints each message as a JSON line: the CloudEvents envelope as sent.
func (c *subscribeCmd) Run(ctx context.Context, a *app) error {
	s, log, err := a.begin()
	if err != nil {
		return err
	}
	w, err := c.watch()
	if err != nil {
		return err
	}
	lex, err := loadLexicon(s)
	if err != nil {
		return err
	}
	want, err := c.ready(lex)
	if err != nil {
		return err
	}
	conn, err := c.dial(s, log)
	if err != nil {
		return err
	}
	defer conn.Close()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	printed := 0
	return conn.Watch(ctx, w, func() { log.Debug("subscribed") }, func(d stream.Delivery) error {
		ok, err := wants(want, d.Body)
		if err != nil {
			log.Warn("message skipped", "subject", d.Subject, "error", err)
		}
		if !ok {
			return nil
		}
		if _, err := fmt.Fprintf(a.out, "%s\n", d.Body); err != nil {
			return fmt.Errorf("write: %w", err)
		}
		if printed++; printed == c.Limit {
			stop()
		}
		return nil
	})
}

// watch turns the flags into a subscription.
func (c *subscribeCmd) watch() (w stream.Watch, err error) {
	if c.Since != "" {
		t, ok := news.Stamp(c.Since).Time()
		if !ok {
			return w, misuse{fmt.Errorf("--since: %w", news.Stamp(c.Since).Check())}
		}
		w.Since = t
	}
	if time.Now().Before(w.Since) {
		return w, misuse{fmt.Errorf("%w: --since %s is in the future", news.ErrInvalid, c.Since)}
	}
	w.Durable, w.Subjects = c.Durable, c.subjects(c.Change)
	return w, nil
}

// dial connects, as the analyst of a file of credentials or of a URL where
// there is one.
func (c *subscribeCmd) dial(s *Settings, log *slog.Logger) (*stream.Stream, error) {
	if c.Creds == "" {
		return dial(c.NATS, s, log)
	}
	who, err := readContext(c.Creds)
	if err != nil {
		return nil, misuse{fmt.Errorf("--creds: %w", err)}
	}
	who.URL = cmp.Or(c.NATS, who.URL)
	return stream.Dial(who.config(log))
}

// wants applies the filters that subject tokens cannot tell.
func wants(m *matcher, body []byte) (bool, error) {
	w, e, err := webMessage(stream.Delivery{Body: body})
	if err != nil {
		return false, err
	}
	return m.match(e, w.Change), nil
}
