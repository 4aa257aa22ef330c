package source

import (
	"errors"
	"fmt"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"sukien/crawler/canonical"
	"sukien/news"
)

// Parse reads one source file strictly: every unknown, repeated or
// mistyped field, every value out of its range is an error that says
// file:line:column and what to write. All faults come at once, joined; each
// wraps news.ErrInvalid.
func Parse(file string, data []byte) (*Source, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, syntaxFault(file, err)
	}
	c := &checker{file: file}
	if doc.Kind != yaml.DocumentNode || doc.Content[0].Kind != yaml.MappingNode {
		return nil, fmt.Errorf("%w: %s:1:1: no source: write at least domain, name and kind", news.ErrInvalid, file)
	}
	root := doc.Content[0]
	c.shape(root, reflect.TypeFor[Source](), "")
	if len(c.faults) > 0 {
		return nil, errors.Join(c.faults...)
	}
	src := &Source{File: file}
	if err := root.Decode(src); err != nil {
		return nil, syntaxFault(file, err)
	}
	c.values(src)
	return src, errors.Join(c.faults...)
}

var yamlLine = regexp.MustCompile(`line (\d+):? ?`)

// syntaxFault gives YAML's own messages, which know the line only, the common form.
func syntaxFault(file string, err error) error {
	text := strings.ReplaceAll(strings.TrimPrefix(err.Error(), "yaml: "), "\n", " ")
	line := "1"
	if m := yamlLine.FindStringSubmatch(text); m != nil {
		line, text = m[1], strings.Replace(text, m[0], "", 1)
	}
	return fmt.Errorf("%w: %s:%s:1: %s", news.ErrInvalid, file, line, text)
}

// checker collects the faults of one file.
type checker struct {
	file   string
	faults []error
	at     map[string]*yaml.Node // by path: "feeds[1].url"
}

func (c *checker) fault(n *yaml.Node, format string, args ...any) {
	line, column := 1, 1
	if n != nil {
		line, column = n.Line, n.Column
	}
	c.faults = append(c.faults, fmt.Errorf("%w: %s:%d:%d: %s", news.ErrInvalid, c.file, line, column, fmt.Sprintf(format, args...)))
}

// shape compares a node with the Go type that it is to become.
func (c *checker) shape(n *yaml.Node, t reflect.Type, where string) {
	if c.at == nil {
		c.at = map[string]*yaml.Node{}
	}
	c.at[where] = n
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == reflect.TypeFor[time.Duration]():
		if _, err := time.ParseDuration(n.Value); err != nil {
			c.fault(n, "%s: %q is no duration: write 500ms, 2s or 1m", where, n.Value)
		}
	case t.Kind() == reflect.Struct:
		c.mapping(n, t, where)
	case t == reflect.TypeFor[Archive]() && n.Kind == yaml.MappingNode:
		c.mapping(n, t.Elem(), where)
	case t.Kind() == reflect.Slice:
		if n.Kind != yaml.SequenceNode {
			c.fault(n, "%s: must be a list", where)
			return
		}
		for i, item := range n.Content {
			c.shape(item, t.Elem(), fmt.Sprintf("%s[%d]", where, i))
		}
	case n.Kind != yaml.ScalarNode:
		c.fault(n, "%s: must be a single value", where)
	default:
		c.scalar(n, t, where)
	}
}

func (c *checker) scalar(n *yaml.Node, t reflect.Type, where string) {
	switch t.Kind() {
	case reflect.Bool:
		if n.Tag != "!!bool" {
			c.fault(n, "%s: %q must be true or false", where, n.Value)
		}
	case reflect.Int:
		if _, err := strconv.Atoi(n.Value); err != nil {
			c.fault(n, "%s: %q must be a whole number", where, n.Value)
		}
	}
}

func (c *checker) mapping(n *yaml.Node, t reflect.Type, where string) {
	if n.Kind != yaml.MappingNode {
		c.fault(n, "%s: must be a mapping of %s", where, strings.Join(fieldNames(t), ", "))
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		field, ok := fieldOf(t, key.Value)
		switch {
		case seen[key.Value]:
			c.fault(key, "field %s stands twice", key.Value)
		case !ok:
			c.fault(key, "unknown field %s: known are %s", key.Value, strings.Join(fieldNames(t), ", "))
		default:
			c.shape(n.Content[i+1], field.Type, strings.TrimPrefix(where+"."+key.Value, "."))
		}
		seen[key.Value] = true
	}
}

func fieldOf(t reflect.Type, name string) (reflect.StructField, bool) {
	for f := range fields(t) {
		if yamlName(f) == name {
			return f, true
		}
	}
	return reflect.StructField{}, false
}

func fieldNames(t reflect.Type) []string {
	var out []string
	for f := range fields(t) {
		out = append(out, yamlName(f))
	}
	return out
}

// fields are the fields of t that YAML may set.
func fields(t reflect.Type) func(yield func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			if f := t.Field(i); f.IsExported() && yamlName(f) != "-" && !yield(f) {
				return
			}
		}
	}
}

func yamlName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
	if name == "" {
		return strings.ToLower(f.Name)
	}
	return name
}

