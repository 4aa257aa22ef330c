package web

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"sukien/news"
	"sukien/store"
)

// Desk takes analysts' corrections; it is the store's Corrections.
type Desk interface {
	Correct(ctx context.Context, c store.Correction, now time.Time) (store.Corrected, error)
	Decisions(ctx context.Context, event string) ([]store.Decision, error)
}

// editable are the slots of the edit form, and how their values are written.
var editable = []struct{ Slot, Example string }{
	{"name", "Hội nghị …"}, {"kind", "conference"}, {"level", "province"}, {"status", "postponed"}, {"mode", "online"},
	{"start", "2026-11-24"}, {"end", "2026-11-25"}, {"start_time", "08:30"}, {"theme", ""}, {"series", "amm"}, {"ordinal", "6"},
	{"places", "Huế|city|VN; Hà Nội|city|VN"}, {"organizers", "Bộ Xây dựng"}, {"officials", "Đỗ Thị Mẫu|Thứ trưởng|Bộ Xây dựng|VN|chair"}, {"parent", "Tuần lễ Nước|2"},
}

// deskForm is what the event page needs for corrections.
type deskForm struct {
	// Able tells whether corrections are taken here.
	Able bool
	// ID makes a form that is sent twice one correction.
	ID        string
	Slots     []struct{ Slot, Example string }
	Decisions []store.Decision
}

// deskOf is the form for an event. The decisions that still hold come first.
func (s *site) deskOf(ctx context.Context, event string) (deskForm, error) {
	if s.Desk == nil {
		return deskForm{}, nil
	}
	list, err := s.Desk.Decisions(ctx, event)
	slices.Reverse(list)
	return deskForm{Able: true, ID: "w" + rand.Text(), Slots: editable, Decisions: list}, err
}

// correct carries out a correction that a form asks for.
func (s *site) correct(w http.ResponseWriter, r *http.Request) {
	if err := formOf(r); err != nil {
		s.fail(w, r, err)
		return
	}
	c, err := s.correctionOf(r)
	var done store.Corrected
	if err == nil {
		done, err = s.Desk.Correct(r.Context(), c, s.Now())
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.Log.Info("correction", "event", c.Event, "action", c.Action, "by", c.By, "revision", done.Revision)
	to := s.frame(r, "event").To("/events/" + url.PathEscape(c.Event) + "?done=" + url.QueryEscape(string(c.Action)))
	if done.Split != "" {
		to += "&split=" + url.QueryEscape(done.Split)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// correctionOf reads a form. Who decides is the analyst whose token was given;
// where no tokens are asked for, the name that was written.
func (s *site) correctionOf(r *http.Request) (store.Correction, error) {
	f := r.PostForm
	c := store.Correction{ID: f.Get("id"), Action: store.Action(f.Get("action")), Event: r.PathValue("id"), Note: strings.TrimSpace(f.Get("note")), By: analystOf(r.Context())}
	switch {
	case s.Desk == nil:
		return c, errors.Join(news.ErrForbidden, errors.New("this process only reads the store: use the pages of sukien run, or sukien events edit"))
	case c.By == "" && s.Tokens != nil:
		return c, errToken
	case c.By == "":
		c.By = strings.TrimSpace(f.Get("by"))
	}
	if c.By == "" {
		return c, errors.Join(news.ErrInvalid, errors.New("write who decides: corrections are kept with a name"))
	}
	switch c.Action {
	case store.Edit:
		c.Edits = []string{f.Get("slot") + f.Get("how") + strings.TrimSpace(f.Get("value"))}
	case store.Merge:
		c.Others = strings.FieldsFunc(f.Get("others"), func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '\n' })
		for i, o := range c.Others {
			c.Others[i] = eventID(o)
		}
	case store.Split:
		c.Articles = f["article"]
	case store.Undo:
		n, err := strconv.Atoi(f.Get("revision"))
		if err != nil {
			return c, fmt.Errorf("%w: revision %q is no number", news.ErrInvalid, f.Get("revision"))
		}
		c.Revision = n
	}
	return c, nil
}

// eventID is the id in an event page's address, or the text itself.
func eventID(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return text
	}
	if _, id, ok := strings.Cut(u.Path, "/events/"); ok {
		return id
	}
	return text
}
