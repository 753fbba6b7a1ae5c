# Everything a checkout needs: make demo, make test. `make` alone lists the targets.
# Nothing is written outside .venv, .venv-bench, tool caches and TONGBU_HOME (.tongbu).

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help install install-test demo serve test proof chaos sdk-test check lint types floors bench lock

BIN := .venv/bin
JOBS ?= 2
PIP_INSTALL = install --quiet --disable-pip-version-check --require-hashes

# The first Python of 3.11 or newer that really runs and can make environments: a name on the
# PATH may be a shim for a version that is not chosen. `make PYTHON=/path/to/python` overrides.
PYTHON = $(shell for name in python3.13 python3.12 python3.11 python3 python; do \
	$$name -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$name; break; }; done)

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 14

install: .venv/.runtime ## what it takes to run

install-test: .venv/.test ## what it takes to test

demo: .venv/.runtime ## the whole loop against simulated platforms; ARGS="--release PATH --keep"
	@$(BIN)/tongbu demo $(ARGS)

serve: .venv/.runtime ## the embedded installation until Ctrl-C; ARGS="--port 8321"
	@$(BIN)/tongbu serve $(ARGS)

test: .venv/.test ## all tests; ARGS="tests/unit -k words" for some
	@$(BIN)/pytest -n $(JOBS) --dist worksteal $(ARGS)

proof: .venv/.test ## never twice, never lost: a release day, cut everywhere; FULL=1, SEED=n
	@FULL=$(FULL) SEED=$(SEED) JOBS=$(JOBS) $(BIN)/python -m tests.proof

chaos: .venv/.test ## never twice, never lost: real processes, killed; SMALL=1, SEED=n, DATABASE=sqlite
	@SMALL=$(SMALL) SEED=$(SEED) DATABASE=$(DATABASE) $(BIN)/python -m tests.chaos

# Optional, and no part of `make test`: the SDK comes from the npm registry and leaves nothing behind.
# node-socialite is named since 3.6.2 does not load with the releases after 1.4.1 that it allows.
NODE_SDK = node-easywechat@3.6.2 node-socialite@1.4.1
sdk-test: .venv/.test ## stock SDKs against the simulated WeChat; needs node and npm
	@command -v npm >/dev/null || { echo "sdk-test: npm is not installed, nothing was tested"; exit 0; }; \
	scratch=$$(mktemp -d); trap 'rm -rf "$$scratch"' EXIT; \
	npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$$scratch" $(NODE_SDK); \
	TONGBU_NODE_SDK="$$scratch" $(BIN)/pytest -rs tests/integration/test_node_sdk_on_the_sandbox.py \
		tests/integration/test_wechatpy_client_on_the_sandbox.py

# TESTED=1 leaves out the last step, for whoever has just run `make test`.
check: lint types floors $(if $(TESTED),,test) ## format, lint, types, import floors, tests

lint: .venv/.test
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .

types: .venv/.test
	@$(BIN)/mypy

floors: .venv/.test
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/pytest --quiet tests/architecture

bench: .venv/.runtime .venv-bench/.bench ## our numbers beside those of our peers
	@.venv-bench/bin/python -m benchmarks $(ARGS)

# uv only resolves, in an environment of its own; no index address may reach the files.
lock: ## resolve requirements/*.txt again from pyproject.toml
	@scratch=$$(mktemp -d); trap 'rm -rf "$$scratch"' EXIT; \
	$(PYTHON) -m venv "$$scratch"; "$$scratch/bin/pip" install --quiet uv; \
	for group in runtime test bench; do \
		[ $$group = runtime ] && more= || more="--group $$group --constraint requirements/runtime.txt"; \
		"$$scratch/bin/uv" pip compile pyproject.toml $$more --universal --python-version 3.11 \
			--generate-hashes --no-emit-index-url --no-header --no-annotate --quiet \
			--output-file requirements/$$group.txt; \
	done; \
	! grep -n '://' requirements/*.txt

.venv/.made:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer with venv is needed" \
		"(Debian: apt-get install python3-venv)" >&2; exit 1; }
	@echo "Making .venv with $(PYTHON)"
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.runtime: .venv/.made requirements/runtime.txt deploy/tongbu
	@echo "Installing what it takes to run"
	@$(BIN)/pip $(PIP_INSTALL) -r requirements/runtime.txt
	@sh deploy/link .venv
	@touch $@

.venv/.test: .venv/.runtime requirements/test.txt
	@echo "Installing what it takes to test"
	@$(BIN)/pip $(PIP_INSTALL) -r requirements/test.txt
	@touch $@

.venv-bench/.bench: requirements/bench.txt deploy/tongbu
	@echo "Installing what it takes to compare"
	@$(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/pip $(PIP_INSTALL) -r requirements/bench.txt
	@sh deploy/link .venv-bench
	@touch $@
