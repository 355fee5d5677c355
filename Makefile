# make graph   builds the graph of seeds/ into out/
# make test    runs all tests
# make check   lint and types
# make bench   benchmarks, as ratios taken side by side
# make lock    pins the dependencies anew (needs uv)

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
PIP = $(PYTHON) -m pip --disable-pip-version-check --python $(BIN)/python install -q
export OMP_NUM_THREADS = 1

.PHONY: graph test check bench lock clean

graph: $(VENV)/.installed
	$(BIN)/kgraph build seeds -o out

test: $(VENV)/.tested $(VENV)/.debian
	$(BIN)/python -m pytest

check: $(VENV)/.tested
	$(BIN)/ruff check .
	$(BIN)/ruff format --check kgraph tests training examples
	$(BIN)/mypy

bench: $(VENV)/.tested
	$(BIN)/python -m bench

# A venv without ensurepip (Debian without python3-venv) is filled by the pip outside it.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) else "kgraph needs Python 3.11 to 3.13; set PYTHON=")'
	$(PYTHON) -m venv --without-pip $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(BIN)/python
	$(PIP) --require-hashes --no-deps -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.tested: requirements-test.lock $(VENV)/.installed
	$(PIP) --require-hashes --no-deps -r requirements-test.lock
	@touch $@

# Real parts for the tests: a browser, an RDF reader, a SPARQL server. What is missing is skipped, and named.
DEBIAN = chromium raptor2-utils virtuoso-opensource
$(VENV)/.debian: | $(BIN)/python
	@missing=$$(for p in $(DEBIAN); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
	if [ -z "$$missing" ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y $$missing >/dev/null || \
	  echo "could not install $$missing: their tests will be skipped" >&2; \
	else echo "tests that need $$missing will be skipped (apt-get install $$missing)" >&2; fi
	@touch $@

lock:
	uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -o requirements.lock
	uv pip compile pyproject.toml --group build --group test --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -c requirements.lock -o requirements-test.lock

clean:
	rm -rf $(VENV) out
