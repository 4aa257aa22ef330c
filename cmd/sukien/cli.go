package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/alecthomas/kong"
	"sukien/news"
)

// Exit statuses.
const (
	exitDone   = 0
	exitFailed = 1
	exitMisuse = 2
)

// streams are a command's input and output.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// cli is the command line.
type cli struct {
	Config string `help:"Settings file (default: sukien.yaml here, where it exists)." placeholder:"FILE"`
	Data   string `name:"data" help:"Data directory (setting data_dir)." placeholder:"DIR"`
	Store  string `help:"sqlite:PATH or postgres://USER@HOST/DATABASE (setting store.url, which hides a password better)." placeholder:"URL"`
	Log    string `name:"log-level" help:"debug, info, warn or error (setting log.level)." placeholder:"LEVEL"`

	Run       runCmd       `cmd:"" help:"Crawl, extract, store and serve: the whole system in one process."`
	Demo      demoCmd      `cmd:"" help:"A guided tour with no network: a made-up news site, crawled."`
	Backfill  backfillCmd  `cmd:"" help:"Read an archive once: an outlet's own, WARC files or saved pages; resumable."`
	Reextract reextractCmd `cmd:"" help:"Run today's rules over stored pages; resumable."`
	Extract   extractCmd   `cmd:"" help:"Meetings of files, directories, - or URLs as JSON lines; no store, no NATS."`
	Subscribe subscribeCmd `cmd:"" help:"Print event messages as JSON lines as they come."`
	Events    eventsCmd    `cmd:"" help:"Query events, or show one with its history and evidence."`
	Articles  articlesCmd  `cmd:"" help:"Query articles."`
	Search    searchCmd    `cmd:"" help:"Full text search, with or without diacritics."`
	Sources   sourcesCmd   `cmd:"" help:"The configured outlets: list, check, test, add."`
	Series    seriesCmd    `cmd:"" help:"The series of meetings: list, overdue editions, alarms."`
	Rules     rulesCmd     `cmd:"" help:"The extraction rules: check, test, explain, diff."`
	Dates     datesCmd     `cmd:"" help:"Time expressions of texts as JSON lines."`
	Dead      deadCmd      `cmd:"" help:"Messages that could not be processed: list, retry, drop."`
	Purge     purgeCmd     `cmd:"" help:"Remove what must not be kept, for good: an article, a person, what is old."`
	Analysts  analystsCmd  `cmd:"" help:"Who may read events, over NATS and the web: add, list, revoke."`
	Searches  searchesCmd  `cmd:"" help:"Saved searches, pushed to webhooks, mail or ntfy: add, list, remove, test."`
	Serve     serveCmd     `cmd:"" help:"The web pages and the API alone, over a store that another process may write."`
	Migrate   migrateCmd   `cmd:"" help:"Make the store, or bring its schema up to date."`
	Backup    backupCmd    `cmd:"" help:"Write all that the store holds into a file, also beside a running system."`
	Restore   restoreCmd   `cmd:"" help:"Bring a backup into an empty store, of either kind."`
	Status    statusCmd    `cmd:"" help:"Queue depths, lag and health."`
	Show      configCmd    `cmd:"" name:"config" help:"The settings in force and where each comes from."`
	Version   versionCmd   `cmd:"" help:"The version of this binary."`
}

// app is what every command gets.
type app struct {
	streams
	environ []string
	cli     *cli
	// flags are the settings that flags of the command override.
	flags map[string]any
}

const description = `Sukien watches Vietnamese news sites and tells which meeting, when, where, who.

Example:
  sukien demo
  sukien extract --explain article.html
  sukien events --from 2026-11-01 --place "Hà Nội"`

// misuse is an error of how the command was called.
type misuse struct{ error }

func (m misuse) Unwrap() error { return m.error }

