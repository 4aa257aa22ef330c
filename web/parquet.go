package web

import (
	"fmt"
	"io"
	"time"

	"github.com/parquet-go/parquet-go"
	"sukien/news"
)

// columns writes Parquet: one row an event, flat columns, lists for what there
// may be several of. Slots with nothing to say are null.
type columns struct {
	w *parquet.GenericWriter[eventRow]
}

// groupRows is the number of rows of a row group: what is held in memory.
const groupRows = 10_000

type eventRow struct {
	ID         string        `parquet:"id"`
	Revision   int32         `parquet:"revision"`
	FirstSeen  time.Time     `parquet:"first_seen,timestamp(millisecond)"`
	Updated    time.Time     `parquet:"updated,timestamp(millisecond)"`
	Origin     string        `parquet:"origin,optional,dict"`
	Salience   string        `parquet:"salience,optional,dict"`
	Kind       string        `parquet:"kind,optional,dict"`
	Level      string        `parquet:"level,optional,dict"`
	Name       string        `parquet:"name,optional"`
	Series     string        `parquet:"series,optional,dict"`
	Ordinal    int32         `parquet:"ordinal,optional"`
	Theme      string        `parquet:"theme,optional"`
	Start      string        `parquet:"start,optional"`
	End        string        `parquet:"end,optional"`
	StartTime  string        `parquet:"start_time,optional"`
	Zone       string        `parquet:"zone,optional,dict"`
	DateBasis  string        `parquet:"date_basis,optional,dict"`
	Status     string        `parquet:"status,optional,dict"`
	Mode       string        `parquet:"mode,optional,dict"`
	Confidence float64       `parquet:"confidence,optional"`
	Sources    int32         `parquet:"independent_sources"`
	Places     []placeRow    `parquet:"places,list"`
	Organizers []string      `parquet:"organizers,list"`
	Officials  []officialRow `parquet:"officials,list"`
	URLs       []string      `parquet:"urls,list"`
}

type placeRow struct {
	Name    string  `parquet:"name"`
	Kind    string  `parquet:"kind,optional"`
	Country string  `parquet:"country,optional"`
	Lat     float64 `parquet:"lat,optional"`
	Lon     float64 `parquet:"lon,optional"`
}

type officialRow struct {
	Name    string `parquet:"name"`
	Title   string `parquet:"title,optional"`
	Org     string `parquet:"org,optional"`
	Country string `parquet:"country,optional"`
	Role    string `parquet:"role,optional"`
}

func newColumns(w io.Writer) *columns {
	return &columns{parquet.NewGenericWriter[eventRow](w, parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(groupRows),
		parquet.CreatedBy("sukien", "1", ""))}
}

// Write is of Export.
func (c *columns) Write(events []news.Event) error {
	rows := make([]eventRow, len(events))
	for i := range events {
		rows[i] = rowOf(&events[i])
	}
	if _, err := c.w.Write(rows); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

// Close is of Export.
func (c *columns) Close() error {
	if err := c.w.Close(); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

func rowOf(e *news.Event) eventRow {
	row := eventRow{
		ID: e.ID, Revision: int32(e.Revision), FirstSeen: e.FirstSeen, Updated: e.Updated, Origin: string(e.Origin),
		Salience: string(e.Salience), Kind: string(e.Kind), Level: string(e.Level), Name: e.Name, Series: e.Series, Ordinal: int32(e.Ordinal),
		Theme: e.Theme, Start: string(e.Start), End: string(e.End), StartTime: e.StartTime, Zone: e.Zone, DateBasis: string(e.DateBasis),
		Status: string(e.Status), Mode: string(e.Mode), Confidence: e.Confidence, Sources: int32(e.IndependentSources),
		Organizers: organizerNames(e), URLs: recordURLs(e),
	}
	for _, p := range e.Places {
		row.Places = append(row.Places, placeRow{p.Name, string(p.Kind), p.Country, p.Lat, p.Lon})
	}
	for _, o := range e.Officials {
		row.Officials = append(row.Officials, officialRow{o.Name, o.Title, o.Org, o.Country, string(o.Role)})
	}
	return row
}
