package robots_test

import (
	"strings"
	"testing"
	"time"

	"sukien/crawler/robots"
)

const agent = "SukienBot"

func TestAllows(t *testing.T) {
	for _, tc := range []struct {
		name, file, path string
		want             bool
	}{
		// RFC 9309 section 2.2.1, user agents.
		{"no file", "", "/a", true},
		{"own group, any case", "User-Agent: sukienbot\nDisallow: /", "/a", false},
		{"own group with version", "User-agent: SukienBot/2.1\nDisallow: /", "/a", false},
		{"own group with words after it", "User-agent: SukienBot a b\nDisallow: /", "/a", false},
		{"other group", "User-agent: OtherBot\nDisallow: /", "/a", true},
		{"longer name is another", "User-agent: SukienBotNews\nDisallow: /", "/a", true},
		{"shorter name is another", "User-agent: Sukien\nDisallow: /", "/a", true},
		{"own group beats the one for all", "User-agent: *\nDisallow: /\nUser-agent: SukienBot\nDisallow: /x", "/a", true},
		{"order of groups does not matter", "User-agent: SukienBot\nDisallow: /x\nUser-agent: *\nDisallow: /", "/a", true},
		{"empty own group beats the one for all", "User-agent: *\nDisallow: /\n\nUser-agent: SukienBot\nDisallow:\n", "/a", true},
		{"own groups are joined, first", "User-agent: SukienBot\nDisallow: /a\nUser-agent: x\nDisallow: /b\nUser-agent: sukienbot\nDisallow: /c", "/a", false},
		{"own groups are joined, last", "User-agent: SukienBot\nDisallow: /a\nUser-agent: x\nDisallow: /b\nUser-agent: sukienbot\nDisallow: /c", "/c", false},
		{"own groups are joined, not others'", "User-agent: SukienBot\nDisallow: /a\nUser-agent: x\nDisallow: /b\nUser-agent: sukienbot\nDisallow: /c", "/b", true},
		{"groups for all are joined", "User-agent: *\nDisallow: /a\nUser-agent: x\nDisallow: /b\nUser-agent: *\nDisallow: /c", "/c", false},
		{"several names over one group", "User-agent: x\nUser-agent: SukienBot\nUser-agent: y\nDisallow: /a", "/a", false},
		{"empty lines do not end a group", "User-agent: x\n\n\nUser-agent: SukienBot\n\n\nDisallow: /a", "/a", false},
		{"sitemap between names does not end a group", "User-agent: SukienBot\nSitemap: https://a.example/s.xml\nUser-agent: x\nDisallow: /a", "/a", false},
		{"unknown line between names does not end a group", "User-agent: SukienBot\nNoindex: /x\nUser-agent: x\nDisallow: /a", "/a", false},
		{"crawl-delay ends the names", "User-agent: SukienBot\nCrawl-delay: 1\nUser-agent: x\nDisallow: /a", "/a", true},
		{"rules before any name", "Disallow: /\nUser-agent: x\nDisallow: /b", "/a", true},
		{"star with a comment", "User-agent: * # all\nDisallow: /a", "/a", false},

		// RFC 9309 section 2.2.2, longest match.
		{"RFC: page allowed", "User-Agent: SukienBot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n", "/example/page/", true},
		{"RFC: the longer disallows", "User-Agent: SukienBot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n", "/example/page/disallowed.gif", false},
		{"tie allows", "User-agent: *\nDisallow: /page\nAllow: /page\n", "/page", true},
		{"tie allows in either order", "User-agent: *\nAllow: /page\nDisallow: /page\n", "/page", true},
		{"longer allow", "User-agent: *\nDisallow: /folder\nAllow: /folder/page\n", "/folder/page", true},
		{"allow root only", "User-agent: *\nDisallow: /\nAllow: /$\n", "/", true},
		{"allow root only, not below", "User-agent: *\nDisallow: /\nAllow: /$\n", "/page.htm", false},
		{"longest by octets with star", "User-agent: *\nAllow: /page\nDisallow: /*.htm\n", "/page.htm", false},
		{"case of paths matters", "User-agent: *\nDisallow: /X/\n", "/x/y", true},
		{"prefix", "User-agent: *\nDisallow: /fish\n", "/fishheads/yummy.html", false},
		{"not inside", "User-agent: *\nDisallow: /fish\n", "/catfish", true},
		{"folder does not match the name", "User-agent: *\nDisallow: /fish/\n", "/fish", true},
		{"robots.txt itself", "User-agent: *\nDisallow: /\n", "/robots.txt", true},
		{"query belongs to the path", "User-agent: *\nDisallow: /*?trang=\n", "/tin?trang=2", false},
		{"query of another name", "User-agent: *\nDisallow: /*?trang=\n", "/tin?page=2", true},
		{"root with query", "User-agent: *\nDisallow: /?s=\n", "/?s=a", false},
		{"empty path", "User-agent: *\nDisallow: /\n", "", false},
		{"pattern without slash", "User-agent: *\nDisallow: a\n", "/a", true},

		// RFC 9309 section 2.2.3, special characters.
		{"RFC: end", "User-agent: *\nAllow: /this/path/exactly$\nDisallow: /this\n", "/this/path/exactly", true},
		{"RFC: end, longer path", "User-agent: *\nAllow: /this/path/exactly$\nDisallow: /this\n", "/this/path/exactly/not", false},
		{"RFC: star", "User-agent: *\nDisallow: /this/*/exactly\n", "/this/is/a/path/exactly", false},
		{"star at the end is nothing", "User-agent: *\nDisallow: /fish*\n", "/fish", false},
		{"many stars", "User-agent: *\nDisallow: /*a*b*c$\n", "/xxaxxbxxc", false},
		{"many stars, wrong end", "User-agent: *\nDisallow: /*a*b*c$\n", "/xxaxxbxxcd", true},
		{"star and end overlap", "User-agent: *\nDisallow: /ab*b$\n", "/ab", true},
		{"dollar inside is itself", "User-agent: *\nDisallow: /a$b\n", "/a$b", false},
		{"extension", "User-agent: *\nDisallow: /*.php$\n", "/folder/any.php.file.php", false},
		{"extension with query", "User-agent: *\nDisallow: /*.php$\n", "/filename.php?p=1", true},
		{"RFC: star meant literally", "User-agent: *\nDisallow: /path/file-with-a-%2A.html\n", "/path/file-with-a-*.html", false},
		{"RFC: star meant literally, another", "User-agent: *\nDisallow: /path/file-with-a-%2A.html\n", "/path/file-with-a-b.html", true},
		{"RFC: dollar meant literally", "User-agent: *\nDisallow: /path/foo-%24\n", "/path/foo-$", false},

		// RFC 9309 section 2.2.2, encoding, its table of comparisons.
		{"RFC: plain", "User-agent: *\nDisallow: /foo/bar?baz=quz\n", "/foo/bar?baz=quz", false},
		{"RFC: address in the query", "User-agent: *\nDisallow: /foo/bar?baz=https://foo.bar\n", "/foo/bar?baz=https://foo.bar", false},
		{"RFC: encoded and not", "User-agent: *\nDisallow: /foo/bar/ツ\n", "/foo/bar/%E3%83%84", false},
		{"RFC: encoded in the file", "User-agent: *\nDisallow: /foo/bar/%E3%83%84\n", "/foo/bar/ツ", false},
		{"RFC: unreserved encoded in the file", "User-agent: *\nDisallow: /foo/bar/%62%61%7A\n", "/foo/bar/baz", false},
		{"unreserved encoded in the path", "User-agent: *\nDisallow: /foo/bar/baz\n", "/foo/bar/%62az", false},
		{"lower case of encoding", "User-agent: *\nDisallow: /%e3%83%84\n", "/%E3%83%84", false},
		{"encoded slash is no slash", "User-agent: *\nDisallow: /a%2Fb\n", "/a/b", true},
		{"Vietnamese path", "User-agent: *\nDisallow: /tìm-kiếm\n", "/t%C3%ACm-ki%E1%BA%BFm?q=a", false},

		// Lines as they are met.
		{"byte order mark", "\ufeffUser-agent: *\nDisallow: /a\n", "/a", false},
		{"CR alone ends lines", "User-agent: *\rDisallow: /a\r", "/a", false},
		{"CR LF", "User-agent: *\r\nDisallow: /a\r\n", "/a", false},
		{"space around", "  User-agent  :  *  \n\tDisallow\t: /a  \n", "/a", false},
		{"comment after a rule", "User-agent: *\nDisallow: /a # private\n", "/a", false},
		{"no colon", "User-agent *\nDisallow /a\n", "/a", false},
		{"misspelt", "User-agent: *\nDissallow: /a\n", "/a", false},
		{"nonsense line does not spoil the rest", "User-agent: *\n<html>\nDisallow: /a\n", "/a", false},
		{"HTML instead of robots.txt", "<!DOCTYPE html><html><body>404</body></html>", "/a", true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := robots.Parse([]byte(tc.file), agent).Allows(tc.path); got != tc.want {
				t.Errorf("allows %q: %v, want %v, by\n%s", tc.path, got, tc.want, tc.file)
			}
		})
	}
}

