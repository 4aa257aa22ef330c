package extractor

import "sukien/news"

type place struct{}

func (d *document) addPlaces()  {}
func (d *document) fillPlaces() {}

func (d *document) placesOf(cl *cluster, r *news.Record) {}
