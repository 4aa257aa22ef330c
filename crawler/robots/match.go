package robots

import "strings"

// Allows tells whether the path of a URL, with "?" and its query when it has
// one, may be fetched. The longest matching pattern decides, Allow on a tie; no
// match allows. /robots.txt itself is always allowed.
func (r Rules) Allows(path string) bool {
	path = normalPath(path)
	if path == "/robots.txt" {
		return true
	}
	return longest(r.Allow, path) >= longest(r.Disallow, path)
}

// longest is the length of the longest pattern that matches path, -1 when none does.
func longest(patterns []string, path string) int {
	best := -1
	for _, p := range patterns {
		if len(p) > best && match(p, path) {
			best = len(p)
		}
	}
	return best
}

// match tells whether pattern matches path from its start: "*" stands for any
// octets, "$" at the end for the end of the path. It takes at most
// len(pattern)·len(path) steps.
func match(pattern, path string) bool {
	pattern, anchored := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	rest, ok := strings.CutPrefix(path, parts[0])
	if !ok {
		return false
	}
	if len(parts) == 1 {
		return !anchored || rest == ""
	}
	last := parts[len(parts)-1]
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(rest, part)
		if i < 0 {
			return false
		}
		rest = rest[i+len(part):]
	}
	if anchored {
		return strings.HasSuffix(rest, last)
	}
	return strings.Contains(rest, last)
}

// normalPath is path as patterns are compared with it (RFC 9309 section
// 2.2.2): octets outside ASCII encoded, encoded ones in upper case, what needs
// no encoding without, "*" and "$" encoded since they are meant literally.
func normalPath(path string) string {
	if path == "" || path[0] == '?' {
		path = "/" + path
	}
	path, _, _ = strings.Cut(path, "#")
	return octets(path, true)
}

// normalPattern is the same for a pattern, whose "*", and "$" at the end, are special.
func normalPattern(pattern string) string {
	body, anchored := strings.CutSuffix(pattern, "$")
	body = strings.ReplaceAll(octets(body, false), "$", "%24")
	if anchored {
		body += "$"
	}
	return body
}

func octets(s string, literal bool) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		encoded := false
		if c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			c, encoded = fromHex(s[i+1])<<4|fromHex(s[i+2]), true
			i += 2
		}
		if keep(c, encoded, literal) {
			b.WriteByte(c)
		} else {
			const hex = "0123456789ABCDEF"
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

// keep tells whether an octet is written as itself: always when it is
// unreserved, and when it is other ASCII that was not encoded.
func keep(c byte, encoded, literal bool) bool {
	if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0 {
		return true
	}
	if encoded || c <= ' ' || c >= 0x7f {
		return false
	}
	return !literal || c != '*' && c != '$'
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func fromHex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c >= 'a':
		return c - 'a' + 10
	}
	return c - 'A' + 10
}
