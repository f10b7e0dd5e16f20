# The only door to tooling. `make help` lists what there is; anything long lives in scripts/.
PORT ?= 8000
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export UV_PYTHON_PREFERENCE := system
# What is compiled once stays compiled, also where an environment says otherwise: else every process of the tests compiles all of it anew.
export PYTHONDONTWRITEBYTECODE :=
UV := .tools/bin/uv
PYTHON := .venv/bin/python

TILL_SOURCES := $(shell find till/src till/public till/index.html till/*.ts till/*.js till/lint -type f 2>/dev/null)
STATIC_SOURCES := $(shell find mostrador -path '*/static/*' -type f 2>/dev/null)
TRANSLATIONS := $(shell find mostrador -name '*.po' 2>/dev/null)

.PHONY: help setup front demo check test test-fast bench replay differential histories shots lock clean
.DEFAULT_GOAL := help

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: .venv/.ready till/node_modules/.ready ## Make the environment: Python, Node, packages (once)

$(UV):
	@echo '· fetching uv'
	@sh scripts/get-uv.sh

.venv/.ready: pyproject.toml uv.lock .python-version | $(UV)
	@echo '· Python environment'
	@python=$$(sh scripts/find-python.sh); UV_PYTHON=$${python:-3.13} $(UV) sync --frozen --inexact --compile-bytecode -q
	@touch $@

till/node_modules/.ready: till/package-lock.json | .venv/.ready
	@echo '· packages of the till'
	@cd till && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

front: build/root/till/index.html build/static/.ready ## Build what browsers load (only when its sources changed)

build/root/till/index.html: $(TILL_SOURCES) till/package-lock.json | till/node_modules/.ready
	@echo '· building the till'
	@sh scripts/front.sh till
	@touch $@

build/static/.ready: $(STATIC_SOURCES) $(TRANSLATIONS) uv.lock | .venv/.ready
	@echo '· static files of the server'
	@sh scripts/front.sh translations static
	@touch $@

# `exec`: make hands SIGTERM and Ctrl-C to the process it started, which is then the server itself.
demo: setup front ## Run a shop with demo data on PORT (8000); RESET=1 starts over
	@exec .venv/bin/mostrador demo --port $(PORT) $(if $(RESET),--reset)

check: setup ## The fast part: lint, types, laws, pure tests (under 60 s)
	@exec $(PYTHON) scripts/check.py

test: setup front ## Everything: SQLite, PostgreSQL, vitest, browser (at most 15 minutes)
	@sh scripts/debian.sh postgresql chromium chromium-headless-shell libnss3-tools
	@exec $(PYTHON) scripts/test.py

test-fast: setup front ## Without PostgreSQL and browser
	@exec $(PYTHON) scripts/test.py --fast

bench: setup front ## Our own figures beside the raw limit, on SQLite and PostgreSQL
	@sh scripts/debian.sh postgresql chromium
	@exec $(PYTHON) scripts/postgres.py -- $(PYTHON) -m bench $(ARGS)

replay: setup ## A real year of 457 stores through the tills' own door; STORES= and DAYS= take a part
	@exec .venv/bin/mostrador replay $(if $(STORES),--stores $(STORES)) $(if $(DAYS),--days $(DAYS)) $(ARGS)

differential: setup ## Both engines of prices on a million random baskets; BASKETS= for another number
	@exec $(PYTHON) -m tests.pricing.differential $(if $(BASKETS),--baskets $(BASKETS)) $(ARGS)

histories: setup ## Random histories on three tills and a real server (100,000); HISTORIES=, SEED=, ARGS=--bugs
	@exec $(PYTHON) -m tests.histories $(if $(HISTORIES),--histories $(HISTORIES),--histories 100000) $(if $(SEED),--seed $(SEED)) $(ARGS)

shots: setup front ## A picture of every screen, in three sizes, two themes, two languages
	@sh scripts/debian.sh chromium
	@exec $(PYTHON) scripts/shots_all.py $(ARGS)

lock: | $(UV) ## Write both lock files anew
	$(UV) lock
	cd till && npm install --package-lock-only --no-audit --no-fund --loglevel=error

clean: ## Remove what was built; data under var/ stays
	rm -rf build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache till/node_modules/.ready .venv/.ready
