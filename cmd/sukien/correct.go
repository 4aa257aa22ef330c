package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os/user"
	"time"

	"sukien/news"
	"sukien/store"
	"sukien/store/pin"
)

// corrector are the flags of every correction.
type corrector struct {
	By   string `help:"Who decides. Default: the user of this system." placeholder:"NAME"`
	Note string `help:"Why; kept with the correction and shown in the history." placeholder:"TEXT"`
}

// correct carries out a correction: in the process that owns the data directory
// where one runs, else in the store itself.
func (a *app) correct(ctx context.Context, who corrector, c store.Correction) error {
	s, _, err := a.settings()
	if err != nil {
		return err
	}
	if c.By, c.Note = who.By, who.Note; c.By == "" {
		if c.By, err = userName(); err != nil {
			return err
		}
	}
	c.ID = "c" + rand.Text()
	done, err := deliver(ctx, s, c)
	if err != nil {
		return misuseIf(err, news.ErrInvalid)
	}
	p := &printer{w: a.out}
	p.line("%s revision %d", done.Event, done.Revision)
	if done.Split != "" {
		p.line("%s is the new event", done.Split)
	}
	for _, ch := range news.Changes {
		if n := done.Changes[ch]; n > 0 {
			p.line("%d messages %s", n, ch)
		}
	}
	return p.err
}

// deliver brings a correction to the store.
func deliver(ctx context.Context, s *Settings, c store.Correction) (store.Corrected, error) {
	st, err := openStore(ctx, s)
	if errors.Is(err, news.ErrBusy) && !isPostgres(s) {
		return askDesk(ctx, s, c, err)
	}
	if err != nil {
		return store.Corrected{}, err
	}
	done, err := st.Correct(ctx, c, time.Now())
	return done, errors.Join(err, st.Close())
}

func userName() (string, error) {
	u, err := user.Current()
	if err == nil && cmp.Or(u.Username, u.Name) != "" {
		return cmp.Or(u.Username, u.Name), nil
	}
	return "", misuse{fmt.Errorf("%w: the user of this system has no name: write --by NAME", news.ErrInvalid)}
}

type eventsConfirmCmd struct {
	corrector
	ID string `arg:"" help:"The event's id."`
}

// Example is shown first in --help.
func (eventsConfirmCmd) Example() string {
	return "sukien events confirm e4k1v9m2q8 --note \"theo giấy mời\""
}

// Run keeps what an event says now; its status goes on with the articles.
func (c *eventsConfirmCmd) Run(ctx context.Context, a *app) error {
	return a.correct(ctx, c.corrector, store.Correction{Action: store.Confirm, Event: c.ID})
}

type eventsEditCmd struct {
	corrector
	ID    string   `arg:"" help:"The event's id."`
	Slots []string `arg:"" name:"slot=value" help:"slot=value; slot= clears it. places, organizers and officials also take += and -=."`
}

// Example is shown first in --help.
func (eventsEditCmd) Example() string {
	return "sukien events edit e4k1v9m2q8 start=2026-03-20 end=2026-03-21 theme=\n" +
		"sukien events edit e4k1v9m2q8 \"officials+=Đỗ Thị Mẫu|Thứ trưởng|Bộ Xây dựng|VN|chair\" \"officials-=Lý Văn Thử\"\n" +
		"sukien events edit e4k1v9m2q8 \"places=Huế|city|VN; Hà Nội|city|VN\" \"parent=Tuần lễ Nước|2\""
}

// Run sets slots.
func (c *eventsEditCmd) Run(ctx context.Context, a *app) error {
	for _, text := range c.Slots {
		if _, err := pin.Parse(text); err != nil {
			return misuse{err}
		}
	}
	return a.correct(ctx, c.corrector, store.Correction{Action: store.Edit, Event: c.ID, Edits: c.Slots})
}

type eventsMergeCmd struct {
	corrector
	ID     string   `arg:"" help:"The event that stays."`
	Others []string `arg:"" name:"other" help:"Events that are the same meeting."`
}

// Example is shown first in --help.
func (eventsMergeCmd) Example() string { return "sukien events merge e4k1v9m2q8 e7c2m0x5d1" }

// Run makes one event of several.
func (c *eventsMergeCmd) Run(ctx context.Context, a *app) error {
	return a.correct(ctx, c.corrector, store.Correction{Action: store.Merge, Event: c.ID, Others: c.Others})
}

type eventsSplitCmd struct {
	corrector
	ID       string   `arg:"" help:"The event's id."`
	Articles []string `help:"Addresses or ids of articles that tell of another meeting." placeholder:"URL,…"`
	Records  []string `help:"Ids of records that do (events show --format json)." placeholder:"ID,…"`
}

// Example is shown first in --help.
func (eventsSplitCmd) Example() string {
	return "sukien events split e4k1v9m2q8 --articles https://bao.example/hoi-nghi-2.html"
}

// Run makes an event of its own of some records.
func (c *eventsSplitCmd) Run(ctx context.Context, a *app) error {
	if len(c.Articles)+len(c.Records) == 0 {
		return misuse{fmt.Errorf("%w: give --articles or --records that tell of another meeting", news.ErrInvalid)}
	}
	return a.correct(ctx, c.corrector, store.Correction{Action: store.Split, Event: c.ID, Articles: c.Articles, Records: c.Records})
}

type eventsRejectCmd struct {
	corrector
	ID string `arg:"" help:"The event's id."`
}

// Example is shown first in --help.
func (eventsRejectCmd) Example() string {
	return "sukien events reject e4k1v9m2q8 --note \"quảng cáo\""
}

// Run says that an event is none.
func (c *eventsRejectCmd) Run(ctx context.Context, a *app) error {
	return a.correct(ctx, c.corrector, store.Correction{Action: store.Reject, Event: c.ID})
}

type eventsUndoCmd struct {
	corrector
	ID       string `arg:"" help:"The event's id."`
	Revision int    `help:"The revision that the correction made (events show). Default: the last correction." placeholder:"N"`
}

// Example is shown first in --help.
func (eventsUndoCmd) Example() string {
	return "sukien events undo e4k1v9m2q8\nsukien events undo e4k1v9m2q8 --revision 3"
}

// Run takes a correction back; what the articles say by now comes in its place.
func (c *eventsUndoCmd) Run(ctx context.Context, a *app) error {
	return a.correct(ctx, c.corrector, store.Correction{Action: store.Undo, Event: c.ID, Revision: c.Revision})
}
