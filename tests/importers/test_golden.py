"""A small file of each habit beside the sheet that it gives, and what is said about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mdgen.importers.bibtex import read_bibtex
from mdgen.importers.csl_json import read_csl_json
from mdgen.importers.orcid import read_orcid
from mdgen.importers.ris import read_ris
from mdgen.merging import merge
from mdgen.names import parse_authors
from mdgen.sheetfiles import new_sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from mdgen.importers import Imported

GOLDEN = Path(__file__).parent / "golden"
FILES = sorted(path for path in GOLDEN.iterdir() if path.suffix in {".bib", ".json", ".ris"})
assert FILES


def imported(file: Path) -> Imported:
    data = file.read_bytes()
    if file.suffix == ".bib":
        return read_bibtex(data, file.name)
    if file.suffix == ".ris":
        return read_ris(data, file.name)
    if file.stem.startswith("orcid"):
        return read_orcid(data, file.name)
    return read_csl_json(data, file.name)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_sheet_and_the_words_about_it(
    file: Path, same_as_golden: Callable[[str, Path], None]
) -> None:
    found = imported(file)
    sheet = merge((), (), found.items)
    rows = tuple(tuple(row.get(name, "") for name in sheet.columns) for row in sheet.added)
    same_as_golden(new_sheet(sheet.columns, rows).decode(), file.with_suffix(f"{file.suffix}.csv"))
    said = [f"set aside: {problem}" for problem in found.problems]
    said += [f"look at: {note}" for note in found.notes]
    said += [f"not merged: {problem}" for problem in sheet.problems]
    same_as_golden("".join(f"{line}\n" for line in said), file.with_suffix(f"{file.suffix}.txt"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_second_import_changes_nothing(file: Path) -> None:
    items = imported(file).items
    first = merge((), (), items)
    again = merge(first.columns, first.added, items)
    assert not again.changes
    assert not again.differences


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_authors_are_read_back_one_by_one(file: Path) -> None:
    for item in imported(file).items:
        if cell := item.values.get("authors"):
            assert len(parse_authors(cell)) == len(cell.split("; "))
