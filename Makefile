# `make demo` and `make test` set up all they need in .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check lock docs clean

demo: .venv/ready
	@rm -rf demo && mkdir demo
	@$(BIN)/onrecord --record demo/record.db add examples/reports
	@$(BIN)/onrecord --record demo/record.db dossier -o demo/dossier.html

test: .venv/ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/pytest

docs: .venv/ready
	@$(BIN)/python docs/write_cli_reference.py

.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Needs pip-tools. The file names no host.
lock:
	pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-index-url \
		--no-emit-find-links --no-emit-trusted-host --extra dev --extra serve --output-file requirements.lock pyproject.toml

clean:
	rm -rf .venv demo build dist
