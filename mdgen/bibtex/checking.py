"""BibTeX that a person typed, read by a BibTeX parser before it becomes a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdgen.bibtex.entries import MONTHS
from mdgen.bibtex.splitting import reason_of, split
from mdgen.markup.text import checked
from mdgen.problems import Refusal, shorten

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from bibtexparser.library import Library
    from bibtexparser.model import Entry, Field, ParsingFailedBlock

# A number, or the name of a macro.
_NAME = r"(?![0-9])[!$&*+./:;<>?@\[\]\\^`|~\w-]+"
_BARE = rf"(?:[0-9]+(?!\w)|{_NAME})"
# A field's value without what stands in its braces and quotes: {…}, "…", a number, a macro.
_VALUE = re.compile(rf"\s*(?:\{{\}}|\"\"|{_BARE})(?:\s*#\s*(?:\{{\}}|\"\"|{_BARE}))*\s*", re.ASCII)
_FIELD = re.compile(_NAME, re.ASCII)
_STRUCTURE = re.compile(r"[@{}]")


def check_entry(text: str) -> str:
    """Give back what a person typed as BibTeX, once a BibTeX parser has read all of it.

    Line ends become LF, blanks around the text go. Several entries, `@string` and comments may
    stand in it. Raises `Refusal` that names the line and what is wrong there.
    """
    typed = checked(text).strip()
    library = split(typed)
    for line, fault in _faults(library):
        shown = shorten(typed.split("\n")[line])
        raise Refusal(f"'{shown}', line {line + 1} of the BibTeX: {fault}")
    if not library.entries:
        raise Refusal(f"'{shorten(typed)}' is no BibTeX entry; write @article{{key, title = …}}")
    return typed


def _faults(library: Library) -> Iterator[tuple[int, str]]:
    """Give line and fault of each block, also of those that only stricter parsers refuse."""
    from bibtexparser.model import ImplicitComment  # noqa: PLC0415 - start-up time

    for failed in library.failed_blocks:
        yield failed.start_line or 0, _reason(failed)
    for comment in library.comments:
        if isinstance(comment, ImplicitComment) and _STRUCTURE.search(comment.comment):
            yield comment.start_line or 0, "this stands outside of every entry"
    macros = {*MONTHS, *(name.lower() for name in library.strings_dict)}
    keys: set[str] = set()
    for entry in library.entries:
        if entry.key.lower() in keys:  # bibtex knows no case there
            yield entry.start_line or 0, f"there are two entries with the key '{entry.key}'"
        keys.add(entry.key.lower())
        yield from _entry_faults(entry, macros)


def _entry_faults(entry: Entry, macros: Collection[str]) -> Iterator[tuple[int, str]]:
    line = entry.start_line or 0
    if not entry.key.strip():
        yield line, f"the entry has no key; write @{entry.entry_type}{{key, …}}"
    elif len(entry.key.split()) > 1:
        yield line, f"the key '{shorten(entry.key)}' has a space; bibtex stops there"
    for field in entry.fields:
        if _FIELD.fullmatch(field.key) is None:
            yield field.start_line or line, f"'{shorten(field.key)}' is no name of a field"
        if fault := _value_fault(field, macros):
            yield field.start_line or line, fault


def _value_fault(field: Field, macros: Collection[str]) -> str:
    skeleton = _skeleton(field.value)
    if _VALUE.fullmatch(skeleton) is None:
        fault = f"the value of '{field.key}' goes on behind its end; look for a missing comma"
        return f"{fault}, quote or brace"
    unknown = (name for name in _FIELD.findall(skeleton) if name.lower() not in macros)
    name = shorten(next(unknown, ""))
    return f"'{name}' is no @string; write {{{name}}}" if name else ""


def _reason(failed: ParsingFailedBlock) -> str:
    from bibtexparser.model import (  # noqa: PLC0415 - start-up time
        DuplicateBlockKeyBlock,
        DuplicateFieldKeyBlock,
    )

    if isinstance(failed, DuplicateFieldKeyBlock):
        return f"the entry has the field '{min(failed.duplicate_keys)}' twice"
    if isinstance(failed, DuplicateBlockKeyBlock):
        return f"there are two entries with the key '{failed.key}'"
    return reason_of(failed.error)


def _skeleton(value: str) -> str:
    """Return a value without what stands in its braces and quotes: `{…}` gives `{}`.

    Braces are counted as bibtex counts them, behind a backslash too; where they do not match, the
    result is no value.
    """
    depth, quoted, skeleton = 0, False, ""
    for char in value:
        inside = depth > 0 or quoted
        depth += (char == "{") - (char == "}")
        if depth < 0:
            break
        if char == '"' and not depth:
            quoted = not quoted
            inside = False
        if not inside or not (depth or quoted):
            skeleton += char
    return f"{skeleton}{{" if depth or quoted else skeleton
