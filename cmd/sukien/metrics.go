package main

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"sukien/store"
)

// metricsWait bounds what one scrape asks of store and stream.
const metricsWait = 10 * time.Second

// metrics tells Prometheus how the system does. It keeps only counts of pushes:
// all else is asked of stages, store and stream when it is scraped.
type metrics struct {
	p *pipeline

	mu     sync.Mutex
	pushed map[[2]string]int // by search and outcome
	series lookedAt
}

// lookedAt is what was counted in the series when they were last read.
type lookedAt struct {
	mu sync.Mutex
	n  editions
	at time.Time
}

// seriesEvery is how often the series are read anew for a scrape: all their events are.
const seriesEvery = 10 * time.Minute

// gauge describes a metric: sukien_NAME.
func gauge(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("sukien_"+name, help, labels, nil)
}

// metric are all descriptions, by what the shipped dashboard calls them.
var metric = struct {
	up, pages, articles, links, bytes, failures                        *prometheus.Desc
	extracted, stored, changes, unsent, dead, queue, unacked           *prometheus.Desc
	due, yield, sourceErrors, sourceArticles, findings, rest, delay    *prometheus.Desc
	pushes, pushWaiting, pushFailing, pushLag, streamBytes, sourcePage *prometheus.Desc
	series                                                             *prometheus.Desc
}{
	up:             gauge("up", "Whether a part of the system answered this scrape.", "part"),
	pages:          gauge("crawl_pages_total", "Answers with content, by outcome.", "outcome"),
	articles:       gauge("crawl_articles_total", "Articles found."),
	links:          gauge("crawl_links_total", "Links that became known."),
	bytes:          gauge("crawl_bytes_total", "Decompressed bytes fetched."),
	failures:       gauge("crawl_failures_total", "Failed fetches by class.", "class"),
	extracted:      gauge("extract_records_total", "Records that were stored."),
	stored:         gauge("store_rows", "What the store holds.", "what"),
	changes:        gauge("store_messages_total", "Event messages written, by change.", "change"),
	unsent:         gauge("store_unsent", "Messages in the outbox."),
	dead:           gauge("store_dead_letters", "Messages that could not be processed."),
	queue:          gauge("stream_pending", "Messages not given to a consumer yet.", "stream", "consumer"),
	unacked:        gauge("stream_unacked", "Messages given and not settled.", "stream", "consumer"),
	streamBytes:    gauge("stream_bytes", "Size of a stream.", "stream"),
	due:            gauge("source_links_due", "Links that are due.", "source"),
	yield:          gauge("source_last_yield_timestamp_seconds", "When an outlet last gave a new article.", "source"),
	sourceErrors:   gauge("source_errors_24h", "Failures of a day by class.", "source", "class"),
	sourceArticles: gauge("source_articles_24h", "New articles of a day.", "source"),
	sourcePage:     gauge("source_pages_24h", "Answers with content of a day.", "source"),
	findings:       gauge("source_findings", "What the operator should look at.", "source", "kind"),
	rest:           gauge("source_rests_until_timestamp_seconds", "Until when no host of an outlet is asked; absent when they are.", "source"),
	delay:          gauge("source_delay_seconds", "From publication to message, over 7 days.", "source"),
	series:         gauge("series", "Series of meetings to look at: alarms (events whose number and date contradict the editions known), overdue.", "what"),
	pushes:         gauge("push_total", "Pushes by what became of them: held, sent, failed, buried.", "search", "outcome"),
	pushWaiting:    gauge("push_waiting", "Messages that wait to be pushed.", "search"),
	pushFailing:    gauge("push_failing", "Messages that were pushed in vain at least once.", "search"),
	pushLag:        gauge("push_lag_seconds", "How long the first waiting message has been due.", "search"),
}

func newMetrics(p *pipeline) *metrics { return &metrics{p: p, pushed: map[[2]string]int{}} }

// handler serves /metrics.
func (m *metrics) handler() http.Handler {
	reg := prometheus.NewRegistry()
	reg.MustRegister(m, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return promhttp.HandlerFor(reg, promhttp.HandlerOpts{MaxRequestsInFlight: 2, Timeout: 2 * metricsWait})
}

// tell counts a push.
func (m *metrics) tell(search, outcome string, n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pushed[[2]string{search, outcome}] += n
}

// Describe is of prometheus.Collector: what there is depends on roles and outlets.
func (m *metrics) Describe(chan<- *prometheus.Desc) {}

// Collect is of prometheus.Collector.
func (m *metrics) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), metricsWait)
	defer cancel()
	out := scrape{ch, m.p}
	out.crawl()
	out.changes()
	out.ask("store", func() error { return out.storeRows(ctx) })
	out.ask("sources", func() error { return out.sources(ctx) })
	out.ask("push", func() error { return out.pushDepths(ctx) })
	out.ask("series", func() error { return m.editions(ctx, out) })
	if m.p.stream != nil {
		out.ask("stream", func() error { return out.streams(ctx) })
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for key, n := range m.pushed {
		out.count(metric.pushes, float64(n), key[0], key[1])
	}
}

