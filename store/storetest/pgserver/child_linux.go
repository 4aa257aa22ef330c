package pgserver

import (
	"errors"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// accounts run the server where the tests run as root, which PostgreSQL refuses.
var accounts = []string{"postgres", "nobody"}

// account is the user and group of the server; ok is false when it is our own.
func account() (uid, gid int, ok bool, err error) {
	if os.Geteuid() != 0 {
		return 0, 0, false, nil
	}
	for _, name := range accounts {
		u, e := user.Lookup(name)
		if e != nil {
			err = errors.Join(err, e)
			continue
		}
		uid, e1 := strconv.Atoi(u.Uid)
		gid, e2 := strconv.Atoi(u.Gid)
		return uid, gid, true, errors.Join(e1, e2)
	}
	return 0, 0, false, err
}

// giveTo gives a path to the server's account.
func giveTo(path string) error {
	uid, gid, other, err := account()
	if err != nil || !other {
		return err
	}
	return os.Chown(path, uid, gid)
}

// demote makes a command run under the server's account and end with us.
func demote(cmd *exec.Cmd) error {
	uid, gid, other, err := account()
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if other {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	return err
}
