# Two commands do everything: `make chat` and `make test`. Each sets up what it needs and is quick
# when nothing changed. What is set up lies in .venv, nlu_data/.venv, .tools and .state.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

UV := $(shell command -v uv || echo $(CURDIR)/.tools/bin/uv)
PYTHON := .venv/bin/python
COMEBACK := .venv/bin/comeback
NLU_PYTHON := nlu_data/.venv/bin/python
export UV_PYTHON_PREFERENCE ?= system
# Compiled code is kept, whatever the machine says: compiling the tests takes longer than many of them.
unexport PYTHONDONTWRITEBYTECODE

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

chat: .state/model ## Interview an owner in the terminal (LANGUAGE=he or en)
	@$(COMEBACK) chat $(if $(LANGUAGE),--lang $(LANGUAGE))

console: .state/app ## Try the consultants' console with thirty clients (PORT=8070)
	@mkdir -p .state/console
	@COMEBACK_DATA=.state/console COMEBACK_DATABASE_URL= $(COMEBACK) console --demo --port $(or $(PORT),8070)

test: .state/model ## Run every check and every test
	@echo "== ruff" && .venv/bin/ruff check . && .venv/bin/ruff format --check .
	@echo "== mypy" && .venv/bin/mypy
	@echo "== content" && $(COMEBACK) lint
	@echo "== tests" && $(PYTHON) -m pytest -n 2 $(TESTS)

unit: .state/app ## Run the quick tests only
	@$(PYTHON) -m pytest -n 2 --quick $(TESTS)

format: .state/app ## Put code into its usual form
	@.venv/bin/ruff check --fix . && .venv/bin/ruff format .

examples: .state/app ## Make the plans in docs/examples anew
	@for business in hotel wholesaler; do for language in he en; do \
	  $(COMEBACK) plan docs/examples/$$business.yml --lang $$language --format html \
	    --out docs/examples/$$business-$$language.html; done; done
	@for language in he en; do \
	  $(COMEBACK) plan docs/examples/hotel.yml --lang $$language --format pdf \
	    --out docs/examples/hotel-$$language.pdf; done

bench: .state/model ## Measure a deployment beside a plain Rasa bot (a quarter of an hour)
	@$(PYTHON) -m bench.serving

images: .state/app ## Do the Dockerfiles' steps without a container engine (as root, with debootstrap)
	@$(PYTHON) tests/containers/images.py

soak: .state/app ## 200 owners finish interviews while processes are killed (OWNERS=, MINUTES=)
	@$(PYTHON) tests/serving/soak.py --owners $(or $(OWNERS),200) --minutes $(or $(MINUTES),20)

bench-documents: .state/bench ## Time documents beside WeasyPrint
	@.state/bench-env/bin/python -m bench.documents

encoder: .state/tuning ## Tune nlu_data/encoder on the examples anew (half an hour)
	@cd nlu_data && PYTHONPATH=. ../.state/tuning-env/bin/python -m tuning.tune

encoder-check: .state/tuning ## See that tuning runs, in a minute, and change nothing
	@cd nlu_data && PYTHONPATH=. ../.state/tuning-env/bin/python -m tuning.tune --layers 2 --steps 3 \
	  --folder ../.state/encoder-check
	@cd nlu_data && PYTHONPATH=. ../.state/tuning-env/bin/python -m tuning.tune --go-on --steps 1 \
	  --folder ../.state/encoder-check

lock: .state/uv ## Pin newer versions of what we depend on
	@$(UV) pip compile -q --upgrade $(LOCK) --python-version 3.11 pyproject.toml -o requirements/app.txt
	@$(UV) pip compile -q --upgrade $(LOCK) --python-version 3.11 pyproject.toml --group dev -o requirements/dev.txt
	@$(UV) pip compile -q --upgrade $(LOCK) --python-version 3.11 pyproject.toml --group bench -o requirements/bench.txt
	@cd nlu_data && $(abspath $(UV)) pip compile -q --upgrade $(LOCK) --python-version 3.10 pyproject.toml -o requirements.txt
	@cd nlu_data/tuning && $(abspath $(UV)) pip compile -q --upgrade $(LOCK) --python-version 3.11 requirements.in -o requirements.txt
LOCK := --generate-hashes --no-header --no-annotate --universal

clean: ## Remove everything that was set up
	rm -rf .venv nlu_data/.venv nlu_data/models nlu_data/.cache .tools .state

.state/uv: | .state
	@command -v $(UV) >/dev/null || { \
	  echo "Getting uv, which sets the rest up ..."; \
	  PY=$$(command -v python3.11 || command -v python3 || true); \
	  [ -n "$$PY" ] || { echo "Python 3.11 is missing: install it, then run make again." >&2; exit 2; }; \
	  "$$PY" -m venv .tools && .tools/bin/python -m pip install --quiet uv \
	  || { echo "uv could not be installed: check the network, or install uv yourself, then run make again." >&2; exit 2; }; }
	@touch $@

.state/app: requirements/dev.txt pyproject.toml | .state/uv
	@echo "Setting up the application ..."
	@$(UV) venv --quiet --allow-existing --python 3.11 .venv \
	  || { echo "Python 3.11 is missing and could not be fetched: install it, then run make again." >&2; exit 2; }
	@$(UV) pip sync --quiet --require-hashes --compile-bytecode --python .venv requirements/dev.txt \
	  || { echo "The application's packages could not be installed: check the network, then run make again." >&2; exit 2; }
	@$(UV) pip install --quiet --no-deps --no-build-isolation --python .venv -e .
	@$(PYTHON) -m compileall -q advisor bot console comeback
	@touch $@

.state/nlu: nlu_data/requirements.txt nlu_data/.python-version | .state/uv
	@echo "Setting up Rasa in its own environment (2.5 GB, once) ..."
	@cd nlu_data && $(abspath $(UV)) venv --quiet --allow-existing .venv \
	  || { echo "Python 3.10 is missing and could not be fetched: install it, then run make again." >&2; exit 2; }
	@cd nlu_data && $(abspath $(UV)) pip sync --quiet --require-hashes --python .venv requirements.txt \
	  || { echo "Rasa's packages could not be installed: check the network, then run make again." >&2; exit 2; }
	@touch $@

.state/bench: requirements/bench.txt | .state/uv
	@echo "Setting up what documents are compared with ..."
	@$(UV) venv --quiet --allow-existing --python 3.11 .state/bench-env
	@$(UV) pip sync --quiet --require-hashes --python .state/bench-env requirements/bench.txt \
	  || { echo "WeasyPrint could not be installed: check the network, then run make again." >&2; exit 2; }
	@touch $@

.state/tuning: nlu_data/tuning/requirements.txt | .state/uv
	@echo "Setting up what tunes the encoder ..."
	@$(UV) venv --quiet --allow-existing --python 3.11 .state/tuning-env
	@$(UV) pip sync --quiet --require-hashes --python .state/tuning-env nlu_data/tuning/requirements.txt \
	  || { echo "torch and the rest could not be installed: check the network, then run make again." >&2; exit 2; }
	@touch $@

NLU_SOURCES := $(shell find nlu_data/he nlu_data/en nlu_data/together nlu_data/components nlu_data/encoder nlu_data/*.yml nlu_data/*.py -type f 2>/dev/null)
.state/model: $(NLU_SOURCES) .state/app .state/nlu
	@$(COMEBACK) nlu train
	@touch $@

.state:
	@mkdir -p .state

.PHONY: images help chat console test unit format examples bench-documents encoder encoder-check lock clean
