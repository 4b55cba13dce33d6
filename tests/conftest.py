"""What the tests share: golden files, and a command line that runs for real."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def pytest_configure() -> None:
    # A shell starts what it puts into the background deaf to Ctrl-C, and its children inherit that.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden files anew; read the diff"
    )


@pytest.fixture
def same_as_golden(request: pytest.FixtureRequest) -> Callable[[str, Path], None]:
    """Compare a text with a golden file, or write the file anew with `--update-golden`."""
    update = bool(request.config.getoption("--update-golden"))

    def compare(text: str, golden: Path) -> None:
        if update:
            golden.write_text(text, encoding="utf-8", newline="\n")
        assert golden.exists(), f"{golden} is missing; write it with --update-golden"
        assert text == golden.read_text(encoding="utf-8")

    return compare
