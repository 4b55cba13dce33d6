"""A cell of authors to its authors: which tokens are one name, and in which order its parts are."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, groupby
from typing import TYPE_CHECKING, NamedTuple

from mdgen.names.author import Author
from mdgen.names.joined import may_be_two
from mdgen.names.person import family_then_initials, last_first, reading_order
from mdgen.names.signs import plain_text
from mdgen.names.tokens import AND_TOKEN, STRONG, Token, shielded, tokens_in
from mdgen.problems import Refusal, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# A list in these characters holds nothing that reaches across a `;`.
_EASY = re.compile("[A-Za-zÀ-ÖØ-öø-ɏ ,;.'’-]*")
_ONE_NAME = re.compile(r"[^&]|[^&L]{2}")
_PAIR = "(?:[WF][IG]|W[WFR]|FW)"
_ONE_PAIR = re.compile(_PAIR)
# How the kinds of a list without `;` can read, best evidence first; the second regex cuts the
# list into names. A pair is "Last, First"; "and" stands between names and never inside a pair.
_READINGS = tuple(
    (re.compile(whole), re.compile(unit))
    for whole, unit in (
        (r"[FR&]+|W", r"[FRW]"),
        (rf"(?=.*[^W]|WW$){_PAIR}(?:&?{_PAIR})*", _PAIR),
        (r"(?=.*[IG])(?:&?(?:[WF][IG]|[FRW]))+", r"[WF][IG]|[FRW]"),
        (r"WW(?:&?[FR])+", r"^WW|[FR]"),  # as MLA has it: Last, First, First Last, …
        (r"W(?:WW)*|W(?:&?W)*&W", r"W"),  # family names alone
        (r"(?!WF)[FR&]*W[FR&]*", r"[FRW]"),  # one of them goes by one name
        (r"I", r"I"),
    )
)


def parse_authors(text: str) -> tuple[Author, ...]:
    """Give the authors of a cell, in their order.

    Understood are lists with `;`, `and`, `&`, commas or new lines between the names; names as
    "First Last", "Last, First", "Last, F." or "Last FM"; collaborations, "et al.", signs of equal
    contribution; bold, underlined or linked names as HTML or Markdown. Nothing gives `()`.

    Raises `Refusal` where commas allow several readings and nothing in the cell decides.
    """
    return _part_by_part(text) or _as_a_whole(text)


class _AmbiguousError(Exception):
    """No reading of a list has evidence for it."""


class _Part(NamedTuple):
    """What stands between two `;`: its authors as usual, and as medicine writes names.

    `medical` says whether all of its names have that form; None where it has no name but literals.
    """

    as_usual: tuple[Author, ...]
    as_medicine: tuple[Author, ...]
    medical: bool | None


def _part_by_part(text: str) -> tuple[Author, ...]:
    """Give the authors of a list with `;`, each part as it was read the last time.

    People have the same co-authors again and again. `()` where the parts do not tell by themselves.
    """
    if ";" not in text or _EASY.fullmatch(text) is None:
        return ()
    parts: list[_Part] = []
    for typed in filter(None, map(str.strip, text.split(";"))):
        part = _part(typed)
        if part is None:
            return ()
        parts.append(part)
    if len(parts) == 1:
        return ()
    proofs = {part.medical for part in parts}
    medical = True in proofs and False not in proofs
    return tuple(
        chain.from_iterable([part.as_medicine if medical else part.as_usual for part in parts])
    )


@lru_cache(maxsize=8192)
def _part(typed: str) -> _Part | None:
    if shielded(typed) != (typed, []):
        return None
    try:
        units = list(_units(tokens_in(typed, []), alone=False))
    except _AmbiguousError:
        return None
    if not units:
        return None
    singles = [unit[0] for unit in units if len(unit) == 1]
    return _Part(
        tuple(_author(unit, medical=False) for unit in units),
        tuple(_author(unit, medical=True) for unit in units),
        _is_medical(singles) if any(token.kind != "L" for token in singles) else None,
    )


def _as_a_whole(text: str) -> tuple[Author, ...]:
    names, braced = shielded(plain_text(text))
    chunks = [tokens for part in STRONG.split(names) if (tokens := tokens_in(part, braced))]
    try:
        units = [unit for chunk in chunks for unit in _units(chunk, alone=len(chunks) == 1)]
    except _AmbiguousError:
        raise Refusal(_ambiguous(text)) from None
    if STRONG.search(names) is None and any(map(_may_be_two, units)):
        raise Refusal(_one_or_two(text))
    medical = _is_medical(unit[0] for unit in units if len(unit) == 1)
    return tuple(_author(unit, medical=medical) for unit in units)


def _may_be_two(unit: list[Token]) -> bool:
    """Say whether a name of a list without `;` may be two; a family name of two is one."""
    name = unit[-1]
    return name.kind != "L" and may_be_two(name.text)


def _ambiguous(text: str) -> str:
    return f"'{shorten(text)}' can be read as several lists of names; separate the authors by ';'"


def _one_or_two(text: str) -> str:
    message = (
        "has a name that can be two; separate the authors by ';', and end a single one with ';'"
    )
    return f"'{shorten(text)}' {message}"


def _units(tokens: list[Token], *, alone: bool) -> Iterator[list[Token]]:
    """Cut the tokens between two strong separators into names of one or two tokens."""
    groups = [
        list(group)
        for is_and, group in groupby(tokens, lambda token: token is AND_TOKEN)
        if not is_and
    ]
    if all(len(group) == 1 for group in groups):
        yield from groups
    elif _is_medical(tokens):
        yield from ([token] for token in tokens if token is not AND_TOKEN)
    elif _one_name_each(groups, alone=alone):
        yield from groups
    else:
        for is_literal_run, run in groupby(tokens, lambda token: token.kind == "L"):
            if is_literal_run:
                yield from ([token] for token in run)
            else:
                yield from _read(list(run))


def _one_name_each(groups: list[list[Token]], *, alone: bool) -> bool:
    """Say whether there is one name between two separators: with `;`, and as BibTeX has it.

    A list that only ends in "and" has no comma behind it, unless "Last, First" is meant.
    """
    kinds = [_kinds(group) for group in groups]
    is_bibtex = len(groups) > 1 and _ONE_PAIR.fullmatch(kinds[-1]) is not None
    return (is_bibtex or not alone) and all(map(_ONE_NAME.fullmatch, kinds))


def _kinds(tokens: list[Token]) -> str:
    return "".join(token.kind for token in tokens)


def _read(tokens: list[Token]) -> Iterator[list[Token]]:
    kinds = _kinds(tokens)
    inner = kinds.strip("&")
    offset = kinds.find(inner)
    for whole, unit in _READINGS:
        if whole.fullmatch(inner):
            for match in unit.finditer(inner):
                yield tokens[offset + match.start() : offset + match.end()]
            return
    if inner:
        raise _AmbiguousError


def _is_medical(tokens: Iterable[Token]) -> bool:
    """Say whether all names are of the form "Lu R": only then are they not "Kai V"."""
    names = [token.text for token in tokens if token.kind not in "L&"]
    return bool(names) and all(map(family_then_initials, names))


def _author(unit: list[Token], *, medical: bool) -> Author:
    if len(unit) == 1:
        [(text, kind, mark)] = unit
        if kind == "L":
            return Author(literal=text, mark=mark)
        author = family_then_initials(text, mark) if medical else None
        return author or reading_order(text, mark)
    last, first = unit
    given, _, suffix = first.text.partition(", ")
    return last_first(last.text, given, suffix, last.mark or first.mark)
