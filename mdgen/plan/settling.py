"""What becomes of one page that is there and the row that it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mdgen import marks
from mdgen.marks import BOM, Mark, Parts, Yours
from mdgen.pages import Page
from mdgen.plan import frontlines
from mdgen.plan.addresses import REDIRECTS, address, lacking, permalink, redirects_of
from mdgen.plan.changes import Change, Left, Reason, What
from mdgen.plan.renames import Item, item_of
from mdgen.problems import MdgenError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mdgen.pages import Asset
    from mdgen.plan.changes import Options

_REDIRECTS = re.compile(r'(?<=\n)redirect_from:\n(?:  - "[^"\\]*"\n)+')
_TELLING = frozenset(
    {"title", "doi", "paperurl", "date", "venue", "organization", "permalink", REDIRECTS}
)


@dataclass(frozen=True, slots=True)
class Marked:
    """A file that carries a mark, and what its front matter tells of the item."""

    path: str
    text: str
    mark: Mark
    told: Mapping[str, object]
    redirects: tuple[str, ...]

    @property
    def item(self) -> Item:
        """What tells the item of this page from others."""
        return item_of(self.path, self.told)

    @property
    def permalink(self) -> str:
        """Where the page is shown; empty where it does not say so."""
        return str(self.told.get("permalink", ""))

    @property
    def yours(self) -> Yours:
        """What a person wrote below the keep lines."""
        return self.mark.yours


@dataclass(frozen=True, slots=True)
class Sheet:
    """What all rows of one sheet share.

    `taken` are the permalinks that pages will have: its own, and those that stay with others.
    """

    source: str
    options: Options
    taken: frozenset[str]


def read_marked(path: str, text: str) -> Marked | None:
    """Read a file; None where it carries no mark."""
    mark = marks.read_mark(text)
    if mark is None:
        return None
    told = frontlines.values(mark.parts.front or "", _TELLING)
    own = frontlines.values(mark.yours.front or "", _TELLING)
    redirects = frontlines.texts(told.get(REDIRECTS)) + frontlines.texts(own.get(REDIRECTS))
    told |= own
    return Marked(
        path=path,
        text=text,
        mark=mark,
        told=told,
        redirects=tuple(redirects),
    )


def is_from(page: Marked, source: str) -> bool:
    """Tell whether the page's mark names the sheet `source`."""
    return marks.escaped(page.mark.source) == marks.escaped(source)


def is_settled(item: Page, text: str, sheet: Sheet) -> bool:
    """Tell, without taking `text` apart, whether all but redirects and yours is as generated.

    False means that `settle` has to look. This is what makes runs fast on old collections, where
    most pages have redirects.
    """
    if REDIRECTS in item.front or marks.FRONT_LINE in text:
        return False
    block = _REDIRECTS.search(text)
    _, line, own = text.partition(f"\n{marks.BODY_LINE}\n")
    if not (block or line):
        return False
    links = frontlines.in_list(block[0]) if block else []
    yours = Yours(body=own) if line else marks.NOTHING
    return text == marks.render(item, sheet.source, links, yours) and all(
        address(link) not in sheet.taken for link in links
    )


def settle(item: Page | Asset, page: Marked, sheet: Sheet, yours: Yours) -> Change | Left | None:
    """Give what becomes of `page`, which is that of `item`; None where it is as it should be.

    `yours` is what is carried along. A page under another name is renamed: its old permalink joins
    those it had before.
    """
    try:
        own = yours.keys
    except MdgenError as error:
        return Left(page.path, Reason.UNREADABLE, _elsewhere(item, page), str(error))
    # A permalink that the person gives is the page's own before and after.
    now = page.permalink if "permalink" in own else permalink(item)
    redirects = redirects_of(item, now, (*page.redirects, page.permalink), sheet.taken)
    missing = lacking(redirects, yours) if REDIRECTS in own else ()
    if missing and not sheet.options.force:
        return Left(page.path, Reason.REDIRECTS, _elsewhere(item, page), ", ".join(missing))
    parts = marks.generated(item, redirects, yours)
    mark = page.mark
    old = mark.digest if mark.intact else marks.digest(mark.parts.front, mark.parts.body)
    same = marks.digest(parts.front, parts.body) == old
    if not (mark.intact or same or sheet.options.force):
        return Left(page.path, _edited(item, mark.parts), _elsewhere(item, page))
    if same and _is_written(item, page, sheet):
        return None
    return _change(item, page, parts, sheet)


def _edited(item: Page | Asset, there: Parts) -> Reason:
    """Say how a generated part that is no more as it was generated came to be so."""
    if marks.is_unmerged(there):
        return Reason.UNMERGED
    return Reason.EDITED if isinstance(item, Page) else Reason.EDITED_FILE


def _change(item: Page | Asset, page: Marked, parts: Parts, sheet: Sheet) -> Change:
    renamed = page.path != item.path
    return Change(
        what=What.RENAMED if renamed else What.CHANGED,
        path=item.path,
        before=page.text,
        after=marks.text_of(item, sheet.source, parts),
        old_path=page.path if renamed else None,
        item=item,
        keys=differing(page.mark.parts, parts),
        dates=_dates(page, item) if renamed else None,
    )


def _is_written(item: Page | Asset, page: Marked, sheet: Sheet) -> bool:
    """Tell whether name, mark and encoding of a page are as mdgen writes them."""
    return (
        page.path == item.path
        and page.mark.intact
        and is_from(page, sheet.source)
        and not page.text.startswith(BOM)
    )


def _dates(page: Marked, item: Page | Asset) -> tuple[str, str] | None:
    date = str(item.front.get("date", "")) if isinstance(item, Page) else ""
    return (page.item.date, date) if page.item.date and date and page.item.date != date else None


def _elsewhere(item: Page | Asset, page: Marked) -> str:
    return item.path if page.path != item.path else ""


def differing(old: Parts, new: Parts) -> tuple[str, ...]:
    """Name the front-matter keys that differ, then `body`."""
    before, after = (old.front or "").replace("\r\n", "\n"), new.front or ""
    keys: list[str] = []
    if before != after:
        there, here = frontlines.by_key(before), frontlines.by_key(after)
        keys += (key for key in here | there if key and there.get(key) != here.get(key))
    if marks.digest(None, old.body) != marks.digest(None, new.body):
        keys.append("body")
    return tuple(keys)
