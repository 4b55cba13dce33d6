"""Names as bibliographies give them, to the text of an `authors` cell.

A cell holds the names separated by `; `, each as `von Last, Jr, First`, because that order alone
says where a family name of several words begins (`Brinch Hansen, Per`). What is not to be taken
apart, a collaboration, stands in braces, as in BibTeX.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from mdgen.importers.latex import to_text

if TYPE_CHECKING:
    from collections.abc import Iterable

_AND = re.compile(r"\s+and(?=\s|$)", re.IGNORECASE)
_SIGNS = re.compile(r"\\.|[{},;]|\s+and(?=\s|$)", re.IGNORECASE | re.DOTALL)
# How DBLP tells people of one name apart: "Wei Zhang 0012".
_NUMBER = re.compile(r"(?<=\w) \d{4}$")
_WHOLE_GROUP = re.compile(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
_NAMED_PART = re.compile(r"\s*(?P<name>[a-z-]+)\s*=\s*(?P<text>.*)", re.DOTALL)
# "Last, Jr, First" has two.
_MOST_COMMAS: Final = 2
# What a space would end for a reader of names, who looks for the words of a name, and not for TeX.
_LETTER = re.compile(r"\\(?:[ijoOlL]|ss|ae|AE|oe|OE|aa|AA|d[hj]|D[HJ]|th|TH|ng|NG)[ \t]+(?=\w)")
_ACCENT = re.compile(r"(\\[A-Za-z])[ \t]+(\w|\\[ij](?![A-Za-z]))")
_TILDE = re.compile(r"\\~[ \t]*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\\[ij](?![A-Za-z])|\w)")


def authors_cell(names: Iterable[str]) -> str:
    """Return the cell for names that are already in their cell's form."""
    return "; ".join(name for name in names if name)


def person_name(family: str, given: str = "", *, suffix: str = "", prefix: str = "") -> str:
    """Return the cell's form of a person of whom the parts are known."""
    last = " ".join(f"{prefix} {family}".split())
    if not last:
        return _plain(given)
    if not given:
        return group_name(last) if " " in last else _plain(last)
    return ", ".join(_plain(part) for part in (last, suffix, given) if part.strip())


def group_name(name: str) -> str:
    """Return the cell's form of a collaboration or an organization."""
    plain = _plain(name)
    return f"{{{plain}}}" if re.search(r"[\s,;&/]", plain) else plain


def _plain(text: str) -> str:
    # In a cell `;` parts the authors and braces keep one together.
    return " ".join(re.sub(r"[;{}|]", " ", text).split())


def bibtex_authors(value: str) -> str:
    """Return the cell for a BibTeX list of names: `A and {The B Group} and others`.

    A list that is parted by commas or semicolons instead, as people do who write it by hand, is
    left as it is: the reader of the cell knows such lists.
    """
    names = _split(value, "and") if "{" in value else _AND.split(value)
    if any(name.count(",") > _MOST_COMMAS or ";" in name for name in names) and _is_typed(names):
        return to_text(value)
    return authors_cell(map(_bibtex_name, names))


def _is_typed(names: Iterable[str]) -> bool:
    """Say whether a name has more commas than BibTeX knows, or a semicolon, outside of braces."""
    return any(
        (len(_split(name, ",")) > _MOST_COMMAS + 1 and not _NAMED_PART.match(name))
        or len(_split(name, ";")) > 1
        for name in names
    )


def _split(value: str, separator: str) -> list[str]:
    """Return what stands between the separators (`and`, `,` or `;`) outside of braces."""
    parts: list[str] = []
    start = depth = 0
    for sign in _SIGNS.finditer(value):
        text = sign[0]
        if text in "{}":
            depth += 1 if text == "{" else -1
        elif depth <= 0 and text.strip().lower() == separator:
            parts.append(value[start : sign.start()])
            start = sign.end()
    return [*parts, value[start:]]


@lru_cache(maxsize=16384)
def _bibtex_name(name: str) -> str:
    name = _NUMBER.sub("", name.strip(" ,\t\r\n"))
    if _OTHERS.fullmatch(name):
        return "et al."
    if _WHOLE_GROUP.fullmatch(name):
        inner = to_text(name[1:-1])
        return group_name(inner)
    if "=" in name and (parts := _named_parts(name)).get("family"):
        return person_name(
            parts["family"],
            parts.get("given", ""),
            suffix=parts.get("suffix", ""),
            prefix=parts.get("prefix", ""),
        )
    if name.count(",") == 1 and "{" not in name:
        last, _, first = name.partition(",")
        return person_name(to_text(last), to_text(first))
    return _taken_apart(name)


_OTHERS = re.compile(r"others|\{?et[ ~]al\.?\}?", re.IGNORECASE)


def _named_parts(name: str) -> dict[str, str]:
    """Return the parts of a name as biblatex's extended format has it: `family=Berg, given=Jan`."""
    found = filter(None, map(_NAMED_PART.fullmatch, _split(name, ",")))
    return {part["name"]: to_text(part["text"].strip(' "')) for part in found}


def _taken_apart(name: str) -> str:
    from bibtexparser.middlewares.names import (  # noqa: PLC0415 - start-up time
        parse_single_name_into_parts,
    )

    if "\\" in name:
        name = _LETTER.sub(lambda found: f"{{{found[0].rstrip()}}}", name)
        name = _TILDE.sub(r"{\g<0>}", _ACCENT.sub(r"\1{\2}", name))
    parts = parse_single_name_into_parts(name, strict=False)
    first, von, last, jr = (
        to_text(" ".join(words)) for words in (parts.first, parts.von, parts.last, parts.jr)
    )
    return person_name(last, first, suffix=jr, prefix=von)
