"""Whatever the bytes, there is a table or a message; the long run is in `benchmarks/`."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from mdgen.problems import SheetError
from tests.sheets.mutations import mutated, repacked, seeds
from tests.sheets.reading import table

if TYPE_CHECKING:
    from collections.abc import Callable

SHEETS = seeds()


@pytest.mark.parametrize("make", [mutated, repacked])
def test_mutated_sheets_are_read_or_refused(
    make: Callable[[Random, list[bytes]], bytes],
) -> None:
    outcomes = {"read": 0, "refused": 0}
    for number in range(400):
        data = make(Random(number), SHEETS)  # noqa: S311 - nothing secret
        try:
            found = table(data)
        except SheetError:
            outcomes["refused"] += 1
        else:
            assert all(len(row.cells) == len(found.header) for row in found.rows)
            assert all(any(row.cells) or found.problems for row in found.rows)
            outcomes["read"] += 1
    assert min(outcomes.values()) > 50
