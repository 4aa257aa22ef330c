# Sukien's everyday commands. Each works on a fresh clone with only Go installed.
SHELL := /bin/bash
.DEFAULT_GOAL := help
GO ?= go
# EVAL is the folder of evaluation sets and scorers; absent in a user's clone.
EVAL ?= ../shared/eval
RACE := $(if $(CI),-race,)
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
TOOL := $(GO) tool -modfile=tools.mod

.PHONY: help setup build test race lint fuzz bench eval clean

help: ## list these commands
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## fetch modules; install what the tests need beside Go, where allowed
	$(GO) mod download
	@./.ci/setup

build: ## bin/sukien, one static binary
	CGO_ENABLED=0 $(GO) build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o bin/sukien ./cmd/sukien

test: setup ## all tests; with CI=true nothing is skipped and -race is on
	@./.ci/test $(RACE)

race: ## all tests with the race detector (needs a C compiler)
	$(GO) test -race ./...

lint: ## gofmt, go vet, staticcheck
	@out=$$(gofmt -l cmd configs crawler extractor news store stream web); if [ -n "$$out" ]; then echo "run gofmt -w on:"; echo "$$out"; exit 1; fi
	$(GO) vet ./...
	$(GO) vet -tags eval ./...
	$(TOOL) staticcheck ./...

FUZZTIME ?= 30s
fuzz: ## each fuzz target for FUZZTIME (30s)
	@./.ci/fuzz $(FUZZTIME)

bench: ## benchmarks with allocations, six runs each, for benchstat
	$(GO) test -run '^$$' -bench . -benchmem -count 6 ./...

eval: build ## scores of extraction and stripping on EVAL, against the floors in .ci/floors.json
	@EVAL=$(EVAL) ./.ci/eval

clean: ## remove what was built
	rm -rf bin
