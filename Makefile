# Atlas 62. Every goal works from a fresh clone: it makes .venv and installs what it needs.
# ATLAS62_PYTHON=/path/to/python3.12 chooses the Python that .venv is made with.

VENV := .venv
BIN := $(VENV)/bin
INSTALL := scripts/install-packages $(VENV)

# Where bytecode is not kept, each process of the tests compiles the project anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test lint format scripts data bench mutants oldest screenshots browser pins audit attack sbom clean

help:  ## liste les buts
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.runtime  ## ouvre la carte sur http://127.0.0.1:8050 (ATLAS62_PORT change le port)
	@scripts/install-print-libraries $(BIN)/python || true
	@exec $(BIN)/atlas62 servir

test: browser  ## tout vérifier : style, types, directions, tests, parcours dans Chromium
	@$(MAKE) --jobs=2 --output-sync=target lint
	@scripts/install-print-libraries $(BIN)/python pdffonts pdftotext || true
	@scripts/install-postgis || true
	$(BIN)/node --test "tests/**/*.test.js"
	$(BIN)/pytest --numprocesses=auto --dist=worksteal

.PHONY: lint-types lint-style
lint: lint-types lint-style  ## style, types et sens des dépendances

lint-types: $(VENV)/.test  # as long as all the others together: beside them where there are two cores
	$(BIN)/mypy

lint-style: $(VENV)/.test node_modules/.installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	$(BIN)/node node_modules/typescript/bin/tsc
	$(BIN)/python scripts/address-keys --check
	$(BIN)/node scripts/bundle.js --check

format: $(VENV)/.test  ## met le code en forme
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

scripts: $(VENV)/.test node_modules/.installed  ## refait app/web/built à partir des modules du navigateur
	$(BIN)/python scripts/address-keys
	$(BIN)/node scripts/bundle.js

data: $(VENV)/.runtime  ## refait data/communes à partir des paquets publics
	$(BIN)/python data/build
	$(BIN)/python -m app positions calculer

bench: $(VENV)/.bench browser  ## mesure la carte, ses lecteurs, l’accès, l’implantation, les livrets, le géocodeur, à côté d’autres outils
	$(BIN)/python -m benchmarks.first_map
	$(BIN)/python -m benchmarks.explorer
	$(BIN)/python -m benchmarks.readers
	$(BIN)/python -m benchmarks.access
	$(BIN)/python -m benchmarks.siting
	$(BIN)/python -m benchmarks.booklets
	$(BIN)/python -m benchmarks.offline
	$(BIN)/python -m benchmarks.geocoder

mutants: $(VENV)/.mutants  ## met de petites fautes dans le code et compte celles que les tests voient (une heure)
	$(BIN)/python -m mutmut run
	$(BIN)/python -m benchmarks.mutants

oldest:  ## passe les tests avec les plus anciennes versions que pyproject.toml admet
	scripts/test-oldest

screenshots: $(VENV)/.test browser  ## refait les images de docs/
	$(BIN)/python -m docs.screenshots
	$(BIN)/python -m docs.booklets

browser:  ## voit si Chromium est là, l’installe si possible
	@scripts/install-chromium

pins:  ## prend les versions les plus récentes des paquets (constraints.txt)
	scripts/pin-packages

audit:  ## cherche les failles connues des paquets, là où leur liste est joignable
	scripts/audit-packages

sbom:  ## écrit la liste des paquets installés, avec versions et licences (CycloneDX, dist/atlas62.cdx.json)
	scripts/write-sbom

attack: $(VENV)/.test  ## attaque un serveur de cette machine : charge, arrêts brutaux, dix minutes d’usage (un quart d’heure)
	$(BIN)/python -m benchmarks.attack

clean:  ## efface .venv et les caches
	rm -rf $(VENV) node_modules .cache .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache mutants

# Each stamp stands for one set of packages and is older than these files when they have changed.
$(VENV)/.runtime: pyproject.toml constraints.txt constraints-run.txt
	@scripts/make-venv $(VENV)
	@$(INSTALL) .
	@touch $@

$(VENV)/.test: $(VENV)/.runtime
	@$(INSTALL) '.[test]'
	@touch $@

$(VENV)/.bench: $(VENV)/.test
	@$(INSTALL) '.[bench]'
	@touch $@

$(VENV)/.mutants: $(VENV)/.test
	@$(INSTALL) '.[mutants]'
	@touch $@

node_modules/.installed: package-lock.json $(VENV)/.test
	@scripts/install-script-tools $(VENV)
	@touch $@
