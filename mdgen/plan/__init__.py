"""What must change so that the files of one sheet are what the sheet says: values, no I/O."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdgen import marks
from mdgen.pages import Page
from mdgen.plan.addresses import address, links_in, permalink
from mdgen.plan.changes import Change, Left, Options, Override, Plan, Reason, What
from mdgen.plan.draft import Draft
from mdgen.plan.renames import folded
from mdgen.plan.settling import Sheet
from mdgen.plan.sorting import find_moves, sort_out
from mdgen.problems import MdgenError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mdgen.pages import Asset

__all__ = ["Change", "Left", "Options", "Override", "Plan", "Reason", "What", "make_plan"]


def make_plan(
    wanted: Sequence[Page | Asset],
    found: Mapping[str, str | None],
    source: str,
    options: Options,
    *,
    complete: bool = True,
) -> Plan:
    """Plan how the files `found` become those `wanted` by the rows of the sheet `source`.

    `found` maps the path of every file in the folders concerned to its text, and to None where it
    is no UTF-8 text or no regular file. `complete` is False when some rows of the sheet were
    refused: then nothing is removed and nothing renamed, for the missing rows may tell otherwise.

    Raises `MdgenError` where two of `wanted` have one name, by case alone too.
    """
    _refuse_twins(wanted)
    sheet = Sheet(source, options, frozenset(_taken(wanted, found, source)))
    sorted_ = sort_out(wanted, found, sheet)
    draft = Draft(sheet, found, sorted_, find_moves(sorted_), complete=complete)
    draft.settle_moves()
    draft.settle_in_place()
    draft.settle_stale()
    draft.settle_namesakes()
    return Plan(
        source=source,
        changes=tuple(draft.in_order()),
        left=tuple(dict.fromkeys(draft.left)),
        overrides=tuple(draft.overrides),
        unchanged=tuple(draft.unchanged),
        kept=tuple(draft.kept),
        emptied=tuple(draft.emptied),
        hidden=tuple(
            item.path
            for item in wanted
            if isinstance(item, Page) and item.front.get("published") is False
        ),
    )


def _taken(
    wanted: Iterable[Page | Asset], found: Mapping[str, str | None], source: str
) -> Iterable[str]:
    """Give where pages will be: no other page may redirect from there."""
    yield from (address(permalink(item)) for item in wanted)
    others = {path: text for path, text in found.items() if text and not marks.names(text, source)}
    names = {folded(item.path) for item in wanted} if others else set()
    for path, text in others.items():
        if folded(path) not in names:  # that page is in the way, and may be adopted
            yield from map(address, links_in(text))


def _refuse_twins(wanted: Iterable[Page | Asset]) -> None:
    seen: dict[str, Page | Asset] = {}
    for item in wanted:
        other = seen.setdefault(folded(item.path), item)
        if other is not item:
            raise MdgenError(
                f"{item.place}: its page {item.path} would have the same name as that of"
                f" {other.place}; give one of them another url_slug"
            )