// values checks what the fields say.
func (c *checker) values(s *Source) {
	if u, err := canonical.URL("", "https://"+s.Domain+"/"); s.Domain == "" || err != nil || canonical.Host(u) != s.Domain || strings.HasPrefix(s.Domain, "www.") {
		c.fault(c.at["domain"], "domain: %q: write the host in lower case, without www, scheme or path: vnexpress.net", s.Domain)
	}
	if s.Name == "" {
		c.fault(c.at["name"], "name: missing: write what the outlet calls itself")
	}
	c.oneOf("kind", s.Kind, "national", "ministry", "government", "province", "agency")
	c.oneOf("status", s.Status, "", "active", "closed", "archive_only")
	c.day("since", s.Since)
	c.day("until", s.Until)
	if s.Since != "" && s.Until != "" && s.Since > s.Until {
		c.fault(c.at["until"], "until: %s is before since", s.Until)
	}
	if s.Active() && len(s.Addresses()) == 0 {
		c.fault(c.at["domain"], "an active source needs at least one of feeds, sections, sitemaps")
	}
	if s.Active() && s.Successor != "" {
		c.fault(c.at["successor"], "successor: %s: only a source that is closed or archive_only has one", s.Successor)
	}
	c.addresses(s)
	c.timing(s)
	for i, p := range s.Articles {
		if _, err := path.Match(p, "/"); err != nil || !strings.HasPrefix(p, "/") {
			c.fault(c.at[fmt.Sprintf("articles[%d]", i)], "articles: %q is no path pattern: write /*/*.html", p)
		}
	}
}

func (c *checker) oneOf(field, value string, allowed ...string) {
	if !slices.Contains(allowed, value) {
		c.fault(c.at[field], "%s: %q: write %s", field, value, strings.TrimPrefix(strings.Join(allowed, ", "), ", "))
	}
}

func (c *checker) day(field, value string) {
	if _, err := time.Parse(time.DateOnly, value); value != "" && err != nil {
		c.fault(c.at[field], "%s: %q is no day: write 2019-11-21", field, value)
	}
}

// addresses checks them, and makes the first three kinds canonical.
func (c *checker) addresses(s *Source) {
	for name, list := range map[string][]Address{"feeds": s.Feeds, "sections": s.Sections, "sitemaps": s.Sitemaps} {
		for i := range list {
			c.address(s, fmt.Sprintf("%s[%d]", name, i), &list[i])
		}
	}
	for i, a := range s.Archive {
		where := fmt.Sprintf("archive[%d]", i)
		if c.at[where] == nil {
			where = "archive"
		}
		c.pattern(s, where, a)
	}
	slices.SortFunc(c.faults, func(a, b error) int { return compareFaults(a.Error(), b.Error()) })
}

func (c *checker) address(s *Source, where string, a *Address) {
	n := c.at[where+".url"]
	if n == nil {
		n = c.at[where]
	}
	u, err := canonical.URL("", a.URL)
	if err != nil {
		c.fault(n, "%s.url: %q: write an address with https:// or http://", where, a.URL)
		return
	}
	a.URL = u
	if !s.Owns(canonical.Host(u)) {
		c.fault(n, "%s.url: %s is not on %s: add its host to hosts", where, u, s.Domain)
	}
	if !a.Tried && a.KnownFrom == "" {
		c.fault(c.at[where], "%s: an address that was not tried needs known_from", where)
	}
	c.day(where+".tried_on", a.TriedOn)
	if _, err := ParseTiming(a.Every, minEvery); err != nil {
		c.fault(c.at[where+".every"], "%s.every: %v", where, err)
	}
}

// pattern checks an address of an archive as it is on some day.
func (c *checker) pattern(s *Source, where string, a Address) {
	if mark := Pattern(a.URL).unknown(); mark != "" {
		c.fault(c.at[where+".url"], "%s.url: unknown mark %s: known are {yyyy} {yy} {mm} {m} {dd} {d} {unix_from} {unix_to} {page}", where, mark)
		return
	}
	a.URL = Pattern(a.URL).On(time.Date(2019, 11, 21, 0, 0, 0, 0, news.Hanoi), 1)
	c.address(s, where, &a)
}

func (c *checker) timing(s *Source) {
	for field, v := range map[string]string{"feeds": s.Schedule.Feeds, "sections": s.Schedule.Sections, "sitemaps": s.Schedule.Sitemaps} {
		if _, err := ParseTiming(v, minEvery); err != nil {
			c.fault(c.at["schedule."+field], "schedule.%s: %v", field, err)
		}
	}
	if d := s.Delay(); d < 0 || d > time.Hour {
		c.fault(c.at["politeness.delay"], "politeness.delay: %s: write 0s to 1h", d)
	}
	if _, _, err := parseHours(s.Politeness.Hours); err != nil {
		c.fault(c.at["politeness.hours"], "politeness.hours: %v", err)
	}
	if s.MaxDelay() < s.Delay() {
		c.fault(c.at["politeness.max_delay"], "politeness.max_delay: %s is less than the delay", s.MaxDelay())
	}
	if n := s.Politeness.Concurrency; n != 0 && n != 1 {
		c.fault(c.at["politeness.concurrency"], "politeness.concurrency: %d: one request a host at a time is all that is supported: write 1", n)
	}
}

var position = regexp.MustCompile(`:(\d+):(\d+): `)

// compareFaults orders messages by line and column.
func compareFaults(a, b string) int {
	return slices.Compare(place(a), place(b))
}

func place(s string) []int {
	m := position.FindStringSubmatch(s)
	if m == nil {
		return nil
	}
	line, _ := strconv.Atoi(m[1])
	column, _ := strconv.Atoi(m[2])
	return []int{line, column}
}
