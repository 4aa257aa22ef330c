// Package news holds the nouns of Sukien: Page, Article, Record, Event and
// Change, with the JSON shapes that other programs rely on. It does no I/O and
// reads no clock.
//
// The way of the data:
//
//	Page ──▶ Article ──▶ Record ──▶ Event
//
// A Page is what a fetch brought, an Article what is left when the noise is
// stripped, a Record one meeting as one article tells it, an Event one meeting
// in the world, fused from the records of all articles about it.
package news

import "time"

// Hanoi is Vietnam's zone, UTC+7 without summer time: the zone of every time
// that a page writes without one.
var Hanoi = time.FixedZone("+07", 7*60*60)
