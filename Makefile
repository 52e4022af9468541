# What can be done here. `make help` lists it; nothing needs more than make, git and Python 3.11.

PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3.11)
VENV ?= .venv
BIN := $(VENV)/bin
DEPENDENCIES := $(VENV)/.dependencies
INSTALLED := $(VENV)/.installed
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
# Not examples/driver: a server loads each driver that it finds, and that one enforces nothing.
PROJECTS := . proto plugins/sdk plugins/istio plugins/networkpolicy tools/cli

.DEFAULT_GOAL := help
.PHONY: help venv lint test test-aside test-sockets test-crash soak bench demo protos requirements clean

help: ## list these verbs
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) \
		| while IFS='|' read -r verb text; do printf '  make %-14s%s\n' "$$verb" "$$text"; done

venv: $(INSTALLED) ## make the environment, if requirements/dev.txt or a project changed

$(DEPENDENCIES): requirements/dev.txt
	@echo "making the environment in $(VENV) (a minute the first time)"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@

$(INSTALLED): $(DEPENDENCIES) $(PROJECTS:%=%/pyproject.toml)
	@$(PIP) install --no-deps --no-build-isolation --no-index $(PROJECTS:%=--editable %)
	@touch $@

lint: venv ## ruff, mypy --strict, import-linter, buf lint and breaking, freshness of stubs
	@failed=0; \
	for check in "ruff check" "ruff format --check" "mypy ." "lint-imports" \
			"python -m tools.lint_protos" "python -m tools.generate_stubs --check"; do \
		echo "--- $$check"; $(BIN)/$$check || failed=1; \
	done; \
	exit $$failed

# Three parts at once: those that wait for processes and sockets leave a processor to those that
# only compute. The one in front shows its progress; the others speak when all are done, so that
# their lines do not mix.
ASIDE := tests/e2e tests/crash
SOCKETS := tests/contract tests/integration/api tests/integration/edge tests/integration/engine
# tests/e2e looks at the drivers' conformance, as wheels.
MARKED := -m "not crash and not soak" --ignore-glob="*_conforms.py"

test: venv ## lint, and all tests but the long loops
	@mkdir -p build
	@$(MAKE) --no-print-directory --keep-going lint test-aside > build/aside.log 2>&1 & aside=$$!; \
	$(MAKE) --no-print-directory test-sockets > build/sockets.log 2>&1 & sockets=$$!; \
	$(BIN)/python -m pytest $(MARKED) $(patsubst %,--ignore=%,$(ASIDE) $(SOCKETS)); front=$$?; \
	wait $$sockets; between=$$?; wait $$aside; behind=$$?; \
	echo "--- $(SOCKETS)"; cat build/sockets.log; \
	echo "--- lint and $(ASIDE)"; cat build/aside.log; \
	[ $$front = 0 ] || echo "make test failed: see what pytest says first"; \
	[ $$between = 0 ] || echo "make test failed: see $(SOCKETS)"; \
	[ $$behind = 0 ] || echo "make test failed: see lint and $(ASIDE)"; \
	[ $$front = 0 ] && [ $$between = 0 ] && [ $$behind = 0 ]

test-aside: venv
	@$(BIN)/python -m pytest $(MARKED) -p no:cacheprovider $(ASIDE)

test-sockets: venv
	@$(BIN)/python -m pytest $(MARKED) -p no:cacheprovider $(SOCKETS)

test-crash: venv ## the long loops: kill -9, every step, many more examples, deliberate bugs
	@$(BIN)/python -m pytest -m crash

soak: venv ## random worlds by fresh seeds: SOAK_WORLDS=2000, and SOAK_SEED=n to repeat one
	@$(BIN)/python -m pytest -m soak -p no:cacheprovider tests/property

bench: venv ## docs/benchmarks.md: figures beside their ceilings (BENCH_ROWS="get create": some)
	@$(BIN)/python -m tools.bench --rows "$(BENCH_ROWS)"

demo: venv ## two clusters, one server, the intents of examples/bookinfo, and what they become
	@$(BIN)/python -m tools.demo

protos: venv ## write the stubs and the SDK's model from the .proto files
	@$(BIN)/python -m tools.generate_stubs
	@$(BIN)/python -m tools.lint_protos

requirements: ## pin what requirements/*.in ask for, with hashes (needs uv)
	@command -v uv > /dev/null || { echo "make requirements needs uv: https://docs.astral.sh/uv"; exit 1; }
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade \
		requirements/runtime.in --output-file requirements/runtime.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade \
		requirements/dev.in --output-file requirements/dev.txt

clean: ## remove the environment and all that was built
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
