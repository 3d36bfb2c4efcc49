# Every developer verb. A fresh clone needs Python 3.11 or later and make; the rest is set up here.
PYTHON ?= python3
UV_VERSION := 0.13.9
UV := .build/uv/bin/uv
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never

.PHONY: demo test test-rules test-engines check generate docs bench bench-full clean setup
.DEFAULT_GOAL := demo

demo: setup ## check the example district: leads, units ranked, what did not run
	$(BIN)/xjk check examples/district/data --fail-level serious || test $$? -eq 1

test: setup ## run all tests; rules are tried on two drawn books each, and long pages not
	$(BIN)/python -m pytest -n auto --xjk-examples 2 $(PYTEST_ARGS)

test-rules: setup ## the rule contract of every rule on many drawn books
	$(BIN)/python -m pytest -n auto plugins --xjk-examples 25

test-engines: setup ## every case of every rule on every engine, which takes long on Spark
	XJK_ALL_CASES=1 $(BIN)/python -m pytest -n auto tests/engines tests/unit/engines/test_spark_plans.py

check: setup ## lint, formatting, types, layers, generated files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	for file in plugins/*/tests/test_*.py plugins/*/src/*/rules/*/rule.py; do $(BIN)/mypy --no-error-summary $$file || exit 1; done
	$(BIN)/lint-imports
	$(BIN)/python -m xjk.schema check

generate: setup ## write schemas/ and docs/reference/ anew
	$(BIN)/python -m xjk.schema write

docs: generate ## write the reference pages and run the code in every page
	XJK_ALL_PAGES=1 $(BIN)/python -m pytest tests/docs

bench: setup ## measure engines and rules on small books; prints figures and ratios
	$(BIN)/python benchmarks/run.py --without Spark
	$(BIN)/python benchmarks/simulate.py

bench-full: setup ## measure up to ten million lines, for hours, and write docs/explanation/performance.md
	$(BIN)/python benchmarks/run.py --full
	$(BIN)/python benchmarks/report.py

clean: ## remove what the other verbs made
	rm -rf .build .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

setup: .venv/.ready

.venv/.ready: uv.lock pyproject.toml $(wildcard plugins/*/pyproject.toml) | $(UV)
	$(UV) sync --quiet --locked --all-packages --all-extras --group bench --python $(PYTHON)
	@touch $@

$(UV):
	$(PYTHON) -m venv .build/uv
	.build/uv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
