package canonical_test

import (
	"errors"
	"strings"
	"testing"

	"sukien/crawler/canonical"
	"sukien/news"
)

func TestURL(t *testing.T) {
	for _, tc := range []struct{ name, base, ref, want string }{
		{"as it is", "", "https://a.example/tin-1.html", "https://a.example/tin-1.html"},
		{"no path", "", "https://a.example", "https://a.example/"},
		{"scheme and host in capitals", "", "HTTPS://A.Example/Tin", "https://a.example/Tin"},
		{"default port", "", "https://a.example:443/x", "https://a.example/x"},
		{"default port of http", "", "http://a.example:80/x", "http://a.example/x"},
		{"other port", "", "http://a.example:8080/x", "http://a.example:8080/x"},
		{"final dot", "", "https://a.example./x", "https://a.example/x"},
		{"user name", "", "https://u:p@a.example/x", "https://a.example/x"},
		{"fragment", "", "https://a.example/x#binhluan", "https://a.example/x"},
		{"dot segments", "", "https://a.example/a/./b/../c", "https://a.example/a/c"},
		{"too many dots", "", "https://a.example/../../c", "https://a.example/c"},
		{"trailing slash stays", "", "https://a.example/a/", "https://a.example/a/"},
		{"encoded dots", "", "https://a.example/a/b/%2E%2e/c/%2e", "https://a.example/a/c/"},
		{"dots before a session", "https://a.example/muc/", "000/.;jsessionid=1", "https://a.example/muc/000/"},
		{"dots with what stays encoded", "", "https://a.example/a%2Fb/%2e/c", "https://a.example/a%2Fb/c"},
		{"dots behind two slashes", "", "https://a.example//b/%2e%2e/c", "https://a.example//c"},
		{"tracking", "", "https://a.example/x?utm_source=rss&id=5&fbclid=abc", "https://a.example/x?id=5"},
		{"only tracking", "", "https://a.example/x?zarsrc=30&gidzl=a", "https://a.example/x"},
		{"tracking in capitals", "", "https://a.example/x?UTM_Source=rss", "https://a.example/x"},
		{"empty query", "", "https://a.example/x?", "https://a.example/x"},
		{"order of parameters", "", "https://a.example/x?b=2&a=1&&b=1", "https://a.example/x?a=1&b=2&b=1"},
		{"session in the path", "", "https://a.example/x;jsessionid=AB12", "https://a.example/x"},
		{"session in the query", "", "https://a.example/x?PHPSESSID=ab&id=1", "https://a.example/x?id=1"},
		{"needless encoding", "", "https://a.example/%61%2d%7E", "https://a.example/a-~"},
		{"lower-case encoding", "", "https://a.example/a%2fb", "https://a.example/a%2Fb"},
		{"Vietnamese path", "", "https://a.example/hội-nghị", "https://a.example/h%E1%BB%99i-ngh%E1%BB%8B"},
		{"Vietnamese path encoded", "", "https://a.example/h%e1%bb%99i-ngh%e1%bb%8b", "https://a.example/h%E1%BB%99i-ngh%E1%BB%8B"},
		{"space", "", " https://a.example/a b\n", "https://a.example/a%20b"},
		{"internationalised host", "", "https://báo.example/", "https://xn--bo-mia.example/"},
		{"the same in its other form", "", "https://xn--bo-mia.example/", "https://xn--bo-mia.example/"},
		{"final dot of another script", "", "https://a.example。/x", "https://a.example/x"},
		{"IPv6", "", "http://[2001:DB8::1]:80/", "http://[2001:db8::1]/"},
		{"IPv4 in IPv6", "", "http://[::ffff:192.0.2.1]/", "http://192.0.2.1/"},
		{"relative", "https://a.example/muc/trang.html", "tin-2.html?x=1#a", "https://a.example/muc/tin-2.html?x=1"},
		{"from the root", "https://a.example/muc/", "/tin-2.html", "https://a.example/tin-2.html"},
		{"without scheme", "https://a.example/", "//b.example/x", "https://b.example/x"},
		{"query alone", "https://a.example/muc?trang=1", "?trang=2", "https://a.example/muc?trang=2"},
		{"line break within", "https://a.example/", "/tin-\n2.html", "https://a.example/tin-2.html"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := canonical.URL(tc.base, tc.ref)
			if err != nil || got != tc.want {
				t.Errorf("%q, %v; want %q", got, err, tc.want)
			}
			if again, err := canonical.URL("", got); err != nil || again != got {
				t.Errorf("of the canonical form: %q, %v", again, err)
			}
		})
	}
}

