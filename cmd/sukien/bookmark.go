package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"sukien/news"
)

// bookmark remembers in the data directory how far a run is, for these rules
// and these filters.
type bookmark struct{ file, key string }

// position is a place between two pages of the store's articles.
type position struct {
	Key    string        `json:"key"`
	Type   news.PageType `json:"type"`
	Cursor string        `json:"cursor"`
	Done   int           `json:"done"`
}

func (c *reextractCmd) bookmark(s *Settings, pack string) *bookmark {
	key := news.HashID("b", pack, version, strings.Join(c.Words, " "), c.Source, c.From, c.To, fmt.Sprint(c.Limit))
	return &bookmark{filepath.Join(s.DataDir, "reextract.json"), key}
}

// load gives where to go on; the beginning when there is no mark, one of other
// rules or filters, or restart.
func (b *bookmark) load(restart bool) (position, error) {
	begin := position{Key: b.key}
	data, err := os.ReadFile(b.file)
	if errors.Is(err, os.ErrNotExist) || restart {
		return begin, nil
	}
	if err != nil {
		return begin, fmt.Errorf("%w: %w", news.ErrForbidden, err)
	}
	var at position
	if err := json.Unmarshal(data, &at); err != nil || at.Key != b.key {
		return begin, nil
	}
	return at, nil
}

func (b *bookmark) save(at position) error {
	data, err := json.Marshal(at)
	if err == nil {
		err = os.WriteFile(b.file+".new", data, 0o600)
	}
	if err == nil {
		err = os.Rename(b.file+".new", b.file)
	}
	if err != nil {
		return fmt.Errorf("%w: data directory: %w", news.ErrForbidden, err)
	}
	return nil
}

func (b *bookmark) clear() error {
	if err := os.Remove(b.file); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%w: data directory: %w", news.ErrForbidden, err)
	}
	return nil
}
