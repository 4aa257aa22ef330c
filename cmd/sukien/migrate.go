package main

import (
	"context"
	"fmt"
)

// migrateCmd brings the store's schema up to date.
type migrateCmd struct{}

// Example is shown first in --help.
func (migrateCmd) Example() string {
	return "sukien migrate\nsukien migrate --store postgres://sukien@db.lan/sukien"
}

// Run makes the store where there is none and applies the migrations that it lacks.
func (migrateCmd) Run(ctx context.Context, a *app) error {
	s, _, err := a.settings()
	if err != nil {
		return err
	}
	if err := migrateStore(ctx, s); err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.out, "the store's schema is up to date")
	return err
}
