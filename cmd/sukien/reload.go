package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"syscall"
	"time"

	"sukien/extractor"
	"sukien/news"
)

// reloadLook is how often the rule and lexicon files are looked at for changes.
const reloadLook = 5 * time.Second

// reloadRules follows the rules until ctx ends: on SIGHUP, and when files of
// rules_dir or lexicon_dir have changed, which are looked at every reloadLook.
func (p *pipeline) reloadRules(ctx context.Context) error {
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	defer signal.Stop(hup)
	tick := time.NewTicker(reloadLook)
	defer tick.Stop()
	seen := p.print()
	p.log.Debug("rules followed", "rules_dir", p.settings.RulesDir, "lexicon_dir", p.settings.LexiconDir)
	p.followRules(ctx, seen, hup, tick.C)
	return nil
}

// followRules reloads when told to by hup, and when at a tick the files' print
// is not what it was: seen at first. Files that are being written are left until
// two looks see the same.
func (p *pipeline) followRules(ctx context.Context, seen string, hup <-chan os.Signal, tick <-chan time.Time) {
	last := seen
	for {
		select {
		case <-ctx.Done():
			return
		case <-hup:
			seen = p.print()
			p.reload()
		case <-tick:
			now := p.print()
			if now == last && now != seen {
				seen = now
				p.reload()
			}
			last = now
		}
	}
}

// print names the state of the rule and lexicon files by names, sizes and
// times of change; what is inside the binary never changes.
func (p *pipeline) print() string {
	sum := sha256.New()
	for _, dir := range []string{p.settings.RulesDir, p.settings.LexiconDir} {
		if dir == "" {
			continue
		}
		err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			info, err := d.Info()
			if err == nil {
				fmt.Fprintf(sum, "%s %d %d\n", name, info.Size(), info.ModTime().UnixNano())
			}
			return err
		})
		if err != nil {
			io.WriteString(sum, err.Error())
		}
	}
	return string(sum.Sum(nil))
}

// reload puts the rules as they now are in force when they load and all the
// tests written in them pass; else those in force stay.
func (p *pipeline) reload() {
	ext, err := testedExtractor(p.settings)
	switch old := p.ext.Load(); {
	case err != nil:
		p.log.Error("rules not reloaded, those in force stay", "error", plainCell(err.Error()))
	case ext.Pack() == old.Pack():
		p.log.Info("rules unchanged", "pack", old.Pack())
	default:
		p.ext.Store(ext)
		p.log.Info("rules reloaded", "pack", ext.Pack(), "before", old.Pack())
	}
}

// testedExtractor loads the rules and runs the tests written in them. The error
// is the first that fails, with its file and line.
func testedExtractor(s *Settings) (*extractor.Extractor, error) {
	ext, err := newExtractor(s)
	if err != nil {
		return nil, err
	}
	failed := 0
	var first extractor.TestResult
	for _, t := range ext.Test() {
		if !t.OK() {
			if failed++; failed == 1 {
				first = t
			}
		}
	}
	if failed > 0 {
		return nil, fmt.Errorf("%w: %d of the rules' own tests fail: %s", news.ErrInvalid, failed, first)
	}
	return ext, nil
}
