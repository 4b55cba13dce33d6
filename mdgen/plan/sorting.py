"""What is there already, sorted by how it stands to what the rows of a sheet ask for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mdgen import marks
from mdgen.pages import Page
from mdgen.plan.addresses import address, is_shown, links_in, permalink, shown_at
from mdgen.plan.renames import Item, folded, item_of, match, moving_to
from mdgen.plan.settling import Marked, Sheet, is_from, is_settled, read_marked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from mdgen.pages import Asset


@dataclass(frozen=True, slots=True)
class Sorted:
    """What is wanted and what is there.

    `unchanged` items are there as they should be, `open` ones are not. `there` maps the path of an
    open item to the file that has its name, by case alone too, else to the page of somebody else's
    that has its address; `ours` to that file, read, if it is of this sheet, and `displaced` are
    those among them whose row seems to be another one. `stale` are this sheet's pages under names
    that no row wants. `namesakes` maps items that are there to pages of others at their address.
    """

    wanted: Sequence[Page | Asset]
    unchanged: Sequence[Page | Asset]
    open: Sequence[Page | Asset]
    there: Mapping[str, str]
    ours: Mapping[str, Marked]
    displaced: frozenset[str]
    stale: Mapping[str, Marked]
    namesakes: Mapping[str, str]


def sort_out(
    wanted: Sequence[Page | Asset], found: Mapping[str, str | None], sheet: Sheet
) -> Sorted:
    """Sort `found` by `wanted`, looking into files only as far as it takes."""
    unchanged: list[Page | Asset] = []
    open_: list[Page | Asset] = []
    for item in wanted:
        text = found.get(item.path)
        settled = text is not None and _is_settled(item, text, sheet)
        (unchanged if settled else open_).append(item)
    names = {item.path for item in wanted}
    there = _there(open_, found, names)
    ours = _ours(there, found, sheet.source)
    names.update(there.values())
    others = {path: text for path, text in found.items() if path not in names}
    stale = _ours({path: path for path in others}, found, sheet.source)
    namesakes = _namesakes(
        (item for item in wanted if item.path not in there or item.path in ours),
        found,
        {path: text for path, text in others.items() if path not in stale},
    )
    missing = [item.path for item in open_ if item.path not in there]
    there |= {path: namesakes.pop(path) for path in missing if path in namesakes}
    return Sorted(
        wanted=wanted,
        unchanged=unchanged,
        open=open_,
        there=there,
        ours=ours,
        displaced=frozenset(
            item.path
            for item in open_
            if isinstance(item, Page) and item.path in ours and not _is_same(ours[item.path], item)
        ),
        stale=stale,
        namesakes=namesakes,
    )


def find_moves(found: Sorted) -> dict[str, Marked]:
    """Find which pages take which names, where the name alone does not tell: new path → page."""
    sources = {path: page for path, page in found.stale.items() if page.mark.parts.front}
    sources |= {found.ours[path].path: found.ours[path] for path in found.displaced}
    targets = [
        item.path
        for item in found.open
        if isinstance(item, Page) and (item.path not in found.ours or item.path in found.displaced)
    ]
    if not (sources and targets):
        return {}
    waiting = {moving_to(path): path for path in sources}
    pairs = {path: waiting[path] for path in targets if path in waiting}
    aside = _superseded(sources.values()) | set(pairs.values())
    to_be = {
        item.path: item_of(item.path, item.front) for item in found.wanted if isinstance(item, Page)
    }
    pairs |= match(
        [page.item for path, page in sources.items() if path not in aside],
        [to_be[path] for path in targets if path not in pairs],
        found=[item for item in _items(found, sources, to_be) if item.path not in aside],
        wanted=to_be.values(),
    )
    return {path: sources[old] for path, old in pairs.items() if old != found.there.get(path)}


def _is_settled(item: Page | Asset, text: str, sheet: Sheet) -> bool:
    if text == marks.render(item, sheet.source):
        return True
    return isinstance(item, Page) and is_settled(item, text, sheet)


def _there(
    items: Iterable[Page | Asset], found: Mapping[str, str | None], names: set[str]
) -> dict[str, str]:
    """Find the files that have the names of `items`, the exact name before one in other case."""
    there = {item.path: item.path for item in items if item.path in found}
    missing = [item.path for item in items if item.path not in found]
    if missing:
        by_case = {folded(path): path for path in found if path not in names}
        there |= {path: by_case[folded(path)] for path in missing if folded(path) in by_case}
    return there


def _ours(
    files: Mapping[str, str], found: Mapping[str, str | None], source: str
) -> dict[str, Marked]:
    """Read those of `files`, by their keys, that carry the mark of the sheet `source`."""
    result = {}
    for path, file in files.items():
        text = found[file]
        page = None if text is None else read_marked(file, text)
        if page is not None and is_from(page, source):
            result[path] = page
    return result


def _namesakes(
    items: Iterable[Page | Asset],
    found: Mapping[str, str | None],
    others: Mapping[str, str | None],
) -> dict[str, str]:
    """Find which of `others` Jekyll would write where it writes one of `items`, by the item."""
    by_address = {address(permalink(item)): item for item in items if isinstance(item, Page)}
    result = {}
    for path, text in others.items():
        # Looking for the word before the page is taken apart: a lab's other sheets have thousands.
        if text is None or not any(address(link) in by_address for link in links_in(text)):
            continue
        item = by_address.get(address(shown_at(text)))
        if item is not None and is_shown(item, found.get(item.path)):
            result[item.path] = path
    return result


def _is_same(page: Marked, item: Page) -> bool:
    """Tell whether a page that has the name of a row is that row's, as far as one can tell."""
    if page.told.get("title") == item.front.get("title"):
        return True
    there = page.item
    told = there.title or there.doi or there.url
    return not told or there.is_same(item_of(item.path, item.front))


def _items(
    found: Sorted, sources: Mapping[str, Marked], to_be: Mapping[str, Item]
) -> Iterable[Item]:
    """Give what tells apart all pages of this sheet that are there."""
    yield from (to_be[item.path] for item in found.unchanged if item.path in to_be)
    yield from (page.item for page in found.ours.values() if page.path not in sources)
    yield from (page.item for page in sources.values())


def _superseded(pages: Collection[Marked]) -> set[str]:
    """Find the pages that a run renamed which was killed before it removed them.

    Also its copies that still wait for a name, as long as what they are copies of is there.
    """
    by_redirect = defaultdict(list)
    there = [page for page in pages if moving_to(page.path) is None]
    for page in pages:
        for link in page.redirects:
            by_redirect[link].append(page)
    renamed = {
        page.path
        for page in pages
        if any(
            other.yours == page.yours and other.item.is_same(page.item)
            for other in by_redirect.get(page.permalink, ())
        )
    }
    copies = (page for page in pages if moving_to(page.path))
    return renamed | {
        page.path
        for page in copies
        if any(
            page.yours in (other.yours, marks.NOTHING) and other.item.is_same(page.item)
            for other in there
        )
    }
