package main

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sukien/crawler/crawlertest"
)

func TestDiskRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var said bytes.Buffer
		free, fault := int64(5<<30), error(nil)
		d := &diskRoom{dirs: []string{"kho"}, min: 1 << 30, log: slog.New(slog.NewTextHandler(&said, nil)), free: func(string) (int64, error) { return free, fault }}
		for _, step := range []struct {
			name  string
			free  int64
			fault error
			held  bool
			says  string
		}{
			{"room", 5 << 30, nil, false, ""},
			{"little room", 500 << 20, nil, true, "crawling pauses: kho has 500 MiB free, keep.min_free asks for 1.0 GiB"},
			{"still", 400 << 20, nil, true, ""},
			{"room again", 2 << 30, nil, false, "there is room on the disk again"},
			{"a disk that cannot be asked", 0, errors.New("no such folder"), false, ""},
		} {
			free, fault = step.free, step.fault
			time.Sleep(2 * diskLook)
			said.Reset()
			if held := d.held() != ""; held != step.held || !strings.Contains(said.String(), step.says) || step.says == "" && said.Len() > 0 {
				t.Errorf("%s: held %v, said %q", step.name, held, said.String())
			}
		}
	})
}

func TestFreeBytes(t *testing.T) {
	if n, err := freeBytes(existing(t.TempDir() + "/chua/co")); n <= 0 || err != nil {
		t.Errorf("%d bytes, %v", n, err)
	}
}

// TestCrawlPauses: without room nothing is fetched, and status says why.
func TestCrawlPauses(t *testing.T) {
	t.Parallel()
	w := newWorld(t, crawlertest.Options{Now: at})
	w.sukien("migrate")
	w.env = append(w.env, "SUKIEN_KEEP_MIN_FREE=4611686018427387904")
	cmd, out := w.command("run", "--once")
	log := &journal{}
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(20 * time.Second); !strings.Contains(log.text(), "crawling pauses") && time.Now().Before(deadline); {
		time.Sleep(20 * time.Millisecond)
	}
	status := w.sukien("status")
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // killed
	if !strings.Contains(log.text(), "keep.min_free asks for") || len(w.site.Log()) != 0 || !strings.Contains(status, "crawling pauses") {
		t.Errorf("%d requests, log %s%s, status %s", len(w.site.Log()), log.text(), out, status)
	}
}

// text is what was written so far.
func (j *journal) text() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.String()
}
