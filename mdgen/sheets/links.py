"""What an XLSX knows beside its values: where links lead, and which formulas failed."""

from __future__ import annotations

import html
import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from mdgen.sheets.extents import row_and_column
from mdgen.sheets.markup import local, walk

if TYPE_CHECKING:
    from collections.abc import Mapping

_CELL_WITH: Final = rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]{1,3}[0-9]{1,7})"'
_FAILED: Final = re.compile(
    _CELL_WITH + rb'[^>]*?\bt="e"[^>]*>(?:<(?:\w+:)?f\b[^<]*</(?:\w+:)?f>)?<(?:\w+:)?v>(#[^<]*)<'
)
_FORMULA: Final = re.compile(
    _CELL_WITH
    + rb'[^>]*><(?:\w+:)?f[^>]*>(?:_xlfn\.)?HYPERLINK\((?:"|&quot;)((?:(?!"|&quot;|<).)+)'
)
_MAX_RANGE: Final = 1000
"""Cells that one link may cover: a range is one link pulled over some cells."""

Cells = dict[tuple[int, int], str]


@dataclass(frozen=True, slots=True)
class Extras:
    """By row and column, from 1: the targets of links, and what failed formulas show."""

    links: Cells = field(default_factory=dict)
    failed: Cells = field(default_factory=dict)


def extras(parts: Mapping[str, bytes], worksheet: str) -> Extras:
    """Return what the worksheet of this name knows beside its values."""
    name = _part_name(parts, worksheet)
    part = parts.get(name, b"")
    links: Cells = {}
    if b"HYPERLINK(" in part:
        links |= _found(_FORMULA, part)
    if b"hyperlink" in part:
        links |= _links(part, _targets(parts, name))
    return Extras(links, _found(_FAILED, part) if b't="e"' in part else {})


def _found(pattern: re.Pattern[bytes], part: bytes) -> Cells:
    return {
        cell: html.unescape(value.decode(errors="replace"))
        for reference, value in pattern.findall(part)
        if (cell := row_and_column(reference.decode()))
    }


def _part_name(parts: Mapping[str, bytes], worksheet: str) -> str:
    """Follow the workbook's list of worksheets to the part that holds this one."""
    relations: list[str] = []

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet" and attributes.get("name") == worksheet:
            relations.append(
                next((value for key, value in attributes.items() if key.endswith(":id")), "")
            )

    walk(parts.get("xl/workbook.xml", b"<none/>"), sheet)
    return _targets(parts, "xl/workbook.xml").get(relations[0], "") if relations else ""


def _targets(parts: Mapping[str, bytes], name: str) -> dict[str, str]:
    """Return what the relations of a part lead to: the names of other parts, or addresses."""
    folder, file = posixpath.split(name)
    targets: dict[str, str] = {}

    def relation(element: str, attributes: dict[str, str]) -> None:
        if element == "Relationship":
            target = attributes.get("Target", "")
            inside = attributes.get("TargetMode") != "External"
            joined = (
                posixpath.normpath(posixpath.join("/", folder, target))[1:] if inside else target
            )
            targets[attributes.get("Id", "")] = joined

    walk(parts.get(f"{folder}/_rels/{file}.rels", b"<none/>"), relation)
    return targets


def _links(part: bytes, targets: Mapping[str, str]) -> Cells:
    links: Cells = {}

    def link(name: str, attributes: dict[str, str]) -> None:
        target = targets.get(local(attributes, "id"))
        if name == "hyperlink" and target:
            links.update(dict.fromkeys(_cells(attributes.get("ref", "")), target))

    walk(part, link)
    return links


def _cells(reference: str) -> list[tuple[int, int]]:
    """Return the cells of `D7` or `D7:D9`; none for a range that covers half a worksheet."""
    first, _, last = reference.partition(":")
    start, stop = row_and_column(first), row_and_column(last or first)
    if start is None or stop is None:
        return []
    rows, columns = range(start[0], stop[0] + 1), range(start[1], stop[1] + 1)
    if len(rows) * len(columns) > _MAX_RANGE:
        return []
    return [(row, column) for row in rows for column in columns]
