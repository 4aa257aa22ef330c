// Command sukien watches Vietnamese news sites and tells analysts about
// meetings: which meeting, when, where, who.
//
//	main.go      streams, arguments, signals; nothing else
//	cli.go       the commands and their flags
//	config.go    settings: flags > environment > file > defaults
//	pipeline.go  the stages joined: crawl → extract → store → serve
//
// and one file a subcommand.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// version is set by the linker.
var version = "dev"

func main() {
	ctx, stop := context.WithCancel(context.Background())
	go drainOnSignal(stop)
	os.Exit(run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}, os.Environ()))
}

// drainOnSignal lets the first signal end the work in order and the second at once.
func drainOnSignal(stop context.CancelFunc) {
	c := make(chan os.Signal, 2)
	signal.Notify(c, os.Interrupt, syscall.SIGTERM)
	<-c
	stop()
	<-c
	os.Exit(exitFailed)
}
