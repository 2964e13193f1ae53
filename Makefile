# The commands of the project; each one makes the virtual environment first if it has to.
# Variables, given after the target: PYTHON= (which Python), VENV= (where its environment stands), PORT= and
# ORIGINALS= (see help), CHROMIUM= (which browser), WORKERS= (processes for the tests), UPGRADE=1 (make lock).

.DEFAULT_GOAL := help
.PHONY: help demo test fast bench format lock check-seeds screenshots lighthouse clean

# Only those that were given: an empty one must not look like a choice.
$(foreach name,PYTHON VENV PORT ORIGINALS CHROMIUM WORKERS UPGRADE,$(if $($(name)),$(eval export $(name))))

venv := $(if $(VENV),$(VENV),.venv)

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: ## open a living debate at http://127.0.0.1:8000/ (PORT=8001, ORIGINALS=folder of the articles)
	@tools/demo

test: ## run everything: SQLite, PostgreSQL, a real browser (ORIGINALS=folder adds its lane)
	@tools/test

fast: ## run what needs nothing but Python: style, types, contracts, tests on SQLite
	@tools/fast

bench: ## measure how standings are computed and what pages cost, as ratios to floors of the same run
	@tools/venv dev >/dev/null
	@$(venv)/bin/python -m bench.standings
	@$(venv)/bin/python -m bench.reading

format: ## put code and templates into the house's form
	@tools/venv dev >/dev/null
	@$(venv)/bin/ruff check --fix --exit-zero --quiet . >/dev/null
	@$(venv)/bin/ruff format .
	@# djade reports a file that it has changed as a failure.
	@find templates debates forum -name '*.html' -print0 | xargs -0 $(venv)/bin/djade --target-version 6.1 || true
	@$(venv)/bin/ruff check .

lock: ## write the locks anew from requirements/*.in (UPGRADE=1 takes the newest releases)
	@tools/lock

check-seeds: ## check every file in seeds/ and write nothing
	@tools/venv base >/dev/null
	@$(venv)/bin/python manage.py loadseeds --check

screenshots: ## take the pictures that the documentation shows
	@tools/screenshots

lighthouse: ## run Lighthouse on the site as production serves it
	@tools/lighthouse

clean: ## remove what can be made again; the data stays
	rm -rf .cache .hypothesis staticfiles $(venv)
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
