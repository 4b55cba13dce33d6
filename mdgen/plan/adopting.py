"""How a file that mdgen did not write becomes the page of a row, and what of it is kept."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from mdgen import marks, markup
from mdgen.boilerplate import without_boilerplate
from mdgen.marks import Yours
from mdgen.pages import Page
from mdgen.plan import frontlines
from mdgen.plan.addresses import REDIRECTS, permalink, redirects_of
from mdgen.plan.changes import Change, Left, Reason, What
from mdgen.plan.settling import differing
from mdgen.problems import MdgenError, Refusal

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from mdgen.boilerplate import Body
    from mdgen.marks import Parts
    from mdgen.pages import Asset
    from mdgen.plan.settling import Sheet

_TAG = re.compile(r"</?\w[^<>]*>")
_EMPTY: tuple[object, ...] = (None, "", [], {})
_LF = "\n"


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
    yours = Yours(_front_below(item, parts, there, theirs), _body_below(item, parts, there))
    told = {key: value for key, (_, value) in (there | theirs).items()}
    shown = frontlines.texts(told.get("permalink"))
    now = shown[0] if "permalink" in theirs and shown else permalink(item)
    redirects = redirects_of(
        item, now, (*frontlines.texts(told.get(REDIRECTS)), *shown), sheet.taken
    )
    return Change(
        what=What.ADOPTED,
        path=item.path,
        before=text,
        after=marks.render(item, sheet.source, redirects, yours),
        old_path=path if path != item.path else None,
        item=item,
        keys=differing(parts, marks.generated(item, redirects, yours)),
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


def _front_below(
    item: Page,
    parts: Parts,
    there: Mapping[str, tuple[str, object]],
    theirs: Container[str],
) -> str | None:
    """Give what goes below the keep line of the front matter: new lines before those it has."""
    lines = "".join(
        lines
        for key, (lines, value) in there.items()
        if not (key in item.front or key in theirs or key == REDIRECTS or value in _EMPTY)
        and not (key == "location" and _stands_in(item, str(value)))
    )
    if not lines:
        return parts.yours.front
    return f"{lines}{'' if lines.endswith(_LF) else _LF}{parts.yours.front or ''}"


def _stands_in(item: Page, location: str) -> bool:
    """Tell whether the place is the page's venue: it stands in for one that is missing."""
    return _words(location) == _words(str(item.front.get("venue", "")))


def _body_below(item: Page, parts: Parts, there: Mapping[str, tuple[str, object]]) -> str | None:
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
