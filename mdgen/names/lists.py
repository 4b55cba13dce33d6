"""A cell of authors to its authors: which separator the person used, and which order."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, groupby
from typing import TYPE_CHECKING, NamedTuple

from mdgen.names.author import ELISION, ET_AL, Author
from mdgen.names.joined import may_be_two, names_in
from mdgen.names.person import (
    family_then_initials,
    is_initials,
    is_literal,
    is_suffix,
    last_first,
    reading_order,
)
from mdgen.names.signs import plain_text, take_signs
from mdgen.problems import Refusal, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PLACEHOLDERS = re.compile("[\ue000-\uf8ff]")
_OTHERS_SIGN, _ELISION_SIGN, _FIRST_BRACED = "\ue000", "\ue001", 0xE002
_OTHERS = re.compile(
    r"\bet\.?\s+al\b\.?|(?:\band|&)\s+(?:\d+\s+(?:more|others)|others|colleagues)\b\.?",
    re.IGNORECASE,
)
_MORE = re.compile(r"others|colleagues|\d more")
_DOTS = re.compile(r"(?:\.\s?){2}\.(?!\.)|…")
_BRACED_SIGN = re.compile(f"[{chr(_FIRST_BRACED)}-\uf8ff]")
_BRACED = re.compile(r"(?<![^\s,;])\{\s*([^{}\s][^{}]*)\}(?=\s*(?:$|[,;&\n]|and\b))")

# A list in these characters holds nothing that reaches across a `;`.
_EASY = re.compile("[A-Za-zÀ-ÖØ-öø-ɏ ,;.'’-]*")
_STRONG = re.compile(r"[;；؛、|/]|(?<=\s)[•·](?=\s)")
_COMMA = re.compile(r"[,，،]")
_AND = re.compile(
    r"(?:^|[\s,，;])(?:and|und|et|og|och|ve|(?:joint(?:ly)? )?with|AND|&)(?:\s|$)"
    r"|(?<=[\w.])&(?=\w)"
)
_FOR_OTHERS = re.compile(r"(?<=\S)\s+(?=(?:on behalf of|for) the\s)")
_BULLET = re.compile(r"\s*(?:[-*•·]|\d+[.)])\s+")
_FULL_STOP = re.compile(r"(?<=[^\W\d_]{2})\.$")


class _Token(NamedTuple):
    """What stands between two separators, and a letter for what kind of thing it is.

    F: a full name. R: one that begins with initials, so in reading order. G: one that ends with
    initials, so given names. W: one word, or a particle and its word. I: initials. L: literal.
    &: the word "and" between two others.
    """

    text: str
    kind: str
    mark: str = ""


_AND_TOKEN = _Token("&", "&")
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
    if _shielded(typed) != (typed, []):
        return None
    try:
        units = list(_units(_tokens(typed, []), alone=False))
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
    names, braced = _shielded(plain_text(text))
    chunks = [tokens for part in _STRONG.split(names) if (tokens := _tokens(part, braced))]
    try:
        units = [unit for chunk in chunks for unit in _units(chunk, alone=len(chunks) == 1)]
    except _AmbiguousError:
        raise Refusal(_ambiguous(text)) from None
    if _STRONG.search(names) is None and any(map(_may_be_two, units)):
        raise Refusal(_one_or_two(text))
    medical = _is_medical(unit[0] for unit in units if len(unit) == 1)
    return tuple(_author(unit, medical=medical) for unit in units)


def _may_be_two(unit: list[_Token]) -> bool:
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


def _units(tokens: list[_Token], *, alone: bool) -> Iterator[list[_Token]]:
    """Cut the tokens between two strong separators into names of one or two tokens."""
    groups = [
        list(group)
        for is_and, group in groupby(tokens, lambda token: token is _AND_TOKEN)
        if not is_and
    ]
    if all(len(group) == 1 for group in groups):
        yield from groups
    elif _is_medical(tokens):
        yield from ([token] for token in tokens if token is not _AND_TOKEN)
    elif _one_name_each(groups, alone=alone):
        yield from groups
    else:
        for is_literal_run, run in groupby(tokens, lambda token: token.kind == "L"):
            if is_literal_run:
                yield from ([token] for token in run)
            else:
                yield from _read(list(run))


def _one_name_each(groups: list[list[_Token]], *, alone: bool) -> bool:
    """Say whether there is one name between two separators: with `;`, and as BibTeX has it.

    A list that only ends in "and" has no comma behind it, unless "Last, First" is meant.
    """
    kinds = [_kinds(group) for group in groups]
    is_bibtex = len(groups) > 1 and _ONE_PAIR.fullmatch(kinds[-1]) is not None
    return (is_bibtex or not alone) and all(map(_ONE_NAME.fullmatch, kinds))


def _kinds(tokens: list[_Token]) -> str:
    return "".join(token.kind for token in tokens)


def _read(tokens: list[_Token]) -> Iterator[list[_Token]]:
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


def _is_medical(tokens: Iterable[_Token]) -> bool:
    """Say whether all names are of the form "Lu R": only then are they not "Kai V"."""
    names = [token.text for token in tokens if token.kind not in "L&"]
    return bool(names) and all(map(family_then_initials, names))


def _author(unit: list[_Token], *, medical: bool) -> Author:
    if len(unit) == 1:
        [(text, kind, mark)] = unit
        if kind == "L":
            return Author(literal=text, mark=mark)
        author = family_then_initials(text, mark) if medical else None
        return author or reading_order(text, mark)
    last, first = unit
    given, _, suffix = first.text.partition(", ")
    return last_first(last.text, given, suffix, last.mark or first.mark)


def _shielded(text: str) -> tuple[str, list[str]]:
    """Put one private character for each "et al.", "…" and {braced name}, set off as a name."""
    braced: list[str] = []

    def keep(match: re.Match[str]) -> str:
        braced.append(" ".join(match[1].split()))
        return chr(_FIRST_BRACED + len(braced) - 1)

    text = _PLACEHOLDERS.sub("", text)
    if "{" in text:
        text = _BRACED.sub(keep, text).replace("{", "").replace("}", "")
    separator = ";" if _STRONG.search(text) else ","
    if " the " in text:
        text = _FOR_OTHERS.sub(f"{separator} ", text)
    if "al" in text or "AL" in text or _MORE.search(text):
        text = _OTHERS.sub(f"{separator}{_OTHERS_SIGN}{separator}", text)
    if ".." in text or ". ." in text or "…" in text:
        text = _DOTS.sub(f"{separator}{_ELISION_SIGN}{separator}", text)
    if "\n" in text or "\r" in text:
        text = _one_line(text.splitlines())
    return text, braced


def _one_line(lines: list[str]) -> str:
    """Join lines: a line each is a name each, unless the lines are those of a wrapped list."""
    filled = [_BULLET.sub("", line, count=1).strip() for line in lines if line.strip()]
    name_each = all(len(_COMMA.findall(line)) <= 1 for line in filled) and not any(
        line.endswith((",", "&", " and")) for line in filled[:-1]
    )
    return (";" if name_each else " ").join(filled)


def _tokens(text: str, braced: list[str]) -> list[_Token]:
    tokens: list[_Token] = []
    for number, part in enumerate(_AND.split(text) if _may_have_and(text) else [text]):
        if number and tokens and tokens[-1] is not _AND_TOKEN:
            tokens.append(_AND_TOKEN)
        for piece in _COMMA.split(part):
            for place, typed in enumerate(names_in(piece.strip())):
                if place and tokens and tokens[-1] is not _AND_TOKEN:
                    tokens.append(_AND_TOKEN)
                name, mark = take_signs(typed)
                if name and not (name.isdigit() and tokens):
                    _add(tokens, _token(name, mark, braced))
    return tokens[:-1] if tokens and tokens[-1] is _AND_TOKEN else tokens


def _may_have_and(text: str) -> bool:
    return any(word in text for word in ("nd", "&", "et", "AND", "og", "och", "ve", "with"))


def _add(tokens: list[_Token], token: _Token) -> None:
    """Add a token; a suffix between commas belongs to the token before it."""
    before = tokens[-1] if tokens else _AND_TOKEN
    if before is not _AND_TOKEN and is_suffix(token.text, after_full_name=before.kind == "F"):
        tokens[-1] = tokens[-1]._replace(text=f"{tokens[-1].text}, {token.text}")
    else:
        tokens.append(token)


def _token(name: str, mark: str, braced: list[str]) -> _Token:
    if "\ue000" <= name[0] <= "\uf8ff":
        return _Token(_shown(name, braced), "L")
    if braced:  # `Jane {de la Cruz}`: a part of a name
        name = _BRACED_SIGN.sub(lambda sign: braced[ord(sign[0]) - _FIRST_BRACED], name)
    name = " ".join(name.split())
    if name.endswith("."):
        bare = _FULL_STOP.sub("", name)
        name = name if is_suffix(name.rpartition(" ")[2]) or is_initials(name) else bare
    return _Token(name, _kind(name), mark)


def _shown(sign: str, braced: list[str]) -> str:
    if sign[0] == _OTHERS_SIGN:
        return ET_AL
    return ELISION if sign[0] == _ELISION_SIGN else braced[ord(sign[0]) - _FIRST_BRACED] + sign[1:]


@lru_cache(maxsize=8192)
def _kind(name: str) -> str:
    if is_literal(name):
        return "L"
    first, _, rest = name.partition(" ")
    if is_initials(name):
        return "I"
    if not rest:
        return "R" if "." in first.strip(".") else "W"
    if first.islower():
        return "W"
    if is_initials(first):
        return "R"
    last = rest.rpartition(" ")[2]
    return "G" if (len(last) == 1 or last.endswith(".")) and is_initials(last) else "F"
