package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// diskRoom watches the room on the disks that a crawl fills, so that it pauses
// before one is full, and goes on by itself once there is room again.
type diskRoom struct {
	dirs []string
	min  int64
	free func(dir string) (int64, error)
	log  *slog.Logger

	mu   sync.Mutex
	seen time.Time // of the last look
	why  string
}

// diskLook is how often the disks are looked at.
const diskLook = 5 * time.Second

// newDiskRoom watches the data directory, where this process writes into it, and
// the folder of the WARC files.
func newDiskRoom(s *Settings, log *slog.Logger) *diskRoom {
	d := &diskRoom{min: s.Keep.MinFree, free: freeBytes, log: log, dirs: []string{s.DataDir}}
	if s.Crawler.WarcDir != "" {
		d.dirs = append(d.dirs, s.Crawler.WarcDir)
	}
	return d
}

// held says why nothing more is to be fetched for now, empty when there is room.
// It logs when that changes.
func (d *diskRoom) held() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if time.Since(d.seen) < diskLook {
		return d.why
	}
	before := d.why
	d.seen, d.why = time.Now(), d.short()
	switch {
	case d.why != "" && before == "":
		d.log.Warn("crawling pauses: " + d.why)
	case d.why == "" && before != "":
		d.log.Info("there is room on the disk again: crawling goes on")
	}
	return d.why
}

// short names the first disk without room. One that cannot be asked is not held
// against the crawl.
func (d *diskRoom) short() string {
	for _, dir := range d.dirs {
		if free, err := d.free(existing(dir)); err == nil && free < d.min {
			return fmt.Sprintf("%s has %s free, keep.min_free asks for %s: make room, or set it lower", dir, inBytes(free), inBytes(d.min))
		}
	}
	return ""
}

// wait returns once there is room, or ctx has ended.
func (d *diskRoom) wait(ctx context.Context) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for d.held() != "" {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// existing is a folder, or the nearest one above that is there already.
func existing(dir string) string {
	for {
		if _, err := os.Stat(dir); err == nil || filepath.Dir(dir) == dir {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}

// inBytes is a size as people read it.
func inBytes(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}
