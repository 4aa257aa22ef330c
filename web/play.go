package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"

	"sukien/news"
)

// playPage is the rule playground.
type playPage struct {
	frame
	Sample Sample
	// Able tells whether this process has rules.
	Able  bool
	Read  *Reading
	Found []playMeeting
	Head  []Piece
	Text  [][]Piece
	Wrong string
}

// playMeeting is a gathering with its record as JSON.
type playMeeting struct {
	Weighed
	JSON string
}

// playground shows the form, filled with an article's text for ?article=ID.
func (s *site) playground(w http.ResponseWriter, r *http.Request) {
	page := playPage{frame: s.frame(r, "play"), Able: s.Explain != nil}
	if id := page.Query.Get("article"); id != "" {
		a, err := s.Read.Article(r.Context(), id)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		page.Sample = Sample{Title: a.Title, Text: a.Text, Published: a.Published}
		s.explain(w, r, page)
		return
	}
	s.show(w, http.StatusOK, "play", page)
}

// play reads a pasted text.
func (s *site) play(w http.ResponseWriter, r *http.Request) {
	if err := formOf(r); err != nil {
		s.fail(w, r, err)
		return
	}
	page := playPage{frame: s.frame(r, "play"), Able: s.Explain != nil}
	page.Sample = Sample{Title: r.PostForm.Get("title"), Text: r.PostForm.Get("text"), Published: news.Stamp(r.PostForm.Get("published"))}
	s.explain(w, r, page)
}

func (s *site) explain(w http.ResponseWriter, r *http.Request, page playPage) {
	if s.Explain == nil {
		s.show(w, http.StatusOK, "play", page)
		return
	}
	reading, err := s.Explain(r.Context(), page.Sample)
	status := statusOf(err)
	switch {
	case err == nil:
		status = http.StatusOK
		page.fill(&reading)
	case status == http.StatusInternalServerError:
		s.fail(w, r, err)
		return
	default:
		page.Wrong = err.Error()
	}
	s.show(w, status, "play", page)
}

func (p *playPage) fill(x *Reading) {
	p.Read = x
	var evidence []news.Evidence
	for _, m := range x.Meetings {
		p.Found = append(p.Found, playMeeting{m, recordJSON(m.Record)})
		evidence = append(evidence, m.Record.Evidence...)
	}
	p.Head = nil
	if title := Highlight(x.Article.Title, "title", evidence); len(title) > 0 {
		p.Head = title[0]
	}
	p.Text = Highlight(x.Article.Text, "text", evidence)
}

// recordJSON is a record for a person to read, without its evidence, which is
// marked in the text; empty for one that is none.
func recordJSON(r news.Record) string {
	if r.Name == "" && r.Kind == "" {
		return ""
	}
	r.Evidence = nil
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(r); err != nil {
		return errors.Join(news.ErrInvalid, err).Error()
	}
	return out.String()
}
