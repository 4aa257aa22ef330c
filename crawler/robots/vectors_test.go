package robots_test

import (
	"strings"
	"testing"

	"sukien/crawler/robots"
)

// vector is a file with the paths that an agent may fetch and those it may not.
type vector struct {
	name, agent, file string
	allowed, denied   []string
}

// rules is a file for the agent "mot" with lines.
func rules(lines ...string) string { return "user-agent: mot\n" + strings.Join(lines, "\n") + "\n" }

// vectors restate, in our own words, what the public tests of Google's open
// parser (github.com/google/robotstxt, robots_test.cc) hold a parser to. They
// differ from it in two places, where RFC 9309 section 2.2.2 asks for more than
// it does: a path that comes without its percent encoding is encoded before it
// is compared, and encoded letters equal plain ones.
var vectors = []vector{
	{"no file", "mot", "", []string{"", "/"}, nil},
	{"no agent of ours", "", rules("disallow: /"), []string{"/"}, nil},
	{"no path is the root", "mot", rules("disallow: /"), nil, []string{""}},

	{"line with names", "mot", rules("disallow: /"), nil, []string{"/x/y"}},
	{"unknown names", "mot", "foo: mot\nbar: /\n", []string{"/x/y"}, nil},
	{"colons forgotten", "mot", "user-agent mot\ndisallow /\n", nil, []string{"/x/y"}},

	{"groups, the first agent", "mot", groups, []string{"/x/b", "/z/d"}, []string{"/y/c", "/foo/bar/"}},
	{"groups, the second agent", "hai", groups, []string{"/y/c", "/w/a"}, []string{"/z/d", "/foo/bar/"}},
	{"groups, an agent that shares one", "ba", groups, []string{"/z/d"}, []string{"/foo/bar/"}},

	{"names in upper case", "mot", "USER-AGENT: mot\nALLOW: /x/\nDISALLOW: /\n", []string{"/x/y"}, []string{"/a/b"}},
	{"names in mixed case", "mot", "uSeR-aGeNt: mot\nAlLoW: /x/\ndIsAlLoW: /\n", []string{"/x/y"}, []string{"/a/b"}},
	{"agent in upper case, words after it", "mot", "User-Agent: MOT HAI\nAllow: /x/\nDisallow: /\n", []string{"/x/y"}, []string{"/a/b"}},
	{"agent of the crawler in upper case", "MOT", "User-Agent: mot hai\nAllow: /x/\nDisallow: /\n", []string{"/x/y"}, []string{"/a/b"}},
	{"agent up to the first space", "mot", "User-Agent: *\nDisallow: /\nUser-Agent: mot hai\nAllow: /x/\nDisallow: /\n", []string{"/x/y"}, nil},
	{"an agent with a space is none", "mot hai", "User-Agent: *\nDisallow: /\nUser-Agent: mot hai\nAllow: /x/\nDisallow: /\n", nil, []string{"/x/y"}},

	{"own group over the one for all", "mot", "user-agent: *\nallow: /\nuser-agent: mot\ndisallow: /\n", nil, []string{"/x/y"}},
	{"the one for all, without an own", "hai", "user-agent: *\nallow: /\nuser-agent: mot\ndisallow: /\n", []string{"/x/y"}, nil},
	{"only others' groups", "bon", "user-agent: mot\nallow: /\nuser-agent: hai\ndisallow: /\nuser-agent: ba\ndisallow: /\n", []string{"/x/y"}, nil},

	{"case of paths", "mot", rules("disallow: /x/"), []string{"/X/y"}, []string{"/x/y"}},

	{"longer disallow", "mot", rules("disallow: /x/page.html", "allow: /x/"), nil, []string{"/x/page.html"}},
	{"longer allow", "mot", rules("allow: /x/page.html", "disallow: /x/"), []string{"/x/page.html"}, []string{"/x/"}},
	{"empty patterns", "mot", rules("disallow: ", "allow: "), []string{"/x/page.html"}, nil},
	{"equal patterns", "mot", rules("disallow: /", "allow: /"), []string{"/x/page.html"}, nil},
	{"equal but for a slash", "mot", rules("disallow: /x", "allow: /x/"), []string{"/x/"}, []string{"/x"}},
	{"equal longer patterns", "mot", rules("disallow: /x/page.html", "allow: /x/page.html"), []string{"/x/page.html"}, nil},
	{"longer with a star", "mot", rules("allow: /page", "disallow: /*.html"), []string{"/page"}, []string{"/page.html"}},
	{"longer than the star", "mot", rules("allow: /x/page.", "disallow: /*.html"), []string{"/x/page.html"}, []string{"/x/y.html"}},
	{"own group without the path", "mot", "User-agent: *\nDisallow: /x/\nUser-agent: mot\nDisallow: /y/\n", []string{"/x/page"}, []string{"/y/page"}},

	{"address in a query", "mot", rules("Disallow: /", "Allow: /foo/bar?qux=taz&baz=http://foo.bar?tar&par"), []string{"/foo/bar?qux=taz&baz=http://foo.bar?tar&par"}, nil},
	{"character of three bytes", "mot", rules("Disallow: /", "Allow: /foo/bar/ツ"), []string{"/foo/bar/%E3%83%84", "/foo/bar/ツ"}, nil},
	{"the same encoded", "mot", rules("Disallow: /", "Allow: /foo/bar/%E3%83%84"), []string{"/foo/bar/%E3%83%84", "/foo/bar/ツ"}, nil},
	{"letters encoded", "mot", rules("Disallow: /", "Allow: /foo/bar/%62%61%7A"), []string{"/foo/bar/%62%61%7A", "/foo/bar/baz"}, nil},

	{"star inside", "mot", rules("Disallow: /foo/bar/quz", "Allow: /foo/*/qux"), []string{"/foo/quz", "/foo//quz", "/foo/bax/quz"}, []string{"/foo/bar/quz"}},
	{"end", "mot", rules("Disallow: /foo/bar$", "Allow: /foo/bar/qux"), []string{"/foo/bar/qux", "/foo/bar/", "/foo/bar/baz"}, []string{"/foo/bar"}},
	{"comments", "mot", rules("# Disallow: /", "Disallow: /foo/quz#qux", "Allow: /"), []string{"/foo/bar"}, []string{"/foo/quz"}},

	{"index.html is its folder", "mot", rules("Allow: /muc/index.html", "Disallow: /"), []string{"/muc/", "/muc/index.html"}, []string{"/muc/index.htm", "/khac"}},

	{"prefix", "mot", rules("disallow: /", "allow: /fish"), fish, []string{"/bar", "/Fish.asp", "/catfish", "/?id=fish"}},
	{"prefix with a star", "mot", rules("disallow: /", "allow: /fish*"), fish, []string{"/bar", "/Fish.bar", "/catfish", "/?id=fish"}},
	{"folder", "mot", rules("disallow: /", "allow: /fish/"),
		[]string{"/fish/", "/fish/salmon", "/fish/?salmon", "/fish/salmon.html", "/fish/?id=anything"}, []string{"/bar", "/fish", "/fish.html", "/Fish/Salmon.html"}},
	{"extension anywhere", "mot", rules("disallow: /", "allow: /*.php"),
		[]string{"/filename.php", "/folder/filename.php", "/folder/filename.php?parameters", "//folder/any.php.file.html", "/filename.php/", "/index?f=filename.php/"},
		[]string{"/bar", "/php/", "/index?php", "/windows.PHP"}},
	{"extension at the end", "mot", rules("disallow: /", "allow: /*.php$"), []string{"/filename.php", "/folder/filename.php"},
		[]string{"/bar", "/filename.php?parameters", "/filename.php/", "/filename.php5", "/php/", "/filename?php", "/aaaphpaaa", "//windows.PHP"}},
	{"prefix and extension", "mot", rules("disallow: /", "allow: /fish*.php"), []string{"/fish.php", "/fishheads/catfish.php?parameters"}, []string{"/bar", "/Fish.PHP"}},
	{"precedence: longer", "mot", rules("allow: /p", "disallow: /"), []string{"/page"}, nil},
	{"precedence: equal", "mot", rules("allow: /folder", "disallow: /folder"), []string{"/folder/page"}, nil},
	{"precedence: octets of the pattern", "mot", rules("allow: /page", "disallow: /*.htm"), nil, []string{"/page.htm"}},
	{"precedence: the root alone", "mot", rules("allow: /$", "disallow: /"), []string{"/"}, []string{"/page.html"}},

	{"line ends of DOS", "hai", "User-Agent: mot\r\nAllow: /some/path\r\nUser-Agent: hai\r\n\r\n\r\nDisallow: /\r\n", nil, []string{"/a"}},
	{"line ends of old Macs", "hai", "User-Agent: mot\rAllow: /some/path\rUser-Agent: hai\r\r\rDisallow: /\r", nil, []string{"/a"}},
	{"no line end at the end", "hai", "User-Agent: mot\nAllow: /some/path\nUser-Agent: hai\n\n\nDisallow: /", nil, []string{"/a"}},
	{"line ends mixed", "hai", "User-Agent: mot\nAllow: /some/path\r\nUser-Agent: hai\n\r\n\nDisallow: /", nil, []string{"/a"}},

	{"byte order mark", "mot", "\xef\xbb\xbfUser-Agent: mot\nDisallow: /\n", nil, []string{"/a"}},
	{"two bytes of it", "mot", "\xef\xbbUser-Agent: mot\nDisallow: /\n", nil, []string{"/a"}},
	{"one byte of it", "mot", "\xefUser-Agent: mot\nDisallow: /\n", nil, []string{"/a"}},
	{"a broken one spoils its line", "mot", "\xef\x11\xbfUser-Agent: mot\nDisallow: /\n", []string{"/a"}, nil},
	{"one in the middle spoils its line", "mot", "User-Agent: mot\n\xef\xbb\xbfDisallow: /\n", []string{"/a"}, nil},
}

