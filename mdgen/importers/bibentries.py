"""A `.bib` file to its entries: what they say once `@string`, `#` and `crossref` are resolved.

bibtexparser splits the file, because it goes on after a broken entry, and knows the line and the
own text of each; pybtex gives up the rest of the file. What bibtexparser does not do is here and
in the modules beside: `@string` with `#`, parents (`bibparents`), comments (`bibcomments`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mdgen.bibtex.entries import MONTHS as MACROS
from mdgen.bibtex.splitting import reason_of, split
from mdgen.cells.partialdate import MONTHS
from mdgen.importers.bibcomments import not_commented_out, without_comments
from mdgen.importers.bibparents import PARENT_FIELDS, inherited
from mdgen.problems import Place, Problem, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bibtexparser.model import Block, Entry, Field, ImplicitComment

_MONTHS: Final = dict(zip(MACROS, MONTHS, strict=True))
# A reference manager's own: paths on somebody's disk, notes to oneself. The entry gets published.
_PRIVATE: Final = frozenset(
    {"file", "local-url", "annote", "annotation", "comment", "review", "groups", "owner",
     "username", "mendeley-groups", "mendeley-tags", "__markedentry",
     *(f"bdsk-file-{number}" for number in range(1, 10))}
)  # fmt: skip
_PARENTS: Final = frozenset({"proceedings", "mvproceedings", "collection", "mvcollection"})
_NO_WORKS: Final = frozenset({"xdata", "set", "control", "bibtexcontrol", "ieeetranbstctl"})
# What bibtexparser says of its own search, in the words of those who wrote the file.
_REASONS: Final = {
    "unexpected block start": "it is not closed where the next entry begins",
    "unexpectedly reached end of file": "it is not closed before the file ends",
    "expected comma after entry key": "a comma is missing after its key",
}

_PART = re.compile(r"\s*(?:(?P<open>[{\"])|(?P<word>[^\s{}\"#,=]+))")
# A value in one pair of braces, with braces in it no deeper than two; others take the long way.
_BRACED = re.compile(
    r"\{([^{}\\]*(?:(?:\\.|\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\})[^{}\\]*)*)\}", re.DOTALL
)
_HASH = re.compile(r"\s*#")
# "@article key, …", "@ article{": BibTeX takes it for an entry.
_NEARLY_ENTRY = re.compile(r"^[ \t]*@[ \t]*(?!comment\b)[A-Za-z]+(?=[\s{(])", re.IGNORECASE)
_MARK = re.compile(r"\\[{}\"]|[{}\"]")


@dataclass(frozen=True, slots=True)
class BibEntry:
    """One entry: its type and fields (both in lower case), its key, and the entry as text.

    `fields` hold the text between the outer braces or quotes, with LaTeX as it stands, and what a
    parent gives. `text` is the entry as it was typed; where that leans on `@string` or a parent,
    says something twice, or has fields that are no reader's business (the path of a file on a disk,
    notes to oneself), it is written out anew, so that it can stand alone.
    """

    type: str
    key: str
    fields: Mapping[str, str]
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class _Typed:
    """An entry before its parent is known."""

    type: str
    key: str
    fields: dict[str, str]
    raw: str
    place: Place
    leans: bool


def bib_entries(text: str, source: str) -> tuple[list[BibEntry], list[Problem], list[Problem]]:
    """Return the entries of a `.bib` file, its problems, and its notes, each with their line.

    A broken entry is a problem, and the entries around it are read. Notes name what BibTeX itself
    would warn of: a key or a field given twice, an unknown `@string`, a missing parent.
    """
    reading = _Reading(source)
    typed = list(reading.entries(text))
    fields_of = {entry.key.lower(): entry.fields for entry in reversed(typed)}
    named = {entry.fields.get("crossref", "").strip().lower() for entry in typed}
    entries = [
        reading.with_parents(entry, fields_of)
        for entry in typed
        if entry.type not in _NO_WORKS
        and not (entry.type in _PARENTS and entry.key.lower() in named)
    ]
    return entries, reading.problems, reading.notes


class _Reading:
    """One file: where it is, its strings, and what is said about it on the way."""

    def __init__(self, source: str) -> None:
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self._source = source
        self._strings: dict[str, str] = dict(_MONTHS)
        self._keys: dict[str, int] = {}

    def entries(self, text: str) -> Iterator[_Typed]:
        from bibtexparser.model import (  # noqa: PLC0415 - start-up time
            DuplicateBlockKeyBlock,
            DuplicateFieldKeyBlock,
            Entry,
            ImplicitComment,
            ParsingFailedBlock,
            String,
        )

        for typed in not_commented_out(split(without_comments(text)).blocks):
            if isinstance(typed, ImplicitComment):
                self._look_at(typed)
            block: Block | None = typed
            if isinstance(typed, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
                block = typed.ignore_error_block
            if isinstance(block, String):
                self._define(block.key, block.value, self._place(block))
            elif isinstance(block, Entry):
                yield from self._entry(block)
            elif isinstance(block, ParsingFailedBlock):
                self._set_aside(self._place(block), block.raw or "", _reason(block.error))

    def _place(self, block: Block) -> Place:
        return Place(self._source, (block.start_line or 0) + 1)

    def _set_aside(self, place: Place, raw: str, reason: str) -> None:
        self.problems.append(
            Problem(
                place,
                f"'{_first_line(raw)}' is not read: {reason}; mend its braces, quotes and commas",
            )
        )

    def _look_at(self, between: ImplicitComment) -> None:
        """Name what stands between entries and was meant as one."""
        for number, line in enumerate(between.comment.split("\n"), (between.start_line or 0) + 1):
            if _NEARLY_ENTRY.match(line):
                place = Place(self._source, number)
                self._set_aside(place, line, "it does not begin as '@article{key,' does")

    def _define(self, key: str, value: str, place: Place) -> None:
        try:
            self._strings[key.lower()], _ = self._value(value, place, "@string")
        except _MissingCommaError as error:
            self._set_aside(place, f"@string{{{key}", str(error))

    def _entry(self, block: Entry) -> Iterator[_Typed]:
        place = self._place(block)
        raw = (block.raw or "").strip()
        try:
            fields, leans = self._fields(block.fields, place)
        except _MissingCommaError as error:
            self._set_aside(place, raw, str(error))
            return
        key = block.key.strip()
        if key and (first := self._keys.setdefault(key, place.row or 0)) != place.row:
            self.notes.append(Problem(place, f"the key '{key}' is also that of line {first}"))
        yield _Typed(block.entry_type.lower(), key, fields, raw, place, leans)

    def _fields(self, typed: Iterable[Field], place: Place) -> tuple[dict[str, str], bool]:
        fields: dict[str, str] = {}
        leans = False
        for field in typed:
            name, value = field.key.lower(), field.value
            if name in fields:
                self.notes.append(Problem(place, f"{name} stands twice; the first is taken"))
                leans = True
                continue
            if braced := _BRACED.fullmatch(value):
                fields[name] = braced[1]
                continue
            fields[name], leant = self._value(value, place, name)
            leans = leans or leant
        return fields, leans

    def _value(self, value: str, place: Place, name: str) -> tuple[str, bool]:
        """Return a value without its delimiters, and whether it leans on a `@string`."""
        parts: list[str] = []
        at, leans = 0, False
        while True:
            found = _PART.match(value, at)
            if found is None:
                return "".join(parts), leans
            if found["open"]:
                end = _closing(value, found.end(), found["open"])
                parts.append(value[found.end() : end])
                at = end + 1
            else:
                at = found.end()
                parts.append(self._word(found["word"], place, name))
                leans = leans or not (found["word"].isdecimal() or found["word"].lower() in _MONTHS)
            if joined := _HASH.match(value, at):
                at = joined.end()
            elif rest := value[at:].strip():
                raise _MissingCommaError(rest)
            else:
                return "".join(parts), leans

    def _word(self, word: str, place: Place, name: str) -> str:
        if word.isdecimal():
            return word
        known = self._strings.get(word.lower())
        if known is None:
            self.notes.append(
                Problem(place, f"{name}: '{word}' is no @string of this file; taken as text")
            )
            return word
        return known

    def with_parents(self, entry: _Typed, fields_of: Mapping[str, Mapping[str, str]]) -> BibEntry:
        fields = dict(entry.fields)
        inherits = False
        for name in PARENT_FIELDS:
            for key in filter(None, map(str.strip, fields.get(name, "").split(","))):
                if fields_of.get(key.lower(), entry.fields) is entry.fields:
                    self.notes.append(
                        Problem(entry.place, f"{name}: no entry of this file has the key '{key}'")
                    )
                    continue
                inherits = True
                more = inherited(key.lower(), fields_of, as_is=name == "xdata")
                fields = {**more, **fields}
        text = entry.raw
        if inherits or entry.leans or not _PRIVATE.isdisjoint(fields):
            text = _written(entry, fields)
        return BibEntry(entry.type, entry.key, fields, text, entry.place)


class _MissingCommaError(Exception):
    """Two values stand one after the other in a field."""

    def __init__(self, rest: str) -> None:
        super().__init__(f"a comma or '#' is missing before '{shorten(rest)}'")


def _closing(value: str, start: int, opening: str) -> int:
    """Return where the value that began before `start` ends: at its last sign, if nowhere else."""
    depth = 0
    for mark in _MARK.finditer(value, start):
        char = mark[0]
        if char == "{":
            depth += 1
        elif char == "}":
            if depth == 0 and opening == "{":
                return mark.start()
            depth -= 1
        elif char == '"' and opening == '"' and depth <= 0:
            return mark.start()
    return len(value) - 1


def _written(entry: _Typed, fields: Mapping[str, str]) -> str:
    lines = [
        f"  {name} = {_macro_of_month(value) if name == 'month' else f'{{{value}}}'},\n"
        for name, value in fields.items()
        if name not in {*PARENT_FIELDS, *_PRIVATE}
    ]
    return f"@{entry.type}{{{entry.key},\n{''.join(lines)}}}"


def _macro_of_month(month: str) -> str:
    macro = month[:3].lower()
    return macro if _MONTHS.get(macro) == month else f"{{{month}}}"


def _reason(error: Exception) -> str:
    said = reason_of(error)
    return next((ours for theirs, ours in _REASONS.items() if said.startswith(theirs)), said)


def _first_line(raw: str) -> str:
    return shorten(raw.strip().split("\n", 1)[0])
