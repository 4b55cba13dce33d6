"""Headers: which column of a sheet is which column of a kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from mdgen.columns import columns_of, fold, readings, snake_case, without_remark
from mdgen.kinds import KINDS
from mdgen.languages import HOMOGRAPHS, TITLES
from mdgen.titles import (
    COMPANY,
    COUNTED,
    EXPORT,
    LEFTOVERS,
    NEAR,
    PLURALS,
    RENAMED,
    RESERVED,
    SIGNED,
    SPANS,
    TAGS,
    VOLUMES,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from mdgen.records import Record
    from mdgen.settings import Site

_FOREIGN: Final = frozenset(map(fold, TITLES["title"]))


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a sheet, as a kind understands them; all numbers are indices into the header.

    `fields` names for each of the kind's columns those of the sheet that can fill it, the likeliest
    first. `links` are columns of URLs (index → label), `own` all others (index → front-matter key).
    `strangers` are titles that cannot be used, with the reason and the way out.
    """

    fields: Mapping[str, tuple[int, ...]]
    links: Mapping[int, str]
    own: Mapping[int, str]
    strangers: Mapping[int, str]


def recognizer(record: type[Record], site: Site) -> Callable[[Sequence[str]], int]:
    """Return the function that says of how many columns of the kind a row holds the titles."""

    def recognize(titles: Sequence[str]) -> int:
        names = _names(record, site, titles)
        known = (names.get(fold(title)) or next(_meanings(title, names), ()) for title in titles)
        return len({name for fields in known for name in fields[:1]})

    return recognize


def is_export(titles: Iterable[str]) -> bool:
    """Tell whether a program wrote the sheet, with columns that no person would have."""
    folded = [fold(title) for title in titles]
    return sum(title in LEFTOVERS for title in folded) >= EXPORT or not SIGNED.isdisjoint(folded)


def understand(
    titles: Sequence[str],
    record: type[Record],
    site: Site,
    numbers: Collection[int] = (),
    numbering: Collection[int] = (),
) -> Header:
    """Match the titles of a sheet to the columns of a kind.

    Without regard to case, spaces, `-` and `_`; the site's own titles (`columns` in its settings)
    first, then the columns' names, then their aliases. What the kind does not know is passed
    through under its own name, unless it is one typo away from a column that is missing, or
    reserved. `numbers` are the columns in which only numbers stand, `numbering` those that count
    the rows.
    """
    names = _names(record, site, titles)
    own = set(map(fold, site.columns.get(record.KIND, {})))
    folded = [fold(title) for title in titles]
    export = is_export(titles)
    lonely = TAGS if len(TAGS.intersection(folded)) < COMPANY else frozenset[str]()
    if not VOLUMES.isdisjoint(folded) and not any(folded[index] == "no" for index in numbering):
        lonely -= {"no"}
    counts = {index for index in numbers if folded[index] in COUNTED}
    ranked: dict[str, list[tuple[int, int]]] = {}
    used: set[int] = set()
    for index, title in enumerate(folded):
        if title in lonely or (export and title in LEFTOVERS):
            continue
        for field in names.get(title, ()):
            rank = -1 if title in own else _rank(title, field, record)
            ranked.setdefault(field, []).append((rank, index))
            used.add(index)
    left = {
        index: title
        for index, title in enumerate(titles)
        if index not in used | counts and folded[index] not in (LEFTOVERS if export else lonely)
    }
    for index, title in left.items():
        free = (meant for meant in _meanings(title, names) if not ranked.keys() & set(meant))
        if meant := next(free, ()):
            ranked |= {field: [(0, index)] for field in meant}
            used.add(index)
    if not export:
        ranked |= _standing_in(titles, record, names, ranked)
    spans = {index for index, title in enumerate(folded) if title in SPANS}
    fields = _claimed(
        record, {name: [i for _, i in sorted(found)] for name, found in ranked.items()}, spans
    )
    rest = {
        index: titles[index]
        for index, title in enumerate(folded)
        if index not in used and title and not (export and title in LEFTOVERS)
    }
    return _rest(rest, fields, record, counts)


