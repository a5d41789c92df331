# make run: everything on a fresh machine, then the page on http://127.0.0.1:8080.  make test: all tests.  `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TESTERS ?= 2
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev

.PHONY: help run chat index test lint format bench install clean

help: ## list what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

install: $(STAMP) ## the environment alone

# torch is named on the command line so that the build without CUDA is chosen; with it in place its range installs nothing more
$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet torch==2.13.0 -c constraints.txt
	$(BIN)/python -m pip install --quiet -e . -c constraints.txt
	touch $(STAMP)

$(DEV_STAMP): $(STAMP)
	$(BIN)/python -m pip install --quiet -e '.[dev]' -c constraints.txt
	touch $(DEV_STAMP)

index: $(STAMP) ## read the library and build the index (nothing to do when nothing changed)
	$(BIN)/python ingest.py

run: index ## serve: web page; Telegram and Zalo when their tokens are in the environment
	$(BIN)/python -m bot serve

chat: index ## talk in the terminal
	$(BIN)/python -m bot chat

test: $(DEV_STAMP) ## all tests, offline
	$(BIN)/python -m pytest -n $(TESTERS) --dist loadfile

lint: $(DEV_STAMP) ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(DEV_STAMP) ## put the style right
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: index ## latency, memory and answers; prints JSON
	$(BIN)/python benchmarks/latency.py
	$(BIN)/python benchmarks/field.py

clean: ## remove builds and run-time data (the environment stays)
	rm -rf knowledge/index var .pytest_cache .mypy_cache .ruff_cache
