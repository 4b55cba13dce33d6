"""Names as bibliographies give them, to the text of an `authors` cell.

A cell holds the names separated by `; `, each as `von Last, Jr, First`, because that order alone
says where a family name of several words begins (`Brinch Hansen, Per`). What is not to be taken
apart, a collaboration, stands in braces, as in BibTeX.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from mdgen.importers.latex import to_text

if TYPE_CHECKING:
    from collections.abc import Iterable

_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_WHOLE_GROUP = re.compile(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
_BIBLATEX_PART = re.compile(r"(given|family|prefix|suffix)(?:-i)?\s*=\s*\{?([^,{}\"]*)\}?")


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
    """Return the cell for a BibTeX list of names: `A and {The B Group} and others`."""
    if "{" not in value:
        names = _AND.split(value.strip())
    else:
        from bibtexparser.middlewares.names import (  # noqa: PLC0415 - start-up time
            split_multiple_persons_names,
        )

        names = split_multiple_persons_names(value)
    return authors_cell(map(_bibtex_name, names))


@lru_cache(maxsize=16384)
def _bibtex_name(name: str) -> str:
    name = name.strip(" ,\t\r\n")
    if name.lower() in {"others", "et al", "et al."}:
        return "et al."
    if _WHOLE_GROUP.fullmatch(name):
        inner = to_text(name[1:-1])
        return group_name(inner)
    if "=" in name and (parts := dict(_BIBLATEX_PART.findall(name))).get("family"):
        return person_name(
            *map(to_text, (parts["family"], parts.get("given", ""))),
            suffix=parts.get("suffix", ""),
            prefix=parts.get("prefix", ""),
        )
    if name.count(",") == 1 and "{" not in name:
        last, _, first = name.partition(",")
        return person_name(to_text(last), to_text(first))
    return _taken_apart(name)


def _taken_apart(name: str) -> str:
    from bibtexparser.middlewares.names import (  # noqa: PLC0415 - start-up time
        parse_single_name_into_parts,
    )

    parts = parse_single_name_into_parts(name, strict=False)
    first, von, last, jr = (
        to_text(" ".join(words)) for words in (parts.first, parts.von, parts.last, parts.jr)
    )
    return person_name(last, first, suffix=jr, prefix=von)
