package crawler

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"sukien/news"
)

// guard keeps the crawler off hosts that are not on the public network, where
// a page's links or redirects, or a name that resolves elsewhere the second
// time, could send it. It is asked twice: before a request by the URL, and at
// the dial by the address that is really connected to.
type guard struct {
	hosts    map[string]bool // names allowed whatever they resolve to
	nets     []netip.Prefix  // addresses allowed
	resolver *net.Resolver

	mu       sync.Mutex
	resolved map[string]verdict // by host, only with a proxy; bounded by maxVerdicts
	deaf     time.Time          // until then no name is looked up: the resolver did not answer
}

// verdict is what a host's addresses were found to be, until it expires.
type verdict struct {
	err     error
	expires time.Time
}

const (
	maxVerdicts    = 10_000
	verdictLife    = 10 * time.Minute
	resolveTimeout = 2 * time.Second
	// deafFor is how long names are not looked up after the resolver was silent:
	// a machine that reaches the world through a proxy alone has often none.
	deafFor = time.Minute
)

// unresolvable are the top-level names that no resolver knows (RFC 6761
// sections 6.2 to 6.5): what a proxy makes of them is its own affair.
var unresolvable = []string{".example", ".test", ".invalid"}

// reserved are the networks that netip.Addr has no method for: IANA's
// special-purpose registries (RFC 6890) and two cloud services' metadata
// addresses outside them.
var reserved = prefixes("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
	"198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "168.63.129.16/32",
	"100::/64", "2001::/23", "2001:db8::/32", "fec0::/10")

// embedding are the IPv6 networks whose addresses carry an IPv4 address, with
// the offset of it in bytes: NAT64 (RFC 6052), 6to4 (RFC 3056).
var embedding = map[netip.Prefix]int{
	netip.MustParsePrefix("64:ff9b::/96"):   12,
	netip.MustParsePrefix("64:ff9b:1::/48"): 12,
	netip.MustParsePrefix("2002::/16"):      2,
}

func prefixes(all ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(all))
	for i, s := range all {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}

// newGuard takes host names, addresses and networks in CIDR form that are
// allowed though private. Errors wrap news.ErrInvalid.
func newGuard(allow []string) (*guard, error) {
	g := &guard{hosts: map[string]bool{}, resolver: net.DefaultResolver, resolved: map[string]verdict{}}
	for _, s := range allow {
		s = strings.ToLower(strings.TrimSpace(s))
		if addr, err := netip.ParseAddr(strings.Trim(s, "[]")); err == nil {
			g.nets = append(g.nets, netip.PrefixFrom(addr, addr.BitLen()))
		} else if p, err := netip.ParsePrefix(s); err == nil {
			g.nets = append(g.nets, p.Masked())
		} else if s == "" || strings.ContainsAny(s, "/ :") {
			return nil, fmt.Errorf("%w: crawler.allow_private: %q is neither a host name nor a network: write localhost, 10.1.2.3 or 10.0.0.0/8", news.ErrInvalid, s)
		} else {
			g.hosts[s] = true
		}
	}
	return g, nil
}

var errPrivate = errors.New("not a public address")

// address refuses an address outside the public network.
func (g *guard) address(a netip.Addr) error {
	a = a.Unmap().WithZone("")
	if slices.ContainsFunc(g.nets, func(p netip.Prefix) bool { return p.Contains(a) }) {
		return nil
	}
	if !a.IsGlobalUnicast() || a.IsPrivate() || slices.ContainsFunc(reserved, func(p netip.Prefix) bool { return p.Contains(a) }) {
		return &FetchError{Class: classGuard, Err: fmt.Errorf("%s: %w", a, errPrivate)}
	}
	for p, at := range embedding {
		if p.Contains(a) {
			raw := a.As16()
			return g.address(netip.AddrFrom4([4]byte(raw[at : at+4])))
		}
	}
	return nil
}

// target refuses a URL by its host: an address as it stands, a name that only
// means this machine or a cloud's metadata service. With resolve set, as with
// a proxy, which dials for us, the name's addresses are asked for, too; a name
// that does not resolve here is left to the proxy.
func (g *guard) target(ctx context.Context, u *url.URL, resolve bool) error {
	name := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if g.hosts[name] {
		return nil
	}
	if addr, ok := literal(name); ok {
		return g.address(addr)
	}
	if name == "localhost" || strings.HasSuffix(name, ".localhost") || strings.HasSuffix(name, ".internal") {
		return g.named(name)
	}
	if resolve && !slices.ContainsFunc(unresolvable, func(tld string) bool { return strings.HasSuffix(name, tld) }) {
		return g.resolve(ctx, name)
	}
	return nil
}

func (g *guard) named(name string) error {
	loopback := netip.AddrFrom4([4]byte{127, 0, 0, 1})
	if strings.HasSuffix(name, "localhost") && g.address(loopback) == nil {
		return nil
	}
	return &FetchError{Class: classGuard, Err: fmt.Errorf("%s: %w", name, errPrivate)}
}

// literal reads name as an address, also in the old forms that resolvers
// still take: 127.1, 0x7f.0.0.1, 2130706433.
func literal(name string) (netip.Addr, bool) {
	if a, err := netip.ParseAddr(name); err == nil {
		return a, true
	}
	return oldForm(name)
}

// resolve refuses name when one of its addresses is not public.
func (g *guard) resolve(ctx context.Context, name string) error {
	now := time.Now()
	g.mu.Lock()
	v, ok := g.resolved[name]
	deaf := now.Before(g.deaf)
	g.mu.Unlock()
	if deaf || ok && now.Before(v.expires) {
		return v.err
	}
	v, silent := g.lookup(ctx, name, now)
	g.mu.Lock()
	defer g.mu.Unlock()
	if silent {
		g.deaf = now.Add(deafFor)
	}
	if len(g.resolved) >= maxVerdicts {
		clear(g.resolved)
	}
	g.resolved[name] = v
	return v.err
}

// lookup asks the resolver. silent says that it did not answer in time.
func (g *guard) lookup(ctx context.Context, name string, now time.Time) (v verdict, silent bool) {
	ctx, cancel := context.WithTimeout(ctx, resolveTimeout)
	defer cancel()
	v = verdict{expires: now.Add(verdictLife)}
	addrs, err := g.resolver.LookupNetIP(ctx, "ip", name)
	if err != nil {
		return v, ctx.Err() != nil
	}
	for _, a := range addrs {
		if v.err = g.address(a); v.err != nil {
			break
		}
	}
	return v, false
}

// control is the last look before a connection, at the address it goes to.
func (g *guard) control(_, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return &FetchError{Class: classGuard, Err: fmt.Errorf("dial %q: %w", address, errPrivate)}
	}
	return g.address(ap.Addr())
}
