# What there is to do with panelwatch. `make` alone lists it.

GO      ?= go
BENCH   ?= .
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
IMAGE   ?= panelwatch:$(VERSION)
TOOL     = $(GO) tool -modfile=tools/go.mod

# A module of its own, so that what it needs stays out of go.mod.
NESTED   = configs/kubernetes/manifesttest

# Likewise, but it needs a browser: `make test-browser` runs it.
BROWSER  = jobs/report/browsertest

# Benchmarks against other engines, by hand only: DuckDB is built by cgo.
PEERS     = etl/tabulate/peers
BENCH_DIR ?= /tmp/panelwatch-bench
DEVICES   ?= 500000
FUZZTIME  ?= 10m

# The packages whose tests work on a database.
ENGINE   = ./sql/warehouse ./jobs ./cmd/panelwatch

.DEFAULT_GOAL := help
.PHONY: chaos disturb load soak help demo test test-browser test-engine test-mysql check vuln build image sbom bench bench-warehouse null-panels peers bench-peers bench-national bench-alerts fuzz coverage clean deps

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: deps build ## the whole job on sample data, in the folder .demo
	./bin/panelwatch demo --dir .demo

test: deps ## every test, on a real database
	@set -e; report=$$(mktemp); trap 'rm -f '$$report EXIT; \
	    echo "$(GO) test ./... -count=1"; CLAIMS_REPORT=$$report $(GO) test ./... -count=1 -timeout 30m; cat $$report
	@set -e; for module in $(NESTED); do echo "cd $$module && go test ./..."; (cd $$module && $(GO) test ./... -count=1); done

test-browser: deps build ## the month's report in a real Chromium; pictures in bin/browser
	@scripts/browser
	cd $(BROWSER) && $(GO) test ./... -count=1 -timeout 5m

test-engine: ## the tests of the warehouse on any server of the MySQL protocol: PANELWATCH_TEST_DSN=... make test-engine
	@scripts/test-engine '$(GO)' $(ENGINE)

test-mysql: ## the same on a MySQL server that it starts itself; MYSQLD names its program
	@scripts/test-mysql '$(GO)' $(ENGINE)

check: ## vet, staticcheck, gofumpt, tidy modules, generated files
	$(GO) vet ./...
	$(TOOL) staticcheck ./...
	@set -e; for module in $(NESTED) $(BROWSER); do echo "cd $$module && go vet ./..."; \
	    (cd $$module && $(GO) vet ./... && $(GO) mod tidy -diff); done
	@scripts/gofumpt '$(TOOL)'
	$(GO) mod tidy -diff
	cd tools && $(GO) mod tidy -diff && $(GO) mod tidy -diff -modfile=sbom.mod
	@scripts/generated '$(GO)'

vuln: ## known vulnerabilities in what is used, by govulncheck; needs vuln.go.dev, or VULNDB=file:///mirror
	@scripts/vuln '$(TOOL)'

build: ## bin/panelwatch, one static file
	CGO_ENABLED=0 $(GO) build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=$(VERSION)" -o bin/panelwatch ./cmd/panelwatch

image: ## the image IMAGE (panelwatch:VERSION), by docker, podman or buildah; IMAGE_ARGS='--build-arg GO_IMAGE=...' for mirrors
	@scripts/image '$(IMAGE)' '$(VERSION)'

sbom: build ## bin/panelwatch.cdx.json, every module in bin/panelwatch (CycloneDX)
	@scripts/sbom '$(GO)' '$(VERSION)'

bench-warehouse: deps ## the warehouse beside its goals and mysqlimport, one table; ROUNDS=5
	@scripts/bench-warehouse '$(GO)'

bench: deps ## benchmarks; BENCH=regexp chooses
	$(GO) test ./... -run '^$$' -bench '$(BENCH)' -benchmem -count=1

peers:
	mkdir -p bin/peers
	cd $(PEERS) && CGO_ENABLED=0 $(GO) build -mod=mod -o $(CURDIR)/bin/peers/ ./cmd/generate ./cmd/ours ./cmd/race ./cmd/compare ./cmd/limited

bench-peers: peers deps ## DuckDB against panelwatch, 20 million rows: all tables equal, then the clock
	cd $(PEERS) && CGO_ENABLED=0 $(GO) build -mod=mod -o $(CURDIR)/bin/peers/ ./cmd/mariadb
	cd $(PEERS) && CGO_ENABLED=1 $(GO) build -mod=mod -o $(CURDIR)/bin/peers/ ./cmd/duckdb
	cd $(PEERS) && CGO_ENABLED=1 $(GO) test -mod=mod ./... -count=1
	bin/peers/race -work $(BENCH_DIR) -devices 2500 -variants sorted-csv -maria
	bin/peers/race -work $(BENCH_DIR) -devices $(DEVICES) -variants all -report $(BENCH_DIR)/peers.md
	cat $(BENCH_DIR)/peers.md

bench-national: build peers ## 400 million rows under a limit of 2 GiB, once; needs 20 GB of disk and root
	scripts/bench-national $(BENCH_DIR)

bench-alerts: ## simulated anomalies: what the expectation finds, beside simple rules and the possible; SEED=2
	$(GO) run ./cmd/bench-alerts -seed $(or $(SEED),2)

fuzz: ## every fuzz target for FUZZTIME, 10 minutes unless it is set
	@scripts/fuzz '$(GO)' '$(FUZZTIME)'

coverage: ## 2000 simulated panels: how often the 95 % intervals hold the truth
	$(GO) test ./etl/indicator -run TestIntervalsCoverTheTruth -v -count=1 -timeout 1h -args -replications 2000

load: deps ## 500 apps, three years filled in and a year month by month: time of each stage, memory
	$(GO) test ./jobs -run '^$$' -bench '^BenchmarkLoad$$' -benchtime 1x -timeout 2h

soak: deps ## serve with a schedule of every second for SOAK (10m): memory, goroutines, connections and files must not grow
	$(GO) test ./cmd/panelwatch -run TestServeDoesNotGrow -v -count=1 -timeout 2h -args -soak $(or $(SOAK),10m)

disturb: deps ## runs that are paused, killed, cut off and robbed of their server, 20 times each; TIMES=20
	$(GO) test ./cmd/panelwatch -run 'TestDisturbedRuns|TestRunsOutlive' -v -count=1 -timeout 2h -args -disturbances $(or $(TIMES),20)

chaos: deps ## senders killed at 300 random points while Slack fails in every way; KILLS=300
	$(GO) test ./cmd/panelwatch -run 'TestKilledSenders|TestPausedSenders' -v -count=1 -timeout 2h -args -sender-kills $(or $(KILLS),300)

null-panels: ## 500 months of unchanged truth for each size of panel, how many are silent, and how large a change is told; an hour
	$(GO) test ./alerts/nullpanel -run 'Silent|Told' -v -count=1 -timeout 4h -args -pairs 500

clean: ## remove what the targets above made
	rm -rf bin .demo

deps: ## install MariaDB's server if it is missing
	@scripts/deps
