"""One small scenario, simulated once."""

from __future__ import annotations

from pathlib import Path

import pytest
import tailwheel

SCENARIO = """title    = "One <fleet> and one warehouse"
start    = "2027-01"
horizon  = "2 years"
currency = "USD"

[run]
seed  = 1
paths = 1_024

[owner]
spending = "500/month"

[[asset]]
name  = "saas"
class = "micro-saas-fleet"
value = 50_000

[[asset]]
name  = "warehouse"
class = "tokenized-real-estate"
value = 50_000

[[expect]]
id      = "no-ruin"
measure = "ruin.probability"
below   = 0.9
"""


@pytest.fixture(scope="session")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scenarios") / "two assets.toml"
    path.write_text(SCENARIO)
    return path


@pytest.fixture(scope="session")
def report(scenario: Path) -> tailwheel.Report:
    return tailwheel.run(scenario)
