"""JSON of other people's making: read with its lines, and asked without trust in its shape."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, TypeAlias

from mdgen.problems import Place, Problem, SheetError

if TYPE_CHECKING:
    from collections.abc import Iterator

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

_SPACE: Final = " \t\r\n"


def parse_json(text: str, source: str) -> Json:
    """Return what `text` holds; raise SheetError with the line for what is no JSON."""
    try:
        value: Json = json.loads(text)
    except json.JSONDecodeError as error:
        message = f"is no JSON: {error.msg} (column {error.colno}); export it anew"
        raise SheetError([Problem(Place(source, error.lineno), message)]) from None
    except (RecursionError, ValueError):
        raise SheetError([Problem(Place(source), "is nested too deeply, or no JSON")]) from None
    return value


def lines_of_items(text: str) -> list[int]:
    """Return the line on which each element of the first array in `text` begins.

    The text has been parsed before; where its array stands does not matter.
    """
    decoder = json.JSONDecoder()
    at = text.find("[") + 1
    line, counted = 1, 0
    lines: list[int] = []
    while True:
        while text[at : at + 1] in {*_SPACE, ","}:
            at += 1
        if at == 0 or text[at : at + 1] in {"", "]"}:
            return lines
        line += text.count("\n", counted, at)
        counted = at
        lines.append(line)
        at = decoder.raw_decode(text, at)[1]


def child(value: Json, *path: str) -> Json:
    """Return what stands under the keys of `path`, or None where there is nothing."""
    for key in path:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def text_at(value: Json, *path: str) -> str:
    """Return the text (or number, as text) under `path`; of a list its first; else nothing."""
    found = child(value, *path)
    if isinstance(found, list):
        found = found[0] if found else None
    if isinstance(found, str):
        return found.strip()
    if isinstance(found, int) and not isinstance(found, bool):
        return str(found)
    return ""


def objects_at(value: Json, *path: str) -> Iterator[dict[str, Json]]:
    """Yield the objects of the list under `path`; anything else in it is passed over."""
    found = child(value, *path)
    for each in found if isinstance(found, list) else []:
        if isinstance(each, dict):
            yield each
