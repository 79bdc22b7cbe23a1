# Everything a newcomer needs is Python 3.11 or later and make. `make` alone prints this help.

PYTHON ?= $(shell for each in python3.11 python3.12 python3.13 python3 python; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && \
	command -v $$each && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --no-input
PURE := $(wildcard evenhand/rules evenhand/analytics evenhand/formats evenhand/policy evenhand/regional evenhand/synth)
TEMPLATES := $(wildcard evenhand/*/templates)
CODE := evenhand tests tools benchmarks manage.py setup.py
UV := uv>=0.8,<1
UV_LOCK = .cache/lock/bin/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command 'make lock'

.DEFAULT_GOAL := help
.PHONY: help demo test check audit format clauses bench faults load pictures lock docs clean

help: ## Print this help
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | \
		while IFS="$$(printf '\t')" read -r name what; do printf '  make %-10s %s\n' "$$name" "$$what"; done

demo: $(VENV)/.base ## Make a pretend authority, import it and serve it (CHILDREN=500 PORT=8000 NO_SERVE=1)
	@$(BIN)/evenhand demo $(if $(CHILDREN),--children $(CHILDREN)) $(if $(PORT),--port $(PORT)) \
		$(if $(NO_SERVE),--no-serve)

test: $(VENV)/.dev $(if $(SPARK),$(VENV)/.spark) ## Run every test, on SQLite and PostgreSQL, in a real browser too (ARGS="-k name" SPARK=1)
	@CHROMIUM="$$($(BIN)/python tools/chromium.py)" && export CHROMIUM && \
		$(BIN)/python -m tools.run_tests $(ARGS)

check: $(VENV)/.dev ## Check style, types, which way imports point, templates and packs
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy $(PURE)
	$(BIN)/lint-imports
	$(if $(TEMPLATES),$(BIN)/djlint --quiet --lint $(TEMPLATES))
	$(BIN)/evenhand policy check

audit: $(VENV)/.dev ## Check every locked dependency for known vulnerabilities, and our code for grave faults
	$(BIN)/bandit --quiet --recursive evenhand --severity-level high
	$(BIN)/python -m tools.audit

format: $(VENV)/.dev ## Lay the code out as `make check` wants it
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

clauses: $(VENV)/.dev ## Count the clauses that passing tests show; PROVE=1 makes each test fail without its pack entry
	@CHROMIUM="$$($(BIN)/python tools/chromium.py)" && export CHROMIUM && \
		$(BIN)/python -m tools.clauses $(if $(PROVE),--prove)

bench: $(VENV)/.dev ## Measure against the bounds and write .bench/results.json (ONLY=name)
	@$(BIN)/python -m benchmarks $(ONLY)

faults: $(VENV)/.dev ## Kill, fill, unplug and collide, and look that nothing is lost (ROUNDS=25 SEED=1 DATABASE=both)
	@$(BIN)/python -m tools.faults $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(SEED),--seed $(SEED)) \
		$(if $(DATABASE),--database $(DATABASE))

load: $(VENV)/.dev ## Measure pages under many users on PostgreSQL into .bench/load.json (CHILDREN=50000 USERS=16)
	@$(BIN)/python -m tools.load $(if $(CHILDREN),--children $(CHILDREN)) $(if $(USERS),--users $(USERS)) \
		$(if $(SECONDS),--seconds $(SECONDS)) $(if $(PROCESSES),--processes $(PROCESSES))

pictures: $(VENV)/.dev ## Photograph the main pages at both widths into docs/pictures
	@CHROMIUM="$$($(BIN)/python tools/chromium.py)" && export CHROMIUM && \
		$(BIN)/python -m tools.pictures

docs: $(VENV)/.base ## Write docs/reference from the packs
	@$(BIN)/evenhand policy docs docs/reference
	@$(BIN)/python -m tools.access docs/reference/access.md

lock: $(VENV)/.made ## Resolve requirements/*.in anew into hash-locked *.txt
	@$(PYTHON) -m venv .cache/lock
	@.cache/lock/bin/python -m pip --disable-pip-version-check --quiet install '$(UV)'
	@$(UV_LOCK) requirements/base.in --output-file requirements/base.txt
	@$(UV_LOCK) requirements/dev.in --constraint requirements/base.txt --output-file requirements/dev.txt
	@$(UV_LOCK) requirements/spark.in --output-file requirements/spark.txt

clean: ## Take away the environment and all that was made, the demonstration's data too
	rm -rf $(VENV) .demo .faults .tests .bench .cache .mypy_cache .pytest_cache .ruff_cache \
		.import_linter_cache .hypothesis build dist *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.made:
	@test -n "$(PYTHON)" || { echo "Evenhand needs Python 3.11 or later, and none was found." \
		"Install it, or name one: make PYTHON=/path/to/python3.11" >&2; exit 2; }
	@echo "Making an environment in $(VENV) with $$($(PYTHON) --version)."
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python could not make an environment." \
		"On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 2; }
	@touch $@

$(VENV)/.base: requirements/base.txt tools/link.py | $(VENV)/.made
	@echo "Installing what Evenhand needs (each package is checked against its hash)."
	@$(PIP) install --require-hashes --requirement requirements/base.txt
	@$(BIN)/python tools/link.py
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	@echo "Installing what its tests need."
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@

$(VENV)/.spark: requirements/spark.txt $(VENV)/.dev
	@echo "Installing Spark, which needs Java 17 or later."
	@$(PIP) install --require-hashes --requirement requirements/spark.txt
	@touch $@
