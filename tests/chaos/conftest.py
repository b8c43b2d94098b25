"""The numbers of each scenario, told at the end of the run."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.chaos import killing

FIGURES: list[tuple[str, dict[str, Any]]] = []


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[..., None]:
    """`tell(cases=300, killed=25)`: a line of the table, under the test's name."""

    def told(**figures: Any) -> None:
        FIGURES.append((request.node.name.removeprefix("test_").replace("_", " "), figures))

    return told


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if not FIGURES:
        return
    terminalreporter.section(f"KILLS={killing.KILLS} SEED={killing.SEED}")
    for name, figures in FIGURES:
        terminalreporter.write_line(name)
        terminalreporter.write_line("    " + ", ".join(f"{what}: {number}" for what, number in figures.items()))
