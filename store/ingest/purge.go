package ingest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"sukien/news"
	"sukien/store"
)

// PurgeTx is what a back end does for Purge beside Tx.
type PurgeTx interface {
	Tx
	// Delete removes an article that has no records any more, with its page, its
	// words, and the messages and letters about it. The links at its addresses are
	// gone for good.
	Delete(ctx context.Context, id string, urls []string) error
	// Rewrite puts another form of an article in its place, without its page.
	Rewrite(ctx context.Context, f *store.Filing, waiting bool) error
	// Rework rewrites the revisions of events and the messages about them.
	Rework(ctx context.Context, events []string, s *store.Scrub) error
	// Entomb notes tombs.
	Entomb(ctx context.Context, tombs []store.Tomb, now time.Time) error
}

// Purge is PurgeArticle of store.Purging inside a transaction.
func Purge(ctx context.Context, tx PurgeTx, id string, p store.Purge, now time.Time, seen *Memory) (store.Purged, error) {
	u := &purge{tx: tx, id: id, now: now, seen: seen}
	var err error
	if u.art, err = tx.Article(ctx, id); err != nil {
		return store.Purged{}, err
	}
	places, err := tx.Find(ctx, Pick{Article: id})
	if err != nil {
		return store.Purged{}, err
	}
	for _, r := range places {
		u.events = append(u.events, r.Event)
	}
	slices.Sort(u.events)
	u.events = slices.Compact(u.events)
	if p.Person != "" {
		return u.person(ctx, p)
	}
	return u.whole(ctx, len(places))
}

// purge is one article on its way out.
type purge struct {
	tx     PurgeTx
	id     string
	now    time.Time
	seen   *Memory
	art    *Article
	events []string // that it told of
}

// nameless is a transaction in which the article has no address: what is written
// of its going does not name it.
type nameless struct{ PurgeTx }

// Article is of Tx.
func (n nameless) Article(ctx context.Context, id string) (*Article, error) {
	a, err := n.PurgeTx.Article(ctx, id)
	if err != nil {
		return nil, err
	}
	bare := *a.Article
	bare.URL, bare.Canonical = "", ""
	a.Article = &bare
	return a, nil
}

// whole takes all of the article out.
func (u *purge) whole(ctx context.Context, records int) (store.Purged, error) {
	if err := u.rulings(ctx, u.id, store.NewScrub([]string{u.id, u.art.URL, u.art.Canonical}, nil)); err != nil {
		return store.Purged{}, err
	}
	done, err := Run(ctx, nameless{u.tx}, news.Extraction{ArticleID: u.id, Pack: u.art.Extracted, Origin: news.Analyst}, u.now, u.seen)
	if err != nil {
		return store.Purged{}, err
	}
	urls := []string{u.art.URL, u.art.Canonical}
	tombs := []store.Tomb{{Key: u.id, Kind: store.TombArticle}}
	for _, a := range urls {
		if a != "" && news.ArticleID(a) != u.id {
			tombs = append(tombs, store.Tomb{Key: news.ArticleID(a), Kind: store.TombArticle})
		}
	}
	err = u.rework(ctx, store.NewScrub(slices.Clone(urls), nil))
	if err == nil {
		err = u.tx.Delete(ctx, u.id, urls)
	}
	if err == nil {
		err = u.tx.Entomb(ctx, tombs, u.now)
	}
	return store.Purged{Records: records, Events: u.events, Changes: done.Changes}, err
}

// person takes a person out of the article and its records.
func (u *purge) person(ctx context.Context, p store.Purge) (store.Purged, error) {
	scrub := store.NewScrub(nil, p.Tombs())
	x := news.Extraction{ArticleID: u.id, Pack: u.art.Extracted, Origin: news.Analyst}
	stored, err := u.tx.Stored(ctx, u.id)
	if err != nil {
		return store.Purged{}, err
	}
	touched := 0
	for _, data := range stored {
		var r news.Record
		if err := json.Unmarshal([]byte(data), &r); err != nil {
			return store.Purged{}, fmt.Errorf("record of article %s: %w", u.id, err)
		}
		if scrub.Record(&r) {
			touched++
		}
		x.Records = append(x.Records, r)
	}
	art := *u.art.Article
	art.Captions = slices.Clone(art.Captions)
	if !scrub.Article(&art) && touched == 0 {
		return store.Purged{}, nil
	}
	art.ID = u.id
	f, err := store.File(store.SavedPage{Page: &news.Page{URL: art.URL}, Article: &art, Origin: news.Reextract})
	if err == nil {
		err = u.tx.Rewrite(ctx, f, u.art.Extracted == "")
	}
	if err != nil {
		return store.Purged{}, err
	}
	if err := u.rulings(ctx, "", scrub); err != nil {
		return store.Purged{}, err
	}
	out := store.Purged{Records: touched, Events: u.events}
	if u.art.Extracted != "" {
		done, err := Run(ctx, u.tx, x, u.now, u.seen)
		if err != nil {
			return store.Purged{}, err
		}
		out.Changes = done.Changes
	}
	return out, u.rework(ctx, scrub)
}

// rework takes the matter out of the events' rows, revisions and messages.
func (u *purge) rework(ctx context.Context, s *store.Scrub) error {
	if len(u.events) == 0 {
		return nil
	}
	list, err := u.tx.Events(ctx, u.events)
	if err != nil {
		return err
	}
	for _, e := range list {
		if e.Over == Retracted {
			s.Blank(e.ID)
		}
		s.Event(e.Event)
		if err := u.tx.Save(ctx, e); err != nil {
			return err
		}
	}
	return u.tx.Rework(ctx, u.events, s)
}