// editions tells what is to be looked at in the series.
func (m *metrics) editions(ctx context.Context, out scrape) error {
	m.series.mu.Lock()
	defer m.series.mu.Unlock()
	if now := time.Now(); now.Sub(m.series.at) >= seriesEvery {
		n, err := editionsIn(ctx, m.p.settings, m.p.store, now)
		if err != nil {
			return err
		}
		m.series.n, m.series.at = n, now
	}
	out.level(metric.series, float64(m.series.n.Alarms), "alarms")
	out.level(metric.series, float64(m.series.n.Overdue), "overdue")
	return nil
}

// scrape is one answer to Prometheus.
type scrape struct {
	ch chan<- prometheus.Metric
	p  *pipeline
}

func (s scrape) count(d *prometheus.Desc, v float64, labels ...string) {
	s.ch <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, v, labels...)
}

func (s scrape) level(d *prometheus.Desc, v float64, labels ...string) {
	s.ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
}

// ask runs a part, whose failure is a metric too.
func (s scrape) ask(part string, do func() error) {
	up := 1.0
	if err := do(); err != nil {
		s.p.log.Warn("metrics", "part", part, "error", err)
		up = 0
	}
	s.level(metric.up, up, part)
}

func (s scrape) crawl() {
	if s.p.crawler == nil {
		return
	}
	st := s.p.crawler.Stats()
	s.count(metric.pages, float64(st.Pages), "content")
	s.count(metric.pages, float64(st.Unchanged), "unchanged")
	s.count(metric.articles, float64(st.Articles))
	s.count(metric.links, float64(st.Links))
	s.count(metric.bytes, float64(st.Bytes))
	for class, n := range st.Failures {
		s.count(metric.failures, float64(n), class)
	}
}

func (s scrape) changes() {
	s.count(metric.extracted, float64(s.p.records.Load()))
	s.p.mu.Lock()
	changes := maps.Clone(s.p.changes)
	s.p.mu.Unlock()
	for c, n := range changes {
		s.count(metric.changes, float64(n), string(c))
	}
}

func (s scrape) storeRows(ctx context.Context) error {
	c, err := s.p.store.Counts(ctx)
	if err != nil {
		return err
	}
	for what, n := range map[string]int{"articles": c.Articles, "unextracted": c.Unextracted, "records": c.Records, "events": c.Events, "mentions": c.Mentions} {
		s.level(metric.stored, float64(n), what)
	}
	s.level(metric.unsent, float64(c.Unsent))
	s.level(metric.dead, float64(c.Dead))
	return nil
}

func (s scrape) streams(ctx context.Context) error {
	depths, err := s.p.stream.Depths(ctx)
	if err != nil {
		return err
	}
	for _, d := range depths {
		name := strings.ToLower(strings.TrimPrefix(d.Stream, "SUKIEN_"))
		s.level(metric.streamBytes, float64(d.Bytes), name)
		for _, c := range d.Consumers {
			s.level(metric.queue, float64(c.Pending), name, c.Name)
			s.level(metric.unacked, float64(c.Unacked), name, c.Name)
		}
	}
	return nil
}

func (s scrape) sources(ctx context.Context) error {
	now := time.Now()
	links, err := s.p.store.LinkCounts(ctx, now)
	if err != nil {
		return err
	}
	for _, c := range links {
		s.level(metric.due, float64(c.Due), c.Source)
	}
	health, err := s.p.store.SourceHealth(ctx, now)
	if err != nil {
		return err
	}
	for _, h := range health {
		s.source(h, now)
	}
	return nil
}

func (s scrape) source(h store.SourceHealth, now time.Time) {
	if !h.LastYield.IsZero() {
		s.level(metric.yield, float64(h.LastYield.Unix()), h.Source)
	}
	s.level(metric.sourceArticles, float64(h.Articles), h.Source)
	s.level(metric.sourcePage, float64(h.Pages), h.Source)
	for class, n := range h.Errors {
		s.level(metric.sourceErrors, float64(n), h.Source, class)
	}
	findings := map[string]int{}
	for _, f := range h.Findings {
		findings[f.Kind]++
	}
	for kind, n := range findings {
		s.level(metric.findings, float64(n), h.Source, kind)
	}
	var rest time.Time
	for _, host := range h.Hosts {
		if host.Rest.After(rest) {
			rest = host.Rest
		}
	}
	if rest.After(now) {
		s.level(metric.rest, float64(rest.Unix()), h.Source)
	}
	s.delays(h)
}

// delays is the distribution from publication to message. The store counts by
// bounds, so that the sum is what the bounds say: an upper bound.
func (s scrape) delays(h store.SourceHealth) {
	if h.Delay.Messages == 0 {
		return
	}
	buckets, n, sum := map[float64]uint64{}, uint64(0), 0.0
	for _, bound := range slices.Sorted(maps.Keys(h.Delay.Buckets)) {
		n += uint64(h.Delay.Buckets[bound])
		sum += float64(bound) * float64(h.Delay.Buckets[bound])
		buckets[float64(bound)] = n
	}
	s.ch <- prometheus.MustNewConstHistogram(metric.delay, n, sum, buckets, h.Source)
}

func (s scrape) pushDepths(ctx context.Context) error {
	depths, err := s.p.store.PushDepths(ctx)
	if err != nil {
		return err
	}
	for _, d := range depths {
		s.level(metric.pushWaiting, float64(d.Waiting), d.Search)
		s.level(metric.pushFailing, float64(d.Failing), d.Search)
		s.level(metric.pushLag, max(time.Since(d.Oldest).Seconds(), 0), d.Search)
	}
	return nil
}
