"""What the records of a sheet ask for: their pages and files, each name only once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from mdgen.problems import Problem, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mdgen.pages import Asset, Page
    from mdgen.records import Record
    from mdgen.settings import Site


def outputs_of(records: Iterable[Record], site: Site) -> tuple[list[Page | Asset], list[Problem]]:
    """Return the pages and assets of `records`, and what is wrong with them.

    Two rows that ask for one file name (also by case alone: Windows and macOS see one file) or one
    permalink (Jekyll keeps one of the two pages, and only warns) are a problem, and neither of the
    two is returned.
    """
    made: list[tuple[Page, tuple[Asset, ...]]] = []
    problems: list[Problem] = []
    for record in records:
        try:
            made.append((record.page(site), record.assets(site)))
        except Refusal as refusal:
            problems.append(Problem(record.place, str(refusal)))
    pages = [page for page, _ in made]
    twice = _same(pages, [page.path for page in pages], "page")
    links = _same(pages, [str(page.front["permalink"]) for page in pages], "address")
    clashes = {**links, **twice}
    problems += [Problem(pages[index].place, clashes[index]) for index in sorted(clashes)]
    outputs: list[Page | Asset] = []
    for index, (page, assets) in enumerate(made):
        if index not in clashes:
            outputs += (page, *assets)
    return outputs, problems


def _same(pages: Sequence[Page], names: Sequence[str], what: str) -> dict[int, str]:
    """Return what to say of each page whose name another one has too, by the page's index."""
    by_name: dict[str, list[int]] = defaultdict(list)
    for index, name in enumerate(names):
        by_name[name.casefold()].append(index)
    return {
        index: (
            f"the {what} {names[index]} is also that of"
            f" {_rows(pages, [other for other in found if other != index])};"
            f" give one of them another `{'permalink' if what == 'address' else 'url_slug'}`"
        )
        for found in by_name.values()
        if len(found) > 1
        for index in found
    }


def _rows(pages: Sequence[Page], indices: Sequence[int]) -> str:
    rows = ", ".join(str(pages[index].place.row) for index in indices)
    return f"row {rows}" if len(indices) == 1 else f"rows {rows}"
