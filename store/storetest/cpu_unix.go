//go:build unix

package storetest

import (
	"syscall"
	"time"
)

// spent is the processor time that this process has used: on a machine shared
// with others wall time measures the others.
func spent() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
