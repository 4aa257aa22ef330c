package main

import (
	"compress/gzip"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	collector "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	"google.golang.org/protobuf/proto"
	"sukien/crawler/crawlertest"
	"sukien/stream"
)

// pageToMessage are the spans of the way of a page, in their order: the name of
// each with that of the span which it is part of.
var pageToMessage = []string{
	"crawl <", "fetch < crawl", "strip < crawl", "store < crawl", "outbox sukien.article < store", "extract sukien.article < outbox sukien.article",
	"publish sukien.record < extract sukien.article", "store sukien.record < publish sukien.record", "outbox sukien.event < store sukien.record",
}

// ways are the traces that have all of pageToMessage; spans are trace, id,
// parent and name.
func ways(spans [][4]string) (whole []string) {
	names, of := map[string]string{}, map[string][]string{}
	for _, s := range spans {
		names[s[0]+s[1]] = s[3]
	}
	for _, s := range spans {
		of[s[0]] = append(of[s[0]], strings.TrimSpace(s[3]+" < "+names[s[0]+s[2]]))
	}
	for id, steps := range of {
		if !slices.ContainsFunc(pageToMessage, func(step string) bool { return !slices.Contains(steps, step) }) {
			whole = append(whole, id)
		}
	}
	return whole
}

func TestTraceFromURLToMessage(t *testing.T) {
	w := newWorld(t, crawlertest.Options{Now: at})
	s, _, err := loadSettings("", w.env, nil)
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	spans := tracetest.NewInMemoryExporter()
	traces := sdktrace.NewTracerProvider(sdktrace.WithSyncer(spans))
	p, err := openPipeline(t.Context(), s, log, []string{roleCrawl, roleExtract, roleStore}, tracing{traces, traces.ForceFlush})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.run(t.Context(), []string{roleCrawl, roleExtract, roleStore}, true); err != nil {
		t.Fatal(err)
	}
	if err := p.close(); err != nil {
		t.Fatal(err)
	}
	var list [][4]string
	for _, s := range spans.GetSpans() {
		list = append(list, [4]string{s.SpanContext.TraceID().String(), s.SpanContext.SpanID().String(), s.Parent.SpanID().String(), s.Name})
	}
	whole := ways(list)
	if len(whole) == 0 {
		t.Fatalf("no trace goes from URL to message: %d spans", len(list))
	}
	for _, trace := range w.traces() {
		if !slices.Contains(whole, trace) {
			t.Errorf("a message is of trace %q, which does not go from URL to message", trace)
		}
	}
}

// traces are those that the event messages in the stream name.
func (w *world) traces() (list []string) {
	w.t.Helper()
	s, err := stream.Open(w.t.Context(), stream.Config{Dir: w.data(), Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		w.t.Fatal(err)
	}
	defer s.Close()
	depths, err := s.Depths(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	i := slices.IndexFunc(depths, func(d stream.Depth) bool { return d.Stream == stream.Events })
	ctx, stop := context.WithCancel(w.t.Context())
	defer stop()
	err = s.Watch(ctx, stream.Watch{Since: at.AddDate(-1, 0, 0)}, nil, func(d stream.Delivery) error {
		parts := strings.Split(d.Trace, "-")
		if len(parts) != 4 {
			parts = []string{"", d.Trace}
		}
		if list = append(list, parts[1]); len(list) == int(depths[i].Messages) {
			stop()
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

// receiver is an OTLP receiver over HTTP.
type receiver struct {
	*httptest.Server
	mu      sync.Mutex
	spans   [][4]string
	service string
}

func newReceiver(t *testing.T) *receiver {
	r := &receiver{}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if err := r.take(q); err != nil {
			t.Error(err)
			w.WriteHeader(http.StatusBadRequest)
		}
	}))
	t.Cleanup(r.Close)
	return r
}

func (r *receiver) take(q *http.Request) error {
	body := io.Reader(q.Body)
	if q.Header.Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(body)
		if err != nil {
			return err
		}
		body = z
	}
	data, err := io.ReadAll(body)
	if err != nil {
		return err
	}
	var got collector.ExportTraceServiceRequest
	if err := proto.Unmarshal(data, &got); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, res := range got.ResourceSpans {
		for _, a := range res.Resource.Attributes {
			if a.Key == "service.name" {
				r.service = a.Value.GetStringValue()
			}
		}
		for _, scope := range res.ScopeSpans {
			for _, s := range scope.Spans {
				r.spans = append(r.spans, [4]string{string(s.TraceId), string(s.SpanId), string(s.ParentSpanId), s.Name})
			}
		}
	}
	return nil
}

func TestTracesByOTLP(t *testing.T) {
	r := newReceiver(t)
	w := newWorld(t, crawlertest.Options{Now: at})
	w.env = append(w.env, "OTEL_EXPORTER_OTLP_ENDPOINT="+r.URL, "OTEL_SERVICE_NAME=sukien-thu", "OTEL_EXPORTER_OTLP_COMPRESSION=gzip")
	w.sukien("run", "--once")
	if n := len(ways(r.spans)); n == 0 || r.service != "sukien-thu" {
		t.Errorf("%d of %d spans' traces go from URL to message, of service %q", n, len(r.spans), r.service)
	}
	got := len(r.spans)
	w.env = append(w.env, "OTEL_SDK_DISABLED=true", "SUKIEN_DATA_DIR="+filepath.Join(w.dir, "other"))
	w.sukien("run", "--once")
	if len(r.spans) != got {
		t.Errorf("%d spans came of a process that is not to trace", len(r.spans)-got)
	}
}

func TestTracingAsked(t *testing.T) {
	for _, row := range []struct {
		name, key, value, says string
	}{
		{"another exporter", "OTEL_TRACES_EXPORTER", "zipkin", "write otlp or none"},
		{"another protocol", "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", "http/protobuf"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
			t.Setenv(row.key, row.value)
			if _, err := newTracing(t.Context(), slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), row.says) {
				t.Errorf("said %v, want %q", err, row.says)
			}
		})
	}
}
