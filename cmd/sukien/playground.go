package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"sukien/crawler/content"
	"sukien/extractor"
	"sukien/news"
	"sukien/news/lexicon"
	"sukien/web"
)

// teach gives the pages what they need of store, lexicons and rules: the rules in
// force where this process extracts, else those of the settings, loaded when they
// are asked for first.
func (p *pipeline) teach(cfg *web.Config) error {
	lex, err := loadLexicon(p.settings)
	if err != nil {
		return err
	}
	cfg.Read = shelf{p.store, lex}
	series, officials := lex.All("series"), lex.All(lexicon.Officials)
	cfg.Series = func() []*lexicon.Entry { return series }
	cfg.Officials = func() []*lexicon.Entry { return officials }
	own := sync.OnceValues(func() (*extractor.Extractor, error) { return newExtractor(p.settings) })
	cfg.Explain = func(_ context.Context, s web.Sample) (web.Reading, error) {
		ext := p.ext.Load()
		if ext == nil {
			var err error
			if ext, err = own(); err != nil {
				return web.Reading{}, err
			}
		}
		return explainSample(ext, s)
	}
	return nil
}

// explainSample reads a pasted text as extract --text reads one.
func explainSample(ext *extractor.Extractor, s web.Sample) (web.Reading, error) {
	if err := s.Published.Check(); err != nil {
		return web.Reading{}, err
	}
	if strings.TrimSpace(s.Title+s.Text) == "" {
		return web.Reading{}, fmt.Errorf("%w: nothing to read: paste a title or a text", news.ErrInvalid)
	}
	a, err := sampleArticle(s)
	if err != nil {
		return web.Reading{}, err
	}
	x := ext.Explain(a)
	out := web.Reading{Article: a, Pack: x.Pack}
	for _, m := range x.Meetings {
		w := web.Weighed{Name: m.Name, Main: m.Main, Score: m.Score, Record: m.Record}
		for _, f := range m.Features {
			w.Features = append(w.Features, web.Feature(f))
		}
		out.Meetings = append(out.Meetings, w)
	}
	for _, f := range x.Fired {
		out.Fired = append(out.Fired, web.Fired{Rule: f.Rule, Phase: f.Phase, Text: f.Text, In: f.In, From: f.From, To: f.To})
	}
	for _, n := range x.Nearest {
		out.Nearest = append(out.Nearest, web.NearMiss{Rule: n.Rule, Matched: n.Matched, At: n.At, Guard: n.Guard, Column: n.Column})
	}
	return out, nil
}

// sampleArticle is the text as the stripping of pages gives it, its title the
// one that was given, if any.
func sampleArticle(s web.Sample) (*news.Article, error) {
	text := s.Text
	if s.Title != "" {
		text = s.Title + "\n\n" + text
	}
	res, err := content.Strip(news.Page{Body: []byte(text), Text: true, Fetched: time.Now()}, content.Options{})
	if err != nil {
		return nil, err
	}
	a := res.Article
	if s.Published != "" {
		a.Published, a.PublishedBasis = s.Published, news.BasisNone
	}
	return a, nil
}
