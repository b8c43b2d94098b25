# One command each. `make` alone lists them.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON := .venv/bin/python
PORT ?= 8000
# how many tests run at once: a number, or `auto` for one a core
WORKERS ?= auto
# said on every machine without a login session, and of no use to anybody
export PYTHONWARNINGS := ignore:XDG_RUNTIME_DIR is not set
# what a container may set for its image; here each process would compile every module again
unexport PYTHONDONTWRITEBYTECODE
TEXTS := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))

# what `make check` looks at, so many at once
CHECKS := style types-3.11 types-3.13 layers migrations untranslated deploy-settings
AT_ONCE ?= 2

.PHONY: help run test test-fast one test-hours chaos attack setup demo check database $(CHECKS) bench sbom system-packages format texts

help:
	@echo 'make run    install, start everything and serve http://127.0.0.1:8000 (PORT=8001 picks another port)'
	@echo 'make test   install what is missing, then every check and every test'
	@echo 'make test-fast  every test but those in a browser and the slow ones, and nothing else'
	@echo 'make one T=tests/exemptions/test_revision.py  the tests of one file or folder, or one test: T=…::test_…'
	@echo 'make setup  only install: .venv and the front-end assets'
	@echo 'make demo   migrate and load the reference and demo data; idempotent'
	@echo 'make style  layout of code and templates, and what is wrong in them'
	@echo 'make check  style, types, import layers, migrations, untranslated texts, deploy settings'
	@echo 'make test-hours  the tests without a browser at moments that are easily got wrong; takes hours'
	@echo 'make chaos  workers killed, services stopped, the disk full, the clock wrong: KILLS=25 times each, with the counts'
	@echo 'make attack every step by who may not, many at the same moment, hostile values and files, with the counts'
	@echo 'make bench  the benchmarks: one JSON object a line'
	@echo 'make sbom   what the product is built of, as CycloneDX in var/sbom'
	@echo 'make format layout as the checks want it'
	@echo 'make texts  put new texts into locale/*/LC_MESSAGES/django.po, to be translated'

run: setup
	@exec $(PYTHON) -m scripts.run --port $(PORT)

test: system-packages setup
	@$(TOGETHER) database $(CHECKS)
	$(PYTHON) -m pytest --numprocesses $(WORKERS)

test-fast: setup
	$(PYTHON) -m pytest --numprocesses $(WORKERS) -m 'not browser and not slow'

one: setup
	$(PYTHON) -m pytest $(T)

# the evening in winter, both nights of the clock change, a leap day, and the turns of the year of the rules; the workers of
# tests/chaos do nothing then, for they compare their clock with the database's
HOURS ?= 2026-11-29T23:30 2026-10-25T02:30 2027-03-28T01:30 2028-02-29T12:00 2026-12-31T23:30 2027-01-01T00:10 2028-01-01T00:10

# random lives of a case, of each kind, at each of these moments: `make test` lives 5
LIVES ?= 14

test-hours: system-packages setup
	for hour in $(HOURS); do \
		echo "At $$hour" && CLOCK=$$hour LIVES=$(LIVES) $(PYTHON) -m pytest --numprocesses $(WORKERS) -m 'not browser' --ignore tests/chaos || exit 1; \
	done

# the same scenarios run small within `make test`; SEED=… repeats the moments that a run printed
KILLS ?= 25

chaos: system-packages setup
	KILLS=$(KILLS) SEED=$(SEED) $(PYTHON) -m pytest tests/chaos

attack: system-packages setup
	$(PYTHON) -m pytest tests/attack

setup: .venv/.installed node_modules/.installed $(TEXTS)

# the system's own Python where it is new enough: Debian's is a quarter quicker than one that was compiled by hand
SYSTEM_PYTHON = $(shell /usr/bin/python3 -c 'import sys; sys.version_info >= (3, 11) and print(sys.executable)' 2> /dev/null)

.venv/.installed: pyproject.toml uv.lock scripts/uv.sh deploy/uv.txt
	uv="$$(scripts/uv.sh)" && "$$uv" sync --locked --quiet --compile-bytecode --python $(or $(SYSTEM_PYTHON),python3)
	@touch $@

node_modules/.installed: package.json package-lock.json .npmrc
	@command -v npm > /dev/null || { echo 'npm is missing. Install Node.js 22 or newer: https://nodejs.org/' >&2; exit 1; }
	npm ci --loglevel=error
	@touch $@

locale/%.mo: locale/%.po .venv/.installed
	$(PYTHON) -m scripts.compile_texts $<

system-packages:
	@scripts/system-packages.sh

demo: setup
	$(PYTHON) manage.py migrate --verbosity 0
	$(PYTHON) manage.py load_reference
	$(PYTHON) manage.py load_demo

# templates are laid out as Django's style guide says; of djLint only what is wrong
style: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djade --target-version 5.2 --check $$(find templates -name '*.html')
	.venv/bin/djlint --lint --quiet templates

check: setup
	@$(TOGETHER) $(CHECKS)

# beside each other, for most use one core; each says what it has to say when it is done
TOGETHER = $(MAKE) --no-print-directory --jobs $(AT_ONCE) $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

types-3.11 types-3.13: types-%: setup
	.venv/bin/mypy --python-version $*

layers: setup
	.venv/bin/lint-imports

migrations: setup
	$(PYTHON) manage.py makemigrations --check --dry-run

untranslated: setup
	$(PYTHON) -m scripts.untranslated

deploy-settings: setup
	$(PYTHON) -m scripts.check_deploy

# that the tests copy; made only where it is missing
database: setup
	$(PYTHON) -m tests.database

bench: setup
	@$(PYTHON) -m benchmarks

sbom:
	@mkdir -p var/sbom
	uv="$$(scripts/uv.sh)" && "$$uv" export --locked --no-dev --quiet --format cyclonedx1.5 --output-file var/sbom/python.cdx.json
	npm sbom --sbom-format cyclonedx --package-lock-only --omit dev > var/sbom/npm.cdx.json

format: setup
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	.venv/bin/djade --target-version 5.2 $$(find templates -name '*.html') || true  # it says 1 where it changed a file

texts: setup
	$(PYTHON) -m scripts.untranslated --add
