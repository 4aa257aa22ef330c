package web

import (
	"net/http"
	"strings"

	"sukien/news"
)

// telling is an article as the event page shows it.
type telling struct {
	ID, Link, Source, ReprintOf string
	Published                   news.Stamp
	Title                       []Piece
	Paragraphs                  [][]Piece
	// Slots are the words for each slot, in the order of the text.
	Slots []news.Evidence
}

func (s *site) event(w http.ResponseWriter, r *http.Request) {
	f := s.frame(r, "event")
	e, err := s.Read.Event(r.Context(), r.PathValue("id"))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	told, err := s.Read.Tellings(r.Context(), e.ID)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	desk, err := s.deskOf(r.Context(), e.ID)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	f.Title = e.Name
	list := tellings(told)
	s.show(w, http.StatusOK, "event", struct {
		frame
		E        *news.Event
		Tellings []telling
		// Said are the slots whose words are marked somewhere below.
		Said map[string]bool
		Desk deskForm
		// Because is why the articles are one event; Alarm what is wrong with its number.
		Because []because
		Alarm   string
	}{f, e, list, said(list), desk, becauseOf(told), s.alarm(e)})
}

func tellings(told []Telling) []telling {
	var out []telling
	for _, t := range told {
		var evidence []news.Evidence
		for _, rec := range t.Records {
			evidence = append(evidence, rec.Evidence...)
		}
		v := telling{ID: t.Article.ID, Published: t.Article.Published, Source: t.Article.Source, ReprintOf: t.Article.ReprintOf, Slots: evidence,
			Paragraphs: Highlight(t.Article.Text, "text", evidence), Link: safeLink(t.Article)}
		if title := Highlight(t.Article.Title, "title", evidence); len(title) > 0 {
			v.Title = title[0]
		}
		out = append(out, v)
	}
	anchor(out)
	return out
}

// anchor gives the first mark of each kind of slot an anchor, so that a slot can
// lead to its words.
func anchor(list []telling) {
	done := map[string]bool{}
	visit := func(pieces []Piece) {
		for i := range pieces {
			if root := pieces[i].Root(); root != "" && !done[root] {
				done[root] = true
				pieces[i].Anchor = "said-" + root
			}
		}
	}
	for i := range list {
		visit(list[i].Title)
		for _, p := range list[i].Paragraphs {
			visit(p)
		}
	}
}

func said(list []telling) map[string]bool {
	out := map[string]bool{}
	for _, t := range list {
		for _, e := range t.Slots {
			out[rootOf(e.Slot)] = true
		}
	}
	return out
}

// rootOf is the slot that a path begins with: "officials" of "officials[1].title".
func rootOf(path string) string {
	if i := strings.IndexAny(path, "[."); i >= 0 {
		path = path[:i]
	}
	return path
}
