package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"sukien/store/storetest/pgserver"
)

// server is the PostgreSQL of the tests that want one.
var server pgserver.Server

// suite stops the server after the tests.
type suite struct{ *testing.M }

// Run runs the tests.
func (s suite) Run() int {
	code := s.M.Run()
	if err := server.Stop(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return exitFailed
	}
	return code
}

// TestMain lets test scripts call sukien as a command of its own process.
func TestMain(m *testing.M) {
	testscript.Main(suite{m}, map[string]func(){"sukien": main, reachCrawler: crawlOnly, siteServer: serveMadeUpSite})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script"})
}

// TestPostgresScripts runs scripts with a database of their own: $DATABASE over a
// socket, $LOOPBACK over TCP with a password, $ADDRESS the end of that, and sql for
// statements in it.
func TestPostgresScripts(t *testing.T) {
	server.Database(t) // skips them all where there is none
	testscript.Run(t, testscript.Params{Dir: "testdata/postgres", Setup: func(e *testscript.Env) error {
		tb, ok := e.T().(testing.TB)
		if !ok {
			return errors.New("testscript does not run under a testing.TB")
		}
		url := server.Database(tb)
		e.Setenv("DATABASE", url)
		loopback := server.Loopback(url)
		e.Setenv("LOOPBACK", loopback)
		e.Setenv("ADDRESS", loopback[strings.LastIndexByte(loopback, '@')+1:])
		return nil
	}, Cmds: map[string]func(*testscript.TestScript, bool, []string){
		"sql": func(ts *testscript.TestScript, _ bool, args []string) {
			if _, err := server.SQL(context.Background(), ts.Getenv("DATABASE"), args[0]); err != nil {
				ts.Fatalf("%v", err)
			}
		},
	}})
}
