"""A plan in the words that a person reads before a push."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from mdgen.plan import Reason, What

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mdgen.plan import Change, Left, Plan

_DONE = {
    What.ADDED: "added",
    What.CHANGED: "changed",
    What.RENAMED: "renamed",
    What.ADOPTED: "adopted",
    What.REMOVED: "removed",
}
_TO_DO = {
    What.ADDED: "to add",
    What.CHANGED: "to change",
    What.RENAMED: "to rename",
    What.ADOPTED: "to adopt",
    What.REMOVED: "to remove",
}
_FEW = 3
_REASONS = {
    Reason.EDITED: (
        "{path}: was edited by hand{where}; put the text into the sheet, move it below a line"
        " `<!-- mdgen: yours below -->`, or overwrite it with --force"
    ),
    Reason.EDITED_FILE: (
        "{path}: was edited by hand; put the text into the sheet, or overwrite it with --force"
    ),
    Reason.UNMERGED: (
        "{path}: holds a merge that git could not settle{where}; --force makes it anew from the"
        " sheet"
    ),
    Reason.EDITED_WITHOUT_ROW: (
        "{path}: was edited by hand, and no row asks for it; give it a row, or remove it"
    ),
    Reason.YOURS_WITHOUT_ROW: (
        "{path}: no row asks for it, but somebody wrote below its keep line; give it a row, or"
        " remove it"
    ),
    Reason.UNMARKED: (
        "{path}: is in the way, for mdgen did not write it; move it, or take it over with --adopt"
    ),
    Reason.UNMARKED_FILE: (
        "{path}: is in the way, for mdgen did not write it; move it, or overwrite it with"
        " --adopt --force"
    ),
    Reason.OTHER_SHEET: (
        "{path}: is in the way, for it comes from {detail}; take it over with --adopt if that"
        " sheet has another name now, else take its row out of one of the sheets"
    ),
    Reason.ADDRESS: (
        "{path}: has the address that {other} is to have, and Jekyll would show only one of the"
        " two; give it another `permalink`, or take it over with --adopt"
    ),
    Reason.SAME_ADDRESS: (
        "{path}: has the address of {other}, and Jekyll shows only one of the two; give it another"
        " `permalink`, or remove it"
    ),
    Reason.NO_TEXT: "{path}: is in the way, and is no file of UTF-8 text; move it",
    Reason.UNREADABLE: "{path}: its front matter cannot be read{where}: {detail}; mend it",
    Reason.REDIRECTS: (
        "{path}: its own `redirect_from` below the keep line would hide {detail}{where}; add that"
        " to it"
    ),
    Reason.WAITS: "{path}: waits for {other}, which has to be settled first",
    Reason.KEPT_GOING: "{path}: is not renamed to {other} while rows of the sheet are refused",
}


def exit_code(plan: Plan, *, check: bool = False) -> int:
    """Give 1 when something is left for a person to do, or `check` found differences; else 0."""
    return int(bool(plan.left or plan.emptied or (check and plan.changes)))


def summary(plan: Plan, target: str, *, check: bool = False) -> str:
    """Say in one line what a run did to the pages in `target`, or under `check` has to do.

    `data/talks.csv -> _talks/: 2 added, 1 changed (date), 37 unchanged`. Files that go with pages
    but stand elsewhere are no pages: `(and 2 files in files/bibtex/)` are written or removed too.
    """
    files = [change.path for change in plan.changes if _goes_along(change.path, target)]
    pages = replace(
        plan,
        changes=tuple(each for each in plan.changes if not _goes_along(each.path, target)),
        unchanged=tuple(path for path in plan.unchanged if not _goes_along(path, target)),
        kept=tuple(path for path in plan.kept if not _goes_along(path, target)),
    )
    counts = ", ".join(_counts(pages, check=check))
    return f"{plan.source} -> {target}: {counts}{_beside(files)}"


def lines(plan: Plan, *, check: bool = False) -> list[str]:
    """Name every page and what happens to it, one line each."""
    words = _TO_DO if check else _DONE
    result = [_line(change, words) for change in plan.changes]
    result += [f"unchanged: {path}" for path in plan.unchanged]
    result += [f"kept without a row: {path}" for path in plan.kept]
    result += [f"will not show (`published` is no): {path}" for path in plan.hidden]
    return result


def warnings(plan: Plan) -> list[str]:
    """Say of every page that is left alone why, and what to do; then what else to know."""
    result = [_left(left) for left in plan.left]
    result += [
        f"{each.path}: {_listed(each.keys)} below `# mdgen: yours below` {_stand(each.keys)}"
        " in place of what the sheet says"
        for each in plan.overrides
    ]
    if plan.emptied:
        result.append(
            f"{plan.source}: has no rows; {_pages(len(plan.emptied))} would go with them;"
            " check the sheet, or remove them with --force"
        )
    return result


def _goes_along(path: str, target: str) -> bool:
    return not path.endswith(".md") and not path.startswith(target)


def _beside(files: Sequence[str]) -> str:
    """Say how many files change beside the pages, and in which folders."""
    if not files:
        return ""
    folders = dict.fromkeys(f"{path.rpartition('/')[0]}/" for path in files)
    count = "1 file" if len(files) == 1 else f"{len(files)} files"
    return f" (and {count} in {', '.join(folders)})"


def _counts(plan: Plan, *, check: bool) -> Iterator[str]:
    words = _TO_DO if check else _DONE
    counts = Counter(change.what for change in plan.changes)
    redated = [change.dates for change in plan.changes if change.dates is not None]
    counts[What.RENAMED] -= len(redated)
    yield f"{counts[What.ADDED]} {words[What.ADDED]}"
    yield f"{counts[What.CHANGED]} {words[What.CHANGED]}{_keys(plan)}"
    if redated:
        word = "to re-date" if check else "re-dated"
        yield f"{len(redated)} {word}{_dates(redated)}"
    for what in (What.RENAMED, What.ADOPTED, What.REMOVED):
        if counts[what]:
            yield f"{counts[what]} {words[what]}"
    if plan.kept:
        yield f"{len(plan.kept)} kept without a row"
    if plan.left:
        yield f"{len({left.path for left in plan.left})} left alone"
    if plan.hidden:
        yield f"{len(plan.hidden)} will not show (`published` is no)"
    yield f"{len(plan.unchanged)} unchanged"


def _keys(plan: Plan) -> str:
    """Name what differs on changed pages, where that is little."""
    keys = dict.fromkeys(
        key for change in plan.changes if change.what is What.CHANGED for key in change.keys
    )
    return f" ({', '.join(keys)})" if 0 < len(keys) <= _FEW else ""


def _dates(redated: list[tuple[str, str]]) -> str:
    return f" ({redated[0][0]} -> {redated[0][1]})" if len(set(redated)) == 1 else ""


def _line(change: Change, words: dict[What, str]) -> str:
    path = f"{change.old_path} -> {change.path}" if change.old_path else change.path
    keys = f" ({', '.join(change.keys)})" if change.keys and change.what is not What.ADDED else ""
    return f"{words[change.what]}: {path}{keys}"


def _left(left: Left) -> str:
    where = f", so it is not renamed to {left.other}" if left.other else ""
    return _REASONS[left.reason].format(
        path=left.path, other=left.other, where=where, detail=left.detail
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _stand(names: tuple[str, ...]) -> str:
    return "stands" if len(names) == 1 else "stand"


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"
