package main

import (
	"fmt"
	"io"
	"time"
)

// How often progress is shown: on a terminal one line is written over,
// elsewhere there is a line now and then.
const (
	progressEvery    = 500 * time.Millisecond
	progressEveryLog = 30 * time.Second
)

// every shows what line says until the func that it returns is called.
func every(w io.Writer, line func() string) (stop func()) {
	interval, format := progressEveryLog, "%s\n"
	if isTerminal(w) {
		interval, format = progressEvery, "\x1b[2K%s\r"
	}
	done, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(interval)
		defer tick.Stop()
		for {
			select {
			case <-done:
				if isTerminal(w) {
					fmt.Fprint(w, "\x1b[2K\r")
				}
				return
			case <-tick.C:
				fmt.Fprintf(w, format, line())
			}
		}
	}()
	return func() { close(done); <-stopped }
}