func TestCrawlDelayAndSitemaps(t *testing.T) {
	for _, tc := range []struct {
		name, file string
		want       time.Duration
	}{
		{"none", "User-agent: *\nDisallow:", 0},
		{"seconds", "User-agent: *\nCrawl-delay: 10", 10 * time.Second},
		{"fraction", "User-agent: *\nCrawl-delay: 0.5", 500 * time.Millisecond},
		{"own", "User-agent: *\nCrawl-delay: 10\nUser-agent: SukienBot\nCrawl-delay: 2", 2 * time.Second},
		{"of another", "User-agent: x\nCrawl-delay: 10", 0},
		{"negative", "User-agent: *\nCrawl-delay: -3", 0},
		{"no number", "User-agent: *\nCrawl-delay: soon", 0},
		{"not a number", "User-agent: *\nCrawl-delay: NaN", 0},
		{"for ever", "User-agent: *\nCrawl-delay: 1e300", 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			rules := robots.Parse([]byte(tc.file+"\nSitemap: https://a.example/s.xml\n"), agent)
			if rules.Delay != tc.want {
				t.Errorf("delay %v, want %v", rules.Delay, tc.want)
			}
			if len(rules.Sitemaps) != 1 || rules.Sitemaps[0] != "https://a.example/s.xml" {
				t.Errorf("sitemaps %v", rules.Sitemaps)
			}
		})
	}
}

