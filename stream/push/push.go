// Package push brings event messages to where analysts work: webhooks, mail,
// ntfy. Saved searches say what goes where and when.
//
//	push.go      what a search asks for, and what is kept of a message
//	schedule.go  digests and quiet hours
//	runner.go    event stream → queue, a durable place in the stream for each search
//	deliver.go   queue → receivers: retries, dead letters
//	webhook.go   signed HTTP requests
//	mail.go      mail by SMTP
//	ntfy.go      ntfy-compatible push
//	text.go      foreign words made harmless, an event in a few lines
//	guard.go     no requests to private addresses
//
// A message is acknowledged to the stream once it is in the queue, and leaves
// the queue once its receiver has taken it: a crash between the two repeats it
// under the same id, and loses nothing. No article's text is in any push.
package push

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"time"

	"sukien/news"
)

// Search is what is to be pushed where.
type Search struct {
	Name string
	// Created is since when messages count.
	Created time.Time
	Target
	// Want tells whether an event's message is wanted.
	Want func(e *news.Event, c news.Change) bool
}

// Target says where a search's messages go, and when.
type Target struct {
	// Webhook and NTFY are URLs, Mail an address. One of them is set.
	Webhook string `json:"webhook,omitempty"`
	Mail    string `json:"mail,omitempty"`
	NTFY    string `json:"ntfy,omitempty"`
	// Digest gathers messages: "hourly", "daily@07:30"; empty sends each at once.
	Digest string `json:"digest,omitempty"`
	// Quiet are hours of no push, "22:00-06:00", in Vietnam's time.
	Quiet string `json:"quiet,omitempty"`
	// All takes in what did not come from the live crawl.
	All bool `json:"backfill,omitempty"`
}

// Check refuses a target that cannot be; news.ErrInvalid.
func (t Target) Check() error {
	n := 0
	for _, u := range []string{t.Webhook, t.NTFY} {
		if u == "" {
			continue
		}
		n++
		if p, err := url.Parse(u); err != nil || p.Scheme != "http" && p.Scheme != "https" || p.Hostname() == "" || p.User != nil {
			return fmt.Errorf("%w: %q is no address to push to: write https://HOST/PATH, without a password", news.ErrInvalid, u)
		}
	}
	if t.Mail != "" {
		n++
		if a, err := mail.ParseAddress(t.Mail); err != nil || a.Address != t.Mail {
			return fmt.Errorf("%w: %q is no mail address: write name@host", news.ErrInvalid, t.Mail)
		}
	}
	if n != 1 {
		return fmt.Errorf("%w: a search goes to one place: a webhook, a mail address or an ntfy topic", news.ErrInvalid)
	}
	_, err := t.schedule()
	return err
}

// Item is a message that waits in the queue.
type Item struct {
	Row        int64
	Search, ID string
	Body       []byte
	Due        time.Time
	Tries      int
}

// Queue keeps messages until they are delivered: the store.
type Queue interface {
	// Hold keeps an item; the same search and id again changes nothing.
	Hold(ctx context.Context, it Item) error
	// Take takes what is due, for a time.
	Take(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]Item, error)
	Settle(ctx context.Context, rows []int64, now time.Time) error
	Delay(ctx context.Context, rows []int64, due time.Time, tried bool) error
	// Bury gives an item up, for a reason.
	Bury(ctx context.Context, it Item, reason error) error
}

// Note is what is kept of an event's message: the CloudEvents envelope without
// the words of articles.
type Note struct {
	SpecVersion     string      `json:"specversion"`
	ID              string      `json:"id"`
	Source          string      `json:"source"`
	Type            string      `json:"type"`
	Subject         string      `json:"subject"`
	Time            time.Time   `json:"time"`
	DataContentType string      `json:"datacontenttype"`
	DataSchema      string      `json:"dataschema"`
	Data            *news.Event `json:"data"`
}

// typePrefix is before the change in Note.Type.
const typePrefix = "sukien.event.v1."

// Change is what the message tells of the event.
func (n *Note) Change() news.Change {
	if len(n.Type) <= len(typePrefix) {
		return ""
	}
	return news.Change(n.Type[len(typePrefix):])
}

// readNote reads an event's message and leaves out what articles say.
func readNote(body []byte) (*Note, error) {
	var n Note
	if err := json.Unmarshal(body, &n); err != nil {
		return nil, fmt.Errorf("%w: no event message: %w", news.ErrInvalid, err)
	}
	if n.Data == nil || n.ID == "" {
		return nil, fmt.Errorf("%w: a message without an event", news.ErrInvalid)
	}
	n.Data.Evidence = nil
	return &n, nil
}

// errGone ends all tries: the receiver wants no more, or can never be reached.
var errGone = errors.New("given up")
