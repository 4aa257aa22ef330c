package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"sukien/news"
	"sukien/store"
	"sukien/stream"
)

// analystsCmd groups what is done with analysts.
type analystsCmd struct {
	Add    analystsAddCmd    `cmd:"" help:"Let somebody read events, over NATS and the web. The token is shown once."`
	List   analystsListCmd   `cmd:"" help:"List who may read."`
	Revoke analystsRevokeCmd `cmd:"" help:"Take it back, at once."`
}

// Example is shown first in --help.
func (analystsCmd) Example() string { return "sukien analysts add lan --out lan.json" }

type analystsAddCmd struct {
	Name string `arg:"" help:"a-z, 0-9 and dashes: the NATS user, and the durable name."`
	Out  string `type:"path" help:"Write address, user and token into this file, for subscribe --creds and as a context of the nats client." placeholder:"FILE"`
}

// Example is shown first in --help.
func (analystsAddCmd) Example() string {
	return "sukien analysts add lan\nsukien analysts add lan --out lan.json   # then: sukien subscribe --creds lan.json"
}

// Run makes a token, has its hash kept, and shows it.
func (c *analystsAddCmd) Run(ctx context.Context, a *app) error {
	s, _, err := a.settings()
	if err != nil {
		return err
	}
	secret := stream.NewSecret()
	if err := a.order(ctx, "analyst-add", newAnalyst{c.Name, stream.HashSecret(secret), time.Now()}); err != nil {
		return err
	}
	at := "nats://" + s.NATS.Listen
	if s.NATS.URL != "" {
		at = s.NATS.URL
	}
	if c.Out != "" {
		if err := (contextFile{at, c.Name, secret}).write(c.Out); err != nil {
			return fmt.Errorf("%w: analyst %s stands, but the token is not written: sukien analysts revoke %s and add again", err, c.Name, c.Name)
		}
	}
	p := &printer{w: a.out}
	p.line("%s may read events. The token, shown only now:", c.Name)
	p.line("  %s", secret)
	p.line("Web:  Authorization: Bearer TOKEN")
	if s.NATS.URL != "" {
		p.line("NATS: %s keeps its own users: make %s one there, see README", redact(at), c.Name)
		return p.err
	}
	p.line("NATS: sukien subscribe --nats nats://%s:TOKEN@%s", c.Name, s.NATS.Listen)
	p.line("      nats sub 'sukien.event.>' -s nats://%s:TOKEN@%s", c.Name, s.NATS.Listen)
	return p.err
}

type analystsListCmd struct{}

// Example is shown first in --help.
func (analystsListCmd) Example() string { return "sukien analysts list" }

// Run prints a table of them.
func (analystsListCmd) Run(ctx context.Context, a *app) error {
	return a.reading(ctx, func(st store.Store) error {
		list, err := st.Analysts(ctx)
		if err != nil {
			return err
		}
		var rows [][]string
		for _, who := range list {
			rows = append(rows, []string{who.Name, who.Created.Local().Format("2006-01-02 15:04")})
		}
		return table(a.out, []string{"NAME", "SINCE"}, rows)
	})
}

type analystsRevokeCmd struct {
	Name string `arg:"" help:"From analysts list."`
}

// Example is shown first in --help.
func (analystsRevokeCmd) Example() string { return "sukien analysts revoke lan" }

// Run forgets the analyst; their connections end.
func (c *analystsRevokeCmd) Run(ctx context.Context, a *app) error {
	if err := a.order(ctx, "analyst-revoke", c.Name); err != nil {
		return err
	}
	_, err := fmt.Fprintf(a.out, "%s may read no more\n", c.Name)
	return err
}

// newAnalyst is the order of analysts add.
type newAnalyst struct {
	Name    string    `json:"name"`
	Hash    string    `json:"hash"`
	Created time.Time `json:"created"`
}

func addAnalyst(ctx context.Context, st store.Store, in json.RawMessage) error {
	var who newAnalyst
	if err := json.Unmarshal(in, &who); err != nil {
		return fmt.Errorf("%w: %w", news.ErrInvalid, err)
	}
	if err := stream.CheckName(who.Name); err != nil {
		return err
	}
	return st.AddAnalyst(ctx, store.Analyst(who))
}

func revokeAnalyst(ctx context.Context, st store.Store, in json.RawMessage) error {
	var name string
	if err := json.Unmarshal(in, &name); err != nil {
		return fmt.Errorf("%w: %w", news.ErrInvalid, err)
	}
	return st.DropAnalyst(ctx, name)
}

// tokens knows analysts for the web.
type tokens struct{ store.Analysts }

// Analyst is of web.Tokens.
func (t tokens) Analyst(ctx context.Context, token string) (string, error) {
	who, err := t.AnalystByHash(ctx, stream.HashSecret(token))
	if errors.Is(err, news.ErrNotFound) {
		return "", fmt.Errorf("%w: nobody has this token", news.ErrForbidden)
	}
	return who.Name, err
}

// analystsLook is how often a process looks whom others have let in.
const analystsLook = 5 * time.Second

// admit lets in whom the store names.
func (p *pipeline) admit(ctx context.Context) error {
	if p.store == nil || p.settings.NATS.URL != "" {
		return nil
	}
	list, err := p.store.Analysts(ctx)
	if err != nil {
		return err
	}
	out := make([]stream.Analyst, len(list))
	for i, who := range list {
		out[i] = stream.Analyst{Name: who.Name, Hash: who.Hash}
	}
	return p.stream.Admit(ctx, out)
}

// followAnalysts lets in whom other processes put into the store.
func (p *pipeline) followAnalysts(ctx context.Context) error {
	tick := time.NewTicker(analystsLook)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			if err := p.admit(ctx); err != nil && !errors.Is(err, context.Canceled) {
				p.log.Warn("analysts: will look again", "error", err)
			}
		}
	}
}
