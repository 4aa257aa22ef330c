//go:build !linux

package pgserver

import "os/exec"

// giveTo and demote change nothing where the tests do not run as root.
func giveTo(string) error    { return nil }
func demote(*exec.Cmd) error { return nil }
