package source_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"sukien/configs"
	"sukien/crawler/source"
	"sukien/news"
)

const good = `domain: songha.example
name: Báo Sông Hà
kind: national
feeds:
  - {url: "https://songha.example/rss/moi.rss", tried: false, known_from: "bảng RSS"}
`

func TestShippedSourcesAreRight(t *testing.T) {
	dir, err := fs.Sub(configs.FS, "sources")
	if err != nil {
		t.Fatal(err)
	}
	sources, err := source.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range source.Check(sources) {
		t.Error(err)
	}
	if len(sources) < 60 {
		t.Errorf("%d sources", len(sources))
	}
	archives := 0
	for _, s := range sources {
		if len(s.Sitemaps)+len(s.Archive) > 0 {
			archives++
		}
	}
	if archives < 44 {
		t.Errorf("%d sources with a way through their archive", archives)
	}
	for _, want := range []string{"giaoducthoidai.vn", "baothaibinh.com.vn", "vietnamplus.vn", "treem.gov.vn", "molisa.gov.vn"} {
		found := false
		for _, s := range sources {
			found = found || s.Domain == want
		}
		if !found {
			t.Errorf("no source %s", want)
		}
	}
}

func TestParseFaults(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"no mapping", "- a\n", "x.yaml:1:1: no source"},
		{"empty", "", "x.yaml:1:1: no source"},
		{"broken YAML", good + "status: [\n", "x.yaml:"},
		{"unknown field", good + "feed: []\n", "x.yaml:6:1: unknown field feed: known are domain, name"},
		{"unknown field inside", strings.Replace(good, "tried:", "tryed:", 1), `x.yaml:5:49: unknown field tryed`},
		{"field twice", good + "name: Hai\n", "x.yaml:6:1: field name stands twice"},
		{"list for a value", good + "status: [closed]\n", "x.yaml:6:9: status: must be a single value"},
		{"value for a list", good + "sections: /a\n", "x.yaml:6:11: sections: must be a list"},
		{"value for a mapping", good + "politeness: 2s\n", "x.yaml:6:13: politeness: must be a mapping of delay"},
		{"text for a number", good + "politeness: {concurrency: viele}\n", `x.yaml:6:27: politeness.concurrency: "viele" must be a whole number`},
		{"text for a boolean", strings.Replace(good, "false", "chưa", 1), `x.yaml:5:56: feeds[0].tried: "chưa" must be true or false`},
		{"no duration", good + "politeness: {delay: 2 giây}\n", `x.yaml:6:21: politeness.delay: "2 giây" is no duration`},
		{"www in the domain", strings.Replace(good, "songha", "www.songha", 1), "x.yaml:1:9: domain:"},
		{"unknown kind", strings.Replace(good, "national", "báo", 1), `x.yaml:3:7: kind: "báo": write national, ministry`},
		{"unknown status", good + "status: open\n", "x.yaml:6:9: status:"},
		{"no day", good + "until: 2025-13-01\n", "x.yaml:6:8: until:"},
		{"until before since", good + "since: 2025-02-01\nuntil: 2025-01-01\n", "x.yaml:7:8: until: 2025-01-01 is before since"},
		{"successor of an active source", good + "successor: hai.example\n", "x.yaml:6:12: successor:"},
		{"no address", "domain: a.example\nname: A\nkind: agency\n", "x.yaml:1:9: an active source needs"},
		{"no web address", strings.Replace(good, "https:", "ftp:", 1), "x.yaml:5:11: feeds[0].url:"},
		{"address of another host", strings.Replace(good, "//songha", "//hai", 1), "x.yaml:5:11: feeds[0].url: https://hai.example/rss/moi.rss is not on songha.example: add its host to hosts"},
		{"untried without known_from", strings.Replace(good, `, known_from: "bảng RSS"`, "", 1), "x.yaml:5:5: feeds[0]: an address that was not tried needs known_from"},
		{"archive of another host", good + "archive: {url: 'https://hai.example/{yyyy}', tried: true}\n", "x.yaml:6:16: archive.url: https://hai.example/2019 is not on songha.example"},
		{"archive untried without known_from", good + "archive:\n  - {url: 'https://songha.example/{yyyy}', tried: false}\n", "x.yaml:7:5: archive[0]: an address that was not tried"},
		{"archive with an unknown mark", good + "archive: {url: 'https://songha.example/{yyy}', tried: true}\n", "x.yaml:6:16: archive.url: unknown mark {yyy}: known are {yyyy}"},
		{"archive with an open mark", good + "archive: {url: 'https://songha.example/{yyyy}/{m', tried: true}\n", "x.yaml:6:16: archive.url: unknown mark {m"},
		{"value for an archive", good + "archive: /a\n", "x.yaml:6:10: archive: must be a list"},
		{"unknown field of an archive", good + "archive: {link: a}\n", "x.yaml:6:11: unknown field link: known are url"},
		{"too often", good + "schedule: {feeds: every 10s}\n", "x.yaml:6:19: schedule.feeds:"},
		{"no schedule", good + "schedule: {feeds: luôn luôn}\n", "write every 10m, or a cron expression"},
		{"two at once", good + "politeness: {concurrency: 4}\n", "x.yaml:6:27: politeness.concurrency: 4"},
		{"ceiling under the delay", good + "politeness: {delay: 10s, max_delay: 1s}\n", "x.yaml:6:37: politeness.max_delay:"},
		{"bad pattern", good + "articles: ['[']\n", "x.yaml:6:12: articles:"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := source.Parse("x.yaml", []byte(tc.text))
			if !errors.Is(err, news.ErrInvalid) || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error %v, want %s", err, tc.want)
			}
		})
	}
}

