# Forwards to run.py, which works without make.
PYTHON ?= python3

start author setup test lock:
	$(PYTHON) run.py $@

.DEFAULT_GOAL := start
.PHONY: start author setup test lock
