// Package configs holds the data that ships in the binary: settings, sources,
// rules and lexicons.
package configs

import "embed"

// FS holds sukien.yaml, sources, rules and lexicon as they were at build time.
//
//go:embed all:sources all:rules all:lexicon sukien.yaml
var FS embed.FS
