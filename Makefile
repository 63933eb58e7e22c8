# Two commands are all that a newcomer needs: `make render` and `make test`. Each sets up what it needs in .venv,
# and a render needs none of the tests' tools, which take a minute to come.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

# Which tests `make test` runs, by their marks. `make test MARKS=` runs all of them, as CI does.
MARKS  ?= not slow

.PHONY: render check test lint bench mutants

render: $(VENV)/.installed
	$(BIN)/tfgen render

check: $(VENV)/.installed
	$(BIN)/tfgen check

test: $(VENV)/.test-installed
	$(BIN)/pytest -n auto -m "$(MARKS)" $(PYTEST_OPTIONS)

lint: $(VENV)/.test-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/.installed
	$(BIN)/python bench/run.py

mutants: $(VENV)/.test-installed
	$(BIN)/pip install --quiet cosmic-ray
	$(BIN)/python -m tools.mutants $(MUTANTS)

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("tfgen needs Python 3.11 or newer; name one with PYTHON=...") \
		if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable .
	@touch $@

$(VENV)/.test-installed: $(VENV)/.installed
	$(BIN)/pip install --quiet --editable '.[test]'
	@touch $@
