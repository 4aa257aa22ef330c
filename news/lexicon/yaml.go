package lexicon

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// parseYAML reads a dictionary written as
//
//	class: place
//	kind: city        # defaults for all entries: kind, country, zone, parent, from, to, case, weak
//	entries:
//	  - {id: hue, name: Huế, variants: [cố đô Huế], lat: 16.46, lon: 107.59, attr: {level: central}}
//
// or, where there is only a list of words,
//
//	class: honorific
//	words: [ông, bà]
func parseYAML(f *faults, data []byte) []raw {
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		f.add(yamlPos(err), "not YAML: %s", strings.TrimPrefix(err.Error(), "yaml: "))
		return nil
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		f.add(pos{1, 1}, "no dictionary: write class: and entries: or words:")
		return nil
	}
	d := yamlFile{faults: f}
	d.header(doc.Content[0])
	return d.entries()
}

// yamlPos finds the line that the parser complains of.
func yamlPos(err error) pos {
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil && n > 0 {
			return pos{n, 1}
		}
	}
	return pos{1, 1}
}

var yamlLine = regexp.MustCompile(`line (\d+)`)

// yamlFile is a dictionary file being read.
type yamlFile struct {
	*faults
	proto raw
	list  *yaml.Node
	words *yaml.Node
}

// header reads the fields of the file itself.
func (d *yamlFile) header(m *yaml.Node) {
	seen := map[string]bool{}
	d.fields(m, seen, func(key string, k, v *yaml.Node) {
		switch {
		case key == "class":
			d.proto.Class = Class(d.scalar(key, v).text)
		case key == "entries":
			d.list = v
		case key == "words":
			d.words = v
		case slices.Contains(defaultFields, key):
			d.proto.set(d.faults, key, d.scalar(key, v))
		default:
			d.add(at(k), "unknown field %q: a dictionary may have class, entries, words, %s", key, strings.Join(defaultFields, ", "))
		}
	})
	if d.proto.Class == "" {
		d.add(at(m), "no class: write class: place (title, body, …) first")
	}
	if d.list == nil && d.words == nil {
		d.add(at(m), "nothing in it: write entries: or words:")
	}
}

// fields calls f for every field of a mapping, and reports fields written twice.
func (d *yamlFile) fields(m *yaml.Node, seen map[string]bool, f func(key string, k, v *yaml.Node)) {
	for i := 0; i+1 < len(m.Content); i += 2 {
		k := m.Content[i]
		if seen[k.Value] {
			d.add(at(k), "field %q is written twice: keep one", k.Value)
			continue
		}
		seen[k.Value] = true
		f(k.Value, k, m.Content[i+1])
	}
}

func (d *yamlFile) entries() []raw {
	var out []raw
	for _, n := range d.sequence("entries", d.list) {
		out = append(out, d.entry(n))
	}
	for _, n := range d.sequence("words", d.words) {
		out = append(out, d.word(n))
	}
	return out
}

// entry reads one mapping of entries.
func (d *yamlFile) entry(n *yaml.Node) raw {
	r := d.start(n)
	if n.Kind != yaml.MappingNode {
		d.add(at(n), "entry is no mapping: write {name: …, variants: […]}")
		return r
	}
	seen := map[string]bool{}
	d.fields(n, seen, func(key string, k, v *yaml.Node) {
		switch key {
		case "variants":
			r.variants = d.values(key, v)
		case "successors":
			r.successors(d.values(key, v))
		case "attr":
			r.Attr = d.attr(v)
		case "offices":
			r.Offices = d.offices(v)
		default:
			switch {
			case !slices.Contains(scalarFields, key):
				r.set(d.faults, key, value{key, at(k)})
			case v.Kind != yaml.ScalarNode:
				d.scalar(key, v)
			default:
				r.set(d.faults, key, d.scalar(key, v))
			}
		}
	})
	r.finish(d.faults)
	return r
}

// word makes an entry of one word of a list; its ID is the word in its key form.
func (d *yamlFile) word(n *yaml.Node) raw {
	r := d.start(n)
	if v := d.scalar("word", n); v.text != "" {
		r.Name = v.text
		r.ID = wordID(v.text)
	}
	r.finish(d.faults)
	return r
}

// start is an entry with the file's defaults.
func (d *yamlFile) start(n *yaml.Node) raw {
	r := d.proto
	r.refs = slices.Clone(d.proto.refs)
	r.pos, r.before = at(n), len(d.faults.list)
	return r
}

func (r *raw) successors(list []value) {
	for _, v := range list {
		r.Successors = append(r.Successors, v.text)
		r.refs = append(r.refs, v)
	}
}

func (d *yamlFile) scalar(field string, n *yaml.Node) value {
	if n.Kind != yaml.ScalarNode {
		d.add(at(n), "%s is no single value: write one word or phrase", field)
		return value{pos: at(n)}
	}
	if n.Tag == "!!null" {
		return value{pos: at(n)}
	}
	return value{text: nfc(n.Value), pos: at(n)}
}

func (d *yamlFile) sequence(field string, n *yaml.Node) []*yaml.Node {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.SequenceNode {
		d.add(at(n), "%s is no list: write [one, two]", field)
		return nil
	}
	return n.Content
}

func (d *yamlFile) values(field string, n *yaml.Node) []value {
	var out []value
	for _, c := range d.sequence(field, n) {
		if v := d.scalar(field, c); v.text != "" {
			out = append(out, v)
		} else if c.Kind == yaml.ScalarNode {
			d.add(v.pos, "%s has an empty value: take it away", field)
		}
	}
	return out
}

func (d *yamlFile) attr(n *yaml.Node) map[string]string {
	if n.Kind != yaml.MappingNode {
		d.add(at(n), "attr is no mapping: write {key: value}")
		return nil
	}
	out := map[string]string{}
	seen := map[string]bool{}
	d.fields(n, seen, func(key string, k, v *yaml.Node) {
		out[key] = d.scalar(key, v).text
	})
	return out
}

func at(n *yaml.Node) pos { return pos{max(n.Line, 1), max(n.Column, 1)} }