var fish = []string{"/fish", "/fish.html", "/fish/salmon.html", "/fishheads", "/fishheads/yummy.html", "/fish.html?id=anything"}

const groups = "allow: /foo/bar/\n\n" +
	"user-agent: mot\ndisallow: /\nallow: /x/\n" +
	"user-agent: hai\ndisallow: /\nallow: /y/\n\n\nallow: /w/\n" +
	"user-agent: ba\n\nuser-agent: mot\nallow: /z/\ndisallow: /\n"

func TestPublicVectors(t *testing.T) {
	n := 0
	for _, v := range vectors {
		t.Run(v.name, func(t *testing.T) {
			r := robots.Parse([]byte(v.file), v.agent)
			for _, p := range v.allowed {
				n++
				if !r.Allows(p) {
					t.Errorf("%q is denied by\n%s", p, v.file)
				}
			}
			for _, p := range v.denied {
				n++
				if r.Allows(p) {
					t.Errorf("%q is allowed by\n%s", p, v.file)
				}
			}
		})
	}
	t.Logf("%d vectors", n)
}

// TestLongLines: what is beyond the longest line of Google's parser, eight times
// the longest address of old browsers, is cut off.
func TestLongLines(t *testing.T) {
	long := "/x/" + strings.Repeat("a", robots.MaxLine-len("/x/")-len("disallow: "))
	r := robots.Parse([]byte(rules("disallow: "+long+"/qux")), "mot")
	if !r.Allows("/fux") || r.Allows(long+"/fux") {
		t.Error("a line that is too long does not hold up to where it is cut")
	}
}

