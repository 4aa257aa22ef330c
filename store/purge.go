package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"sukien/news"
	"sukien/news/viet"
)

// Purging removes what must not be kept, with all that came of it, and remembers
// by hash that it is not to be stored again.
type Purging interface {
	// Purgeable gives the ids of at most n articles that a purge is about, in the
	// order of their ids, behind one.
	Purgeable(ctx context.Context, p Purge, after string, n int) ([]string, error)
	// PurgeArticle removes an article, or from it what the purge is about. Its
	// events are corrected or retracted, with the messages about it, in the same
	// transaction.
	PurgeArticle(ctx context.Context, id string, p Purge, now time.Time) (Purged, error)
	// Entomb notes what is not to be stored from now on, whether it was or not: an
	// address, a person's name.
	Entomb(ctx context.Context, p Purge, now time.Time) error
}

// Purge is what is to be removed: one of the three.
type Purge struct {
	// URL is an article's address, in canonical form.
	URL string
	// Person is a name as it is written: it is taken out of articles, records and events.
	Person string
	// Before is a day: articles published before it, or saved when they do not say.
	Before time.Time
}

// Purged says what PurgeArticle did.
type Purged struct {
	Records int
	Events  []string // their ids
	Changes map[news.Change]int
}

// Tomb is what is not to be stored again, by hash.
type Tomb struct {
	Key  string
	Kind string // TombArticle or TombPerson
	// Words is how many words a person's name has.
	Words int
}

// The kinds of Tomb.
const (
	TombArticle = "article"
	TombPerson  = "person"
)

// Tombs are what Entomb notes.
func (p Purge) Tombs() []Tomb {
	switch {
	case p.URL != "":
		return []Tomb{{Key: news.ArticleID(p.URL), Kind: TombArticle}}
	case p.Person != "":
		name := wordsOf(p.Person)
		return []Tomb{{Key: personKey(name), Kind: TombPerson, Words: len(name)}}
	}
	return nil
}

