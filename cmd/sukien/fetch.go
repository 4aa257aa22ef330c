package main

import (
	"context"
	"strings"

	"sukien/crawler"
	"sukien/crawler/source"
	"sukien/crawler/warc"
	"sukien/news"
)

// crawlerConfig is what the settings say of fetching.
func crawlerConfig(s *Settings, sources []*source.Source) crawler.Config {
	var private []string
	for _, p := range strings.Split(s.Crawler.AllowPrivate, ",") {
		if p = strings.TrimSpace(p); p != "" {
			private = append(private, p)
		}
	}
	return crawler.Config{
		Sources: sources, UserAgent: s.Crawler.UserAgent, Proxy: s.Crawler.Proxy, CAFile: s.Crawler.CAFile,
		AllowPrivate: private, Workers: s.Crawler.Workers,
		Limits: crawler.Limits{Body: s.Crawler.MaxBody, Total: s.Crawler.Timeout},
	}
}

// openArchive opens the folder that gets what is fetched, nil when none is set.
func openArchive(s *Settings) (*warc.Writer, error) {
	if s.Crawler.WarcDir == "" {
		return nil, nil
	}
	return warc.Open(s.Crawler.WarcDir, warc.Options{MaxSize: s.Crawler.WarcSize, Software: "sukien/" + version, UserAgent: s.Crawler.UserAgent})
}

// fetcher fetches single pages as politely as the crawler does.
func (a *app) fetcher(s *Settings) (func(context.Context, string) (*news.Page, error), error) {
	f, err := crawler.NewFetcher(crawlerConfig(s, nil))
	if err != nil {
		return nil, misuseIf(err, news.ErrInvalid)
	}
	return f.Fetch, nil
}
