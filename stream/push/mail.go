package push

import (
	"cmp"
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
	"sukien/news"
)

// SMTP is the server that mail goes through.
type SMTP struct {
	// Host is empty when no mail is sent.
	Host string
	Port int
	// User and Password are empty for a server that asks for none.
	User, Password string
	// From is the sender's address.
	From string
	// TLS is "starttls" (mandatory), "tls" (from the first byte) or "none".
	TLS string
	// Trust is how the server's certificate is judged; nil is the system's way.
	Trust *tls.Config
}

// mailWait bounds the sending of one mail.
const mailWait = time.Minute

// mail sends messages in one mail. It is plain text: no words of a foreign page
// can become markup.
func (s *Sender) mail(ctx context.Context, search, to string, notes []*Note) error {
	if s.SMTP.Host == "" {
		return fmt.Errorf("%w: set push.smtp_host and push.smtp_from: no mail can be sent", news.ErrTransient)
	}
	m, err := s.letter(search, to, notes)
	if err != nil {
		return fmt.Errorf("%w: mail: %w", errGone, err)
	}
	c, err := s.SMTP.client()
	if err != nil {
		return fmt.Errorf("%w: push.smtp: %w", news.ErrTransient, err)
	}
	ctx, cancel := context.WithTimeout(ctx, mailWait)
	defer cancel()
	err = c.DialAndSendWithContext(ctx, m)
	var refused *mail.SendError
	if errors.As(err, &refused) && refused.ErrorCode() >= 500 {
		return fmt.Errorf("%w: mail to %s: %w", errGone, to, err)
	}
	if err != nil {
		return fmt.Errorf("%w: mail: %w", news.ErrTransient, err)
	}
	return nil
}

// letter writes the mail. Its Message-ID is made of what it tells, so that a
// digest sent twice after a crash is one to the reader's program.
func (s *Sender) letter(search, to string, notes []*Note) (*mail.Msg, error) {
	m := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if err := errors.Join(m.From(s.SMTP.From), m.To(to)); err != nil {
		return nil, err
	}
	subject := notes[0].title()
	if len(notes) > 1 {
		subject = fmt.Sprintf("Sukien %s: %d sự kiện", search, len(notes))
	}
	m.Subject(subject)
	m.SetDateWithValue(s.Now())
	sum := sha256.New()
	var body strings.Builder
	for _, n := range notes {
		fmt.Fprintf(sum, "%s\n", n.ID)
		fmt.Fprintf(&body, "%s\n  %s\n\n", n.title(), strings.Join(n.lines(s.Base), "\n  "))
	}
	_, domain, _ := strings.Cut(s.SMTP.From, "@")
	m.SetMessageIDWithValue(fmt.Sprintf("%s.%s@%s", search, hex.EncodeToString(sum.Sum(nil)[:12]), cmp.Or(domain, "sukien.invalid")))
	m.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834
	m.SetGenHeader("List-Id", "<"+search+".sukien>")
	m.SetBodyString(mail.TypeTextPlain, body.String())
	return m, nil
}

func (c SMTP) client() (*mail.Client, error) {
	opts := []mail.Option{mail.WithPort(cmp.Or(c.Port, 587)), mail.WithTimeout(mailWait / 2)}
	switch c.TLS {
	case "", "starttls":
		opts = append(opts, mail.WithTLSPolicy(mail.TLSMandatory))
	case "tls":
		opts = append(opts, mail.WithSSL())
	case "none":
		opts = append(opts, mail.WithTLSPolicy(mail.NoTLS))
	default:
		return nil, fmt.Errorf("%w: push.smtp_tls %q: write starttls, tls or none", news.ErrInvalid, c.TLS)
	}
	if c.Trust != nil {
		opts = append(opts, mail.WithTLSConfig(c.Trust))
	}
	if c.User != "" {
		opts = append(opts, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(c.User), mail.WithPassword(c.Password))
	}
	return mail.NewClient(c.Host, opts...)
}
