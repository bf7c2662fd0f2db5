# Two commands: `make demo` makes the six handouts, `make test` runs every check. Each installs what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test lint unit picture screenshots schema catalogs ears bench clean

demo: $(VENV)/.run
	$(BIN)/python scripts/demo.py

test: $(VENV)/.dev lint unit

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/handouts check

unit: $(VENV)/.dev
	$(BIN)/pytest --numprocesses auto --dist loadfile --cov --cov-report=term:skip-covered

# The pictures of the README and the docs.
picture: $(VENV)/.dev
	$(BIN)/python scripts/picture.py

# The pictures of docs/clinics.md, taken in a browser.
screenshots: $(VENV)/.dev
	$(BIN)/python scripts/screenshots.py

# JSON Schemas beside the content, for editors.
schema: $(VENV)/.run
	for kind in condition glossary organisations inheritance labels web sources brand terms; do \
	  $(BIN)/handouts schema $$kind -o handouts/schema/$$kind.schema.json; done

catalogs: $(VENV)/.run
	$(BIN)/handouts catalog extract
	$(BIN)/handouts catalog update

# What readers hear in 39 languages, from us and from others: the figures of docs/fidelity.md.
ears: $(VENV)/.dev
	bash scripts/system-packages.sh ears
	$(BIN)/python -m pip install --quiet --group ears
	$(BIN)/python -m scripts.ears

# How fast, beside others: the figures of docs/performance.md. On a machine that does nothing else.
bench: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --group bench
	$(BIN)/python -m benchmarks.batch --write

$(VENV)/bin/python:
	bash scripts/system-packages.sh run
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'

$(VENV)/.run: $(VENV)/bin/python pyproject.toml
	bash scripts/system-packages.sh run
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.run pyproject.toml
	bash scripts/system-packages.sh test
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --group dev
	touch $@

clean:
	rm -rf $(VENV) out dist build
