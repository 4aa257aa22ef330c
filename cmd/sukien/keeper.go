package main

import (
	"context"
	"time"
)

// How the keeper works: a little at a time, so that the stages never wait long
// for it, and again after a while.
const (
	keepBatch = 100
	keepRest  = 50 * time.Millisecond
	keepEvery = 10 * time.Minute
)

// keep forgets what has been kept for as long as the settings say, until ctx ends.
func (p *pipeline) keep(ctx context.Context) error {
	tick := time.NewTicker(keepEvery)
	defer tick.Stop()
	for {
		if err := p.keepOnce(ctx, time.Now()); err != nil {
			return ctxErr(ctx, err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// keepOnce forgets all that is past its time at now.
func (p *pipeline) keepOnce(ctx context.Context, now time.Time) error {
	keep := p.settings.Keep
	for _, k := range []struct {
		what string
		days int
		drop func(context.Context, time.Time, int) (int, error)
	}{
		{"raw pages", keep.PageDays, p.store.DropPages},
		{"texts", keep.TextDays, p.store.DropTexts},
		{"evidence of articles", keep.EvidenceDays, p.store.DropEvidence},
	} {
		if k.days <= 0 {
			continue
		}
		n, err := dropAll(ctx, k.drop, now.AddDate(0, 0, -k.days))
		if n > 0 {
			p.log.Info("kept long enough and forgotten", "what", k.what, "number", n)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func dropAll(ctx context.Context, drop func(context.Context, time.Time, int) (int, error), before time.Time) (total int, err error) {
	for ctx.Err() == nil {
		n, err := drop(ctx, before, keepBatch)
		if total += n; err != nil || n < keepBatch {
			return total, err
		}
		select {
		case <-ctx.Done():
		case <-time.After(keepRest):
		}
	}
	return total, nil
}
