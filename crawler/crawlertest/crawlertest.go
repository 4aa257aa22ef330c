// Package crawlertest is a made-up news site on loopback to crawl, for the
// demo, tests and benchmarks: invented outlets with invented articles about
// invented meetings, well-behaved, and hostile where asked for.
package crawlertest
