package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
	"go.opentelemetry.io/otel/trace/noop"
	"sukien/news"
)

// tracesWait bounds the sending of the last spans when a process ends.
const tracesWait = 5 * time.Second

// tracing gives the stages their tracers: a trace is the way of a page from its
// URL to the messages about its events.
type tracing struct {
	trace.TracerProvider
	close func(context.Context) error
}

// newTracing sends traces where the standard variables say: nothing is traced
// unless OTEL_EXPORTER_OTLP_ENDPOINT (or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) is
// set, or OTEL_TRACES_EXPORTER is otlp. The SDK reads the others itself: headers,
// time limits, service name, sampler, batches. news.ErrInvalid for an exporter or
// protocol that there is not.
func newTracing(ctx context.Context, log *slog.Logger) (tracing, error) {
	on, err := tracesWanted()
	if err != nil || !on {
		return tracing{noop.NewTracerProvider(), func(context.Context) error { return nil }}, err
	}
	out, err := otlptracehttp.New(ctx)
	if err != nil {
		return tracing{}, misuse{fmt.Errorf("%w: OTLP exporter: %w", news.ErrInvalid, err)}
	}
	about, err := resource.New(ctx, resource.WithTelemetrySDK(), resource.WithHost(),
		resource.WithAttributes(attribute.String("service.name", "sukien"), attribute.String("service.version", version)), resource.WithFromEnv())
	if err != nil && !errors.Is(err, resource.ErrPartialResource) {
		return tracing{}, misuse{fmt.Errorf("%w: OTEL_RESOURCE_ATTRIBUTES: %w", news.ErrInvalid, err)}
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { log.Warn("traces", "error", err) }))
	p := sdktrace.NewTracerProvider(sdktrace.WithBatcher(out), sdktrace.WithResource(about))
	return tracing{p, p.Shutdown}, nil
}

// tracesWanted reads the variables that turn tracing on.
func tracesWanted() (bool, error) {
	if strings.EqualFold(os.Getenv("OTEL_SDK_DISABLED"), "true") {
		return false, nil
	}
	at := os.Getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") + os.Getenv("OTEL_EXPORTER_OTLP_ENDPOINT")
	switch exporter := os.Getenv("OTEL_TRACES_EXPORTER"); {
	case exporter == "none", exporter == "" && at == "":
		return false, nil
	case exporter != "" && exporter != "otlp":
		return false, misuse{fmt.Errorf("%w: OTEL_TRACES_EXPORTER=%s: write otlp or none", news.ErrInvalid, exporter)}
	}
	for _, name := range []string{"OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"} {
		if p := os.Getenv(name); p != "" && p != "http/protobuf" {
			return false, misuse{fmt.Errorf("%w: %s=%s: traces go by http/protobuf", news.ErrInvalid, name, p)}
		}
	}
	return true, nil
}

// end sends what is left.
func (t tracing) end() error {
	if t.close == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), tracesWait)
	defer cancel()
	return t.close(ctx)
}
