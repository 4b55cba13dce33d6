"""Where the site shows a page, and what leads there: permalinks, of now and of before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdgen import marks
from mdgen.pages import Page
from mdgen.plan import frontlines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from mdgen.marks import Yours
    from mdgen.pages import Asset

REDIRECTS = "redirect_from"
_REDIRECTS = frozenset({REDIRECTS})
_LINK = re.compile(r"""^permalink:[ \t]*["']?([^"'\s]+)""", re.MULTILINE)
_SHOWN = frozenset({"permalink", "published"})


def permalink(item: Page | Asset) -> str:
    """Give where a page is shown; empty for a file that is no page or does not say so."""
    return str(item.front.get("permalink", "")) if isinstance(item, Page) else ""


def shown_at(text: str) -> str:
    """Give the permalink of a page as it stands; empty where it has none or is not shown."""
    parts = marks.take_apart(text)
    told = frontlines.values(parts.front or "", _SHOWN)
    told |= frontlines.values(parts.yours.front or "", _SHOWN)
    return "" if told.get("published") is False else str(told.get("permalink") or "")


def links_in(text: str) -> list[str]:
    """Give what may be the permalinks of a page, without taking it apart."""
    return _LINK.findall(text)


def is_shown(item: Page | Asset, text: str | None) -> bool:
    """Tell whether the site shows an item at its permalink, and not at one of the person's own."""
    own = marks.take_apart(text or "").yours.front or ""
    shown = isinstance(item, Page) and item.front.get("published") is not False
    return shown and not frontlines.values(own, _SHOWN)


def address(link: str) -> str:
    """Reduce a permalink to what it shares with all that lead to the same file of the site."""
    return link.removesuffix(".html")


def redirects_of(
    item: Page | Asset, now: str, earlier: Iterable[str], taken: Collection[str]
) -> tuple[str, ...]:
    """Give the permalinks that lead to a page: all it ever had, but for its own and the `taken`."""
    if not isinstance(item, Page):
        return ()
    result: dict[str, str] = {}
    for link in (*frontlines.texts(item.front.get(REDIRECTS)), *earlier):
        name = address(link)
        if link and name != address(now) and name not in taken:
            result.setdefault(name, link)
    return tuple(result.values())


def lacking(redirects: Iterable[str], yours: Yours) -> tuple[str, ...]:
    """Give the redirects that a person's own `redirect_from` lacks, which stands in their place."""
    own = frontlines.values(yours.front or "", _REDIRECTS)
    there = {address(link) for link in frontlines.texts(own.get(REDIRECTS))}
    return tuple(link for link in redirects if address(link) not in there)
