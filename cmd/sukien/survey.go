package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"sukien/crawler"
	"sukien/crawler/content"
	"sukien/crawler/frontier"
	"sukien/news"
	"sukien/store"
	"sukien/store/sqlite"
)

// survey tells what an outlet's archive has of some days: it goes through the
// lists, with a frontier of its own that is thrown away, and fetches no article
// but those that tell where a list stands. Nothing is stored.
func survey(ctx context.Context, a *app, s *Settings, of *archiveOf, log *slog.Logger) error {
	dir, err := os.MkdirTemp("", "sukien-survey-")
	if err != nil {
		return fmt.Errorf("%w: %w", news.ErrForbidden, err)
	}
	own, err := sqlite.Open(ctx, filepath.Join(dir, "survey.db"))
	if err != nil {
		return errors.Join(err, os.RemoveAll(dir))
	}
	sv := &surveyed{links: links{own}, months: map[string]*month{}}
	if sv.stored, err = openReader(ctx, s); err != nil && !errors.Is(err, news.ErrNotFound) {
		return errors.Join(err, own.Close(), os.RemoveAll(dir))
	}
	err = sv.walk(ctx, a, s, of, log)
	if sv.stored != nil {
		err = errors.Join(err, sv.stored.Close())
	}
	return errors.Join(err, own.Close(), os.RemoveAll(dir))
}

// surveyed is the frontier of a survey: of articles it only keeps the count.
type surveyed struct {
	links
	stored store.Store // nil when there is none yet
	mu     sync.Mutex
	months map[string]*month
}

// month counts the article addresses of a month, and those that are stored.
type month struct{ found, stored int }

// Add is of frontier.Frontier. Articles are made known, so that each counts once,
// and are never due.
func (s *surveyed) Add(ctx context.Context, list []frontier.Link) (int, error) {
	fresh := 0
	groups := map[string][]frontier.Link{}
	for _, l := range list {
		key := ""
		if l.Kind == frontier.KindArticle {
			key, l.Due = monthOf(l), time.Time{}
		}
		groups[key] = append(groups[key], l)
	}
	for key, links := range groups {
		n, err := s.links.Add(ctx, links)
		if fresh += n; err != nil {
			return fresh, err
		}
		if key != "" && n > 0 {
			if err := s.count(ctx, key, links, n); err != nil {
				return fresh, err
			}
		}
	}
	return fresh, nil
}

func (s *surveyed) count(ctx context.Context, key string, links []frontier.Link, n int) error {
	have := 0
	for _, l := range links {
		if s.stored == nil {
			break
		}
		switch _, err := s.stored.Article(ctx, news.ArticleID(l.URL)); {
		case err == nil:
			have++
		case !errors.Is(err, news.ErrNotFound):
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.months[key]
	if m == nil {
		m = &month{}
		s.months[key] = m
	}
	m.found, m.stored = m.found+n, m.stored+min(have, n)
	return nil
}

// monthOf is the month that a list says of an article.
func monthOf(l frontier.Link) string {
	for _, t := range []time.Time{l.Published, l.Modified} {
		if !t.IsZero() {
			return t.In(news.Hanoi).Format("2006-01")
		}
	}
	return "not told"
}

// Page is of crawler.Sink: nothing is kept.
func (s *surveyed) Page(context.Context, *frontier.Lease, frontier.Link, *news.Page, *content.Result, frontier.Outcome) (bool, error) {
	return false, nil
}

func (s *surveyed) walk(ctx context.Context, a *app, settings *Settings, of *archiveOf, log *slog.Logger) error {
	cfg := crawlerConfig(settings, nil)
	cfg.Sources, cfg.Log = append(cfg.Sources, of.source), log
	c, err := crawler.New(cfg, s, s)
	if err != nil {
		return misuseIf(err, news.ErrInvalid)
	}
	lists := func() string {
		st := c.Stats()
		return fmt.Sprintf("%d lists, %d of other days passed by, %d article addresses, %d failures", st.Pages, st.PassedBy, st.Archived, total(st.Failures))
	}
	stop := every(a.err, lists)
	for _, way := range of.ways {
		if err = c.Backfill(ctx, s, of.source.Domain, of.days, way); err != nil || c.Stats().Archived > 0 && !of.asked {
			break
		}
	}
	stop()
	if err != nil {
		return err
	}
	var rows [][]string
	sum := month{}
	for _, key := range sortedKeys(s.months) {
		m := s.months[key]
		rows = append(rows, []string{key, strconv.Itoa(m.found), strconv.Itoa(m.stored)})
		sum.found, sum.stored = sum.found+m.found, sum.stored+m.stored
	}
	rows = append(rows, []string{"all", strconv.Itoa(sum.found), strconv.Itoa(sum.stored)})
	if err := table(a.out, []string{"MONTH", "ARTICLES", "STORED"}, rows); err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.err, lists())
	return err
}
