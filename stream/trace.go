package stream

import (
	"context"
	"strings"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// traceHeader is the header of a message that names the trace it is part of
// (W3C Trace Context).
const traceHeader = "traceparent"

// sending begins the span of sending a message and puts it into the message's
// header, so that who takes the message goes on in the same trace. verb is how it
// is sent. Where nothing is traced the message stays as it is.
func (s *Stream) sending(ctx context.Context, verb string, m *nats.Msg) (context.Context, trace.Span) {
	ctx, span := s.tracer.Start(ctx, spanName(verb, m.Subject), trace.WithSpanKind(trace.SpanKindProducer),
		trace.WithAttributes(messageAttributes("send", m.Subject, m.Header.Get(jetstream.MsgIDHeader))...))
	carrier := propagation.MapCarrier{}
	propagation.TraceContext{}.Inject(ctx, carrier)
	if at := carrier[traceHeader]; at != "" {
		m.Header.Set(traceHeader, at)
	}
	return ctx, span
}

// receiving begins the span of a stage's work on a delivery.
func (s *Stream) receiving(ctx context.Context, stage string, d Delivery) (context.Context, trace.Span) {
	return s.tracer.Start(within(ctx, d.Trace), spanName(stage, d.Subject), trace.WithSpanKind(trace.SpanKindConsumer),
		trace.WithAttributes(messageAttributes("process", d.Subject, d.ID)...))
}

// within is ctx in the trace of a traceparent, ctx itself for none.
func within(ctx context.Context, traceparent string) context.Context {
	if traceparent == "" {
		return ctx
	}
	return propagation.TraceContext{}.Extract(ctx, propagation.MapCarrier{traceHeader: traceparent})
}

// over ends a span by what came of it.
func over(span trace.Span, err error) {
	if err != nil {
		span.SetStatus(codes.Error, err.Error())
	}
	span.End()
}

// spanName is the verb and what kind of message: the first two tokens of its subject.
func spanName(verb, subject string) string {
	tokens := strings.SplitN(subject, ".", 3)
	return verb + " " + strings.Join(tokens[:min(len(tokens), 2)], ".")
}

// messageAttributes are those of OpenTelemetry's conventions for messaging.
func messageAttributes(operation, subject, id string) []attribute.KeyValue {
	return []attribute.KeyValue{
		attribute.String("messaging.system", "nats"), attribute.String("messaging.operation.type", operation),
		attribute.String("messaging.destination.name", subject), attribute.String("messaging.message.id", id),
	}
}
