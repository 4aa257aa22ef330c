package web_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"sukien/news"
	"sukien/web"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestSchemas(t *testing.T) {
	for _, name := range []string{"record", "event"} {
		t.Run(name, func(t *testing.T) {
			got, err := web.Schema(name)
			if err != nil {
				t.Fatal(err)
			}
			file := "testdata/" + name + ".v1.schema.json"
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("the schema changed; fields may only be added, then run with -update:\n%s", got)
			}
			golden, err := os.ReadFile("../news/testdata/" + name + ".v1.json")
			if err != nil {
				t.Fatal(err)
			}
			s := compile(t, got)
			if err := s.Validate(decode(t, golden)); err != nil {
				t.Errorf("the golden %s does not fit its schema: %v", name, err)
			}
			bad := bytes.Replace(golden, []byte(`"kind": "conference"`), []byte(`"kind": "party"`), 1)
			if s.Validate(decode(t, bad)) == nil {
				t.Error("a kind that does not exist passes")
			}
		})
	}
	if _, err := web.Schema("page"); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("Schema(page) gave %v", err)
	}
}

func compile(t *testing.T, schema []byte) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	if err := c.AddResource("s.json", decode(t, schema)); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("s.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func decode(t *testing.T, data []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}
