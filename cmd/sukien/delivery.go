package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"sukien/news"
	"sukien/news/lexicon"
	"sukien/store"
	"sukien/stream"
	"sukien/stream/push"
)

// pushSubject is before a search's name in the subject of a message that could
// not be delivered.
const pushSubject = "sukien.push.v1."

// pushQueue keeps in the store what is to be pushed.
type pushQueue struct{ store.Searches }

// Hold is of push.Queue.
func (q pushQueue) Hold(ctx context.Context, it push.Item) error {
	return q.HoldPush(ctx, store.Push(it))
}

// Take is of push.Queue.
func (q pushQueue) Take(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]push.Item, error) {
	list, err := q.TakePushes(ctx, now, lease, limit)
	out := make([]push.Item, len(list))
	for i, p := range list {
		out[i] = push.Item(p)
	}
	return out, err
}

// Settle is of push.Queue.
func (q pushQueue) Settle(ctx context.Context, rows []int64, now time.Time) error {
	return q.SettlePushes(ctx, rows, now)
}

// Delay is of push.Queue.
func (q pushQueue) Delay(ctx context.Context, rows []int64, due time.Time, tried bool) error {
	return q.DelayPushes(ctx, rows, due, tried)
}

// Bury is of push.Queue.
func (q pushQueue) Bury(ctx context.Context, it push.Item, reason error) error {
	return q.BuryPush(ctx, it.Row, store.Letter{Stage: "push", Subject: pushSubject + it.Search, MsgID: it.ID, Body: it.Body, Reason: reason.Error(), Tries: it.Tries, When: time.Now()})
}

// secret reads a setting that is a secret, or "file:" and where it stands.
func secret(setting, value string) (string, error) {
	name, ok := strings.CutPrefix(value, "file:")
	if !ok {
		return value, nil
	}
	body, err := os.ReadFile(name)
	if err != nil {
		return "", misuse{fmt.Errorf("%w: %s: %w", news.ErrInvalid, setting, err)}
	}
	return strings.TrimSpace(string(body)), nil
}

// newSender makes what sends, of the settings.
func newSender(s *Settings) (*push.Sender, error) {
	p := s.Push
	allow, err := push.ParseAllowed(p.AllowPrivate)
	if err != nil {
		return nil, misuse{err}
	}
	out := push.Sender{Allow: allow, Base: p.BaseURL, Now: time.Now, SMTP: push.SMTP{Host: p.SMTPHost, Port: p.SMTPPort, User: p.SMTPUser, From: p.SMTPFrom, TLS: p.SMTPTLS}}
	for _, v := range []struct {
		setting, value string
		to             *string
	}{
		{"push.webhook_secret", p.WebhookSecret, &out.WebhookSecret}, {"push.smtp_password", p.SMTPPassword, &out.SMTP.Password}, {"push.ntfy_token", p.NTFYToken, &out.NTFYToken},
	} {
		if *v.to, err = secret(v.setting, v.value); err != nil {
			return nil, err
		}
	}
	return push.NewSender(out), nil
}

// deliver pushes what saved searches want until ctx ends.
func (p *pipeline) deliver(ctx context.Context) error {
	lex, err := loadLexicon(p.settings)
	if err != nil {
		return err
	}
	send, err := newSender(p.settings)
	if err != nil {
		return err
	}
	defer send.Close()
	known := searchReader{store: p.store, lex: lex, made: map[string]push.Search{}}
	if err := p.retain(ctx, &known); err != nil {
		return ctxErr(ctx, err)
	}
	return push.New(push.Config{
		Searches: known.list, Queue: pushQueue{p.store}, Send: send.Send, Now: time.Now, Log: p.log, Forget: p.stream.Abandon, Tell: p.metrics.tell,
		Follow: p.follow,
	}).Run(ctx)
}

// follow hands on the event messages from a time on. A search that has no place
// in the stream is new, or the stream was lost: then what was sent before is
// handed on from the store. The queue takes none twice.
func (p *pipeline) follow(ctx context.Context, durable string, since time.Time, take func([]byte) error) error {
	placed, err := p.stream.Placed(ctx, durable)
	if err == nil && !placed {
		err = p.sentSince(ctx, since, take)
	}
	if err != nil {
		return err
	}
	return p.stream.Watch(ctx, stream.Watch{Durable: durable, Since: since}, nil, func(d stream.Delivery) error { return take(d.Body) })
}

// sentPage is how many messages are read of the store at a time.
const sentPage = 256

// sentSince hands on what the stream would have of the messages since a time.
func (p *pipeline) sentSince(ctx context.Context, since time.Time, take func([]byte) error) error {
	if oldest := time.Now().AddDate(0, 0, -cmp.Or(p.settings.NATS.EventDays, stream.DefaultEventDays)); since.Before(oldest) {
		since = oldest
	}
	for row := int64(0); ; {
		list, err := p.store.Sent(ctx, since, row, sentPage)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, m := range list {
			if err := take(m.Body); err != nil {
				return err
			}
			row = m.Row
		}
	}
}

// retain gives up the places in the stream of searches that are no more.
func (p *pipeline) retain(ctx context.Context, known *searchReader) error {
	list, err := known.list(ctx)
	if err != nil {
		return err
	}
	var keep []string
	for _, q := range list {
		keep = append(keep, push.Durable(q.Name))
	}
	return p.stream.Retain(ctx, push.Durable(""), keep)
}

// searchReader reads the saved searches and prepares each of them once.
type searchReader struct {
	store store.Searches
	lex   *lexicon.Lexicon
	made  map[string]push.Search
}

func (r *searchReader) list(ctx context.Context) ([]push.Search, error) {
	list, err := r.store.Searches(ctx)
	if err != nil {
		return nil, err
	}
	out, made := make([]push.Search, 0, len(list)), map[string]push.Search{}
	for _, q := range list {
		key := q.Name + q.Created.String()
		s, ok := r.made[key]
		if !ok {
			if s, err = r.prepare(q); err != nil {
				return nil, err
			}
		}
		made[key] = s
		out = append(out, s)
	}
	r.made = made
	return out, nil
}

func (r *searchReader) prepare(q store.Search) (push.Search, error) {
	t, err := readSpec(q)
	if err != nil {
		return push.Search{}, err
	}
	m, err := t.ready(r.lex)
	if err != nil {
		return push.Search{}, fmt.Errorf("search %s: %w", q.Name, err)
	}
	return push.Search{Name: q.Name, Created: q.Created, Target: t.Target, Want: m.match}, nil
}

// pushAgain puts a message back that was given up and is retried.
func (p *pipeline) pushAgain(ctx context.Context, d stream.Delivery) error {
	id, _, _ := strings.Cut(d.ID, "-retry")
	return p.store.HoldPush(ctx, store.Push{Search: strings.TrimPrefix(d.Subject, pushSubject), ID: id, Body: d.Body, Due: time.Now()})
}
