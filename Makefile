.PHONY: run test torture fortnight bench bench-peers check lint types layers cover wheel

run:
	./run

test:
	./test

torture:
	FOLLOWUP_TORTURE=1 FOLLOWUP_PATIENCE=90 FOLLOWUP_WRITE_TABLE=$(WRITE) .venv/bin/python -m pytest -o faulthandler_timeout=1200 -n 2 --dist worksteal tests/reliability tests/security

fortnight:
	.venv/bin/python -m tests.journeys.fortnight

bench:
	.venv/bin/python -m benchmarks --json benchmarks/.data/figures.json

bench-peers:
	.venv/bin/python -m benchmarks.peer_install
	.venv/bin/python -m benchmarks --only commands peers anki --peer-rounds 5

check: lint types layers test

lint:
	.venv/bin/ruff check . && .venv/bin/ruff format --check .

types:
	.venv/bin/mypy

layers:
	.venv/bin/lint-imports

cover:
	.venv/bin/coverage run --branch --source followup_tui/domain -m pytest -n 0 tests/domain tests/services
	.venv/bin/coverage report -m

wheel:
	.venv/bin/python -m pip wheel --no-deps -w dist .
