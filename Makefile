# What one does here: `make help` lists it. Everything installs what it lacks, and again only when it changes.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV ?= .venv
HOST ?= 127.0.0.1
PORT ?= 8000
ROUNDS ?= 20
BUSY ?= 4
export VENV HOST PORT
# Processes that are started again and again (tests, PDF files, readers) load what was compiled once, whatever the shell asks.
export PYTHONDONTWRITEBYTECODE :=

PY := $(VENV)/bin/python
MANAGE := $(PY) manage.py
SETUP := scripts/python.sh scripts/lib.sh
TRANSLATIONS := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))

.PHONY: help run test test-postgres test-busy layout check format bench messages migrations lock clean

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 16

run: export DJANGO_SETTINGS_MODULE := qualiopi.settings.development
run: $(VENV)/.base $(TRANSLATIONS) var/.static ## Set up what is missing and serve the product on http://127.0.0.1:8000
	@$(MANAGE) migrate --verbosity 0
	@$(MAKE) --silent --no-print-directory var/.demo
	@scripts/run.sh

test: $(VENV)/.dev $(TRANSLATIONS) ## Run the tests (ARGS="tests/standard -k grid" for some of them)
	@scripts/browser.sh
	$(PY) -m pytest -n 2 --dist worksteal $(ARGS)

test-postgres: $(VENV)/.dev $(TRANSLATIONS) ## Run the same tests on a throw-away PostgreSQL
	@scripts/browser.sh
	scripts/test_postgres.sh -n 2 --dist worksteal $(ARGS)

test-busy: $(VENV)/.dev $(TRANSLATIONS) ## Play tests ROUNDS times beside BUSY busy processes (ROUNDS=20 BUSY=4 ARGS="-m browser")
	@scripts/browser.sh
	scripts/test_busy.sh $(ROUNDS) $(BUSY) $(ARGS)

layout: $(VENV)/.dev ## Check format and style alone: what the hook of a commit does
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(VENV)/bin/djangofmt --quiet --check templates
	$(VENV)/bin/djlint --quiet --lint templates

check: layout $(TRANSLATIONS) ## Check format, style, types, imports, migrations, deployment, templates and translations
	$(PY) -m mypy qualiopi trainings evidence
	$(VENV)/bin/lint-imports
	DJANGO_SETTINGS_MODULE=qualiopi.settings.test $(MANAGE) makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=qualiopi.settings.production DATABASE_URL=sqlite://:memory: ALLOWED_HOSTS=temoin.example \
		SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))') \
		$(MANAGE) check --deploy --fail-level WARNING
	for file in locale/*/LC_MESSAGES/*.po; do msgfmt --check --output-file=/dev/null "$$file" || exit 1; done

format: $(VENV)/.dev ## Lay the code out
	$(PY) -m ruff check --fix-only .
	$(PY) -m ruff format .
	$(VENV)/bin/djangofmt --quiet templates

bench: $(VENV)/.dev $(TRANSLATIONS) var/.static ## Measure: every script of bench/ prints its ratios (ARGS=board for one of them)
	$(PY) -m bench $(ARGS)

messages: $(VENV)/.dev ## Collect the sentences to translate
	$(MANAGE) makemessages --locale en --no-obsolete --no-wrap --add-location file --ignore '.venv/*' --ignore 'var/*' --ignore 'tests/*'

migrations: $(VENV)/.dev ## Make the one migration of each floor again, after a model changed
	DJANGO_SETTINGS_MODULE=qualiopi.settings.test $(MANAGE) make_migrations
	$(PY) -m ruff format --quiet */migrations/0001_initial.py

lock: $(VENV)/.dev ## Pin the newest versions that requirements/*.in allow
	scripts/lock.sh

clean: ## Remove the environment, the demo database and its files
	rm -rf $(VENV) var $(TRANSLATIONS) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/.base: requirements/base.txt $(SETUP)
	@scripts/python.sh base
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(SETUP)
	@scripts/python.sh dev
	@touch $@ $(VENV)/.base

%.mo: %.po
	@msgfmt --output-file=$@ $<

var/.static: requirements/base.txt $(shell find static -type f 2>/dev/null) | $(VENV)/.base
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@mkdir -p var && touch $@

# The demo goes into the database that `make run` makes for itself, never into one that somebody names.
var/.demo:
	@if [ -z "$$DATABASE_URL" ]; then echo "» Données de démonstration"; $(MANAGE) seed_demo >/dev/null; fi
	@mkdir -p var && touch $@
