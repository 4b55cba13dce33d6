"""A JSON object in a file that people keep, too: some of its values change, all else stays.

Order, indentation, line ends, and how other values are written stay as they are.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final, cast

from mdgen.problems import MdgenError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mdgen.cv.sections import Json

BOM: Final = "\ufeff"
_BLANK: Final = re.compile(r"[ \t\r\n]*")
_INDENT: Final = re.compile(r"\{[ \t]*\r?\n([ \t]+)\"")


@dataclass(frozen=True, slots=True)
class Document:
    """A text, what it says, and where each value of its top level stands."""

    text: str
    data: Mapping[str, Json]
    places: Mapping[str, tuple[int, int]]

    def with_values(self, values: Mapping[str, Json]) -> str:
        """Return the text with `values` in the place of what it has, or at its end.

        A value that says the same already stays as it is written.
        """
        if not self.places:
            return self._head() + json.dumps(values, indent=2, ensure_ascii=False) + "\n"
        new = {key: value for key, value in values.items() if key not in self.places}
        old = [key for key in values if key in self.places and self.data[key] != values[key]]
        text = self.text
        end = max(end for _, end in self.places.values())
        added = "".join(f",{self._line(key)}{self._written(value)}" for key, value in new.items())
        text = text[:end] + added + text[end:]
        for key in sorted(old, key=self.places.__getitem__, reverse=True):
            start, stop = self.places[key]
            text = text[:start] + self._written(values[key]) + text[stop:]
        return text

    @property
    def _indent(self) -> str | None:
        found = _INDENT.search(self.text)
        return found[1] if found else None

    @property
    def _newline(self) -> str:
        return "\r\n" if "\r\n" in self.text else "\n"

    def _head(self) -> str:
        return BOM if self.text.startswith(BOM) else ""

    def _line(self, key: str) -> str:
        before = " " if self._indent is None else f"{self._newline}{self._indent}"
        return f"{before}{json.dumps(key)}: "

    def _written(self, value: Json) -> str:
        # Whoever escapes all but ASCII does so for some reader's sake.
        escaped = self.text.isascii() and "\\u" in self.text
        text = json.dumps(value, indent=self._indent, ensure_ascii=escaped)
        return text.replace("\n", f"{self._newline}{self._indent or ''}")


def parse(text: str) -> Document:
    """Return a document. Raises `MdgenError`, with the line, for what is no JSON object."""
    start = len(text) - len(text.removeprefix(BOM))
    try:
        data = json.loads(text[start:])
    except ValueError as error:
        raise MdgenError(f"is no JSON: {error}") from error
    if not isinstance(data, dict):
        raise MdgenError("is no JSON object")
    return Document(text, data, _places(text, start))


def digest(values: Mapping[str, Json]) -> str:
    """Return what tells whether `values` are the same, however they are written."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:12]


def _places(text: str, start: int) -> dict[str, tuple[int, int]]:
    """Find where the values of an object stand that is known to be one."""
    decoder = json.JSONDecoder()
    places: dict[str, tuple[int, int]] = {}
    at = _after_blank(text, _after_blank(text, start) + 1)
    while text[at] != "}":
        key, at = decoder.raw_decode(text, at)
        at = _after_blank(text, _after_blank(text, at) + 1)
        _, end = decoder.raw_decode(text, at)
        places[cast("str", key)] = (at, end)
        at = _after_blank(text, end)
        if text[at] == ",":
            at = _after_blank(text, at + 1)
    return places


def _after_blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at  # pragma: no branch - it matches nothing, too
