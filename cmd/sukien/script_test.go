package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets test scripts call sukien as a command of its own process.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"sukien": main})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script"})
}
