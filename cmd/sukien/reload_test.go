package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"
	"sukien/configs"
	"sukien/crawler/crawlertest"
)

// wordsAndWeights is a rules folder with the words and weights that every rule
// set needs, and no rules.
func wordsAndWeights(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	files, err := fs.Glob(configs.FS, "rules/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		data, err := fs.ReadFile(configs.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		var doc map[string]any
		if err := yaml.Unmarshal(data, &doc); err != nil {
			t.Fatal(err)
		}
		delete(doc, "rules")
		delete(doc, "examples")
		if data, err = yaml.Marshal(doc); err != nil {
			t.Fatal(err)
		}
		if len(doc) > 0 {
			write(t, dir, filepath.Base(name), string(data))
		}
	}
	return dir
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// aRule is a rule file of one rule that finds words; the samples hold cười.
func aRule(words string) string {
	return `rules:
  - id: test/laugh
    phase: mark
    emit: ordinal
    pattern: '(` + words + `)'
    "yes": ["Hội nghị cười.", "Mọi người cười.", "Ông Sông cười to."]
    "no": ["Hội nghị ngồi.", "Mọi người ngồi."]
`
}

// journal is a log that several goroutines write.
type journal struct {
	mu  sync.Mutex
	buf bytes.Buffer // no embedded one: its ReadFrom would go around the lock
}

func (j *journal) Write(b []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.Write(b)
}

func ruled(t *testing.T) (*pipeline, *journal, string) {
	t.Helper()
	dir := wordsAndWeights(t)
	write(t, dir, "99-own.yaml", aRule("cười"))
	log := &journal{}
	p := &pipeline{settings: &Settings{RulesDir: dir}, log: slog.New(slog.NewTextHandler(log, nil))}
	ext, err := testedExtractor(p.settings)
	if err != nil {
		t.Fatal(err)
	}
	p.ext.Store(ext)
	return p, log, dir
}

func TestReload(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, rules string
		swapped     bool
		says        string
	}{
		{"other rules", aRule("cười | cười lớn"), true, "rules reloaded"},
		{"the same", aRule("cười"), false, "rules unchanged"},
		{"no rules but a fault", "rules:\n  - id: test/laugh\n    phases: link\n", false, "99-own.yaml:3:5"},
		{"rules whose tests fail", aRule("khóc"), false, "3 of the rules' own tests fail: 99-own.yaml:6: test/laugh"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, log, dir := ruled(t)
			before := p.ext.Load()
			write(t, dir, "99-own.yaml", tt.rules)
			p.reload()
			if swapped := p.ext.Load() != before; swapped != tt.swapped {
				t.Errorf("swapped: %v", swapped)
			}
			if said := log.text(); !strings.Contains(said, tt.says) || strings.Count(said, "\n") != 1 {
				t.Errorf("said %q, want a line with %q", said, tt.says)
			}
		})
	}
}

func TestFollowRules(t *testing.T) {
	p, log, dir := ruled(t)
	ctx, stop := context.WithCancel(t.Context())
	hup, tick, done := make(chan os.Signal), make(chan time.Time), make(chan struct{})
	go func() {
		defer close(done)
		p.followRules(ctx, p.print(), hup, tick)
	}()
	// Each send returns when the look before it is done: the channels hold nothing.
	look := func() { tick <- time.Time{}; tick <- time.Time{} }
	look()
	first := p.ext.Load()
	write(t, dir, "99-own.yaml", aRule("cười | cười lớn | cười tươi"))
	tick <- time.Time{} // sees the change
	tick <- time.Time{} // sees that it is done
	hup <- syscall.SIGHUP
	second := p.ext.Load()
	if second == first {
		t.Error("changed files were not loaded")
	}
	look()
	look()
	stop()
	<-done
	if p.ext.Load() != second {
		t.Error("loaded again without a change")
	}
	if said := log.text(); strings.Count(said, "rules reloaded") != 1 || strings.Count(said, "rules unchanged") != 1 {
		t.Errorf("said\n%s", said)
	}
}

func TestPrintIsOfTheFiles(t *testing.T) {
	p, _, dir := ruled(t)
	before := p.print()
	if p.print() != before {
		t.Error("two looks at the same files differ")
	}
	if err := os.Remove(filepath.Join(dir, "99-own.yaml")); err != nil {
		t.Fatal(err)
	}
	if p.print() == before {
		t.Error("a file that is gone is not seen")
	}
}

// TestHangupReloads signals a running process.
func TestHangupReloads(t *testing.T) {
	t.Parallel()
	w := newWorld(t, crawlertest.Options{Now: at})
	dir := wordsAndWeights(t)
	write(t, dir, "99-own.yaml", aRule("cười"))
	w.env = append(w.env, "SUKIEN_RULES_DIR="+dir)
	cmd, _ := w.command("run", "--roles", "extract,store", "--log-level", "debug")
	cmd.Stdout, cmd.Stderr = nil, nil
	said, err := cmd.StderrPipe()
	if err := errors.Join(err, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	log := bufio.NewScanner(said)
	until := func(word string) {
		for log.Scan() {
			if strings.Contains(log.Text(), word) {
				return
			}
		}
		t.Fatalf("never said %q", word)
	}
	until("rules followed")
	write(t, dir, "99-own.yaml", aRule("cười | cười lớn"))
	if err := cmd.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	until("rules reloaded")
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	for log.Scan() {
	}
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}
