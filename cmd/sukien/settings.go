package main

import (
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"
)

// configCmd prints the settings in force.
type configCmd struct{}

// Example is shown first in --help.
func (configCmd) Example() string { return "sukien config\nSUKIEN_DATA_DIR=/srv/sukien sukien config" }

// Run prints each setting as YAML with where it comes from. Passwords in URLs
// are not shown.
func (configCmd) Run(a *app) error {
	s, from, err := a.settings()
	if err != nil {
		return err
	}
	values := map[string]string{}
	flatten("", reflect.ValueOf(*s), values)
	keys := make([]string, 0, len(values))
	for k := range values {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		value := redact(values[k])
		if value != "" && slices.Contains(secretSettings, k) {
			value = "xxxxx"
		}
		if _, err := fmt.Fprintf(a.out, "%-24s %-44s # %s\n", k+":", value, from[k]); err != nil {
			return err
		}
	}
	return nil
}

// flatten writes the leaves of a settings struct under their dotted keys.
func flatten(prefix string, v reflect.Value, into map[string]string) {
	for i := range v.NumField() {
		key := prefix + v.Type().Field(i).Tag.Get("koanf")
		if f := v.Field(i); f.Kind() == reflect.Struct {
			flatten(key+".", f, into)
		} else {
			into[key] = fmt.Sprint(f.Interface())
		}
	}
}

// secretSettings are never shown.
var secretSettings = []string{"push.webhook_secret", "push.ntfy_token", "push.smtp_password"}

// secrets are the parameters of a URL that are not shown.
var secrets = []string{"password", "sslpassword", "passfile", "sslkey"}

// redact hides the password of a URL, also of one that is not well formed.
func redact(value string) string {
	scheme, rest, ok := strings.Cut(value, "://")
	if !ok {
		return value
	}
	u, err := url.Parse(value)
	if err != nil {
		if at := strings.LastIndexByte(rest, '@'); at >= 0 || strings.Contains(rest, "=") {
			return scheme + "://xxxxx@" + hostOnly(rest[at+1:])
		}
		return value
	}
	q := u.Query()
	for _, name := range secrets {
		if q.Has(name) {
			q.Set(name, "xxxxx")
			u.RawQuery = q.Encode()
		}
	}
	return u.Redacted()
}

// hostOnly is what stands before the path and the parameters.
func hostOnly(rest string) string {
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		return rest[:i]
	}
	return rest
}
