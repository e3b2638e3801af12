# Two commands matter: `make run` and `make test`. `make help` lists all.
SHELL := /bin/sh
PY := .venv/bin/python
STATICALLY_TYPED := src/xaso src/xaso_standins
CHECKED := $(if $(filter check,$(MAKECMDGOALS)),--ignore=tests/architecture --ignore=tests/catalogue)

.PHONY: help run test check faults bench lock screenshots sounds flows sbom audit format messages system system-test clean

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' Makefile | expand -t 24

run: .venv/installed-run ## start everything on this machine (PORT, XASO_DATA and DATABASE_URL move it)
	@exec $(PY) -m xaso.site.cli run

test: .venv/installed-dev node_modules/installed system-test ## all tests, browser included, on SQLite and on PostgreSQL
	@$(PY) tests/run.py $(CHECKED)

check: .venv/installed-dev ## format, lint, types, imports, missing migrations, templates, catalogue, translations
	.venv/bin/ruff format --check --quiet src tests bench conftest.py manage.py
	.venv/bin/ruff check --quiet src tests bench conftest.py manage.py
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo
	XASO_DATA=build/check $(PY) manage.py makemigrations --check --dry-run --settings xaso.site.settings.tests
	.venv/bin/djlint --lint --quiet src
	$(PY) -m xaso.site.translations check
	$(PY) -m compileall -q src tests bench
	.venv/bin/pytest -q -n 2 --dist worksteal tests/architecture tests/catalogue

faults: .venv/installed-dev system-test ## long rounds of kills and failures, on both databases
	@$(PY) tests/run.py --faults

bench: .venv/installed-dev system-test ## the figures of docs and releases: a table and build/bench.json
	@$(PY) -m bench

screenshots: .venv/installed-dev system-test ## make the pictures of README anew
	@$(PY) tests/screenshots.py

sounds: .venv/installed-dev ## make the recordings of the queue's screen and of the five faces anew (needs espeak-ng)
	@$(PY) deploy/recordings.py

flows: .venv/installed-dev ## write docs/flows.md and docs/addresses.md from the code's own tables
	@$(PY) -m tests.made_pages

sbom: .venv/installed-run ## write the bill of materials, build/sbom.cdx.json (CycloneDX), from the lock file
	@$(PY) deploy/sbom.py

audit: .venv/installed-run ## compare the lock files with the holes that are known of their packages (asks osv.dev)
	@$(PY) deploy/package_audit.py

format: .venv/installed-dev ## rewrite the code in the agreed format
	.venv/bin/ruff check --fix-only --quiet src tests bench conftest.py manage.py
	.venv/bin/ruff format src tests bench conftest.py manage.py

messages: .venv/installed-dev ## collect the texts to translate and compile the translations
	$(PY) -m xaso.site.translations update

LOCK := .venv/bin/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock"
lock: .venv/installed-dev ## choose versions anew (make lock UPGRADE=--upgrade for the newest that fit)
	$(LOCK) $(UPGRADE) pyproject.toml -o requirements.lock
	$(LOCK) $(UPGRADE) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	echo uv | $(LOCK) - -c requirements-dev.lock -o requirements-uv.lock

system: ## install the optional system packages, or say which line does
	@deploy/system.sh

system-test:
	@deploy/system.sh test

clean: ## remove what builds and tests made; data in var/ stay
	rm -rf build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/installed-run: requirements.lock requirements-uv.lock deploy/venv.sh
	@deploy/venv.sh requirements.lock
	@$(PY) -m compileall -q src
	@touch $@

.venv/installed-dev: requirements-dev.lock requirements-uv.lock deploy/venv.sh
	@deploy/venv.sh requirements-dev.lock
	@touch .venv/installed-run $@

node_modules/installed: package-lock.json | system-test
	@npm ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@
