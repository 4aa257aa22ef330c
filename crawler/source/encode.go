package source

import (
	"fmt"
	"strconv"
	"strings"
)

// Encode writes a source as a file: what Parse reads. It writes what a survey
// finds out; schedules, politeness and selectors are for people to add.
func Encode(s *Source) []byte {
	var b strings.Builder
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	field("domain", s.Domain)
	field("name", strconv.Quote(s.Name))
	field("kind", s.Kind)
	field("language", s.Language)
	if s.Note != "" {
		field("note", strconv.Quote(s.Note))
	}
	if len(s.Hosts) > 0 {
		field("hosts", "["+strings.Join(s.Hosts, ", ")+"]")
	}
	encodeAddresses(&b, "feeds", s.Feeds)
	encodeAddresses(&b, "sections", s.Sections)
	encodeAddresses(&b, "sitemaps", s.Sitemaps)
	return []byte(b.String())
}

func encodeAddresses(b *strings.Builder, name string, list []Address) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(b, "%s:\n", name)
	for _, a := range list {
		fmt.Fprintf(b, "  - {url: %s, tried: %t", strconv.Quote(a.URL), a.Tried)
		if a.TriedOn != "" {
			fmt.Fprintf(b, ", tried_on: %s", a.TriedOn)
		}
		if a.KnownFrom != "" {
			fmt.Fprintf(b, ", known_from: %s", strconv.Quote(a.KnownFrom))
		}
		b.WriteString("}\n")
	}
}
