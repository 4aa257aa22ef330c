package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-viper/mapstructure/v2"
	koanfyaml "github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/confmap"
	"github.com/knadh/koanf/providers/env/v2"
	"github.com/knadh/koanf/providers/rawbytes"
	"github.com/knadh/koanf/v2"
	"go.yaml.in/yaml/v3"
	"sukien/configs"
	"sukien/news"
)

// Settings are configs/sukien.yaml as a type; the comments are there.
type Settings struct {
	DataDir    string `koanf:"data_dir"`
	SourcesDir string `koanf:"sources_dir"`
	RulesDir   string `koanf:"rules_dir"`
	LexiconDir string `koanf:"lexicon_dir"`
	Store      struct {
		URL string `koanf:"url"`
	} `koanf:"store"`
	NATS struct {
		URL       string `koanf:"url"`
		Listen    string `koanf:"listen"`
		Replicas  int    `koanf:"replicas"`
		EventDays int    `koanf:"event_days"`
	} `koanf:"nats"`
	Web struct {
		Listen  string `koanf:"listen"`
		Hosts   string `koanf:"hosts"`
		Private bool   `koanf:"private"`
	} `koanf:"web"`
	Push struct {
		BaseURL       string `koanf:"base_url"`
		AllowPrivate  string `koanf:"allow_private"`
		WebhookSecret string `koanf:"webhook_secret"`
		NTFYToken     string `koanf:"ntfy_token"`
		SMTPHost      string `koanf:"smtp_host"`
		SMTPPort      int    `koanf:"smtp_port"`
		SMTPUser      string `koanf:"smtp_user"`
		SMTPPassword  string `koanf:"smtp_password"`
		SMTPFrom      string `koanf:"smtp_from"`
		SMTPTLS       string `koanf:"smtp_tls"`
	} `koanf:"push"`
	Crawler struct {
		Proxy        string        `koanf:"proxy"`
		AllowPrivate string        `koanf:"allow_private"`
		UserAgent    string        `koanf:"user_agent"`
		CAFile       string        `koanf:"ca_file"`
		Workers      int           `koanf:"workers"`
		Timeout      time.Duration `koanf:"timeout"`
		MaxBody      int64         `koanf:"max_body"`
		WarcDir      string        `koanf:"warc_dir"`
		WarcSize     int64         `koanf:"warc_size"`
	} `koanf:"crawler"`
	Keep struct {
		PageDays     int   `koanf:"page_days"`
		TextDays     int   `koanf:"text_days"`
		EvidenceDays int   `koanf:"evidence_days"`
		MinFree      int64 `koanf:"min_free"`
	} `koanf:"keep"`
	Extract struct {
		Workers int `koanf:"workers"`
	} `koanf:"extract"`
	Log struct {
		Level  string `koanf:"level"`
		Format string `koanf:"format"`
	} `koanf:"log"`
}

// envPrefix starts the environment variables that are settings.
const envPrefix = "SUKIEN_"

// Origins tells for each setting where its value comes from.
type Origins map[string]string

// loadSettings merges defaults, file, environment and flags, the later over the
// earlier. file may be empty: then sukien.yaml is read where it exists.
func loadSettings(file string, environ []string, flags map[string]any) (*Settings, Origins, error) {
	k, from := koanf.New("."), Origins{}
	defaults, err := configs.FS.ReadFile("sukien.yaml")
	if err != nil {
		return nil, nil, fmt.Errorf("built-in settings: %w", err)
	}
	if err := k.Load(rawbytes.Provider(defaults), koanfyaml.Parser()); err != nil {
		return nil, nil, fmt.Errorf("built-in settings: %w", err)
	}
	known := k.All()
	for key := range known {
		from[key] = "default"
	}
	lines, err := loadFile(k, file, known, from)
	if err != nil {
		return nil, nil, err
	}
	if err := loadEnv(k, environ, known, from); err != nil {
		return nil, nil, err
	}
	if err := k.Load(confmap.Provider(flags, "."), nil); err != nil {
		return nil, nil, fmt.Errorf("flags: %w", err)
	}
	for key := range flags {
		from[key] = "flag"
	}
	s, err := decode(k, known, from, lines)
	return s, from, err
}

