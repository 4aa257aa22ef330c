package stream

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"sukien/news"
)

// Letter is a message that could not be processed, as sukien.dead.v1.STAGE
// carries it to the store.
type Letter struct {
	// Stage is the consumer that gave up.
	Stage   string `json:"stage"`
	Subject string `json:"subject"`
	ID      string `json:"id"`
	Body    []byte `json:"body"`
	// Reason is the error that ended it, Tries how often it was delivered.
	Reason string    `json:"reason"`
	Tries  int       `json:"tries"`
	When   time.Time `json:"when"`
}

// bury sends a delivery to the dead letters.
func (s *Stream) bury(ctx context.Context, stage string, d Delivery, reason error) error {
	body, err := json.Marshal(Letter{Stage: stage, Subject: d.Subject, ID: d.ID, Body: d.Body,
		Reason: reason.Error(), Tries: d.Tries, When: time.Now().UTC()})
	if err != nil {
		return fmt.Errorf("dead letter: %w", err)
	}
	id := news.HashID("d", stage, d.Subject, d.ID, strconv.Itoa(d.Tries))
	return s.Publish(ctx, "sukien.dead.v1."+stage, id, body)
}

// ConsumeDead feeds dead letters to keep, which puts them into the store.
func (s *Stream) ConsumeDead(ctx context.Context, keep func(context.Context, Letter) error) error {
	return s.Consume(ctx, Dead, "dead", 1, func(ctx context.Context, d Delivery) error {
		var l Letter
		if err := json.Unmarshal(d.Body, &l); err != nil {
			l = Letter{Stage: "dead", Subject: d.Subject, ID: d.ID, Body: d.Body, Reason: err.Error(), When: time.Now().UTC()}
		}
		return keep(ctx, l)
	})
}