func TestSizeLimit(t *testing.T) {
	filler := strings.Repeat("# dài dòng\n", robots.MaxSize/len("# dài dòng\n")-10)
	head := "User-agent: *\nDisallow: /in\n"
	rules := robots.Parse([]byte(head+filler+strings.Repeat("x", 100)+"\nDisallow: /out\n"), agent)
	if rules.Allows("/in") {
		t.Error("a rule within 500 KiB is lost")
	}
	cut := head + filler
	cut += strings.Repeat("#", robots.MaxSize-len(cut)-len("\nDisallow: /")) + "\nDisallow: /secret\n"
	if !robots.Parse([]byte(cut), agent).Allows("/a") {
		t.Error("a line cut in two disallows everything")
	}
	if robots.DisallowAll().Allows("/a") {
		t.Error("DisallowAll allows")
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /*a*b$\nAllow: /%2a\n"), "/a%zz*?b")
	f.Add([]byte("\xef\xbb\xbfuser-agent SukienBot\rcrawl-delay: 1e9"), "")
	f.Fuzz(func(t *testing.T, file []byte, path string) {
		rules := robots.Parse(file, agent)
		rules.Allows(path)
		if !rules.Allows("/robots.txt") {
			t.Error("/robots.txt is disallowed")
		}
		if rules.Delay < 0 {
			t.Errorf("delay %v", rules.Delay)
		}
	})
}

func BenchmarkAllows(b *testing.B) {
	var file strings.Builder
	file.WriteString("User-agent: *\n")
	for i := range 200 {
		file.WriteString("Disallow: /muc-" + strings.Repeat("a", i%20) + "/*?trang=\n")
	}
	rules := robots.Parse([]byte(file.String()), agent)
	b.ReportAllocs()
	for b.Loop() {
		rules.Allows("/thoi-su/mot-bai-bao-kha-dai-ve-hoi-nghi-100001.html")
	}
}
