package stream

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
	"sukien/news"
)

// Config says where messages travel.
type Config struct {
	// URL is a NATS server or cluster, comma-separated; empty starts one in this process.
	URL string
	// Dir is the data directory of the embedded server; its files go to Dir/jetstream.
	Dir string
	// Listen is the embedded server's address for subscribers; empty: none.
	Listen string
	// User and Secret are for a server at URL that asks for them.
	User, Secret string
	// Replicas of each stream on a cluster, 1 to 5; 0 is 1.
	Replicas int
	// EventDays is how long event messages stay for subscribers that were away, in days; 0 is DefaultEventDays.
	EventDays int
	// Log gets what is retried and buried; nil is slog.Default().
	Log *slog.Logger
	// Tracer makes the spans of messages sent and worked on; nil for none.
	Tracer trace.Tracer
}

// Stream is a connection to JetStream with Sukien's streams in it.
type Stream struct {
	conn   *nats.Conn
	js     jetstream.JetStream
	server *server.Server // nil for an outside NATS
	access *access        // of the embedded server
	// analyst is the user at a server elsewhere, where that is an analyst.
	analyst string
	lock    *flock.Flock // of the embedded server's files
	log     *slog.Logger
	tracer  trace.Tracer
}

// The streams. Work streams drop a message once it is acknowledged; events and
// dead letters stay for their time.
const (
	Articles = "SUKIEN_ARTICLES"
	Records  = "SUKIEN_RECORDS"
	Events   = "SUKIEN_EVENTS"
	Dead     = "SUKIEN_DEAD"
	Pushes   = "SUKIEN_PUSHES"
)

// DefaultEventDays is how long event messages stay in their stream.
const DefaultEventDays = 90

// dedupWindow is JetStream's own duplicate window: it drops what the relays of
// several processes send of one outbox at the same time. What must not be sent
// twice later is held by the outbox and the relay's check.
const dedupWindow = 10 * time.Minute

// connectWait bounds the first connection to an outside NATS.
const connectWait = 10 * time.Second

