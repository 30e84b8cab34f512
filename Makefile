# What there is to do with panelwatch. `make` alone lists it.

GO      ?= go
BENCH   ?= .
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
TOOL     = $(GO) tool -modfile=tools/go.mod

# A module of its own, so that what it needs stays out of go.mod.
NESTED   = configs/kubernetes/manifesttest

.DEFAULT_GOAL := help
.PHONY: help demo test check build bench clean deps

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: deps build ## the whole job on sample data, in the folder .demo
	./bin/panelwatch demo --dir .demo

test: deps ## every test, on a real database
	@set -e; report=$$(mktemp); trap 'rm -f '$$report EXIT; \
	    echo "$(GO) test ./... -count=1"; CLAIMS_REPORT=$$report $(GO) test ./... -count=1; cat $$report
	@set -e; for module in $(NESTED); do echo "cd $$module && go test ./..."; (cd $$module && $(GO) test ./... -count=1); done

check: ## vet, staticcheck, gofumpt, tidy modules, generated files
	$(GO) vet ./...
	$(TOOL) staticcheck ./...
	@set -e; for module in $(NESTED); do echo "cd $$module && go vet ./..."; \
	    (cd $$module && $(GO) vet ./... && $(GO) mod tidy -diff); done
	@scripts/gofumpt '$(TOOL)'
	$(GO) mod tidy -diff
	cd tools && $(GO) mod tidy -diff
	@scripts/generated '$(GO)'

build: ## bin/panelwatch, one static file
	CGO_ENABLED=0 $(GO) build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=$(VERSION)" -o bin/panelwatch ./cmd/panelwatch

bench: deps ## benchmarks; BENCH=regexp chooses
	$(GO) test ./... -run '^$$' -bench '$(BENCH)' -benchmem -count=1

clean: ## remove what the targets above made
	rm -rf bin .demo

deps: ## install MariaDB's server if it is missing
	@scripts/deps