// loadFile merges a settings file and returns each key's file:line:column.
func loadFile(k *koanf.Koanf, file string, known map[string]any, from Origins) (map[string]string, error) {
	optional := file == ""
	if optional {
		file = "sukien.yaml"
	}
	data, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) && optional {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("settings: %w: %w", news.ErrNotFound, err)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("%w: %s: %s", news.ErrInvalid, file, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	lines := map[string]string{}
	if len(doc.Content) == 0 {
		return lines, nil
	}
	if err := checkKeys(doc.Content[0], "", filepath.Base(file), known, lines); err != nil {
		return nil, err
	}
	if err := k.Load(rawbytes.Provider(data), koanfyaml.Parser()); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", news.ErrInvalid, file, err)
	}
	for key, at := range lines {
		from[key] = at
	}
	return lines, nil
}

// checkKeys refuses keys that are no settings, and notes where the others stand.
func checkKeys(n *yaml.Node, prefix, file string, known map[string]any, lines map[string]string) error {
	if n.Kind != yaml.MappingNode {
		return fmt.Errorf("%w: %s:%d:%d: settings are written `key: value`", news.ErrInvalid, file, n.Line, n.Column)
	}
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		path := prefix + key.Value
		at := fmt.Sprintf("%s:%d:%d", file, key.Line, key.Column)
		if _, leaf := known[path]; leaf {
			lines[path] = at
			continue
		}
		if !hasPrefix(known, path+".") {
			return fmt.Errorf("%w: %s: no setting %q: `sukien config` lists them", news.ErrInvalid, at, path)
		}
		if err := checkKeys(value, path+".", file, known, lines); err != nil {
			return err
		}
	}
	return nil
}

func hasPrefix(known map[string]any, prefix string) bool {
	for key := range known {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}

// loadEnv merges SUKIEN_* variables that name a setting; others are refused,
// so that a misspelt one is not silently without effect.
func loadEnv(k *koanf.Koanf, environ []string, known map[string]any, from Origins) error {
	names := map[string]string{}
	for key := range known {
		names[envPrefix+strings.ToUpper(strings.ReplaceAll(key, ".", "_"))] = key
	}
	var unknown error
	err := k.Load(env.Provider(".", env.Opt{
		Prefix: envPrefix, EnvironFunc: func() []string { return environ },
		TransformFunc: func(name, value string) (string, any) {
			key, ok := names[name]
			switch {
			case ok:
				from[key] = name
			default:
				unknown = errors.Join(unknown, fmt.Errorf("%w: environment variable %s is no setting: `sukien config` lists them", news.ErrInvalid, name))
			}
			return key, value
		},
	}), nil)
	return errors.Join(err, unknown)
}

// decode turns the merged values into Settings and names where a bad one stands.
func decode(k *koanf.Koanf, known map[string]any, from Origins, lines map[string]string) (*Settings, error) {
	var s Settings
	err := k.UnmarshalWithConf("", &s, koanf.UnmarshalConf{DecoderConfig: &mapstructure.DecoderConfig{
		Result: &s, WeaklyTypedInput: true, TagName: "koanf",
		DecodeHook: mapstructure.StringToTimeDurationHookFunc(),
	}})
	if err == nil {
		return &s, nil
	}
	for key := range known {
		if strings.Contains(err.Error(), "'"+key+"'") {
			return nil, fmt.Errorf("%w: %s (%s): %v is not a value of it", news.ErrInvalid, key, from[key], k.Get(key))
		}
	}
	return nil, fmt.Errorf("%w: settings: %w", news.ErrInvalid, err)
}