// Open connects, starting the embedded server when cfg has no URL, and makes
// the streams exist. Errors: news.ErrTransient when no server answers,
// news.ErrBusy when the listen address is taken.
func Open(ctx context.Context, cfg Config) (*Stream, error) {
	s := newStream(cfg)
	if err := s.connect(cfg); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	js, err := jetstream.New(s.conn, jetstream.WithPublishAsyncMaxPending(256))
	if err == nil {
		s.js = js
		err = s.ensure(ctx, cfg)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Dial connects to a running Sukien's NATS, to subscribe, to look or to ask; it
// makes no streams. Of cfg it reads URL, User, Secret and Log. Errors:
// news.ErrForbidden when the server does not let the user in.
func Dial(cfg Config) (*Stream, error) {
	s := newStream(cfg)
	cfg.ownUser()
	if err := s.connect(cfg); err != nil {
		return nil, err
	}
	js, err := jetstream.New(s.conn)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	s.js = js
	if CheckName(cfg.User) == nil {
		s.analyst = cfg.User
	}
	return s, nil
}

func newStream(cfg Config) *Stream {
	s := &Stream{log: cfg.Log, tracer: cfg.Tracer}
	if s.log == nil {
		s.log = slog.Default()
	}
	if s.tracer == nil {
		s.tracer = noop.NewTracerProvider().Tracer("")
	}
	return s
}

// ownUser takes user and secret out of a URL that names one server, so that they
// stand in no message about it.
func (c *Config) ownUser() {
	u, err := url.Parse(c.URL)
	if err != nil || u.User == nil || strings.Contains(c.URL, ",") {
		return
	}
	c.User = u.User.Username()
	c.Secret, _ = u.User.Password()
	u.User = nil
	c.URL = u.String()
}

func (s *Stream) connect(cfg Config) (err error) {
	opts := []nats.Option{
		nats.Name("sukien"), nats.MaxReconnects(-1), nats.Timeout(connectWait),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { s.log.Warn("nats", "error", err) }),
	}
	at := cfg.URL
	if at == "" {
		dir := filepath.Join(cfg.Dir, "jetstream")
		if s.lock, err = own(dir); err != nil {
			return err
		}
		s.access = &access{secret: NewSecret()}
		if s.server, err = embedded(dir, cfg.Listen, s.access); err != nil {
			return err
		}
		cfg.User, cfg.Secret = operatorUser, s.access.secret
		opts = append(opts, nats.InProcessServer(s.server))
	}
	if cfg.User != "" {
		opts = append(opts, nats.UserInfo(cfg.User, cfg.Secret))
	}
	s.conn, err = nats.Connect(at, opts...)
	if errors.Is(err, nats.ErrAuthorization) {
		return fmt.Errorf("%w: NATS at %s wants a name and a token: sukien analysts add makes them", news.ErrForbidden, at)
	}
	if err != nil {
		return fmt.Errorf("%w: no NATS at %s: %w: start it, or correct nats.url", news.ErrTransient, at, err)
	}
	return nil
}

// ensure creates or updates the streams.
func (s *Stream) ensure(ctx context.Context, cfg Config) error {
	age := time.Duration(cmp.Or(cfg.EventDays, DefaultEventDays)) * 24 * time.Hour
	for _, c := range []jetstream.StreamConfig{
		{Name: Articles, Subjects: []string{"sukien.article.>"}, Retention: jetstream.WorkQueuePolicy},
		{Name: Records, Subjects: []string{"sukien.record.>"}, Retention: jetstream.WorkQueuePolicy},
		{Name: Events, Subjects: []string{eventSubjects}, MaxAge: age, AllowDirect: true},
		{Name: Pushes, Subjects: []string{"sukien.push.>"}, Retention: jetstream.WorkQueuePolicy},
		{Name: Dead, Subjects: []string{"sukien.dead.>"}, Retention: jetstream.WorkQueuePolicy},
	} {
		c.Storage, c.Duplicates, c.Replicas = jetstream.FileStorage, dedupWindow, max(cfg.Replicas, 1)
		if _, err := s.js.CreateOrUpdateStream(ctx, c); err != nil {
			return fmt.Errorf("%w: stream %s: %w", news.ErrTransient, c.Name, err)
		}
	}
	return nil
}

// Publish sends one message and waits until it is stored. id is its
// Nats-Msg-Id.
func (s *Stream) Publish(ctx context.Context, subject, id string, body []byte) error {
	m := message(subject, id, body)
	ctx, span := s.sending(ctx, "publish", m)
	_, err := s.js.PublishMsg(ctx, m)
	over(span, err)
	if err != nil {
		return fmt.Errorf("%w: publish %s: %w", publishClass(err), subject, err)
	}
	return nil
}

func message(subject, id string, body []byte) *nats.Msg {
	m := nats.NewMsg(subject)
	m.Data = body
	m.Header.Set(jetstream.MsgIDHeader, id)
	return m
}

// publishClass tells a message that can never be sent from one that can later.
func publishClass(err error) error {
	if errors.Is(err, nats.ErrMaxPayload) {
		return news.ErrTooLarge
	}
	if errors.Is(err, nats.ErrBadSubject) {
		return news.ErrInvalid
	}
	return news.ErrTransient
}

// Address is where subscribers reach the embedded server, empty when it does not listen.
func (s *Stream) Address() string {
	if s.server == nil || s.server.Addr() == nil {
		return ""
	}
	return s.server.ClientURL()
}

// Close drains the connection and stops the embedded server.
func (s *Stream) Close() error {
	if s.conn != nil {
		s.conn.Close()
	}
	if s.server != nil {
		s.server.Shutdown()
		s.server.WaitForShutdown()
	}
	if s.lock != nil {
		return s.lock.Close()
	}
	return nil
}
