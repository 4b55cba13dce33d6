r"""Double quotes in a text: those that hold a cell together, and those that a person typed.

A cell that starts with a quote is quoted only if its end is in sight; `"Excessive" is bad` is
text, and so is a quote that never closes. What this module gives back, any CSV reader
reads as meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_TABS: Final = 2
_COMMAS: Final = 5


def with_quotes_mended(content: bytes, delimiter: str, width: int) -> bytes:
    """Return `content` so that a CSV reader finds the cells that a header of `width` asks for.

    Every line stays on its line.
    """
    content = _unwrapped(content, delimiter, width)
    if b'"' not in content or _plain(delimiter.encode()).fullmatch(content):
        return content
    return "\n".join(_records(content.decode(), delimiter, width)).encode()


_WRAPPED: Final = re.compile(rb'^"((?:[^"\n]++|"")*+)"$', re.MULTILINE)


def _unwrapped(content: bytes, delimiter: str, width: int) -> bytes:
    """Take off the quotes around whole rows: of all rows, or of those with quotes inside.

    A spreadsheet program puts them there that was made for another delimiter: it took each row for
    one cell.
    """
    all_rows = _WRAPPED.match(content.lstrip(b"\n")) is not None

    def bare(found: re.Match[bytes]) -> bytes:
        row = found[1].replace(b'""', b'"')
        text = row.decode()
        fits = (all_rows or row != found[1]) and _as_quoted(text, 0, len(text), delimiter).fits(
            width
        )
        return row if fits else found[0]

    return _WRAPPED.sub(bare, content) if width > 1 else content


@lru_cache
def _plain(delimiter: bytes) -> re.Pattern[bytes]:
    """Match a text whose every quote has one meaning.

    It opens or closes a cell within one line as RFC 4180 says, or stands amid a cell that is not
    quoted.
    """
    stop = re.escape(delimiter)
    edge = rb"[^%s\n]" % stop
    # Programs quote a tab, people hardly ever; more likely `"one` and `two"` are quotes of the
    # text.
    inside = rb'[^"\n\t]' if delimiter == b"\t" else rb'[^"\n]'
    quoted = rb'(?<!%s)"%s*+(?:""%s*+)*+"(?!%s)' % (edge, inside, inside, edge)
    amid = rb'(?<=%s)(?<!%s )(?<!\n )"' % (edge, stop)
    return re.compile(rb'(?:[^"]++|%s|%s)*+' % (quoted, amid))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a record: as text with one meaning, its end, and its cells."""

    text: str
    end: int
    cells: int
    filled: int
    is_open: bool = False

    def fits(self, width: int) -> bool:
        return self.filled <= width <= self.cells


def _records(text: str, delimiter: str, width: int) -> Iterator[str]:
    start = 0
    while start <= len(text):
        end = _line_end(text, start, len(text))
        if text.find('"', start, end) < 0:
            yield text[start:end]
        else:
            best = _best(text, start, end, delimiter, width)
            yield best.text
            end = best.end
        start = end + 1


def _best(text: str, start: int, end: int, delimiter: str, width: int) -> _Reading:
    """Return the reading that fits the header; where none does, quotes are quotes."""
    alone = _as_quoted(text, start, end, delimiter)
    if alone.is_open:
        longer = _as_quoted(text, start, len(text), delimiter)
        below = text[end + 1 : longer.end]
        if longer.fits(width) and not alone.fits(width):
            below = below.rpartition("\n")[
                0
            ]  # the last line ends the cell: its form proves nothing
        runs_on = not longer.is_open and longer.filled <= width
        spaced = _is_spaced(text[start:end], delimiter)
        if runs_on and not _are_rows(below, delimiter, width, spaced=spaced):
            return longer
    line = text[start:end]
    if alone.fits(width) or _plain(delimiter.encode()).fullmatch(line.encode()):
        return alone
    literal = _as_typed(line, end, delimiter)
    return literal if literal.fits(width) else alone