func TestURLRefuses(t *testing.T) {
	long := make([]byte, canonical.MaxLength)
	for i := range long {
		long[i] = 'a'
	}
	for _, ref := range []string{"", "javascript:void(0)", "mailto:a@b.example", "ftp://a.example/", "/x", "https://", "https:///x", "https://a b.example/", "http://a.example:99999x/", "https://a.example/" + string(long), "https://-a-.exa_mple/%", "http://0../", "https://a.example../x", "https://a..example/",
		"https://" + strings.Repeat("ộ", 60) + ".example/", "https://" + strings.Repeat("dai.", 80) + "example/"} {
		if got, err := canonical.URL("", ref); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("%q: %q, %v", ref, got, err)
		}
	}
}

func TestHostAndPath(t *testing.T) {
	for url, want := range map[string][2]string{
		"https://a.example/x?y=1":  {"a.example", "/x?y=1"},
		"http://a.example:8080/":   {"a.example:8080", "/"},
		"http://[2001:db8::1]:8/z": {"[2001:db8::1]:8", "/z"},
		"nothing":                  {"", ""},
	} {
		if h, p := canonical.Host(url), canonical.Path(url); h != want[0] || p != want[1] {
			t.Errorf("%s: host %q, path %q", url, h, p)
		}
	}
}

func TestDesktop(t *testing.T) {
	for _, tc := range []struct{ name, url, want string }{
		{"mobile host", "https://m.a.example/tin-1.html", "https://a.example/tin-1.html"},
		{"AMP host", "https://amp.a.example/tin-1.html", "https://a.example/tin-1.html"},
		{"AMP folder", "https://a.example/amp/tin-1.html", "https://a.example/tin-1.html"},
		{"AMP at the end", "https://a.example/tin-1/amp", "https://a.example/tin-1"},
		{"AMP extension", "https://a.example/tin-1.amp", "https://a.example/tin-1"},
		{"AMP before the extension", "https://a.example/tin-1.amp.html", "https://a.example/tin-1.html"},
		{"AMP parameter", "https://a.example/tin-1.html?amp=1", "https://a.example/tin-1.html"},
		{"neither", "https://a.example/tin-1.html?x=1", ""},
		{"a word that begins so", "https://mua.example/ampe-ke", ""},
		{"a domain of one letter", "https://m.example/", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, ok := canonical.Desktop(tc.url)
			if ok != (tc.want != "") || ok && got != tc.want {
				t.Errorf("%q, %v; want %q", got, ok, tc.want)
			}
		})
	}
}

func FuzzURL(f *testing.F) {
	for _, s := range []string{"https://a.example/%zz?%a=%", "//b/../c;jsessionid=", "http://[::1%25eth0]/", "https://báo.example:443/ộ?utm_=1&b"} {
		f.Add("https://a.example/muc/", s)
	}
	f.Fuzz(func(t *testing.T, base, ref string) {
		got, err := canonical.URL(base, ref)
		if err != nil {
			if !errors.Is(err, news.ErrInvalid) {
				t.Fatalf("error %v", err)
			}
			return
		}
		if canonical.Host(got) == "" || len(got) > canonical.MaxLength {
			t.Fatalf("canonical form %q", got)
		}
		again, err := canonical.URL("", got)
		if err != nil || again != got {
			t.Fatalf("%q becomes %q, %v", got, again, err)
		}
	})
}

func BenchmarkURL(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := canonical.URL("https://a.example/muc/", "/thoi-su/hoi-nghi-toan-quoc-100001.html?utm_source=x&id=1#a"); err != nil {
			b.Fatal(err)
		}
	}
}
