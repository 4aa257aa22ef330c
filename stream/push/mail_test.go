package push_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/big"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"sukien/news"
	"sukien/stream/push"
)

// post is a mail server on loopback that wants STARTTLS and a login.
type post struct {
	mu    sync.Mutex
	mails []string
	to    []string
	// say is the answer to a recipient, nil for fine.
	say error
	tls bool
}

// NewSession is of smtp.Backend.
func (p *post) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &session{post: p, conn: c}, nil
}

type session struct {
	post *post
	conn *smtp.Conn
	user string
}

// AuthMechanisms is of smtp.AuthSession.
func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

// Auth is of smtp.AuthSession.
func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "sukien" || password != "geheim" {
			return smtp.ErrAuthFailed
		}
		s.user = user
		return nil
	}), nil
}

func (s *session) Mail(string, *smtp.MailOptions) error {
	if s.user == "" {
		return smtp.ErrAuthRequired
	}
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.post.mu.Lock()
	defer s.post.mu.Unlock()
	s.post.to = append(s.post.to, to)
	return s.post.say
}

func (s *session) Data(r io.Reader) error {
	body, err := io.ReadAll(r)
	s.post.mu.Lock()
	defer s.post.mu.Unlock()
	_, s.post.tls = s.conn.TLSConnectionState()
	s.post.mails = append(s.post.mails, string(body))
	return err
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

// postOffice starts it and gives how to reach it.
func postOffice(t *testing.T) (*post, push.SMTP) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	cert := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, cert, cert, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	p := &post{}
	srv := smtp.NewServer(p)
	srv.Domain, srv.AllowInsecureAuth = "localhost", false
	srv.TLSConfig = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = srv.Serve(l) }()
	t.Cleanup(func() { srv.Close(); <-done })
	return p, push.SMTP{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, User: "sukien", Password: "geheim", From: "sukien@tin.example",
		Trust: &tls.Config{RootCAs: pool, ServerName: "127.0.0.1"}}
}

// read parses a mail into its subject and text.
func read(t *testing.T, raw string) (m *mail.Message, subject, text string) {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	subject, err = new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	body := io.Reader(m.Body)
	if strings.EqualFold(m.Header.Get("Content-Transfer-Encoding"), "quoted-printable") {
		body = quotedprintable.NewReader(body)
	}
	out, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return m, subject, strings.ReplaceAll(string(out), "\r\n", "\n")
}

func TestMail(t *testing.T) {
	p, server := postOffice(t)
	s := sender(t, push.Sender{SMTP: server, Base: "https://sukien.example"}, "")
	q := push.Search{Name: "asean", Target: push.Target{Mail: "lan@bao.example"}}
	for range 2 {
		if err := s.Send(t.Context(), q, []*push.Note{hostile(), hostile()}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Send(t.Context(), q, []*push.Note{hostile()}); err != nil {
		t.Fatal(err)
	}
	if len(p.mails) != 3 || !p.tls || p.to[0] != "lan@bao.example" || len(p.to) != 3 {
		t.Fatalf("%d mails to %v, TLS %v", len(p.mails), p.to, p.tls)
	}
	one, subject, text := read(t, p.mails[0])
	two, _, _ := read(t, p.mails[1])
	if id := one.Header.Get("Message-Id"); id == "" || id != two.Header.Get("Message-Id") {
		t.Errorf("Message-Id %q and %q", id, two.Header.Get("Message-Id"))
	}
	if subject != "Sukien asean: 2 sự kiện" || !strings.HasPrefix(one.Header.Get("Content-Type"), "text/plain") {
		t.Errorf("subject %q, %v", subject, one.Header)
	}
	harmless(t, "text", text)
	if !strings.Contains(text, "Xem: https://sukien.example/events/e1") || strings.Contains(text, "nguyên văn") || strings.Contains(text, "javascript") {
		t.Errorf("text %s", text)
	}
	single, subject, _ := read(t, p.mails[2])
	harmless(t, "subject", subject)
	if single.Header.Get("Bcc") != "" || single.Header.Get("X-Evil") != "" || !strings.HasPrefix(subject, "Mới: Họp Bcc: eve@evil.example") {
		t.Errorf("subject %q, headers %v", subject, single.Header)
	}
}

func TestMailIsRefused(t *testing.T) {
	p, server := postOffice(t)
	q := push.Search{Name: "a", Target: push.Target{Mail: "lan@bao.example"}}
	try := func(server push.SMTP) error {
		return sender(t, push.Sender{SMTP: server}, "").Send(t.Context(), q, []*push.Note{hostile()})
	}
	wrong, untrusted, bare := server, server, server
	wrong.Password, untrusted.Trust, bare.Host = "falsch", nil, ""
	for name, s := range map[string]push.SMTP{"wrong password": wrong, "untrusted": untrusted, "no server": bare} {
		if err := try(s); !errors.Is(err, news.ErrTransient) || strings.Contains(err.Error(), "falsch") {
			t.Errorf("%s: %v", name, err)
		}
	}
	p.say = &smtp.SMTPError{Code: 451, Message: "later"}
	if err := try(server); !errors.Is(err, news.ErrTransient) {
		t.Errorf("451: %v", err)
	}
	p.say = &smtp.SMTPError{Code: 550, Message: "no such user"}
	if err := try(server); errors.Is(err, news.ErrTransient) || err == nil || !strings.Contains(err.Error(), "no such user") {
		t.Errorf("550: %v", err)
	}
	if len(p.mails) != 0 {
		t.Errorf("%d mails arrived", len(p.mails))
	}
}
