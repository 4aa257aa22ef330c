package source

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"sukien/news"
)

// Load reads every *.yaml of the directories, each the root of an
// fs.FS: a file of a later directory replaces that of the same domain in an
// earlier one. nil directories are skipped. All faults of all files are
// reported at once, one a line as file:line:column: message, wrapping
// news.ErrInvalid; the sources of the files without faults are returned beside
// them, ordered by domain.
func Load(dirs ...fs.FS) ([]*Source, error) {
	byDomain := map[string]*Source{}
	var faults []error
	for _, dir := range dirs {
		if dir == nil {
			continue
		}
		names, err := fs.Glob(dir, "*.yaml")
		if err != nil {
			return nil, fmt.Errorf("list sources: %w", err)
		}
		for _, name := range names {
			src, err := loadFile(dir, name)
			if err != nil {
				faults = append(faults, err)
				continue
			}
			byDomain[src.Domain] = src
		}
	}
	out := make([]*Source, 0, len(byDomain))
	for _, s := range byDomain {
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b *Source) int { return cmp.Compare(a.Domain, b.Domain) })
	part(out)
	return out, errors.Join(faults...)
}

// part gives the hosts of outlets that stand below another's domain to them
// alone; those of closed outlets stay with the outlet above.
func part(sources []*Source) {
	for _, s := range sources {
		for _, o := range sources {
			if o != s && o.Active() && under(o.Domain, s.Domain) {
				s.below = append(s.below, o.Domain)
			}
		}
	}
}

func loadFile(dir fs.FS, name string) (*Source, error) {
	data, err := fs.ReadFile(dir, name)
	if err != nil {
		return nil, fmt.Errorf("%w: read source %s: %v", news.ErrInvalid, name, err)
	}
	src, err := Parse(name, data)
	if err != nil {
		return nil, err
	}
	if want := src.Domain + ".yaml"; path.Base(name) != want {
		return nil, fmt.Errorf("%w: %s:1:1: the file of %s must be named %s", news.ErrInvalid, name, src.Domain, want)
	}
	return src, nil
}

// Check looks at what only shows with all sources together, beyond the
// faults of Load: successors that are not there, hosts and addresses
// that two active sources claim. One error a fault, wrapping news.ErrInvalid.
func Check(sources []*Source) []error {
	known := map[string]*Source{}
	for _, s := range sources {
		known[s.Domain] = s
	}
	var faults []error
	urls := map[string]string{}
	for _, s := range sources {
		if s.Successor != "" && known[s.Successor] == nil {
			faults = append(faults, fmt.Errorf("%w: %s: successor %s has no source file: add %s.yaml or remove it", news.ErrInvalid, s.File, s.Successor, s.Successor))
		}
		for _, a := range s.Addresses() {
			if other, ok := urls[a.URL]; ok {
				faults = append(faults, fmt.Errorf("%w: %s: %s stands in %s, too", news.ErrInvalid, s.File, a.URL, other))
			}
			urls[a.URL] = s.File
		}
		for _, h := range s.Hosts {
			if o := known[strings.TrimPrefix(h, "www.")]; o != nil && o != s && o.Active() {
				faults = append(faults, fmt.Errorf("%w: %s: host %s is that of %s", news.ErrInvalid, s.File, h, o.File))
			}
		}
	}
	return faults
}