// Keys are the tombs' keys under which a page would have been purged.
func (f *Filing) Keys(p SavedPage) []string {
	keys := []string{f.Article.ID}
	for _, u := range []string{f.Article.URL, f.Article.Canonical, p.Page.URL, p.Page.FinalURL} {
		if u != "" {
			keys = append(keys, news.ArticleID(u))
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

func personKey(name []string) string { return news.HashID("person", name...) }

// wordsOf are the words of a text in one spelling each, with their diacritics: of
// two names that differ in a tone one may have to go and the other to stay.
func wordsOf(text string) (list []string) {
	for _, w := range split([]rune(text)) {
		list = append(list, w.key)
	}
	return list
}

// Scrub takes a purge's matter out of what is kept.
type Scrub struct {
	urls   []string
	people []Tomb
	// blank are events that nobody else told of.
	blank map[string]bool
}

// NewScrub takes out an article's addresses and some people's names.
func NewScrub(urls []string, people []Tomb) *Scrub {
	return &Scrub{slices.DeleteFunc(urls, func(u string) bool { return u == "" }), people, map[string]bool{}}
}

// Blank leaves of an event nothing but that it was there.
func (s *Scrub) Blank(event string) { s.blank[event] = true }

// Page masks the people's names in a page that is to be saved, whose raw form is
// then not kept. It answers p itself when none is in it.
func (s *Scrub) Page(p SavedPage) SavedPage {
	a := *p.Article
	a.Captions = slices.Clone(a.Captions)
	if s.Article(&a) {
		p.Article, p.NoArchive = &a, true
	}
	return p
}

// Article masks the names in an article, and tells whether there were any.
func (s *Scrub) Article(a *news.Article) (changed bool) {
	for _, field := range []*string{&a.Title, &a.Lead, &a.Text, &a.Author} {
		changed = s.mask(field) || changed
	}
	for i := range a.Captions {
		changed = s.mask(&a.Captions[i]) || changed
	}
	return changed
}

// Record takes the people out of a record, with the words that say so.
func (s *Scrub) Record(r *news.Record) (changed bool) { return s.slots(&r.Slots) }

// Slots takes the people out of slots.
func (s *Scrub) Slots(r *news.Slots) { s.slots(r) }

// Text masks the people's names in a text.
func (s *Scrub) Text(text *string) { s.mask(text) }

// Address tells whether an address is one that is taken out.
func (s *Scrub) Address(url string) bool { return slices.Contains(s.urls, url) }

func (s *Scrub) slots(r *news.Slots) (changed bool) {
	n := len(r.Officials)
	r.Officials = slices.DeleteFunc(slices.Clone(r.Officials), func(o news.Official) bool { return s.mask(&o.Name) })
	changed = n != len(r.Officials)
	if changed { // its slots are counted by place
		r.Evidence = slices.DeleteFunc(slices.Clone(r.Evidence), func(e news.Evidence) bool { return strings.HasPrefix(e.Slot, "officials") })
	}
	for _, field := range []*string{&r.Name, &r.Theme} {
		changed = s.mask(field) || changed
	}
	for i := range r.Evidence {
		changed = s.mask(&r.Evidence[i].Text) || changed
	}
	return changed
}

// purgedCause stands for an address that is not kept.
const purgedCause = "purged"

// Event takes the addresses and the people out of an event.
func (s *Scrub) Event(e *news.Event) {
	s.slots(&e.Slots)
	if s.blank[e.ID] {
		e.Slots, e.Conflicts = news.Slots{Salience: e.Salience, Kind: e.Kind}, nil
	}
	e.Records = slices.DeleteFunc(slices.Clone(e.Records), func(r news.RecordRef) bool { return slices.Contains(s.urls, r.URL) })
	e.History = slices.Clone(e.History)
	for i := range e.History {
		s.revision(&e.History[i])
	}
}

func (s *Scrub) revision(r *news.Revision) {
	s.mask(&r.Note)
	if slices.Contains(s.urls, r.Cause) {
		r.Cause = purgedCause
	}
}

// Revision is Event for one entry of a history.
func (s *Scrub) Revision(data []byte) (string, error) {
	var r news.Revision
	if err := json.Unmarshal(data, &r); err != nil {
		return "", fmt.Errorf("revision: %w", err)
	}
	s.revision(&r)
	out, err := json.Marshal(r)
	return string(out), err
}

// Message is Event for an event's message.
func (s *Scrub) Message(body []byte) ([]byte, error) {
	if len(body) == 0 {
		return body, nil
	}
	var v envelope
	if err := json.Unmarshal(body, &v); err != nil || v.Data == nil {
		return nil, fmt.Errorf("message: %w", cmp.Or(err, news.ErrInvalid))
	}
	s.Event(v.Data)
	return json.Marshal(v)
}

// word is a word of a text: its runes from and to, in one spelling.
type word struct {
	from, to int
	key      string
}

// mask puts a block for each letter of the people's names, so that the places of
// other words stay as they are. It tells whether there were any.
func (s *Scrub) mask(text *string) bool {
	if len(s.people) == 0 || *text == "" {
		return false
	}
	runes := []rune(*text)
	words := split(runes)
	changed := false
	for _, p := range s.people {
		for i := 0; i+p.Words <= len(words); i++ {
			name := make([]string, p.Words)
			for k := range name {
				name[k] = words[i+k].key
			}
			if p.Words > 0 && personKey(name) == p.Key {
				changed = true
				for at := words[i].from; at < words[i+p.Words-1].to; at++ {
					runes[at] = '█'
				}
			}
		}
	}
	if changed {
		*text = string(runes)
	}
	return changed
}

func split(runes []rune) (list []word) {
	for at := 0; at < len(runes); {
		from := at
		for at < len(runes) && (unicode.IsLetter(runes[at]) || unicode.IsDigit(runes[at]) || unicode.IsMark(runes[at])) {
			at++
		}
		if at > from {
			list = append(list, word{from, at, viet.Key(norm.NFC.String(string(runes[from:at])))})
			continue
		}
		at++
	}
	return list
}