func TestParseReportsAllFaultsInOrder(t *testing.T) {
	_, err := source.Parse("x.yaml", []byte("domain: A\nkind: b\nstatus: c\n"))
	if err == nil {
		t.Fatal("no error")
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) < 4 || !strings.Contains(lines[len(lines)-1], ":3:9:") {
		t.Errorf("faults:\n%v", err)
	}
}

func TestLoadOverrides(t *testing.T) {
	shipped := fstest.MapFS{"songha.example.yaml": {Data: []byte(good)}, "hai.example.yaml": {Data: []byte(strings.ReplaceAll(good, "songha", "hai"))}}
	own := fstest.MapFS{
		"songha.example.yaml": {Data: []byte(good + "status: closed\n")},
		"ba.example.yaml":     {Data: []byte(good)},
		"README.md":           {Data: []byte("not a source")},
	}
	sources, err := source.Load(shipped, nil, own)
	if err == nil || !strings.Contains(err.Error(), "ba.example.yaml:1:1: the file of songha.example must be named songha.example.yaml") {
		t.Errorf("error %v", err)
	}
	if len(sources) != 2 || sources[0].Domain != "hai.example" || sources[1].Status != "closed" {
		t.Errorf("sources %v", sources)
	}
}

func TestCheck(t *testing.T) {
	parse := func(text string) *source.Source {
		s, err := source.Parse("f.yaml", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	a, b := parse(good), parse(good+"status: closed\nsuccessor: khong-co.example\n")
	b.Domain = "b.example"
	faults := source.Check([]*source.Source{a, b})
	if len(faults) != 2 {
		t.Errorf("faults %v, want a missing successor and an address that stands twice", faults)
	}
}

func TestOwns(t *testing.T) {
	s := &source.Source{Domain: "songha.example", Hosts: []string{"khac.example"}}
	for host, want := range map[string]bool{
		"songha.example": true, "www.songha.example": true, "the-thao.songha.example:8080": true, "khac.example": true,
		"xsongha.example": false, "songha.example.evil.example": false, "": false,
	} {
		if got := s.Owns(host); got != want {
			t.Errorf("Owns(%q) = %v", host, got)
		}
	}
}

func TestTheLongestDomainOwnsAHost(t *testing.T) {
	file := func(domain, more string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(strings.ReplaceAll(good, "songha.example", domain) + more)}
	}
	sources, err := source.Load(fstest.MapFS{
		"songha.example.yaml":     file("songha.example", ""),
		"tin.songha.example.yaml": file("tin.songha.example", ""),
	})
	if err != nil || len(sources) != 2 {
		t.Fatal(len(sources), err)
	}
	for host, want := range map[string]string{
		"songha.example": "songha.example", "www.songha.example": "songha.example",
		"tin.songha.example": "tin.songha.example", "m.tin.songha.example:8080": "tin.songha.example",
	} {
		for _, s := range sources {
			if got := s.Owns(host); got != (s.Domain == want) {
				t.Errorf("%s owns %s: %v", s.Domain, host, got)
			}
		}
	}
}

func TestTiming(t *testing.T) {
	now := time.Date(2026, 11, 24, 7, 30, 0, 0, news.Hanoi)
	for _, tc := range []struct {
		name, text string
		interval   time.Duration
		changed    bool
		want       time.Duration
	}{
		{"first visit", "every 30m", 0, true, 30 * time.Minute},
		{"something new: sooner", "30m", 30 * time.Minute, true, 20 * time.Minute},
		{"nothing new: later", "30m", 30 * time.Minute, false, 45 * time.Minute},
		{"never sooner than a third", "30m", 10 * time.Minute, true, 10 * time.Minute},
		{"never later than six times", "30m", 3 * time.Hour, false, 3 * time.Hour},
		{"never more than once a minute", "2m", time.Minute, true, time.Minute},
		{"cron in Vietnam's time", "0 6,18 * * *", 0, true, 10*time.Hour + 30*time.Minute},
		{"cron does not adapt", "0 8 * * *", time.Minute, true, 30 * time.Minute},
	} {
		t.Run(tc.name, func(t *testing.T) {
			timing, err := source.ParseTiming(tc.text, time.Hour)
			if err != nil {
				t.Fatal(err)
			}
			at, interval := timing.Next(now.UTC(), tc.interval, tc.changed)
			if at.Sub(now) != tc.want || interval != tc.want {
				t.Errorf("next after %v, interval %v, want %v", at.Sub(now), interval, tc.want)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte(good + "archive: {url: 'https://songha.example/{yyyy}/{m}?tu={unix_from}&p={page}', tried: true}\n"))
	f.Add([]byte(good + "archive: [{url: 'https://songha.example/{dd}-{mm}-{yy}', tried: true}]\n"))
	f.Add([]byte("a: &a [*a]\n"))
	f.Add([]byte("domain: {a: b}\nfeeds: [[1]]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := source.Parse("x.yaml", data)
		if err == nil && s == nil {
			t.Fatal("neither source nor error")
		}
		if err != nil && !errors.Is(err, news.ErrInvalid) {
			t.Fatalf("error %v", err)
		}
	})
}
