# Relative paths only: the checkout may lie under a path with spaces.
SHELL = /bin/sh
FIND_PYTHON = for p in .venv/bin/python python3 python3.13 python3.12 python3.11 python3.14; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && exit; done
PYTHON := $(shell $(FIND_PYTHON))
VENV = .venv/bin/python

.PHONY: run setup test check bench stop
.NOTPARALLEL:

run: setup
	@exec $(VENV) -m config.run

setup:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found on PATH." >&2; exit 1; }
	@$(PYTHON) -P config/setup.py

test: setup
	@$(VENV) -m tests.browser.chromium
	@$(VENV) -m pytest --numprocesses=2 --dist=loadfile $(ARGS)

check: setup
	@$(VENV) -m config.check

bench: setup
	@$(VENV) -m bench $(ARGS)

stop:
	@$(VENV) -m config.stop
