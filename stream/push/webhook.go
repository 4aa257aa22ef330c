package push

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"sukien/news"
)

// Signature is the value of the header webhook-signature for a body sent at a
// time under an id, as https://www.standardwebhooks.com has it: "v1," and the
// Base64 HMAC-SHA256 of ID.TIMESTAMP.BODY, the timestamp in Unix seconds.
func Signature(secret, id string, at time.Time, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "%s.%d.", id, at.Unix()) // a hash takes all
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// webhook sends one message. Its id is the same over all tries, its timestamp
// and signature are of the try.
func (s *Sender) webhook(ctx context.Context, to string, n *Note) error {
	if s.WebhookSecret == "" {
		return fmt.Errorf("%w: set push.webhook_secret: webhooks are signed", news.ErrTransient)
	}
	body, err := json.Marshal(n)
	if err != nil {
		return fmt.Errorf("%w: %w", errGone, err)
	}
	now := s.Now()
	return s.post(ctx, to, body, map[string]string{
		"Content-Type": "application/cloudevents+json; charset=utf-8", "webhook-id": n.ID,
		"webhook-timestamp": strconv.FormatInt(now.Unix(), 10), "webhook-signature": Signature(s.WebhookSecret, n.ID, now, body),
	})
}

// post sends a request and judges its answer. 2xx is taken; 410 Gone ends all
// tries, as does an address that is refused; all else may pass.
func (s *Sender) post(ctx context.Context, to string, body []byte, headers map[string]string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("%w: %w", errGone, err)
	}
	req.Header.Set("User-Agent", "Sukien")
	for name, value := range headers {
		req.Header.Set(name, value)
	}
	res, err := s.http.Do(req)
	switch {
	case errors.Is(err, news.ErrForbidden):
		return fmt.Errorf("%w: %w", errGone, err)
	case err != nil:
		return fmt.Errorf("%w: %w", news.ErrTransient, err)
	}
	defer res.Body.Close()
	said, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	switch {
	case res.StatusCode/100 == 2:
		return nil
	case res.StatusCode == http.StatusGone:
		return fmt.Errorf("%w: answered %s", errGone, res.Status)
	}
	return errors.Join(fmt.Errorf("%w: answered %s: %s", news.ErrTransient, plain(res.Status, 60), plain(string(said), 120)), err)
}
