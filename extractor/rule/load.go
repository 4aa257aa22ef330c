package rule

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"sukien/news"
	"sukien/news/viet"
)

// loader reads the files of a Set.
type loader struct {
	set    *Set
	file   string
	faults []error
	drafts []*draft
	lines  map[string]string // rule id to where it is
}

// draft is a rule whose patterns are not compiled yet.
type draft struct {
	*Rule
	node     *yaml.Node
	pattern  *yaml.Node
	after    *yaml.Node
	notAfter *yaml.Node
	emit     *yaml.Node
	within   []*yaml.Node
	without  []*yaml.Node
	span     *yaml.Node
}

// Load reads every .yaml file of fsys (configs/rules). types are the
// annotations that the caller makes: date, person, place and the like. The
// error joins every news.Fault.
func Load(fsys fs.FS, types []string) (*Set, error) {
	s := &Set{syms: map[string]Sym{}, types: map[string]Sym{}, ids: map[string]int32{}, weights: map[string]float64{}, open: map[Sym]bool{}}
	s.names = []string{""}
	s.trie = []node{{}}
	for _, t := range types {
		s.types[t] = s.Sym(t)
		s.open[s.types[t]] = true
	}
	l := &loader{set: s, lines: map[string]string{}}
	names, err := fs.Glob(fsys, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("list rule files: %w", err)
	}
	sum := sha256.New()
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read rules: %w", err)
		}
		fmt.Fprintf(sum, "%s\x00%d\x00", name, len(data))
		sum.Write(data)
		l.file = name
		l.read(data)
	}
	s.hash = hex.EncodeToString(sum.Sum(nil))
	l.compile()
	s.index()
	if len(l.faults) > 0 {
		return nil, errors.Join(l.faults...)
	}
	return s, nil
}

func (l *loader) fault(n *yaml.Node, format string, args ...any) {
	l.faultAt(n.Line, n.Column, format, args...)
}

func (l *loader) faultAt(line, col int, format string, args ...any) {
	l.faults = append(l.faults, &news.Fault{File: l.file, Line: max(line, 1), Column: max(col, 1), Msg: fmt.Sprintf(format, args...)})
}

func (l *loader) read(data []byte) {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		l.faultAt(yamlLine(err), 1, "not YAML: %s", strings.TrimPrefix(err.Error(), "yaml: "))
		return
	}
	if len(doc.Content) == 0 {
		return
	}
	l.fields(doc.Content[0], func(k, v *yaml.Node) bool {
		switch k.Value {
		case "words":
			l.words(v)
		case "rules":
			for _, n := range l.list(v) {
				l.rule(n)
			}
		case "weights":
			l.weights(v)
		case "examples":
			for _, n := range l.list(v) {
				l.example(n)
			}
		default:
			return false
		}
		return true
	}, "words, rules, weights, examples")
}

func yamlLine(err error) int {
	n := 1
	if i := strings.Index(err.Error(), "line "); i >= 0 {
		fmt.Sscanf(err.Error()[i:], "line %d", &n)
	}
	return n
}

