# Every command is a line of ./dev, which needs python3 and nothing else. `make help` explains them.
PYTHON ?= python3
COMMANDS := run test journeys lint seed audit backup restore bench faults topology image vulnerabilities lifecycle messages manage help

.DEFAULT_GOAL := help
.PHONY: $(COMMANDS)

$(COMMANDS):
	@exec $(PYTHON) dev $@ $(ARGS)
