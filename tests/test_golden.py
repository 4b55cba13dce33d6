"""Golden pairs: a small sheet, and beside it the page that it gives.

A new habit or a new bug is a new pair under `tests/golden/KIND/`: `name.csv` with one row, and
`name.md` (and `name.bib` where the row gives one), written by `pytest --update-golden`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mdgen import marks, runs
from mdgen.families import Families
from mdgen.kinds import KINDS
from mdgen.pages import Asset
from mdgen.settings import load_site

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parent / "golden"
SHEETS = sorted(path for path in GOLDEN.glob("*/*") if path.suffix in {".csv", ".tsv"})


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_sheet_gives_its_page(sheet: Path, same_as_golden: Callable[[str, Path], None]) -> None:
    site = load_site(GOLDEN)
    kind = sheet.parent.name
    wanted = Families(site).read(runs.Sheet(str(sheet), kind, f"data/{kind}{sheet.suffix}"))
    assert wanted.problems == ()
    for output in wanted.outputs:
        text = marks.render(output, f"data/{kind}{sheet.suffix}")
        suffix = ".bib" if isinstance(output, Asset) else ".md"
        same_as_golden(f"{text}", sheet.with_suffix(suffix))


def test_every_kind_has_a_golden_pair() -> None:
    assert {sheet.parent.name for sheet in SHEETS} == set(KINDS)


def test_no_page_is_left_without_its_sheet() -> None:
    pages = {path.with_suffix("") for path in GOLDEN.glob("*/*") if path.suffix in {".md", ".bib"}}
    assert pages <= {sheet.with_suffix("") for sheet in SHEETS}
