package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"sukien/crawler/crawlertest"
)

// background starts sukien run and gives what ends it. The web address in what
// it says tells that it runs.
func (w *world) background(args ...string) (stop func()) {
	w.t.Helper()
	cmd := exec.Command(w.bin, args...)
	cmd.Env, cmd.Dir = w.env, w.dir
	said, err := cmd.StderrPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = cmd.Process.Kill() })
	waitFor(w.t, said, "web pages")
	return func() {
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			w.t.Fatal(err)
		}
		if err := cmd.Wait(); err != nil {
			w.t.Error(err)
		}
	}
}

// fails runs sukien, which must end with a status, and gives what it says.
func (w *world) fails(status int, args ...string) string {
	w.t.Helper()
	cmd, out := w.command(args...)
	_ = cmd.Run()
	if got := cmd.ProcessState.ExitCode(); got != status {
		w.t.Errorf("sukien %v ended with %d, want %d:\n%s", args, got, status, out)
	}
	return out.String()
}

// TestAnalystsBesideARunningProcess lets an analyst in, has them subscribe by
// file, by URL and by name, and takes it back, all while sukien run runs.
func TestAnalystsBesideARunningProcess(t *testing.T) {
	t.Parallel()
	w := newWorld(t, crawlertest.Options{Now: at})
	w.sukien("run", "--once")
	w.env = append(w.env, "SUKIEN_NATS_LISTEN=127.0.0.1:0", "SUKIEN_WEB_LISTEN=127.0.0.1:0")
	stop := w.background("run", "--roles", "store,serve")
	defer stop()
	if out := w.sukien("subscribe", "--since", "2020", "--limit", "1"); !strings.Contains(out, "specversion") {
		t.Errorf("nobody named, no analysts yet: %s", out)
	}
	file := filepath.Join(w.dir, "lan.json")
	out := w.sukien("analysts", "add", "lan", "--out", file)
	key, err := readContext(filepath.Join(w.data(), keyFile))
	if err != nil {
		t.Fatal(err)
	}
	who, err := readContext(file)
	if err != nil || !strings.Contains(out, who.Password) || who.User != "lan" {
		t.Fatalf("%+v, %v: %s", who, err, out)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file of credentials: %v %v", info.Mode(), err)
	}
	byURL := strings.Replace(key.URL, "//", "//lan:"+who.Password+"@", 1)
	for _, args := range [][]string{{"--creds", file, "--nats", key.URL}, {"--nats", byURL}, {}} {
		if out := w.sukien(append([]string{"subscribe", "--since", "2020", "--limit", "2"}, args...)...); strings.Count(out, "specversion") != 2 {
			t.Errorf("subscribe %v: %s", args, out)
		}
	}
	for name, args := range map[string][]string{
		"no name":    {"subscribe", "--nats", key.URL, "--since", "2020", "--limit", "1"},
		"wrong name": {"subscribe", "--nats", strings.Replace(byURL, "lan:", "bob:", 1), "--since", "2020", "--limit", "1"},
		"other's":    {"subscribe", "--nats", byURL, "--durable", "bob"},
	} {
		if out := w.fails(exitFailed, args...); strings.Contains(out, who.Password) || !strings.Contains(out, "forbidden") {
			t.Errorf("%s: %s", name, out)
		}
	}
	if out := w.sukien("analysts", "list"); !strings.Contains(out, "lan") || strings.Contains(out, who.Password) {
		t.Errorf("list: %s", out)
	}
	if out := w.sukien("status"); !strings.Contains(out, "running") {
		t.Errorf("status: %s", out)
	}
	w.fails(exitMisuse, "analysts", "add", "lan")
	w.fails(exitMisuse, "analysts", "add", "a.b")
	w.fails(exitFailed, "analysts", "revoke", "bob")
	w.mustLoseItsSubscription(byURL)
}

// mustLoseItsSubscription revokes lan while they are subscribed.
func (w *world) mustLoseItsSubscription(url string) {
	w.t.Helper()
	cmd := exec.Command(w.bin, "subscribe", "--nats", url, "--log-level", "debug")
	cmd.Env, cmd.Dir = w.env, w.dir
	var out bytes.Buffer
	cmd.Stdout = &out
	said, err := cmd.StderrPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	waitFor(w.t, said, "subscribed")
	w.sukien("analysts", "revoke", "lan")
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		if err == nil {
			w.t.Error("the revoked subscriber ended as if all were well")
		}
	case <-time.After(20 * time.Second):
		_ = cmd.Process.Kill()
		w.t.Error("the revoked subscriber goes on")
		<-done
	}
	w.fails(exitFailed, "subscribe", "--nats", url, "--since", "2020", "--limit", "1")
}
