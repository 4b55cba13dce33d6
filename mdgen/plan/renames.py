"""Which page on disk is the page of which row, when the file name no longer tells."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape
from operator import attrgetter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

_DATED = re.compile(r"\d{4}-\d{2}-\d{2}-")
_RESOLVER = re.compile(r"\s*(?:https?://)?(?:(?:dx\.)?doi\.org/|doi:)?\s*", re.IGNORECASE)
_MOVING = "mdgen-moving-"
_MANY = 10_000  # pairs to compare: more is no slip, but another sheet
_TELLING = 10  # letters
_ALIKE = 0.93  # one letter in fifteen


@dataclass(frozen=True, slots=True)
class Item:
    """What tells one item of a sheet from another; what is unknown is empty."""

    path: str
    title: str = ""
    doi: str = ""
    url: str = ""
    date: str = ""
    venue: str = ""
    organization: str = ""

    @property
    def slug(self) -> str:
        """The file name without its date."""
        return _DATED.sub("", PurePosixPath(self.path).stem, count=1)

    def is_same(self, other: Item) -> bool:
        """Tell whether a title, DOI or paper URL says that both are one item."""
        return any(key(self) and key(self) == key(other) for key in _EVIDENCE)


def item_of(path: str, front: Mapping[str, object]) -> Item:
    """Give what tells the item of a page from others, from the page's front matter."""
    text = {
        key: str(front[key]).strip()
        for key in ("title", "doi", "paperurl", "date", "venue", "organization")
        if front.get(key) is not None
    }
    return Item(
        path=path,
        title=_letters(text.get("title", "")),
        doi=_RESOLVER.sub("", text.get("doi", ""), count=1).lower(),
        url=text.get("paperurl", "").rstrip("/"),
        date=text.get("date", "")[:10],
        venue=_letters(text.get("venue", "")),
        organization=_letters(text.get("organization", "")),
    )


def match(
    sources: Sequence[Item],
    targets: Sequence[Item],
    *,
    found: Iterable[Item],
    wanted: Iterable[Item],
) -> dict[str, str]:
    """Pair pages on disk (`sources`) with pages to be (`targets`): target's path → source's.

    A DOI, else a paper URL, else a title that both have is evidence when no other page among
    `found` (all that are on disk) and `wanted` (all that are to be) has it. One that several have,
    like a talk given at four places, is none, unless date, venue or slug then tells which. Last, a
    title in which a slip was mended, or which got a subtitle, tells it on the same date.
    """
    pairs: dict[str, str] = {}
    on_disk, to_be = list(found), list(wanted)
    for evidence in _EVIDENCE:
        taken = set(pairs.values())
        free = _groups([item for item in sources if item.path not in taken], evidence)
        open_ = _groups([item for item in targets if item.path not in pairs], evidence)
        shared = free.keys() & open_.keys()
        if not shared:
            continue
        before = _groups(on_disk, evidence)
        after = _groups(to_be, evidence)
        for key in sorted(shared):
            if len(before[key]) == len(after[key]) == 1:
                source, target = free[key][0], open_[key][0]
                if not _other_job(source, target):
                    pairs[target.path] = source.path
            else:
                pairs |= _told_apart(free[key], open_[key], before[key], after[key])
    taken = set(pairs.values())
    return pairs | _retitled(
        [item for item in sources if item.path not in taken],
        [item for item in targets if item.path not in pairs],
    )


def moving_path(path: str, taken: Container[str] = ()) -> str:
    """Give the name, none of `taken`, under which a page waits while another still has its name.

    Only pages that swap names need it; a run that was killed leaves it behind as a page like any
    other, and the next run knows it by this name.
    """
    folder, slash, name = path.rpartition("/")
    waiting = f"{folder}{slash}{_MOVING}{name}"
    return moving_path(waiting, taken) if waiting in taken else waiting


def moving_to(path: str) -> str | None:
    """Give the name for which the page at `path` waits; None when it does not wait."""
    folder, slash, name = path.rpartition("/")
    if not name.startswith(_MOVING):
        return None
    while name.startswith(_MOVING):
        name = name.removeprefix(_MOVING)
    return f"{folder}{slash}{name}"


def folded(path: str) -> str:
    """Reduce a path to what file systems without case, like those of macOS and Windows, see."""
    return unicodedata.normalize("NFC", path).casefold()


def _told_apart(
    free: Sequence[Item], open_: Sequence[Item], before: Sequence[Item], after: Sequence[Item]
) -> dict[str, str]:
    """Pair items that share their evidence by one more thing that only one of them has."""
    pairs: dict[str, str] = {}
    paths = {item.path for item in free}
    for thing in _THINGS:
        earlier, later = _groups(before, thing), _groups(after, thing)
        for target in open_:
            key = thing(target)
            if target.path in pairs or not len(earlier[key]) == len(later[key]) == 1 or not key:
                continue
            source = earlier[key][0]
            if source.path in paths and source.path not in pairs.values():
                pairs[target.path] = source.path
    return pairs


def _retitled(free: Sequence[Item], open_: Sequence[Item]) -> dict[str, str]:
    """Pair items of one date that are like each other and like no other in question."""
    earlier, later = (_groups(items, attrgetter("date")) for items in (free, open_))
    alike = [
        (source, target)
        for date in earlier.keys() & later.keys()
        if len(earlier[date]) * len(later[date]) <= _MANY
        for source in earlier[date]
        for target in later[date]
        if _is_alike(source, target)
    ]
    paths = Counter(item.path for pair in alike for item in pair)
    return {
        target.path: source.path
        for source, target in alike
        if paths[source.path] == paths[target.path] == 1
    }


def _is_alike(source: Item, target: Item) -> bool:
    """Tell whether one title is the other with a slip mended or with a subtitle.

    Numbers tell titles apart (“Lecture 1”), and so do two DOIs.
    """
    if _other_job(source, target) or (source.doi and target.doi):
        return False
    short, long = sorted((source.title, target.title), key=len)
    if [*filter(str.isdigit, short)] != [*filter(str.isdigit, long)]:
        return False
    if len(short) < _TELLING:
        return False
    if long.startswith(short):
        return True
    # The first two are upper bounds of the third, and done at once.
    found = SequenceMatcher(None, short, long, autojunk=False)
    ratios = (found.real_quick_ratio, found.quick_ratio, found.ratio)
    return all(ratio() >= _ALIKE for ratio in ratios)


def _other_job(source: Item, target: Item) -> bool:
    """Tell whether two items of one title are jobs at two places: many are research assistants."""
    return bool(
        source.organization and target.organization and source.organization != target.organization
    )


def _groups(items: Iterable[Item], key: Callable[[Item], str]) -> defaultdict[str, list[Item]]:
    groups: defaultdict[str, list[Item]] = defaultdict(list)
    for item in items:
        if name := key(item):
            groups[name].append(item)
    return groups


def _letters(text: str) -> str:
    """Reduce a title to what stays when it is typed again: letters and digits, without case."""
    return "".join(filter(str.isalnum, unescape(text).casefold()))


# From the strongest on.
_EVIDENCE: tuple[Callable[[Item], str], ...] = (
    attrgetter("doi"),
    attrgetter("url"),
    attrgetter("title"),
)
_THINGS: tuple[Callable[[Item], str], ...] = (
    attrgetter("date"),
    attrgetter("venue"),
    attrgetter("slug"),
)
