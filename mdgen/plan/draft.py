"""A plan in the making: what becomes of each item and of each page that is there, one by one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from mdgen import marks
from mdgen.pages import Page
from mdgen.plan.addresses import REDIRECTS
from mdgen.plan.adopting import adopt, is_same_file
from mdgen.plan.changes import Change, Left, Override, Reason, What
from mdgen.plan.renames import folded
from mdgen.plan.settling import Marked, Sheet, read_marked, settle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mdgen.marks import Yours
    from mdgen.pages import Asset
    from mdgen.plan.sorting import Sorted


@dataclass
class Draft:
    """A plan in the making."""

    sheet: Sheet
    found: Mapping[str, str | None]
    sorted: Sorted
    moves: Mapping[str, Marked]
    complete: bool
    changes: dict[str, Change] = field(default_factory=dict)
    removed: list[Change] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    overrides: list[Override] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    emptied: list[str] = field(default_factory=list)
    done: set[str] = field(default_factory=set)
    """Items that are settled by what moves."""

    def __post_init__(self) -> None:
        self.unchanged += [item.path for item in self.sorted.unchanged]
        self.done.update(self.moves)

    def in_order(self) -> Iterable[Change]:
        """Give the changes in the order of the rows, then what is removed."""
        yield from (
            self.changes[item.path] for item in self.sorted.open if item.path in self.changes
        )
        yield from self.removed

    def settle_moves(self) -> None:
        """Rename, unless something keeps a page where it is; then also what waits for its name."""
        items = {item.path: item for item in self.sorted.open}
        leaving = {page.path: path for path, page in self.moves.items()}
        changes = {
            path: self._move(items[path], page, leaving) for path, page in self.moves.items()
        }
        blocked = {path for path, change in changes.items() if change is None}
        # A name is free when the page that has it can itself take its new name.
        freed_by = {path: leaving.get(self.sorted.there.get(path, "")) for path in self.moves}
        while waits := {
            path for path in self.moves if path not in blocked and freed_by[path] in blocked
        }:
            blocked |= waits
            for path in sorted(waits):
                self._leave(self.moves[path].path, Reason.WAITS, self.sorted.there[path])
        for path, change in changes.items():
            if path not in blocked:
                self._take_down(items[path], self.moves[path], change)
        self._settle_left_behind(leaving, blocked)

    def settle_in_place(self) -> None:
        """Bring to date what has its name already, and add what is missing."""
        for item in self.sorted.open:
            if item.path in self.done:
                continue
            there = self.sorted.there.get(item.path)
            page = self.sorted.ours.get(item.path)
            if there is None:
                self._add(item)
            elif page is None:
                self._take_over(item, there)
            else:
                self._bring_to_date(item, page)

    def settle_stale(self) -> None:
        """Remove the pages without a row, as far as nobody wrote on them."""
        moved = {page.path for page in self.moves.values()}
        empty = not self.sorted.wanted and not self.sheet.options.force
        for path, page in self.sorted.stale.items():
            if path in moved:
                continue
            if not (self.complete and self.sheet.options.prune):
                self.kept.append(path)
            elif (reason := self._keeps(page)) is not None:
                self._leave(path, reason)
            elif empty:
                self.emptied.append(path)
            else:
                self._remove(path)

    def settle_namesakes(self) -> None:
        """Name the pages of others that stand at the address of a page that is there."""
        for path, other in self.sorted.namesakes.items():
            self._leave(other, Reason.SAME_ADDRESS, path)

    def _move(self, item: Page | Asset, page: Marked, leaving: Mapping[str, str]) -> Change | None:
        """Give the change that renames a page, as far as it hangs on no other that is renamed."""
        if not self.complete:
            self._leave(page.path, Reason.KEPT_GOING, item.path)
            return None
        there = self.sorted.there.get(item.path)
        if there is not None and there not in leaving and not self._gives_way(item, there):
            self._leave(page.path, Reason.WAITS, there)
            return None
        outcome = settle(item, page, self.sheet, page.yours)
        if isinstance(outcome, Left):
            self.left.append(outcome)
            return None
        return outcome

    def _gives_way(self, item: Page | Asset, there: str) -> bool:
        """Tell whether the file that has the name of a row without being its page may go."""
        page = self.sorted.ours.get(item.path)
        if page is None:
            self.left.append(self._in_the_way(item, there))
            return False
        reason = self._keeps(page)
        if reason is not None:
            self._leave(there, reason)
        return reason is None and self.sheet.options.prune

    def _settle_left_behind(self, leaving: Mapping[str, str], blocked: set[str]) -> None:
        """Write the new pages whose names are free now, and remove what renamed pages replace."""
        for item in self.sorted.open:
            there = self.sorted.there.get(item.path)
            if there is None:
                continue
            if item.path in self.moves:
                if item.path not in blocked and there not in leaving:
                    self._remove(there)
            elif there in leaving:
                self.done.add(item.path)
                if leaving[there] in blocked:
                    self._leave(item.path, Reason.WAITS, there)
                else:
                    self._add(item)

    def _bring_to_date(self, item: Page | Asset, page: Marked) -> None:
        yours = page.yours
        copy = self._copy_of(page) if item.path in self.sorted.displaced else None
        if copy is not None:
            # What a run has carried along before it was killed must not stand on two pages.
            rest = tuple(link for link in page.redirects if link not in copy.redirects)
            yours, page = marks.NOTHING, replace(page, redirects=rest)
        self._take_down(item, page, settle(item, page, self.sheet, yours))

    def _take_over(self, item: Page | Asset, there: str) -> None:
        """Settle a row whose name is taken by a file that is not this sheet's."""
        text = self.found[there]
        if text is None or not self.sheet.options.adopt:
            self.left.append(self._in_the_way(item, there))
            return
        page = read_marked(there, text)
        if page is not None and page.mark.intact:
            outcome = settle(item, page, self.sheet, page.yours)
        else:
            outcome = adopt(item, there, text, self.sheet)
        if isinstance(outcome, Change):
            outcome = replace(outcome, what=What.ADOPTED)
        self._take_down(item, page, outcome)

    def _in_the_way(self, item: Page | Asset, path: str) -> Left:
        text = self.found[path]
        if text is None:
            return Left(path, Reason.NO_TEXT)
        page = read_marked(path, text)
        if page is None and folded(path) == folded(item.path):
            adoptable = isinstance(item, Page) or is_same_file(item, text)
            return Left(path, Reason.UNMARKED if adoptable else Reason.UNMARKED_FILE)
        if page is None or folded(path) != folded(item.path):
            return Left(path, Reason.ADDRESS, item.path)
        return Left(path, Reason.OTHER_SHEET, detail=page.mark.source)

    def _keeps(self, page: Marked) -> Reason | None:
        """Say why a page without a row may not be removed; None where it may."""
        if not page.mark.intact:
            return Reason.EDITED_WITHOUT_ROW
        if page.yours and self._copy_of(page) is None:
            return Reason.YOURS_WITHOUT_ROW
        return None

    def _copy_of(self, page: Marked) -> Marked | None:
        """Find the page to which a run that was killed carried what a person wrote on this one."""
        others = [*self._staying[page.yours], *self._settled(page)]
        for other in others:
            if other is not page and other.yours == page.yours and other.item.is_same(page.item):
                return other
        return None

    @cached_property
    def _staying(self) -> defaultdict[Yours, list[Marked]]:
        """The pages in question that stay, under this name or another, by what is written there."""
        staying = defaultdict(list)
        for path, page in self.sorted.ours.items():
            if path not in self.sorted.displaced:
                staying[page.yours].append(page)
        for page in self.moves.values():
            staying[page.yours].append(page)
        return staying

    def _settled(self, page: Marked) -> Iterable[Marked]:
        """Read the pages that need no change and have the title of this one."""
        paths = self._settled_by_title[str(page.told.get("title", ""))]
        others = (read_marked(path, self.found[path] or "") for path in paths)
        return [other for other in others if other is not None]

    @cached_property
    def _settled_by_title(self) -> defaultdict[str, list[str]]:
        by_title = defaultdict(list)
        for item in (each for each in self.sorted.unchanged if isinstance(each, Page)):
            by_title[str(item.front.get("title", ""))].append(item.path)
        return by_title

    def _leave(self, path: str, reason: Reason, other: str = "") -> None:
        self.left.append(Left(path, reason, other))

    def _add(self, item: Page | Asset) -> None:
        text = marks.render(item, self.sheet.source)
        self.changes[item.path] = Change(What.ADDED, item.path, None, text, item=item)

    def _remove(self, path: str) -> None:
        self.removed.append(Change(What.REMOVED, path, self.found[path], None))

    def _take_down(
        self, item: Page | Asset, page: Marked | None, outcome: Change | Left | None
    ) -> None:
        """Take down what becomes of an item, and which of its keys a person's own replace."""
        if isinstance(outcome, Left):
            self.left.append(outcome)
            return
        if outcome is None:
            self.unchanged.append(item.path)
        else:
            self.changes[item.path] = outcome
        if page is not None and page.yours.front and isinstance(item, Page):
            own = page.yours.keys
            keys = tuple(key for key in item.front if key in own and key != REDIRECTS)
            if keys:
                self.overrides.append(Override(item.path, keys))
