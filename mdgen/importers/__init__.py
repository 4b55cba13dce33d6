"""Publications kept elsewhere (BibTeX, CSL-JSON, RIS, ORCID, pages) as rows for a sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mdgen.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class Item:
    """One work (or talk, course, job) as a row would hold it.

    `values` maps a column's name to the text of its cell, and holds no empty text. `place` is where
    it stands in the imported file. `key` is its BibTeX key, or nothing.
    """

    values: Mapping[str, str]
    place: Place
    key: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file gave: the items, what was set aside, and what the person should look at.

    `problems` name what is not among the items, `notes` what is, but was understood only in part.
    """

    items: tuple[Item, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = field(default=())
