"""What must change so that the files of one sheet are what the sheet says: values, no I/O."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mdgen import marks
from mdgen.changes import Change, Left, Options, Override, Plan, Reason, What
from mdgen.pages import Page
from mdgen.problems import MdgenError
from mdgen.renames import Item, item_of, match, moving_to
from mdgen.settling import (
    REDIRECTS,
    Marked,
    Sheet,
    address,
    adopt,
    is_from,
    permalink,
    read_marked,
    settle,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mdgen.marks import Yours
    from mdgen.pages import Asset

__all__ = ["Change", "Left", "Options", "Override", "Plan", "Reason", "What", "make_plan"]


def make_plan(
    wanted: Sequence[Page | Asset],
    found: Mapping[str, str | None],
    source: str,
    options: Options,
    *,
    complete: bool = True,
) -> Plan:
    """Plan how the files `found` become those `wanted` by the rows of the sheet `source`.

    `found` maps the path of every file in the folders concerned to its text, and to None where it
    is no UTF-8 text or no regular file. `complete` is False when some rows of the sheet were
    refused: then nothing is removed and nothing renamed, for the missing rows may tell otherwise.

    Raises `MdgenError` where two of `wanted` have one name, by case alone too.
    """
    _refuse_twins(wanted)
    draft = _Draft(tuple(wanted), found, source, options, complete=complete)
    draft.settle_all()
    return Plan(
        source=source,
        changes=(*draft.in_sheet_order(), *draft.removed),
        left=tuple(dict.fromkeys(draft.left)),
        overrides=tuple(draft.overrides),
        unchanged=tuple(draft.unchanged),
        kept=tuple(draft.kept),
        emptied=tuple(draft.emptied),
        hidden=tuple(
            item.path
            for item in wanted
            if isinstance(item, Page) and item.front.get("published") is False
        ),
    )


def _folded(path: str) -> str:
    """Reduce a path to what file systems without case, like those of macOS and Windows, see."""
    return unicodedata.normalize("NFC", path).casefold()


def _refuse_twins(wanted: Iterable[Page | Asset]) -> None:
    seen: dict[str, Page | Asset] = {}
    for item in wanted:
        other = seen.setdefault(item.path.casefold(), item)
        if other is not item:
            raise MdgenError(
                f"{item.place}: its page {item.path} would have the same name as that of"
                f" {other.place}; give one of them another url_slug"
            )


@dataclass(slots=True)
class _Move:
    """A page that is there and takes the name of a page to be."""

    item: Page | Asset
    page: Marked
    change: Change | None = None


def _superseded(pages: Iterable[Marked]) -> set[str]:
    """Find the pages that a run renamed which was killed before it removed them."""
    by_redirect = defaultdict(list)
    for page in pages:
        for link in page.redirects:
            by_redirect[link].append(page)
    return {
        page.path
        for page in pages
        if any(
            other.yours == page.yours and other.item.is_same(page.item)
            for other in by_redirect.get(page.permalink, ())
        )
    }


@dataclass
class _Draft:
    """A plan in the making. Pages are looked into only as far as the question needs."""

    wanted: tuple[Page | Asset, ...]
    found: Mapping[str, str | None]
    source: str
    options: Options
    complete: bool
    changes: dict[str, Change] = field(default_factory=dict)
    removed: list[Change] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    overrides: list[Override] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    emptied: list[str] = field(default_factory=list)
    open: list[Page | Asset] = field(default_factory=list)
    """What is wanted and not there byte for byte."""
    there: dict[str, str] = field(default_factory=dict)
    """Path of an open item → path of the file that has its name."""
    ours: dict[str, Marked] = field(default_factory=dict)
    """This sheet's pages among the files that have the name of an open item."""
    stale: dict[str, Marked] = field(default_factory=dict)
    """This sheet's pages under names that no row wants."""
    displaced: set[str] = field(default_factory=set)
    """Those of `ours` whose row seems to be another one."""
    moves: dict[str, _Move] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    """Items that are settled by what moves."""

    def settle_all(self) -> None:
        self._sort_out()
        self._find_moves()
        self._settle_moves()
        for item in self.open:
            if item.path not in self.done:
                self._settle_in_place(item)
        self._settle_stale()

    def in_sheet_order(self) -> Iterable[Change]:
        return (self.changes[item.path] for item in self.open if item.path in self.changes)

    @cached_property
    def sheet(self) -> Sheet:
        taken = frozenset(address(permalink(item)) for item in self.wanted)
        return Sheet(self.source, self.options, taken)

    def _sort_out(self) -> None:
        """Part what is as it should be from what needs a look."""
        for item in self.wanted:
            text = self.found.get(item.path)
            if text is not None and text == marks.render(item, self.source):
                self.unchanged.append(item.path)
            else:
                self.open.append(item)
        self._find_there()
        names = {item.path for item in self.wanted} | set(self.there.values())
        for path, text in self.found.items():
            if path not in names and text is not None:
                page = read_marked(path, text)
                if page is not None and is_from(page, self.source):
                    self.stale[path] = page

    def _find_there(self) -> None:
        """Look up the files that have the names of open items, by case alone too."""
        wanted = {item.path for item in self.wanted}
        folded: dict[str, str] | None = None
        for item in self.open:
            path = item.path
            if path not in self.found:
                if folded is None:
                    folded = {_folded(name): name for name in self.found if name not in wanted}
                path = folded.get(_folded(path), "")
            if not path:
                continue
            self.there[item.path] = path
            text = self.found[path]
            page = None if text is None else read_marked(path, text)
            if page is not None and is_from(page, self.source):
                self.ours[item.path] = page

    def _find_moves(self) -> None:
        """Find which pages take which names, where the name alone does not tell."""
        sources = {path: page for path, page in self.stale.items() if page.mark.parts.front}
        targets: dict[str, Page] = {}
        for item in self.open:
            page = self.ours.get(item.path)
            if not isinstance(item, Page):
                continue
            if page is None:
                targets[item.path] = item
            elif not self._is_same(page, item):
                sources[page.path] = page
                targets[item.path] = item
                self.displaced.add(item.path)
        if not (sources and targets):
            return
        pairs = self._waiting(sources, targets)
        superseded = _superseded(sources.values()) | set(pairs.values())
        alive = [page.item for path, page in sources.items() if path not in superseded]
        to_be = {item.path: item_of(item.path, item.front) for item in self._wanted_pages()}
        pairs |= match(
            alive,
            [to_be[path] for path in targets if path not in pairs],
            found=[item for item in self._all_items(to_be, sources) if item.path not in superseded],
            wanted=to_be.values(),
        )
        for path, old_path in pairs.items():
            if old_path != self.there.get(path):
                self.moves[path] = _Move(targets[path], sources[old_path])

    def _wanted_pages(self) -> Iterable[Page]:
        return (item for item in self.wanted if isinstance(item, Page))

    def _all_items(
        self, to_be: Mapping[str, Item], sources: Mapping[str, Marked]
    ) -> Iterable[Item]:
        """Give what tells apart all pages of this sheet that are there."""
        for path in self.unchanged:
            if path in to_be:
                yield to_be[path]
        for page in self.ours.values():
            if page.path not in sources:
                yield page.item
        for page in sources.values():
            yield page.item

    @staticmethod
    def _is_same(page: Marked, item: Page) -> bool:
        """Tell whether a page that has the name of a row is that row's, as far as one can tell."""
        other = item_of(item.path, item.front)
        told = page.item.title or page.item.doi or page.item.url
        return not told or page.item.is_same(other)

    @staticmethod
    def _waiting(sources: Mapping[str, Marked], targets: Mapping[str, Page]) -> dict[str, str]:
        """Pair the pages that a killed run left waiting for a name."""
        waiting = {moving_to(path): path for path in sources}
        return {path: waiting[path] for path in targets if path in waiting}

    def _settle_moves(self) -> None:
        """Rename, unless something keeps a page where it is; then also what waits for its name."""
        self.done |= self.moves.keys()
        leaving = {move.page.path: path for path, move in self.moves.items()}
        blocked = {
            path for path, move in self.moves.items() if not self._can_move(path, move, leaving)
        }
        while waits := {
            path
            for path in self.moves.keys() - blocked
            if leaving.get(self.there.get(path, "")) in blocked
        }:
            blocked |= waits
            for path in sorted(waits):
                self._leave(self.moves[path].page.path, Reason.WAITS, self.there[path])
        for path, move in self.moves.items():
            if path not in blocked and move.change is not None:
                self._change(move.change, move.page)
        self._settle_left_behind(leaving, blocked)

    def _settle_left_behind(self, leaving: Mapping[str, str], blocked: set[str]) -> None:
        """Write the new pages whose names are free now, and remove what renamed pages replace."""
        for item in self.open:
            there = self.there.get(item.path)
            if there is None:
                continue
            if item.path in self.moves:
                if item.path not in blocked and there not in leaving:
                    self.removed.append(Change(What.REMOVED, there, self.found[there], None))
            elif there in leaving:
                self.done.add(item.path)
                if leaving[there] in blocked:
                    self._leave(item.path, Reason.WAITS, there)
                else:
                    self._add(item)

    def _can_move(self, path: str, move: _Move, leaving: Mapping[str, str]) -> bool:
        """Tell whether a page can be renamed, as far as it hangs on no other that is renamed."""
        if not self.complete:
            self._leave(move.page.path, Reason.KEPT_GOING, path)
            return False
        there = self.there.get(path)
        if there is not None and there not in leaving and not self._gives_way(path, there):
            self._leave(move.page.path, Reason.WAITS, there)
            return False
        outcome = settle(move.item, move.page, self.sheet, move.page.yours)
        if isinstance(outcome, Left):
            self.left.append(outcome)
            return False
        move.change = outcome
        return True

    def _gives_way(self, path: str, there: str) -> bool:
        """Tell whether the file that has the name of a row without being its page may go."""
        page = self.ours.get(path)
        if page is None:
            self.left.append(self._in_the_way(there))
            return False
        reason = self._keeps(page)
        if reason is not None:
            self._leave(there, reason)
        return reason is None and self.options.prune

    def _leave(self, path: str, reason: Reason, other: str = "") -> None:
        self.left.append(Left(path, reason, other))

    def _settle_in_place(self, item: Page | Asset) -> None:
        there = self.there.get(item.path)
        if there is None:
            self._add(item)
            return
        page = self.ours.get(item.path)
        if page is None:
            self._take_over(item, there)
            return
        yours = page.yours
        copy = self._copy_of(page) if item.path in self.displaced else None
        if copy is not None:
            # What a run has carried along before it was killed must not stand on two pages.
            rest = tuple(link for link in page.redirects if link not in copy.redirects)
            yours, page = marks.NOTHING, replace(page, redirects=rest)
        outcome = settle(item, page, self.sheet, yours)
        if isinstance(outcome, Left):
            self.left.append(outcome)
        elif outcome is None:
            self.unchanged.append(item.path)
            self._note(item, page)
        else:
            self._change(outcome, page)

    def _take_over(self, item: Page | Asset, there: str) -> None:
        """Settle a row whose name is taken by a file that is not this sheet's."""
        text = self.found[there]
        if text is None or not self.options.adopt:
            self.left.append(self._in_the_way(there))
            return
        page = read_marked(there, text)
        outcome: Change | Left | None
        if page is not None and page.mark.intact:
            outcome = settle(item, page, self.sheet, page.yours)
        else:
            outcome = adopt(item, there, text, self.sheet)
        if isinstance(outcome, Left):
            self.left.append(outcome)
        elif outcome is not None:
            self._change(replace(outcome, what=What.ADOPTED), page)

    def _in_the_way(self, path: str) -> Left:
        text = self.found[path]
        if text is None:
            return Left(path, Reason.NO_TEXT)
        page = read_marked(path, text)
        if page is None:
            return Left(path, Reason.UNMARKED)
        return Left(path, Reason.OTHER_SHEET, detail=page.mark.source)

    def _settle_stale(self) -> None:
        moved = {move.page.path for move in self.moves.values()}
        empty = not self.wanted and not self.options.force
        for path, page in self.stale.items():
            if path in moved:
                continue
            reason = self._keeps(page)
            if not (self.complete and self.options.prune):
                self.kept.append(path)
            elif reason is not None:
                self.left.append(Left(path, reason))
            elif empty:
                self.emptied.append(path)
            else:
                self.removed.append(Change(What.REMOVED, path, page.text, None))

    def _keeps(self, page: Marked) -> Reason | None:
        """Say why a page without a row may not be removed; None where it may."""
        if not page.mark.intact:
            return Reason.EDITED_WITHOUT_ROW
        if page.yours and self._copy_of(page) is None:
            return Reason.YOURS_WITHOUT_ROW
        return None

    def _copy_of(self, page: Marked) -> Marked | None:
        """Find the page to which a run that was killed carried what a person wrote on this one."""
        for other in self._staying[page.yours]:
            if other is not page and other.item.is_same(page.item):
                return other
        return None

    @cached_property
    def _staying(self) -> defaultdict[Yours, list[Marked]]:
        """The pages that their rows keep, under this name or another, by what a person wrote."""
        staying = defaultdict(list)
        for path, page in self.ours.items():
            if path not in self.displaced:
                staying[page.yours].append(page)
        for move in self.moves.values():
            staying[move.page.yours].append(move.page)
        return staying

    def _add(self, item: Page | Asset) -> None:
        self.changes[item.path] = Change(
            What.ADDED, item.path, None, marks.render(item, self.source), item=item
        )

    def _change(self, change: Change, page: Marked | None) -> None:
        self.changes[change.path] = change
        if page is not None and change.item is not None:
            self._note(change.item, page)

    def _note(self, item: Page | Asset, page: Marked) -> None:
        """Take down which of the sheet's keys a person's own take the place of."""
        if isinstance(item, Page) and page.yours.front:
            keys = tuple(key for key in item.front if key in page.yours.keys and key != REDIRECTS)
            if keys:
                self.overrides.append(Override(item.path, keys))
