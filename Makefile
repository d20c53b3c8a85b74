# Palier. `make help` lists the targets.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
DEMO ?= 1
VENV := .venv
BIN := $(VENV)/bin
ROOMS := activity accounts library playbook scripts quizzes training insights
CATALOGUES := $(wildcard app/translations/*/LC_MESSAGES/messages.po app/*/translations/*/LC_MESSAGES/messages.po)

.PHONY: help run test check format translations bench screenshots clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-14s %s\n", $$1, $$2}'

$(VENV)/.run: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Palier needs Python 3.11 or newer; this is $$($(PYTHON) --version)." >&2; exit 2; }
	@echo "Installing Palier's packages into $(VENV) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.test: requirements-test.txt $(VENV)/.run
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-test.txt
	@touch $@

$(VENV)/.translations: $(CATALOGUES) $(VENV)/.run
	@$(BIN)/python tools/translations.py compile
	@touch $@

run: $(VENV)/.run $(VENV)/.translations ## Start Palier on http://127.0.0.1:8000 (PORT=…, DEMO=0 without the demo team)
	@PALIER_PORT=$(PORT) PALIER_DEMO=$(DEMO) $(BIN)/flask --app wsgi start

test: $(VENV)/.test $(VENV)/.translations ## Install what the tests need and run every check and test, on both databases
	@$(BIN)/python tools/run_tests.py

check: $(VENV)/.test $(VENV)/.translations ## Formatter, linter, types, layers, templates, translations
	@$(BIN)/python tools/check.py

format: $(VENV)/.test ## Let the formatter rewrite the Python files
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

translations: $(VENV)/.test ## Bring the message catalogues up to date with the code
	@$(BIN)/python tools/translations.py update

bench: $(VENV)/.test $(VENV)/.translations ## Measure, print the table and write bench/results.json
	@$(BIN)/python -m bench

screenshots: $(VENV)/.test $(VENV)/.translations ## Take the pictures of docs/ from the demo
	@$(BIN)/python tools/screenshots.py

clean: ## Remove what was built (never the data)
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
