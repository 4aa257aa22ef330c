package store

import (
	"context"

	"go.opentelemetry.io/otel/propagation"
)

// Trace is the trace that ctx is part of, as W3C traceparent; "" for none. It is
// kept with a message, so that what comes of it is of the same trace, in
// whatever process and however much later.
func Trace(ctx context.Context) string {
	carrier := propagation.MapCarrier{}
	propagation.TraceContext{}.Inject(ctx, carrier)
	return carrier["traceparent"]
}
