package push

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"syscall"
	"time"

	"sukien/news"
)

// Allowed are hosts and networks that may be pushed to though private.
type Allowed struct {
	hosts []string
	nets  []netip.Prefix
}

// ParseAllowed reads host names, addresses and networks, comma-separated; news.ErrInvalid.
func ParseAllowed(list string) (a Allowed, err error) {
	for s := range strings.SplitSeq(list, ",") {
		s = strings.ToLower(strings.TrimSpace(s))
		switch addr, aerr := netip.ParseAddr(s); {
		case s == "":
		case aerr == nil:
			a.nets = append(a.nets, netip.PrefixFrom(addr, addr.BitLen()))
		case strings.Contains(s, "/"):
			p, err := netip.ParsePrefix(s)
			if err != nil {
				return a, fmt.Errorf("%w: push.allow_private: %q: write localhost, 10.1.2.3 or 10.0.0.0/8", news.ErrInvalid, s)
			}
			a.nets = append(a.nets, p.Masked())
		default:
			a.hosts = append(a.hosts, s)
		}
	}
	return a, nil
}

// special are the networks that netip.Addr has no method for (RFC 6890, a
// cloud's metadata service), and those whose addresses carry another one.
var special = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"), netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("192.88.99.0/24"), netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("240.0.0.0/4"), netip.MustParsePrefix("168.63.129.16/32"), netip.MustParsePrefix("100::/64"), netip.MustParsePrefix("2001::/23"),
	netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("fec0::/10"), netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2002::/16"),
}

// address refuses an address outside the public network.
func (a Allowed) address(ip netip.Addr) error {
	ip = ip.Unmap().WithZone("")
	within := func(p netip.Prefix) bool { return p.Contains(ip) }
	if slices.ContainsFunc(a.nets, within) {
		return nil
	}
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || slices.ContainsFunc(special, within) {
		return fmt.Errorf("%w: %s is not a public address: allow it in push.allow_private", news.ErrForbidden, ip)
	}
	return nil
}

const (
	// requestWait bounds one request, dialling and answer included.
	requestWait = 15 * time.Second
	// maxAnswer bounds what is read of an answer, in bytes.
	maxAnswer = 4 << 10
)

// client makes requests to public addresses, by the address that is really
// connected to, and follows no redirect: a receiver says where it is.
func (a Allowed) client() *http.Client {
	free := &net.Dialer{Timeout: requestWait}
	guarded := &net.Dialer{Timeout: requestWait, Control: func(_, address string, _ syscall.RawConn) error {
		ap, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("%w: %s: %w", news.ErrForbidden, address, err)
		}
		return a.address(ap.Addr())
	}}
	return &http.Client{
		Timeout:       requestWait,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
				if host, _, err := net.SplitHostPort(address); err == nil && slices.Contains(a.hosts, strings.ToLower(host)) {
					return free.DialContext(ctx, network, address)
				}
				return guarded.DialContext(ctx, network, address)
			},
			TLSHandshakeTimeout: requestWait, MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Minute, ForceAttemptHTTP2: true,
		},
	}
}
