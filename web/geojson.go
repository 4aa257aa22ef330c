package web

import (
	"encoding/json"
	"fmt"
	"io"

	"sukien/news"
)

// features writes a FeatureCollection (RFC 7946) of the events with coordinates.
type features struct {
	w io.Writer
	n int
}

// feature is a Feature: the event at the first of its places whose coordinates
// are known.
type feature struct {
	Type       string            `json:"type"`
	ID         string            `json:"id"`
	Geometry   point             `json:"geometry"`
	Properties featureProperties `json:"properties"`
}

// point is a Point; its coordinates are longitude, latitude.
type point struct {
	Type        string     `json:"type"`
	Coordinates [2]float64 `json:"coordinates"`
}

// featureProperties are the event's main slots under their own names.
type featureProperties struct {
	Name       string           `json:"name,omitempty"`
	Salience   news.Salience    `json:"salience,omitempty"`
	Kind       news.Kind        `json:"kind,omitempty"`
	Level      news.Level       `json:"level,omitempty"`
	Series     string           `json:"series,omitempty"`
	Ordinal    int              `json:"ordinal,omitempty"`
	Theme      string           `json:"theme,omitempty"`
	Start      news.Date        `json:"start,omitempty"`
	End        news.Date        `json:"end,omitempty"`
	StartTime  string           `json:"start_time,omitempty"`
	Zone       string           `json:"zone,omitempty"`
	Status     news.Status      `json:"status,omitempty"`
	Mode       news.Mode        `json:"mode,omitempty"`
	Place      string           `json:"place"`
	Places     []news.Place     `json:"places,omitempty"`
	Organizers []news.Organizer `json:"organizers,omitempty"`
	Officials  []news.Official  `json:"officials,omitempty"`
	Sources    int              `json:"independent_sources,omitempty"`
	Revision   int              `json:"revision"`
	URLs       []string         `json:"urls,omitempty"`
}

func newFeatures(w io.Writer) *features { return &features{w: w} }

// Write is of Export.
func (f *features) Write(events []news.Event) error {
	for i := range events {
		p := located(&events[i])
		if p == nil {
			continue
		}
		before := ",\n"
		if f.n == 0 {
			before = featuresHead
		}
		f.n++
		data, err := json.Marshal(featureOf(&events[i], p))
		if err == nil {
			_, err = fmt.Fprintf(f.w, "%s%s", before, data)
		}
		if err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	return nil
}

const featuresHead = "{\"type\":\"FeatureCollection\",\"features\":[\n"

// Close is of Export.
func (f *features) Close() error {
	end := "\n]}\n"
	if f.n == 0 {
		end = featuresHead + "]}\n"
	}
	if _, err := io.WriteString(f.w, end); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

// located is the first place on the map; nil when none is.
func located(e *news.Event) *news.Place {
	for i := range e.Places {
		p := &e.Places[i]
		if (p.Lat != 0 || p.Lon != 0) && p.Lat >= -90 && p.Lat <= 90 && p.Lon >= -180 && p.Lon <= 180 {
			return p
		}
	}
	return nil
}

func featureOf(e *news.Event, p *news.Place) feature {
	return feature{Type: "Feature", ID: e.ID, Geometry: point{"Point", [2]float64{p.Lon, p.Lat}}, Properties: featureProperties{
		Name: e.Name, Salience: e.Salience, Kind: e.Kind, Level: e.Level, Series: e.Series, Ordinal: e.Ordinal, Theme: e.Theme,
		Start: e.Start, End: e.End, StartTime: e.StartTime, Zone: e.Zone, Status: e.Status, Mode: e.Mode, Place: p.Name,
		Places: e.Places, Organizers: e.Organizers, Officials: e.Officials, Sources: e.IndependentSources, Revision: e.Revision, URLs: recordURLs(e),
	}}
}
