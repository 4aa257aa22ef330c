package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"sukien/news"
	"sukien/store"
	"sukien/stream"
	"sukien/stream/push"
)

// searchesCmd groups what is done with saved searches.
type searchesCmd struct {
	Add    searchesAddCmd    `cmd:"" help:"Save a search whose events are pushed to a webhook, a mail address or an ntfy topic."`
	List   searchesListCmd   `cmd:"" help:"List them with what waits."`
	Remove searchesRemoveCmd `cmd:"" help:"Forget one, and what waits for it."`
	Test   searchesTestCmd   `cmd:"" help:"Send a made-up message now, to see whether it arrives."`
}

// Example is shown first in --help.
func (searchesCmd) Example() string {
	return "sukien searches add asean --series ammswd --webhook https://desk.example/hook"
}

// spec is a saved search as the store keeps it.
type spec struct {
	messageFilters
	push.Target
}

type searchesAddCmd struct {
	Name string `arg:"" help:"a-z, 0-9 and dashes."`
	messageFilters
	Webhook  string `help:"Send each message here, signed (setting push.webhook_secret)." placeholder:"URL"`
	Mail     string `help:"Send mail (settings push.smtp_…)." placeholder:"ADDR"`
	NTFY     string `name:"ntfy" help:"Push to this topic, https://ntfy.sh/TOPIC or one of your own." placeholder:"URL"`
	Digest   string `help:"Gather: hourly, or daily@07:30." placeholder:"WHEN"`
	Quiet    string `help:"No push in these hours, Vietnam's time." placeholder:"22:00-06:00"`
	Backfill bool   `help:"Also events that do not come from the live crawl, and those already sent."`
}

// Example is shown first in --help.
func (searchesAddCmd) Example() string {
	return "sukien searches add hanoi --place \"Hà Nội\" --mail lan@bao.example --digest daily@07:30\n" +
		"sukien searches add asean --words asean --change new --ntfy https://ntfy.sh/my-topic --quiet 22:00-06:00"
}

// Run checks the search and has it kept.
func (c *searchesAddCmd) Run(ctx context.Context, a *app) error {
	s, _, err := a.settings()
	if err != nil {
		return err
	}
	if _, err := c.ready(nil); err != nil {
		return err
	}
	if missing := s.missing(c); missing != "" {
		return misuse{fmt.Errorf("%w: set %s first", news.ErrInvalid, missing)}
	}
	q := spec{c.messageFilters, push.Target{Webhook: c.Webhook, Mail: c.Mail, NTFY: c.NTFY, Digest: c.Digest, Quiet: c.Quiet, All: c.Backfill}}
	body, err := json.Marshal(q)
	if err != nil {
		return err
	}
	if err := a.order(ctx, "search-add", store.Search{Name: c.Name, Created: time.Now(), Spec: body}); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.out, "%s is saved; sukien searches test %s sends a message now\n", c.Name, c.Name)
	return err
}

// missing is the setting that a search cannot do without.
func (s *Settings) missing(c *searchesAddCmd) string {
	switch {
	case c.Webhook != "" && s.Push.WebhookSecret == "":
		return "push.webhook_secret"
	case c.Mail != "" && s.Push.SMTPHost == "":
		return "push.smtp_host"
	case c.Mail != "" && s.Push.SMTPFrom == "":
		return "push.smtp_from"
	}
	return ""
}

type searchesListCmd struct{}

// Example is shown first in --help.
func (searchesListCmd) Example() string { return "sukien searches list" }

// Run prints a table of them.
func (searchesListCmd) Run(ctx context.Context, a *app) error {
	return a.reading(ctx, func(st store.Store) error {
		list, err := st.Searches(ctx)
		if err != nil {
			return err
		}
		depths, err := st.PushDepths(ctx)
		if err != nil {
			return err
		}
		waiting := map[string]store.PushDepth{}
		for _, d := range depths {
			waiting[d.Search] = d
		}
		var rows [][]string
		for _, q := range list {
			t, err := readSpec(q)
			if err != nil {
				return err
			}
			filters, err := json.Marshal(t.messageFilters)
			if err != nil {
				return err
			}
			rows = append(rows, []string{q.Name, cmp.Or(t.Webhook, t.Mail, t.NTFY), t.Digest, t.Quiet, strconv.Itoa(waiting[q.Name].Waiting), strconv.Itoa(waiting[q.Name].Failing), string(filters)})
		}
		return table(a.out, []string{"NAME", "TO", "DIGEST", "QUIET", "WAITING", "FAILING", "FILTERS*"}, rows)
	})
}

func readSpec(q store.Search) (t spec, err error) {
	if err := json.Unmarshal(q.Spec, &t); err != nil {
		return t, fmt.Errorf("%w: search %s: %w", news.ErrInvalid, q.Name, err)
	}
	return t, nil
}

type searchesRemoveCmd struct {
	Name string `arg:"" help:"From searches list."`
}

// Example is shown first in --help.
func (searchesRemoveCmd) Example() string { return "sukien searches remove asean" }

// Run has the search forgotten.
func (c *searchesRemoveCmd) Run(ctx context.Context, a *app) error {
	if err := a.order(ctx, "search-remove", c.Name); err != nil {
		return err
	}
	_, err := fmt.Fprintf(a.out, "%s is no more\n", c.Name)
	return err
}

type searchesTestCmd struct {
	Name string `arg:"" help:"From searches list."`
}

// Example is shown first in --help.
func (searchesTestCmd) Example() string { return "sukien searches test asean" }

// Run sends a message by itself, with the settings of this command.
func (c *searchesTestCmd) Run(ctx context.Context, a *app) error {
	s, _, err := a.settings()
	if err != nil {
		return err
	}
	send, err := newSender(s)
	if err != nil {
		return err
	}
	defer send.Close()
	return a.reading(ctx, func(st store.Store) error {
		list, err := st.Searches(ctx)
		if err != nil {
			return err
		}
		for _, q := range list {
			if q.Name != c.Name {
				continue
			}
			t, err := readSpec(q)
			if err == nil {
				err = send.Test(ctx, push.Search{Name: q.Name, Target: t.Target})
			}
			if err == nil {
				_, err = fmt.Fprintf(a.out, "sent to %s\n", cmp.Or(t.Webhook, t.Mail, t.NTFY))
			}
			return err
		}
		return fmt.Errorf("search %s: %w", c.Name, news.ErrNotFound)
	})
}

func addSearch(ctx context.Context, st store.Store, in json.RawMessage) error {
	var q store.Search
	if err := json.Unmarshal(in, &q); err != nil {
		return fmt.Errorf("%w: %w", news.ErrInvalid, err)
	}
	t, err := readSpec(q)
	if err == nil {
		_, err = t.ready(nil)
	}
	if err := errors.Join(err, stream.CheckName(q.Name), t.Check()); err != nil {
		return err
	}
	return st.AddSearch(ctx, q)
}

func removeSearch(ctx context.Context, st store.Store, in json.RawMessage) error {
	var name string
	if err := json.Unmarshal(in, &name); err != nil {
		return fmt.Errorf("%w: %w", news.ErrInvalid, err)
	}
	return st.DropSearch(ctx, name)
}