// fields calls f for each field of a mapping; f tells whether it knows it.
func (l *loader) fields(m *yaml.Node, f func(k, v *yaml.Node) bool, known string) {
	if m.Kind != yaml.MappingNode {
		l.fault(m, "a mapping belongs here: write one of %s", known)
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(m.Content); i += 2 {
		k, v := m.Content[i], m.Content[i+1]
		if seen[k.Value] {
			l.fault(k, "%q is written twice: keep one", k.Value)
			continue
		}
		seen[k.Value] = true
		if !f(k, v) {
			l.fault(k, "unknown field %q: there may be %s", k.Value, known)
		}
	}
}

func (l *loader) list(n *yaml.Node) []*yaml.Node {
	if n.Kind != yaml.SequenceNode {
		l.fault(n, "a list belongs here: write [one, two]")
		return nil
	}
	return n.Content
}

func (l *loader) text(n *yaml.Node) string {
	if n.Kind != yaml.ScalarNode || n.Value == "" {
		l.fault(n, "a single value belongs here")
		return ""
	}
	return n.Value
}

// words reads word classes: "name" or "name.kind" and its phrases.
func (l *loader) words(m *yaml.Node) {
	if m.Kind != yaml.MappingNode {
		l.fault(m, "words is no mapping: write {class: [word, word]}")
		return
	}
	for i := 0; i+1 < len(m.Content); i += 2 {
		k, v := m.Content[i], m.Content[i+1]
		name, kind, _ := strings.Cut(k.Value, ".")
		c := class{typ: l.set.Sym(name)}
		l.set.types[name] = c.typ
		if kind != "" {
			c.kind = l.set.Sym(kind)
		}
		for _, w := range l.list(v) {
			l.phrase(w, c)
		}
	}
}

func (l *loader) phrase(w *yaml.Node, c class) {
	var keys []string
	for _, t := range viet.Tokenize(l.text(w)) {
		if t.Kind != viet.Break {
			keys = append(keys, t.Key)
		}
	}
	if len(keys) == 0 || len(keys) > maxPhrase {
		l.fault(w, "a phrase of 1 to %d words belongs here", maxPhrase)
		return
	}
	l.set.addPhrase(keys, c)
}

func (l *loader) weights(m *yaml.Node) {
	for i := 0; i+1 < len(m.Content); i += 2 {
		k, v := m.Content[i], m.Content[i+1]
		var w float64
		if err := v.Decode(&w); err != nil {
			l.fault(v, "%q is no number", v.Value)
			continue
		}
		if _, ok := l.set.weights[k.Value]; ok {
			l.fault(k, "weight %q is given twice: keep one", k.Value)
		}
		l.set.weights[k.Value] = w
	}
}

const ruleFields = "id, phase, priority, pattern, emit, span, set, weight, after, not_after, within, not_within, why, yes, no"

func (l *loader) rule(n *yaml.Node) {
	d := &draft{Rule: &Rule{File: l.file, Line: n.Line}, node: n}
	phase := ""
	l.fields(n, func(k, v *yaml.Node) bool {
		switch k.Value {
		case "id":
			d.ID = l.text(v)
		case "phase":
			phase = l.text(v)
			p := slices.Index(Phases, phase)
			if p < 0 {
				l.fault(v, "unknown phase %q: there are %s", phase, strings.Join(Phases, ", "))
			}
			d.Phase = Phase(max(p, 0))
		case "priority":
			l.decode(v, &d.Priority)
		case "weight":
			l.decode(v, &d.Weight)
		case "set":
			l.decode(v, &d.Set)
		case "pattern":
			d.pattern = v
		case "after":
			d.after = v
		case "not_after":
			d.notAfter = v
		case "emit":
			d.emit = v
		case "span":
			d.span = v
		case "within":
			d.within = l.list(v)
		case "not_within":
			d.without = l.list(v)
		case "yes":
			d.Yes = l.samples(v)
		case "no":
			d.No = l.samples(v)
		case "why":
			l.text(v)
		default:
			return false
		}
		return true
	}, ruleFields)
	if d.ID == "" || phase == "" || d.pattern == nil || d.emit == nil {
		l.fault(n, "a rule needs id, phase, pattern and emit")
		return
	}
	l.emits(d)
	l.drafts = append(l.drafts, d)
}

func (l *loader) decode(n *yaml.Node, to any) {
	if err := n.Decode(to); err != nil {
		l.fault(n, "%q does not fit here", n.Value)
	}
}

// emits declares the annotation that a rule makes.
func (l *loader) emits(d *draft) {
	typ, kind, _ := strings.Cut(l.text(d.emit), ".")
	d.Emit = l.set.Sym(typ)
	l.set.types[typ] = d.Emit
	l.set.open[d.Emit] = true
	if kind != "" {
		d.EmitKind = l.set.Sym(kind)
	}
	if at, ok := l.lines[d.ID]; ok {
		l.fault(d.node, "rule %q is already at %s: choose another id", d.ID, at)
	}
	l.lines[d.ID] = fmt.Sprintf("%s:%d", l.file, d.node.Line)
}

// compile makes the programs of all drafts, when all types are known.
func (l *loader) compile() {
	for _, d := range l.drafts {
		l.file = d.File
		d.Rule.pattern = d.pattern.Value
		d.Rule.prog = l.program(d.pattern, false)
		d.Rule.after = l.program(d.after, true)
		d.Rule.notAfter = l.program(d.notAfter, true)
		d.Rule.within = l.typeList(d.within)
		d.Rule.notWithin = l.typeList(d.without)
		if d.span != nil {
			d.Rule.span = l.set.Sym(d.span.Value)
			if d.Rule.prog != nil && !slices.Contains(d.Rule.prog.caps, d.Rule.span) {
				l.fault(d.span, "no capture %q in the pattern", d.span.Value)
			}
		}
		if d.Rule.prog != nil {
			l.set.Rules = append(l.set.Rules, d.Rule)
		}
	}
	slices.SortFunc(l.set.Rules, func(a, b *Rule) int { return strings.Compare(a.ID, b.ID) })
}

func (l *loader) program(n *yaml.Node, guard bool) *program {
	if n == nil {
		return nil
	}
	e, err := parsePattern(n.Value)
	if err == nil {
		var p *program
		if p, err = l.set.compile(e, guard); err == nil {
			return p
		}
	}
	var pe *patternError
	if errors.As(err, &pe) {
		line, col := place(n, pe.col)
		l.faultAt(line, col, "%s", pe.msg)
	}
	return nil
}

// place finds the line and column of a column of a scalar's value.
func place(n *yaml.Node, col int) (line, column int) {
	switch n.Style {
	case yaml.LiteralStyle, yaml.FoldedStyle:
		line = n.Line + 1
		for _, s := range strings.SplitAfter(n.Value, "\n") {
			if c := utf8.RuneCountInString(s); col >= c && n.Style == yaml.LiteralStyle {
				col -= c
				line++
				continue
			}
			break
		}
		return line, col + 1
	case yaml.DoubleQuotedStyle, yaml.SingleQuotedStyle:
		return n.Line, n.Column + 1 + col
	}
	return n.Line, n.Column + col
}

func (l *loader) typeList(nodes []*yaml.Node) []Sym {
	var out []Sym
	for _, n := range nodes {
		t, ok := l.set.types[n.Value]
		if !ok {
			l.fault(n, "unknown class %q: no word list, lexicon or rule makes it", n.Value)
		}
		out = append(out, t)
	}
	return out
}
