package store

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"sukien/news"
)

// EventSchema is the dataschema of event messages: the path under which the web
// server has it.
const EventSchema = "/schema/event.v1.json"

// envelope is a CloudEvents 1.0 event in structured JSON.
type envelope struct {
	SpecVersion     string      `json:"specversion"`
	ID              string      `json:"id"`
	Source          string      `json:"source"`
	Type            string      `json:"type"`
	Subject         string      `json:"subject"`
	Time            string      `json:"time"`
	DataContentType string      `json:"datacontenttype"`
	DataSchema      string      `json:"dataschema"`
	Data            *news.Event `json:"data"`
}

// EventMessage is the message about one revision of an event: its subject, its
// id (event id and revision, the Nats-Msg-Id) and its body.
func EventMessage(e *news.Event, c news.Change) (Message, error) {
	return eventMessage(e, c, tokens(e))
}

// LeftMessage tells those who follow the tokens that e had before that it is
// gone from there; ok is false when the tokens are the same.
func LeftMessage(before, e *news.Event, c news.Change) (m Message, ok bool, err error) {
	old := tokens(before)
	if old == tokens(e) {
		return m, false, nil
	}
	left := *e
	left.Left = true
	m, err = eventMessage(&left, c, old)
	return m, err == nil, err
}

func eventMessage(e *news.Event, c news.Change, tokens string) (Message, error) {
	id := e.ID + "-" + strconv.Itoa(e.Revision)
	if e.Left {
		id += "-left"
	}
	body, err := marshalBounded(envelope{
		SpecVersion: "1.0", ID: id, Source: "/sukien/events", Type: "sukien.event.v1." + string(c), Subject: e.ID,
		Time: e.Updated.UTC().Format(time.RFC3339Nano), DataContentType: "application/json", DataSchema: EventSchema, Data: e,
	})
	if err != nil {
		return Message{}, fmt.Errorf("message of event %s: %w", e.ID, err)
	}
	return Message{Subject: "sukien.event.v1." + string(c) + "." + tokens + "." + e.ID, ID: id, Body: body}, nil
}

// marshalBounded leaves evidence out, then records, until the event's JSON fits
// news.MaxEventBytes: both are in the store.
func marshalBounded(v envelope) ([]byte, error) {
	body, err := json.Marshal(v)
	if err != nil || len(body) <= news.MaxEventBytes {
		return body, err
	}
	slim := *v.Data
	slim.Evidence = nil
	v.Data = &slim
	if body, err = json.Marshal(v); err != nil || len(body) <= news.MaxEventBytes {
		return body, err
	}
	slim.Records, slim.Conflicts, slim.Officials = nil, nil, slim.Officials[:min(len(slim.Officials), 200)]
	return json.Marshal(v)
}

// tokens are KIND.COUNTRY.SERIES of a subject, "_" for what is unknown.
func tokens(e *news.Event) string {
	country := ""
	for _, p := range e.Places {
		if country = p.Country; country != "" {
			break
		}
	}
	return token(string(e.Kind)) + "." + token(country) + "." + token(e.Series)
}

func token(s string) string {
	if s == "" {
		return "_"
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '.' || r == '*' || r == '>' || r <= ' ' || r == 0x7f:
			return '-'
		}
		return r
	}, s)
}

// ArticleMessage asks for the extraction of an article. Its id changes with the
// article's content, so that a changed article is read again.
func ArticleMessage(a *news.Article, content string, o news.Origin) (Message, error) {
	body, err := json.Marshal(ArticleWork{Article: a, Content: content, Origin: o})
	if err != nil {
		return Message{}, fmt.Errorf("message of article %s: %w", a.ID, err)
	}
	return Message{Subject: "sukien.article.v1." + token(sourceToken(a.Source)) + "." + a.ID, ID: a.ID + "-" + content, Body: body}, nil
}

// ArticleWork is the body of an article message.
type ArticleWork struct {
	Article *news.Article `json:"article"`
	// Content is the signature of what the extractor reads of it.
	Content string      `json:"content,omitempty"`
	Origin  news.Origin `json:"origin,omitempty"`
}

// sourceToken makes one subject token of a domain.
func sourceToken(domain string) string { return strings.ReplaceAll(domain, ".", "-") }
