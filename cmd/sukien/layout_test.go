package main

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"
)

// floors says which of our packages each may import, by path prefix below
// "sukien/"; a package may always import the leaves below itself. The last
// prefix that fits wins.
var floors = []struct {
	pkg string
	may []string
}{
	{"news", nil},
	{"news/viet", []string{"news"}},
	{"news/timex", []string{"news", "news/viet"}},
	{"news/lexicon", []string{"news", "news/viet", "news/timex"}},
	{"configs", nil},
	{"crawler", []string{"news", "news/*", "configs", "crawler/*"}},
	{"extractor", []string{"news", "news/*", "configs", "extractor/*"}},
	{"stream", []string{"news", "news/*", "configs"}},
	{"store", []string{"news", "news/*", "configs", "store/resolve"}},
	{"store/resolve", []string{"news", "news/*", "configs"}},
	{"store/dump", []string{"news"}},
	{"store/pin", []string{"news", "news/*"}},
	{"store/recent", nil},
	{"store/ingest", []string{"news", "news/*", "configs", "store", "store/resolve", "store/pin", "store/recent"}},
	{"store/sqlite", []string{"news", "news/*", "configs", "store", "store/resolve", "store/ingest", "store/dump", "store/recent"}},
	{"store/postgres", []string{"news", "news/*", "configs", "store", "store/resolve", "store/ingest", "store/dump"}},
	{"store/storetest", []string{"news", "news/*", "configs", "store", "store/resolve", "store/dump"}},
	{"web", []string{"news", "news/*", "configs", "store", "store/resolve"}},
	{"cmd/sukien", []string{"*"}},
}

// fences are foreign modules and the only packages that may import them.
var fences = []struct {
	module  string
	only    []string
	inTests bool // test files may import it anywhere
}{
	{"github.com/gocolly/colly", []string{"crawler"}, false},
	{"github.com/PuerkitoBio/goquery", []string{"crawler", "crawler/content"}, true},
	{"github.com/nats-io", []string{"stream"}, false},
	{"modernc.org/sqlite", []string{"store/sqlite"}, false},
	{"github.com/jackc/pgx", []string{"store/postgres"}, false},
	{"go.opentelemetry.io/otel", []string{"crawler", "store", "store/storetest", "stream", "cmd/sukien"}, false},
	{"go.opentelemetry.io/otel/sdk", []string{"cmd/sukien"}, false},
	{"go.opentelemetry.io/otel/exporters", []string{"cmd/sukien"}, false},
	{"github.com/rogpeppe/go-internal", nil, true},
	{"go.uber.org/goleak", nil, true},
	{"pgregory.net/rapid", nil, true},
	{"github.com/chromedp", nil, true},
	{"github.com/apognu/gocal", nil, true},
	{"github.com/twpayne/go-geom", nil, true},
	{"github.com/google/go-cmp", nil, true},
	{"testing", []string{"store/storetest", "store/storetest/pgserver", "crawler/crawlertest"}, true},
}

type listed struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
	GoFiles, TestGoFiles, XTestGoFiles []string
	Standard                           bool
}

func packages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "sukien/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var pkgs []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
		var p listed
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, p)
	}
	return pkgs
}

func TestFloors(t *testing.T) {
	for _, p := range packages(t) {
		pkg := strings.TrimPrefix(p.ImportPath, "sukien/")
		may, ok := allowed(pkg)
		if !ok {
			t.Errorf("%s stands on no floor: see floors", pkg)
		}
		for _, imp := range p.Imports {
			of, ours := strings.CutPrefix(imp, "sukien/")
			if ours && !strings.HasPrefix(of, pkg+"/") && !matches(may, of) {
				t.Errorf("%s imports %s: not on a floor below it", pkg, of)
			}
		}
	}
}

func allowed(pkg string) (may []string, ok bool) {
	for _, f := range floors {
		if pkg == f.pkg || strings.HasPrefix(pkg, f.pkg+"/") {
			may, ok = f.may, true
		}
	}
	return may, ok
}

func matches(patterns []string, pkg string) bool {
	for _, p := range patterns {
		if prefix, star := strings.CutSuffix(p, "*"); p == pkg || star && strings.HasPrefix(pkg, prefix) {
			return true
		}
	}
	return false
}

func TestFences(t *testing.T) {
	for _, p := range packages(t) {
		pkg := strings.TrimPrefix(p.ImportPath, "sukien/")
		for _, f := range fences {
			if matches(f.only, pkg) {
				continue
			}
			imports := p.Imports
			if !f.inTests {
				imports = append(append(imports, p.TestImports...), p.XTestImports...)
			}
			for _, imp := range imports {
				if imp == f.module || strings.HasPrefix(imp, f.module+"/") {
					t.Errorf("%s imports %s, which belongs to %v", pkg, imp, f.only)
				}
			}
		}
	}
}