// TestRFCExample is the file of RFC 9309 section 5.1, and the longest match of
// section 5.2.
func TestRFCExample(t *testing.T) {
	const file = "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\n" +
		"User-Agent: foobot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n\n" +
		"User-Agent: barbot\nUser-Agent: bazbot\nDisallow: /example/page.html\n\n" +
		"User-Agent: quxbot\n\n"
	for _, tc := range []vector{
		{"all", "other", file, []string{"/publications/", "/a.html", "/a.gif?x"}, []string{"/example/", "/a.gif", "/example/page.html"}},
		{"foobot", "foobot", file, []string{"/example/page.html", "/example/allowed.gif"}, []string{"/", "/example/", "/publications/"}},
		{"barbot", "barbot", file, []string{"/example/", "/a.gif"}, []string{"/example/page.html"}},
		{"bazbot", "bazbot", file, []string{"/example/", "/a.gif"}, []string{"/example/page.html"}},
		{"quxbot: a group without rules", "quxbot", file, []string{"/example/", "/a.gif", "/"}, nil},
		{"longest match", "foobot", "User-Agent: foobot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n", []string{"/example/page/"}, []string{"/example/page/disallowed.gif"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := robots.Parse([]byte(tc.file), tc.agent)
			for _, p := range tc.allowed {
				if !r.Allows(p) {
					t.Errorf("%q is denied", p)
				}
			}
			for _, p := range tc.denied {
				if r.Allows(p) {
					t.Errorf("%q is allowed", p)
				}
			}
		})
	}
}
