"""What becomes of one page that is there and the row that it belongs to."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mdgen import marks, markup
from mdgen.boilerplate import without_boilerplate
from mdgen.marks import BOM, Mark, Parts, Yours
from mdgen.pages import Page
from mdgen.plan import frontlines
from mdgen.plan.changes import Change, Left, Reason, What
from mdgen.plan.renames import Item, item_of
from mdgen.problems import MdgenError, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mdgen.boilerplate import Body
    from mdgen.pages import Asset
    from mdgen.plan.changes import Options

REDIRECTS = "redirect_from"
_TAG = re.compile(r"</?\w[^<>]*>")
_EMPTY: tuple[object, ...] = (None, "", [], {})
_LF = "\n"
_REDIRECTS = re.compile(r'(?<=\n)redirect_from:\n(?:  - "[^"\\]*"\n)+')
_LINK = re.compile(r"""^permalink:[ \t]*["']?([^"'\s]+)""", re.MULTILINE)
_SHOWN = frozenset({"permalink", "published"})
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
    redirects = _redirects(item, now, (*page.redirects, page.permalink), sheet)
    missing = _missing(redirects, yours) if REDIRECTS in own else ()
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


def adopt(item: Page | Asset, path: str, text: str, sheet: Sheet) -> Change | Left:
    """Give what becomes of a file without this sheet's mark under the name of `item`.

    What it has and the sheet has not goes below the keep lines: the lines of other front-matter
    keys, comments included, unless they are empty, and a body that says something else. What the
    theme's notebooks wrote into bodies does not, as far as the page says it too.
    """
    if not isinstance(item, Page):
        return _adopt_asset(item, path, text, sheet)
    parts = marks.take_apart(text)
    try:
        there = frontlines.certain(parts.front or "")
        theirs = frontlines.certain(parts.yours.front or "")
    except MdgenError as error:
        return Left(path, Reason.UNREADABLE, item.path if path != item.path else "", str(error))
    extra = "".join(
        lines
        for key, (lines, value) in there.items()
        if not (key in item.front or key in theirs or key == REDIRECTS or value in _EMPTY)
        and not (key == "location" and _stands_in(item, str(value)))
    )
    yours = Yours(
        front=_joined(extra, parts.yours.front),
        body=_below(item, parts, there),
    )
    told = {key: value for key, (_, value) in (there | theirs).items()}
    shown = frontlines.texts(told.get("permalink"))
    now = shown[0] if "permalink" in theirs and shown else permalink(item)
    redirects = _redirects(item, now, (*frontlines.texts(told.get(REDIRECTS)), *shown), sheet)
    return Change(
        what=What.ADOPTED,
        path=item.path,
        before=text,
        after=marks.render(item, sheet.source, redirects, yours),
        old_path=path if path != item.path else None,
        item=item,
        keys=_differing(parts, marks.generated(item, redirects, yours)),
    )


def is_same_file(item: Page | Asset, text: str) -> bool:
    """Tell whether a file without mark says what the file `item` does, but for white space."""
    there = marks.take_apart(text)
    return not isinstance(item, Page) and there.body.split() == item.text.split()


def _adopt_asset(item: Asset, path: str, text: str, sheet: Sheet) -> Change | Left:
    """Take over a file without keep lines: what differs is overwritten only by force."""
    if not (is_same_file(item, text) or sheet.options.force):
        return Left(path, Reason.UNMARKED_FILE)
    return Change(
        what=What.ADOPTED,
        path=item.path,
        before=text,
        after=marks.render(item, sheet.source),
        old_path=path if path != item.path else None,
        item=item,
    )


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
        keys=_differing(page.mark.parts, parts),
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


def _differing(old: Parts, new: Parts) -> tuple[str, ...]:
    """Name the front-matter keys that differ, then `body`."""
    before, after = (old.front or "").replace("\r\n", "\n"), new.front or ""
    keys: list[str] = []
    if before != after:
        there, here = frontlines.by_key(before), frontlines.by_key(after)
        keys += (key for key in here | there if key and there.get(key) != here.get(key))
    if marks.digest(None, old.body) != marks.digest(None, new.body):
        keys.append("body")
    return tuple(keys)


def _redirects(
    item: Page | Asset, now: str, earlier: Iterable[str], sheet: Sheet
) -> tuple[str, ...]:
    """Give the permalinks that lead to a page: all it ever had, but for those in use now."""
    if not isinstance(item, Page):
        return ()
    result: dict[str, str] = {}
    for link in (*frontlines.texts(item.front.get(REDIRECTS)), *earlier):
        name = address(link)
        if link and name != address(now) and name not in sheet.taken:
            result.setdefault(name, link)
    return tuple(result.values())


def _missing(redirects: Iterable[str], yours: Yours) -> tuple[str, ...]:
    """Give the redirects that a person's own `redirect_from` lacks, which stands in their place."""
    own = frontlines.values(yours.front or "", _TELLING)
    there = {address(link) for link in frontlines.texts(own.get(REDIRECTS))}
    return tuple(link for link in redirects if address(link) not in there)


def _joined(extra: str, front: str | None) -> str | None:
    """Put lines before those that are below the keep line already."""
    if not extra:
        return front
    return f"{extra}{'' if extra.endswith(_LF) else _LF}{front or ''}"


def _stands_in(item: Page, location: str) -> bool:
    """Tell whether the place is the page's venue: it stands in for one that is missing."""
    return _words(location) == _words(str(item.front.get("venue", "")))


def _below(item: Page, parts: Parts, there: Mapping[str, tuple[str, object]]) -> str | None:
    """Give what goes below the body's keep line: a body that the sheet's does not say already."""
    body = parts.body.strip("\r\n")
    excerpt = there.get("excerpt", ("", ""))[1]
    typed = without_boilerplate(body.replace("\r\n", _LF), str(excerpt))
    if (typed.links or typed.citation) and _shows(item, typed):
        body = typed.text
    if _says(item, body) or (not typed.text and _shows(item, typed)):
        return parts.yours.body
    # Lists show what stands before the first blank line: the keep line alone would be nothing.
    start = _LF if item.body else ""
    return (
        f"{start}{body}\n" if parts.yours.body is None else f"{start}{body}\n\n{parts.yours.body}"
    )


def _says(item: Page, text: str) -> bool:
    """Tell whether a page has a text, as it stands or as it is once it has been through a sheet."""
    here = " ".join(item.body.split())
    if " ".join(text.split()) in here:
        return True
    try:
        read = markup.blocks(text)
    except Refusal:
        return False
    return any(" ".join(each.split()) in here for each in (read, markup.liquid_proof(read)))


def _shows(item: Page, boilerplate: Body) -> bool:
    """Tell whether a page has the links and the citation that the notebooks put into a body."""
    texts = [item.body, *(value for value in item.front.values() if isinstance(value, str))]
    return all(any(url in text for text in texts) for url in boilerplate.links.values()) and (
        _words(boilerplate.citation) in _words(str(item.front.get("citation", "")))
    )


def _words(text: str) -> str:
    return "".join(filter(str.isalnum, html.unescape(_TAG.sub("", text)).casefold()))
