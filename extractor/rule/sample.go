package rule

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

func (l *loader) samples(n *yaml.Node) []Sample {
	var out []Sample
	for _, v := range l.list(n) {
		s := Sample{Text: l.text(v), Line: v.Line}
		if i := strings.Index(s.Text, "[["); i >= 0 {
			j := strings.Index(s.Text, "]]")
			if j < i {
				l.fault(v, "[[ without ]] after it")
				continue
			}
			s.Span = s.Text[i+2 : j]
			s.Text = s.Text[:i] + s.Span + s.Text[j+2:]
		}
		out = append(out, s)
	}
	return out
}

func (l *loader) example(n *yaml.Node) {
	e := Example{File: l.file, Line: n.Line}
	l.fields(n, func(k, v *yaml.Node) bool {
		switch k.Value {
		case "title":
			e.Title = l.text(v)
		case "text":
			e.Text = l.text(v)
		case "published":
			e.Published = l.text(v)
		case "want":
			l.decode(v, &e.Want)
		case "none":
			l.decode(v, &e.None)
		case "why":
			l.text(v)
		default:
			return false
		}
		return true
	}, "title, text, published, want, none, why")
	if e.Text == "" || len(e.Want) == 0 && !e.None {
		l.fault(n, "an example needs text, and want or none")
	}
	l.set.Examples = append(l.set.Examples, e)
}
