package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// versionCmd prints the version.
type versionCmd struct{}

// Example is shown first in --help.
func (versionCmd) Example() string { return "sukien version" }

// Run prints the version, the revision it was built from and Go's version.
func (versionCmd) Run(a *app) error {
	v := version
	if info, ok := debug.ReadBuildInfo(); ok && v == "dev" {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				v += " " + s.Value
			}
		}
	}
	_, err := fmt.Fprintf(a.out, "sukien %s %s %s/%s\n", v, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
