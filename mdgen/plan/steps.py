"""In which order files are written and removed, so that a kill at any moment loses nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mdgen.plan.renames import folded, moving_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from mdgen.plan.changes import Change


@dataclass(frozen=True, slots=True)
class Step:
    """One file that is written, or removed when `text` is None.

    `before` is what must be there, None for nothing. `kept_as` is the name, in the same folder, of
    a page just written from which this one differs by case alone.
    """

    path: str
    text: str | None
    before: str | None
    kept_as: str = ""


def steps_of(changes: Sequence[Change], there: Collection[str] = ()) -> list[Step]:
    """Give the steps that make `changes` where the files `there` are.

    A page that takes another name is written there before it goes where it was, and before another
    page takes its name. Where pages swap names in a ring, one waits under a name of its own.
    """
    order = _Order(changes, there)
    steps = [step for change in changes if change.after is not None for step in order.write(change)]
    gone = (each for each in changes if each.after is None and each.path not in order.targets)
    return [*steps, *(order.remove(change.path, change.before) for change in gone)]


class _Order:
    """Which changes are made already, and which must come first."""

    def __init__(self, changes: Sequence[Change], there: Collection[str]) -> None:
        self.there = there
        self.before = {
            change.old_path or change.path: change.before
            for change in changes
            if change.before is not None
        }
        self.leaving = {change.old_path: change for change in changes if change.old_path}
        self.targets = {change.path for change in changes if change.after is not None}
        self.names = {folded(path): path for path in self.targets} if self.before else {}
        self.done: set[str] = set()

    def write(self, change: Change) -> Iterator[Step]:
        """Write a page, but first, elsewhere, what stands under its name."""
        if change.path in self.done:
            return
        queue, seen = [change], {change.path}
        waiting: Step | None = None
        while (first := self.leaving.get(queue[-1].path)) and first.path not in self.done:
            if first.path in seen:
                waiting = Step(moving_path(first.path, self.there), first.after, None)
                yield waiting
                break
            queue.append(first)
            seen.add(first.path)
        for each in reversed(queue):
            self.done.add(each.path)
            yield Step(each.path, each.after, self.before.get(each.path))
            if each.old_path is not None and each.old_path not in self.targets:
                yield self.remove(each.old_path, each.before)
        if waiting is not None:
            yield Step(waiting.path, None, waiting.text)

    def remove(self, path: str, before: str | None) -> Step:
        same = self.names.get(folded(path), "")
        return Step(path, None, before, kept_as=same.rpartition("/")[2])
