# Two commands matter: `make run` and `make test`. Everything else is a part of them.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help env run test check format messages lock vendor fonts

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST)

env:  ## create .venv from the lock file, every hash checked
	@$(PYTHON) tools/make_env.py

run: env  ## serve the sample district on this machine
	@$(BIN)/python tools/run_sample.py

test: env  ## everything: checks, SQLite, PostgreSQL, web, browser
	@$(BIN)/python tools/test_all.py

check: env  ## lint, types, contracts, drift; no tests
	@$(BIN)/python tools/check.py

format: env  ## format the code and fix what the linter can
	@$(BIN)/ruff check --fix-only -q . ; $(BIN)/ruff format -q .

messages: env  ## collect what is to be translated, and compile what is
	@$(BIN)/python tools/translations.py

lock: env  ## compute requirements/*.txt again from pyproject.toml
	@$(BIN)/python tools/lock.py

vendor: env  ## fetch the front-end assets again, against vendor.lock.json
	@$(BIN)/python tools/vendor.py

fonts: env  ## make the newspaper fonts again from their originals
	@$(BIN)/python tools/fonts.py
