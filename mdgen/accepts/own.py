"""Columns that no kind knows."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from mdgen import citations, markup, names
from mdgen.accepts.base import One

if TYPE_CHECKING:
    from collections.abc import Callable

    from mdgen.columns import Cells
    from mdgen.frontmatter import Value


class Own(One):
    """A column that no kind knows: typed where YAML's types are beyond doubt, else text."""

    wants = "anything"

    def reader(self, cells: Cells) -> Callable[[str], Value]:  # noqa: ARG002
        """Return the parser of own values."""
        return own_value


class OwnHtml(One):
    """A citation in a kind that has none: themes print that key raw on pages of all kinds."""

    wants = "text with inline HTML such as `<i>`"

    def reader(self, cells: Cells) -> Callable[[str], Value]:
        """Return what cleans a citation."""
        own = names.own_names(cells.site.author)
        return lambda text: citations.clean_citation(text, own)


class OwnList(One):
    """A column of which the settings say that it holds lists."""

    wants = "values separated by `;`"

    def reader(self, cells: Cells) -> Callable[[str], list[str]]:  # noqa: ARG002
        """Return what splits a cell into its values."""
        return lambda text: [markup.plain(part.strip()) for part in text.split(";") if part.strip()]


def own_value(text: str) -> Value:
    """Return the value of a column that no kind knows.

    `true` and `false`, whole numbers as a person writes them (no leading zero, at most 15 digits,
    so that every reader has them exactly), and ISO dates are typed; everything else is a string.
    """
    if text in {"true", "false", "TRUE", "FALSE", "True", "False"}:
        return text.casefold() == "true"
    if re.fullmatch(r"0|-?[1-9]\d{0,14}", text, re.ASCII):
        return int(text)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return text
    return markup.plain(text)