// run parses args, runs the command and returns the exit status.
func run(ctx context.Context, args []string, s streams, environ []string) int {
	c := &cli{}
	a := &app{streams: s, environ: environ, cli: c, flags: map[string]any{}}
	status := -1
	parser, err := kong.New(c, kong.Name("sukien"), kong.Description(description),
		kong.Writers(s.out, s.err), kong.Exit(func(code int) { status = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.Help(exampleFirst), kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(a))
	if err != nil {
		fmt.Fprintln(s.err, "sukien:", err)
		return exitFailed
	}
	k, err := parser.Parse(args)
	if status >= 0 {
		return status // --help
	}
	if err != nil {
		fmt.Fprintf(s.err, "sukien: %s\nsukien --help lists the commands and flags\n", err)
		return exitMisuse
	}
	return a.exit(k.Run())
}

// exit prints an error in one line each and gives the exit status.
func (a *app) exit(err error) int {
	var m misuse
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errReported):
		return exitFailed
	case errors.As(err, &m):
		fmt.Fprintln(a.err, "sukien:", err)
		return exitMisuse
	}
	lines := strings.Split(strings.TrimSpace(err.Error()), "\n")
	for _, line := range lines[:min(len(lines), maxErrorLines)] {
		fmt.Fprintln(a.err, "sukien:", line)
	}
	if n := len(lines) - maxErrorLines; n > 0 {
		fmt.Fprintf(a.err, "sukien: and %d more\n", n)
	}
	return exitFailed
}

// maxErrorLines bounds the faults shown of a file with many.
const maxErrorLines = 20

// errReported ends a command whose failures were printed one by one.
var errReported = errors.New("failed")

// settings loads the settings in force for this command.
func (a *app) settings() (*Settings, Origins, error) {
	if a.cli.Data != "" {
		a.flags["data_dir"] = a.cli.Data
	}
	if a.cli.Store != "" {
		a.flags["store.url"] = a.cli.Store
	}
	if a.cli.Log != "" {
		a.flags["log.level"] = a.cli.Log
	}
	s, from, err := loadSettings(a.cli.Config, a.environ, a.flags)
	if err != nil {
		return nil, nil, misuseIf(err, news.ErrInvalid, news.ErrNotFound)
	}
	return s, from, nil
}

// misuseIf marks err as misuse when it is one of kinds.
func misuseIf(err error, kinds ...error) error {
	for _, k := range kinds {
		if errors.Is(err, k) {
			return misuse{err}
		}
	}
	return err
}

// begin gives the settings in force and the log that they ask for.
func (a *app) begin() (*Settings, *slog.Logger, error) {
	s, _, err := a.settings()
	if err != nil {
		return nil, nil, err
	}
	log, err := a.logger(s)
	return s, log, err
}

// logger writes to stderr as the settings say.
func (a *app) logger(s *Settings) (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(s.Log.Level)); err != nil {
		return nil, misuse{fmt.Errorf("%w: log.level %q: write debug, info, warn or error", news.ErrInvalid, s.Log.Level)}
	}
	opts := &slog.HandlerOptions{Level: level}
	switch s.Log.Format {
	case "json":
		return slog.New(slog.NewJSONHandler(a.err, opts)), nil
	case "text":
		return slog.New(slog.NewTextHandler(a.err, opts)), nil
	}
	return nil, misuse{fmt.Errorf("%w: log.format %q: write text or json", news.ErrInvalid, s.Log.Format)}
}

// exampleFirst prints a command's example before kong's own help.
func exampleFirst(opts kong.HelpOptions, ctx *kong.Context) error {
	if n := ctx.Selected(); n != nil {
		if e, ok := n.Target.Addr().Interface().(interface{ Example() string }); ok {
			fmt.Fprintf(ctx.Stdout, "Example:\n%s\n", indent(e.Example()))
		}
	}
	return kong.DefaultHelpPrinter(opts, ctx)
}

func indent(s string) string {
	return "  " + strings.ReplaceAll(strings.TrimSpace(s), "\n", "\n  ") + "\n"
}
