package main

import (
	"errors"

	"sukien/news"
)

// problem is an error in output for programs.
type problem struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// codes names the sentinels.
var codes = []struct {
	is   error
	code string
}{
	{news.ErrInvalid, "invalid"}, {news.ErrNotFound, "not_found"}, {news.ErrTooLarge, "too_large"},
	{news.ErrForbidden, "forbidden"}, {news.ErrBusy, "busy"}, {news.ErrTransient, "transient"},
}

// problemOf names err by the sentinel that it wraps.
func problemOf(err error) *problem {
	for _, c := range codes {
		if errors.Is(err, c.is) {
			return &problem{c.code, err.Error()}
		}
	}
	return &problem{"failed", err.Error()}
}
