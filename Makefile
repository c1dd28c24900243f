# Every target does its own set-up in .venv; nothing is installed anywhere else.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check format bench soak

# The first Python of 3.11 or newer that can make a virtual environment.
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3 python3.14 python; do \
	$$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& { echo $$python; break; }; done)
RUN := .venv/bin/python -m
PIP := $(RUN) pip install --quiet --disable-pip-version-check --no-input
ARGS ?=
# Each has a PostgreSQL of its own.
PROCESSES ?= 2

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/.runtime ## Play with Usher in a sandbox Slack in your browser; ARGS=--once plays it unattended
	$(RUN) bot demo $(ARGS)

test: .venv/.dev ## Run all tests; REQUIRE_PEERS=1 turns a peer that is not here into a failure
	$(RUN) pytest -n $(PROCESSES) --dist worksteal $(ARGS)

check: .venv/.dev ## Format, lint, types, imports, house rules, spelling: what CI asks for
	$(RUN) ruff format --check .
	$(RUN) ruff check .
	$(RUN) mypy
	.venv/bin/lint-imports
	$(RUN) pytest tests/house
	.venv/bin/codespell

format: .venv/.dev ## Put the code into its one format and mend what ruff can mend
	$(RUN) ruff format .
	$(RUN) ruff check --fix .

bench: .venv/.dev .venv/peers/.bench ## Measure against floors of the same run: a table, and build/bench.json
	$(RUN) bench $(ARGS)

soak: .venv/.dev ## Half an hour at fifty commands a second: is memory flat? ARGS=2 makes it two minutes
	$(RUN) bench.soak $(ARGS)

.venv: .venv/.dev

# Apart from ours, so that what a peer needs meets nothing of what we need.
.venv/peers/.bench: requirements-bench.txt | .venv/bin/pip
	.venv/bin/python -m venv .venv/peers
	.venv/peers/bin/python -m pip install --quiet --disable-pip-version-check --no-input -r $< \
		&& touch $@ || echo "Presidio could not be installed: its figure will be left out."

# pip comes last when an environment is made: if it is there, the environment is whole.
.venv/bin/pip:
	@test -n "$(PYTHON)" || { echo "Usher needs Python 3.11 or newer with venv" \
		"(Debian and Ubuntu: apt install python3 python3-venv)."; exit 1; }
	$(PYTHON) -m venv .venv

.venv/.runtime: requirements.txt | .venv/bin/pip
	$(PIP) -r requirements.txt
	@touch $@

.venv/.dev: requirements.txt requirements-dev.txt | .venv/bin/pip
	$(PIP) -r requirements-dev.txt
	@touch $@ .venv/.runtime
