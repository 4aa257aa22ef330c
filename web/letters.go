package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"sukien/news"
)

// dead lists what could not be processed.
func (s *site) dead(w http.ResponseWriter, r *http.Request) {
	list, err := s.Read.DeadLetters(r.Context(), 4*pageSize)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.show(w, http.StatusOK, "dead", struct {
		frame
		Letters  []DeadLetter
		Writable bool
		Done     string
	}{s.frame(r, "dead"), list, s.Letters != nil, r.URL.Query().Get("done")})
}

// deadDo sends a letter's message again, or forgets it.
func (s *site) deadDo(w http.ResponseWriter, r *http.Request) {
	do := r.PathValue("do")
	if err := s.letter(r.Context(), r.PathValue("id"), do); err != nil {
		s.fail(w, r, err)
		return
	}
	s.Log.Info("dead letter", "id", r.PathValue("id"), "done", do, "by", analystOf(r.Context()))
	f := s.frame(r, "dead")
	http.Redirect(w, r, f.To("/dead?done="+do), http.StatusSeeOther)
}

func (s *site) letter(ctx context.Context, number, do string) error {
	if s.Letters == nil {
		return errors.Join(news.ErrForbidden, errors.New("this process only reads the store: use the pages of sukien run, or sukien dead"))
	}
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return fmt.Errorf("dead letter %s: %w", number, news.ErrNotFound)
	}
	switch do {
	case "retry":
		return s.Letters.RetryLetter(ctx, id)
	case "drop":
		return s.Letters.DropLetter(ctx, id)
	}
	return fmt.Errorf("%s a dead letter: %w", do, news.ErrNotFound)
}
