package main

import (
	"strings"

	"sukien/crawler/content"
)

// selectors are the outlets' overrides of the generic stripping, by domain; nil
// for an outlet without, so that it does not take those of the outlet above it.
type selectors map[string]*content.Selectors

// newSelectors collects the overrides of the configured outlets.
func newSelectors(s *Settings) (selectors, error) {
	list, err := loadSources(s)
	if err != nil {
		return nil, err
	}
	m := make(selectors, len(list))
	for _, src := range list {
		m[src.Domain] = src.Selectors
	}
	return m, nil
}

// of gives the overrides of the outlet that host belongs to, nil for none.
func (m selectors) of(host string) *content.Selectors {
	for host != "" {
		if sel, ok := m[host]; ok {
			return sel
		}
		_, host, _ = strings.Cut(host, ".")
	}
	return nil
}
