// Package stream carries messages between the stages and to analysts over NATS
// JetStream: an embedded server in the process, or a cluster at a URL.
//
//	server.go   the embedded server
//	access.go   who may use it, and as what
//	analysts.go analysts: event messages and nothing else
//	stream.go   connecting, the streams that must exist, publishing
//	relay.go    the store's outbox → JetStream, each message once
//	consume.go  work for a stage: acknowledged after its commit, retried, buried
//	dead.go     what failed for good: sukien.dead.…, with its reason
//	watch.go    event messages to a subscriber, from now, from a time, or where a name stopped
//	reader.go   the same for analysts, who may make no consumers
//	depth.go    how much waits where
//	trace.go    the trace that a message is part of goes with it
//
// The store is the only truth. Everything here may be lost and is sent again
// from it; what is sent again carries the same Nats-Msg-Id.
package stream
