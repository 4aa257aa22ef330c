package crawler

import (
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

// span begins a span of a trace: what the visitor does until it calls the
// function with what came of it is part of that span. A link's visit is a trace
// of its own, from its URL on.
func (v *visitor) span(name, url string) (end func(error)) {
	outer := v.work
	ctx, span := v.c.cfg.Tracer.Start(outer, name, trace.WithAttributes(attribute.String("url.full", url)))
	v.work = ctx
	return func(err error) {
		if err != nil {
			span.SetStatus(codes.Error, err.Error())
		}
		span.End()
		v.work = outer
	}
}
