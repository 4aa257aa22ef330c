package pgserver

import (
	"os/exec"
	"runtime"
	"syscall"
	"time"
)

// spawn starts the server as a child that ends with this process, however that
// ends: the thread that starts it lives as long as it does.
func (s *Server) spawn(cmd *exec.Cmd) error {
	started := make(chan error)
	s.done = make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			s.done <- cmd.Wait()
		}
	}()
	err := <-started
	s.proc = cmd.Process
	return err
}

// quitFor is how long a server may take to stop.
const quitFor = 10 * time.Second

// quit stops the server at once, its connections too.
func (s *Server) quit() error {
	if s.proc == nil {
		return nil
	}
	proc := s.proc
	s.proc = nil
	if err := proc.Signal(syscall.SIGQUIT); err != nil {
		return err
	}
	select {
	case <-s.done:
		return nil
	case <-time.After(quitFor):
		return proc.Kill()
	}
}