def _meanings(title: str, names: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Yield the fields that a title can fill besides those of `names`, the likeliest first."""
    if fold(title) in PLURALS:
        return
    for words in readings(title):
        fields, *others = (_known(word, names) for word in words) if words else ((),)
        if common := tuple(field for field in fields if all(field in each for each in others)):
            yield common
    for near in NEAR.get(fold(without_remark(title)), ()):
        if near in names:
            yield tuple(names[near])


def _standing_in(
    titles: Sequence[str],
    record: type[Record],
    names: Mapping[str, Sequence[str]],
    found: Collection[str],
) -> dict[str, list[tuple[int, int]]]:
    """Return the columns that can be what is not `found` and must be, though they are another too.

    `Publication title` names the journal, but beside `Journal`, without any `Title`, the paper.
    """
    able = {
        column.name: [
            (0, index)
            for index, title in enumerate(titles)
            if any(column.name in meant for meant in _meanings(title, names))
        ]
        for column in columns_of(record)
        if column.required and column.name not in found
    }
    return {name: columns[:1] for name, columns in able.items() if columns}


def _known(word: str, names: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Return the fields of a word as it stands, else those of what it can stand in for."""
    return names.get(word) or names.get(NEAR.get(word, ("",))[0], ())


def misfit(titles: Sequence[str], header: Header, record: type[Record]) -> str:
    """Return why a whole sheet cannot be of this kind, and the way out; nothing if it can.

    One message for a sheet that has no header, lacks what must be filled, or is of another kind.
    """
    missing = [c.name for c in columns_of(record) if c.required and c.name not in header.fields]
    folded = {fold(title) for title in titles}
    others = [kind for kind in KINDS.values() if kind is not record and _fits(folded, kind)]
    own = _aliases(record)
    signs = [
        kind
        for kind in others
        if (found := folded & {fold(sign) for sign in kind.SIGNS})
        and (len(found) > 1 or not found <= own.keys())
    ]
    proper = folded & {fold(name) for name in ("pub_date", *record.SIGNS)}
    if signs and not proper:
        other = signs[0].KIND
        return f"looks like a sheet of {other}, not of {record.KIND}; run `mdgen {other}`"
    if not header.fields:
        shown = ", ".join(f"'{title[:30]}'" for title in titles[:3] if title)
        return (
            f"the first row holds no column's title ({shown} …); write the titles of the columns"
            f" into a row above it: `mdgen columns {record.KIND}` lists them"
        )
    if missing:
        names = ", ".join(f"`{name}`" for name in missing)
        near = next((t for t in titles for m in missing if one_typo_apart(fold(t), fold(m))), "")
        meant = f"; did you mean that with '{near}'?" if near else ";"
        hint = f"; it may be one of {others[0].KIND}: `mdgen {others[0].KIND}`" if others else ""
        return f"has no column {names}{meant} `mdgen columns {record.KIND}` lists them{hint}"
    return ""


def _fits(folded: set[str], kind: type[Record]) -> bool:
    """Tell whether a sheet has a title for every column that a kind must have."""
    known = {field for title in folded for field in _aliases(kind).get(title, ())}
    return all(column.name in known for column in columns_of(kind) if column.required)


def _claimed(
    record: type, found: Mapping[str, list[int]], spans: set[int]
) -> dict[str, tuple[int, ...]]:
    """Return `found` with every column of the sheet as the first choice of one field only.

    `position` is the title of a job where nothing better is; it is then not its role as well. But
    `spans` hold two dates, a beginning and an end.
    """
    fields: dict[str, tuple[int, ...]] = {}
    taken: set[int] = set()
    for column in columns_of(record):
        indices = tuple(index for index in found.get(column.name, ()) if index not in taken)
        if indices:
            fields[column.name] = indices
            taken |= {indices[0]} - spans
    return fields


def _rest(
    rest: Mapping[int, str],
    fields: Mapping[str, tuple[int, ...]],
    record: type[Record],
    counts: Collection[int],
) -> Header:
    links: dict[int, str] = {}
    own: dict[int, str] = {}
    strangers: dict[int, str] = {}
    missing = [column.name for column in columns_of(record) if column.name not in fields]
    for index, title in rest.items():
        key = snake_case(title)
        typo = index not in counts and fold(title) not in _known_somewhere() | LEFTOVERS
        near = (name for name in missing if typo and one_typo_apart(fold(title), fold(name)))
        meant = next(near, "")
        if meant:
            strangers[index] = f"is no column that mdgen knows; did you mean `{meant}`?"
        elif key in RESERVED and key not in RENAMED:
            strangers[index] = (
                f"`{key}` is a key that Jekyll or the theme keeps for itself;"
                f" call the column `{RESERVED[key]}`"
            )
        elif found := _LINKS.fullmatch(snake_case(without_remark(title))):
            links[index] = _label(found[1] or found[2] or found[0])
        elif key and key != "collection":
            own[index] = RENAMED.get(key, key)
    return Header(fields, links, own, strangers)


_LINKS: Final = re.compile(r"url|links|(.+)_(?:url|link)|(?:url|link)_(?:of|to)_(.+)")


def _label(words: str) -> str:
    return words.replace("_", " ").capitalize()


def one_typo_apart(one: str, other: str) -> bool:
    """Tell whether one letter more, less, other or swapped makes one word the other.

    Words of fewer than five letters are too near to each other to tell.
    """
    if one == other or min(len(one), len(other)) < 5:  # noqa: PLR2004
        return False
    short, long = sorted((one, other), key=len)
    start = next(
        (i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short)
    )
    if len(short) == len(long):
        swapped = short[:start] + short[start : start + 2][::-1] + short[start + 2 :]
        return short[start + 1 :] == long[start + 1 :] or swapped == long
    return short[start:] == long[start + 1 :]


def _aliases(record: type) -> Mapping[str, tuple[str, ...]]:
    """Return the fields that a folded title can fill; the one whose name it is stands first."""
    return _cached_aliases(record)


@cache
def _cached_aliases(record: type) -> Mapping[str, tuple[str, ...]]:
    names: dict[str, list[str]] = {}
    for column in columns_of(record):
        names.setdefault(fold(column.name), []).insert(0, column.name)
        for alias in column.aliases:
            names.setdefault(fold(alias), []).append(column.name)
    return {title: tuple(dict.fromkeys(fields)) for title, fields in names.items()}


@cache
def _known_somewhere() -> frozenset[str]:
    """Return the titles that some kind knows: `Publisher` in a sheet of talks is no `published`."""
    return frozenset(title for kind in KINDS.values() for title in _aliases(kind))


def _names(
    record: type[Record], site: Site, titles: Iterable[str]
) -> Mapping[str, tuple[str, ...]]:
    own = {fold(title): (column,) for title, column in site.columns.get(record.KIND, {}).items()}
    foreign = not _FOREIGN.isdisjoint(map(fold, titles))
    return {**_aliases(record), **(_homographs(record) if foreign else {}), **own}


def _homographs(record: type[Record]) -> Mapping[str, tuple[str, ...]]:
    """Return what words that mean another thing in English mean in a sheet of another language."""
    known = {column.name for column in columns_of(record)}
    return {
        title: fields
        for title, columns in HOMOGRAPHS.items()
        if (fields := tuple(name for name in columns if name in known))
    }


def _rank(title: str, field: str, record: type) -> int:
    """Return how likely a title means a field, 0 the likeliest; the site's own titles go before."""
    column = next(column for column in columns_of(record) if column.name == field)
    names = [fold(name) for name in (column.name, *column.aliases)]
    return names.index(title) if title in names else len(names)
