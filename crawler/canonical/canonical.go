// Package canonical gives every address of the web one spelling, so that the
// frontier knows a page once however it is linked.
//
// What is made equal: fragment, letter case and internationalised form of the
// host, its final dot, the default port, user names, dot segments, percent
// encoding (RFC 3986 section 6.2.2), tracking and session parameters, the order
// of the parameters, an empty query. What is not: the trailing slash of a path
// (a site answers with a redirect, which the frontier remembers, or not at
// all), http and https, mobile and AMP pages (see Desktop).
package canonical

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/idna"

	"sukien/news"
)

// MaxLength is the longest URL that is accepted, in bytes. RFC 9110 section 4.1
// asks for 8,000; articles' addresses stay far below, traps do not.
const MaxLength = 2000

// URL is the canonical form of ref, which may be relative to base, itself
// absolute or empty. The error wraps news.ErrInvalid: not a web address, longer
// than MaxLength, or a host name that cannot exist.
func URL(base, ref string) (string, error) {
	u, err := resolve(base, ref)
	if err != nil {
		return "", err
	}
	host, err := hostOf(u)
	if err != nil {
		return "", err
	}
	path := escapes(u.EscapedPath(), pathSafe)
	if i := strings.Index(strings.ToLower(path), ";jsessionid="); i >= 0 {
		path = path[:i]
	}
	if path = undotted(path); path == "" {
		path = "/"
	}
	out := u.Scheme + "://" + host + path
	if q := query(u.RawQuery); q != "" {
		out += "?" + q
	}
	if len(out) > MaxLength {
		return "", fmt.Errorf("%w: address of %d bytes, at most %d are taken", news.ErrInvalid, len(out), MaxLength)
	}
	return out, nil
}

// Path is what comes after the host of a canonical URL: path and query.
func Path(canonicalURL string) string {
	_, rest, _ := strings.Cut(canonicalURL, "://")
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		return rest[i:]
	}
	return ""
}

// Host is the host of a canonical URL with a port that is not the default: the
// key of leases, pace and robots rules. Empty when there is none.
func Host(canonicalURL string) string {
	_, rest, ok := strings.Cut(canonicalURL, "://")
	if !ok {
		return ""
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	return rest
}

// unbroken takes out what no address holds, as browsers do.
var unbroken = strings.NewReplacer("\n", "", "\r", "", "\t", "")

func resolve(base, ref string) (*url.URL, error) {
	ref = strings.TrimFunc(ref, func(r rune) bool { return r <= ' ' || r == '\u00a0' || r == '\ufeff' })
	ref = unbroken.Replace(ref)
	if len(ref) > 4*MaxLength {
		return nil, fmt.Errorf("%w: address of %d bytes", news.ErrInvalid, len(ref))
	}
	u, err := url.Parse(ref)
	if err != nil {
		return nil, fmt.Errorf("%w: address: %v", news.ErrInvalid, err)
	}
	if base != "" {
		b, err := url.Parse(base)
		if err != nil {
			return nil, fmt.Errorf("%w: base address: %v", news.ErrInvalid, err)
		}
		u = b.ResolveReference(u)
	} else {
		u = u.ResolveReference(&url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery})
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, fmt.Errorf("%w: %q is not an http or https address", news.ErrInvalid, clip(ref))
	}
	return u, nil
}

func clip(s string) string {
	if len(s) > 120 {
		return s[:120] + "…"
	}
	return s
}

// hostOf is u's host in ASCII and lower case, with its port unless it is the scheme's.
func hostOf(u *url.URL) (string, error) {
	name := strings.ToLower(u.Hostname())
	if ip, err := netip.ParseAddr(strings.TrimSuffix(name, ".")); err == nil {
		ip = ip.Unmap().WithZone("")
		if name = ip.String(); ip.Is6() {
			name = "[" + name + "]"
		}
	} else {
		ascii, err := idna.Lookup.ToASCII(name)
		ascii = strings.TrimSuffix(ascii, ".")
		if err != nil || !isName(ascii) {
			return "", fmt.Errorf("%w: %q is no host name", news.ErrInvalid, clip(u.Host))
		}
		name = ascii
	}
	port := u.Port()
	if port == "" || u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443" {
		return name, nil
	}
	return name + ":" + port, nil
}

// isName tells whether an ASCII host name keeps to the lengths of RFC 1035
// section 2.3.4: labels of 1 to 63 bytes, 253 in all. Whatever else it is made of
// has been looked at.
func isName(ascii string) bool {
	for label := range strings.SplitSeq(ascii, ".") {
		if label == "" || len(label) > 63 {
			return false
		}
	}
	return len(ascii) <= 253
}

// undotted removes the dot segments (RFC 3986 section 5.2.4) that only show when
// what needs no encoding has none and the session is gone.
func undotted(path string) string {
	if !strings.Contains(path, "/.") {
		return path
	}
	plain, err := url.PathUnescape(path)
	if err != nil {
		return path
	}
	u := (&url.URL{Path: "/"}).ResolveReference(&url.URL{Path: plain, RawPath: path})
	return u.EscapedPath()
}

// The characters that stand for themselves in a path and in a query, beside
// letters and digits (RFC 3986 appendix A).
const (
	pathSafe  = "-._~!$&'()*+,;=:@/"
	querySafe = pathSafe + "?"
)

// escapes makes the percent encoding of s uniform: what needs none has none,
// the rest is encoded in upper case.
func escapes(s, safe string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' {
			if d, ok := unhex(s, i); ok {
				i += 2
				if unreserved(d) {
					b.WriteByte(d)
				} else {
					encode(&b, d)
				}
				continue
			}
		}
		if unreserved(c) || c != '%' && strings.IndexByte(safe, c) >= 0 {
			b.WriteByte(c)
		} else {
			encode(&b, c)
		}
	}
	return b.String()
}

func encode(b *strings.Builder, c byte) {
	const hex = "0123456789ABCDEF"
	b.WriteByte('%')
	b.WriteByte(hex[c>>4])
	b.WriteByte(hex[c&15])
}

func unhex(s string, i int) (byte, bool) {
	if i+2 >= len(s) {
		return 0, false
	}
	hi, lo := nibble(s[i+1]), nibble(s[i+2])
	return byte(hi<<4 | lo), hi >= 0 && lo >= 0
}

func nibble(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// unreserved are the characters that RFC 3986 section 2.3 never has encoded.
func unreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

// query drops the parameters that do not choose the page and sorts the others by name.
func query(raw string) string {
	if raw == "" {
		return ""
	}
	var keep []string
	for p := range strings.SplitSeq(raw, "&") {
		name, _, _ := strings.Cut(p, "=")
		if p != "" && !tracking(strings.ToLower(name)) {
			keep = append(keep, escapes(p, querySafe))
		}
	}
	slices.SortStableFunc(keep, func(a, b string) int {
		an, _, _ := strings.Cut(a, "=")
		bn, _, _ := strings.Cut(b, "=")
		return strings.Compare(an, bn)
	})
	return strings.Join(keep, "&")
}
