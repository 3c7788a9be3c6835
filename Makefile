# Everything a developer or CI runs. Needs python3 (3.11 or newer) with pip, and make; the rest is
# installed into .venv from the lock files, by hash.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(PYTHON) -m pip --python $(BIN)/python --disable-pip-version-check --quiet

# The procedure that `make run` works on, and where its results go.
DEMO ?= processes/bao-chi-xuat-ban/1.014464-son-la/flow.bpmn
OUT ?= out

# Two workers; what a file's tests share is made once, by the worker that has them all. The order is
# kept: the last files are the quick examples of the documentation, so none waits for the other.
TESTS := $(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder -p no:benchmark

# Pages and tests start hundreds of short programs: each need not compile the library anew.
unexport PYTHONDONTWRITEBYTECODE

LOCK := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --upgrade --generate-hashes \
	--allow-unsafe --strip-extras \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

.PHONY: run demo picture studio-pictures sample-files proposals annexes real-tables test check style types kernel bench peers queues nightly browser office docs catalogues format lock new-lever changelog clean help

help: ## Say what there is
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

run: $(VENV)/.run ## The main job on the shipped demonstration procedure; results under out/
	$(BIN)/tthc-flow propose $(DEMO) -o $(OUT)/

demo: $(VENV)/.run ## A dossier that runs for two weeks, told in a second; its control slip under out/
	$(BIN)/python docs/demo/story.py

picture: run ## The picture of the README, from the demonstration
	cp $(OUT)/before-after.svg docs/images/before-after.svg

studio-pictures: $(VENV)/.dev ## The pictures of the studio in the documentation; needs chromium
	$(BIN)/python tools/studio_pictures.py

sample-files: $(VENV)/.dev ## The Word and Excel files that the documentation works on
	$(BIN)/python tools/sample_files.py

real-tables: $(VENV)/.dev ## What the levers find in real tables, as a page of the documentation
	mkdir -p $(OUT)
	$(BIN)/python tools/real_tables.py > $(OUT)/real-tables.md
	mv $(OUT)/real-tables.md docs/reform-on-real-tables.md

annexes: $(VENV)/.dev ## How much of Word and Excel annexes is read, as a page of the documentation
	mkdir -p $(OUT)
	$(BIN)/python tools/annexes_read.py > $(OUT)/annexes-read.md
	mv $(OUT)/annexes-read.md docs/annexes-read.md

proposals: $(VENV)/.dev ## What is proposed for the shipped procedures, as pages to be read (processes/)
	$(BIN)/python tools/proposals.py

test: $(VENV)/.dev ## All tests, the examples of the documentation among them
	$(TESTS)

check: style types docs ## Style, types, import directions, documentation: without a warning

style: $(VENV)/.dev ## The house's form, and which room may see which
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache

types: $(VENV)/.dev ## The annotations, strictly
	$(BIN)/mypy

kernel: $(VENV)/.dev ## The fast simulation made machine code, once: each worker of the tests would make it
	$(BIN)/tthc-flow simulate docs/demo/cap-giay-phep.bpmn --kernel fast --basis norm \
		--share thieu=20% --arrivals 200 --cases 900 --time cap_so="1 giờ làm việc" \
		--people "Bộ phận Một cửa=1" --people "Lãnh đạo Sở=2" \
		--people "Chuyên viên Phòng Nghiệp vụ=4" > /dev/null

browser: ## Debian's chromium (as root), for the tests that open a page in a browser
	command -v chromium || (apt-get -qq update && apt-get -qq -y --no-install-recommends install chromium)

office: ## Debian's LibreOffice and poppler (as root), for the tests that print the papers
	command -v soffice pdftoppm || (apt-get -qq update && apt-get -qq -y --no-install-recommends \
		install libreoffice-writer libreoffice-calc fonts-liberation poppler-utils)

bench: $(VENV)/.dev ## Speed, as ratios and slopes
	$(BIN)/pytest bench -p no:xdist -s --benchmark-columns=median,iqr,rounds

peers: $(VENV)/.dev ## The same files read, compared, checked and run by other tools too; needs node with npm, and is no part of the tests
	mkdir -p $(VENV)/peers
	cp bench/peers/*.json bench/peers/*.js $(VENV)/peers/
	npm ci --prefix $(VENV)/peers --silent --no-audit --no-fund
	$(BIN)/python bench/peers/reading.py $(VENV)/peers
	$(BIN)/python bench/peers/differences.py $(VENV)/peers
	$(BIN)/python bench/peers/checking.py $(VENV)/peers
	$(BIN)/python bench/peers/executing.py

queues: $(VENV)/.dev ## A licence office through other simulators too; those go into .venv/queues, no part of the tests
	$(PYTHON) -m venv --without-pip $(VENV)/queues
	$(PYTHON) -m pip --python $(VENV)/queues/bin/python --disable-pip-version-check --quiet install -r bench/peers/queues.txt
	$(BIN)/python bench/peers/simulators.py $(VENV)/queues/bin/python
	$(BIN)/python bench/peers/alignments.py $(VENV)/queues/bin/python

nightly: $(VENV)/.dev ## The laws on many more random flows, and thousands of damaged files
	$(TESTS) -m "nightly or not nightly" --hypothesis-profile=nightly --timeout=3600

docs: $(VENV)/.dev ## The documentation, into docs/_build/html
	$(BIN)/sphinx-build -W --keep-going -q -b html docs docs/_build/html

catalogues: $(VENV)/.dev ## Every text as gettext catalogues for a translator (out/catalogues); PO=file.po takes one back
	$(BIN)/python tools/catalogues.py $(if $(PO),take "$(PO)",write $(OUT)/catalogues)

format: $(VENV)/.dev ## Put the code into the house's form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

new-lever: $(VENV)/.dev ## NAME=say_the_move: its file, its line in the registry, its test folder
	$(BIN)/python tools/new_lever.py "$(NAME)"

changelog: $(VENV)/.dev ## What the next release will say
	$(BIN)/towncrier build --draft

lock: $(VENV)/.dev ## Pin the newest versions anew
	$(LOCK) -o requirements/run.lock pyproject.toml requirements/build.in
	$(LOCK) -o requirements/dev.lock requirements/dev.in

clean: ## Take away everything that was made
	rm -rf $(VENV) $(OUT) docs/_build .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

# Without pip inside: it works where python3 comes without ensurepip, and the lock names all there is.
$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer, please")'
	$(PYTHON) -m venv --without-pip $(VENV)

$(VENV)/.run: requirements/run.lock pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements/run.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.run
	$(PIP) install --require-hashes -r requirements/dev.lock
	touch $@