def _are_rows(text: str, delimiter: str, width: int, *, spaced: bool) -> bool:
    """Say whether most lines of `text` are rows by themselves: then no cell holds them.

    A line of prose seldom has a tab, or as many commas as a wide sheet; its commas have a space
    behind them, and those between cells only where the row above is `spaced` as well.
    """
    if width < (_TABS if delimiter == "\t" else _COMMAS):
        return False
    lines = [line for line in text.split("\n") if line.strip()]
    rows = sum(
        _as_quoted(line, 0, len(line), delimiter).fits(width)
        and (spaced or not _is_spaced(line, delimiter))
        for line in lines
    )
    return 2 * rows > len(lines)


def _is_spaced(line: str, delimiter: str) -> bool:
    """Say whether a space follows every delimiter of a line, as it does in prose."""
    return line.count(delimiter) == line.count(f"{delimiter} ")


@lru_cache
def _cell(delimiter: str, *, nested: bool) -> re.Pattern[str]:
    r"""Match one cell; the group says how it is quoted.

    `escaped` has backslashes before its quotes; `nested` bare quotes around words, `"He said "no"
    to it"`: there the first inner quote stands after a space, which it does not in `"A" and "B"`.
    `open` goes on below.
    """
    stop = rf"(?={re.escape(delimiter)}|\n|\Z)"
    plain = rf"[^{re.escape(delimiter)}\n]*+"
    return re.compile(
        rf' *"(?P<strict>[^"]*+(?:""[^"]*+)*+)" *{stop}'
        rf'| *"(?P<escaped>(?:[^"\\]++|\\.|"")*+)" *{stop}'
        + (rf'| *"(?P<nested>[^"\n]*[ (\[]"(?=\w)[^\n]*?)" *{stop}' if nested else "")
        + rf'| *(?="(?:[^"]|"")*+\Z|"(?:[^"\\]++|\\.|"")*+\\?\Z)(?P<open>{plain})'
        rf"|(?P<typed>{plain})",
        re.DOTALL,
    )


def _as_quoted(text: str, start: int, end: int, delimiter: str) -> _Reading:
    """Read the record from `start` on, which goes no further than `end`."""
    cells: list[str] = []
    filled, is_open = 0, False
    position, line_end, last_close = start, start - 1, -1
    while True:
        if position > line_end:
            line_end = _line_end(text, position, end)
            last_close = _last_close(text, position, line_end, delimiter)
        # Without a closing quote in the line none is looked for: each cell would search to its end.
        found = _cell(delimiter, nested=position < last_close).match(text, position, end)
        kind = found.lastgroup if found else None
        if found is None or kind is None:  # pragma: no cover - `typed` matches anything
            raise AssertionError(text[position:end])
        value = found[kind]
        is_open = is_open or kind == "open"
        filled = len(cells) + 1 if value.strip() else filled
        cells.append(_AS_TEXT[kind](value))
        position = found.end() + 1
        if position > end or text[position - 1] == "\n":
            return _Reading(delimiter.join(cells), position - 1, len(cells), filled, is_open)


def _line_end(text: str, start: int, end: int) -> int:
    found = text.find("\n", start, end)
    return end if found < 0 else found


def _last_close(text: str, start: int, end: int, delimiter: str) -> int:
    """Return where the last quote stands that can close a cell of this line; -1 for nowhere."""
    return end - 1 if text.endswith('"', start, end) else text.rfind(f'"{delimiter}', start, end)


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if '"' in value else value


_AS_TEXT = {
    "strict": lambda value: f'"{value}"',
    "escaped": lambda value: (
        '"' + value.replace('\\"', '"').replace('""', '"').replace('"', '""') + '"'
    ),
    "nested": lambda value: _quoted(value.replace('""', '"')),
    "open": _quoted,
    "typed": _quoted,
}


def _as_typed(line: str, end: int, delimiter: str) -> _Reading:
    cells = line.split(delimiter)
    filled = max((index for index, value in enumerate(cells, 1) if value.strip()), default=0)
    return _Reading(delimiter.join(map(_quoted, cells)), end, len(cells), filled)
