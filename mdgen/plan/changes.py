"""What a run changes, and what it leaves alone: the values that all modes of mdgen read."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mdgen.pages import Asset, Page


class What(StrEnum):
    """What happens to a file."""

    ADDED = "added"
    CHANGED = "changed"
    RENAMED = "renamed"
    ADOPTED = "adopted"
    REMOVED = "removed"


class Reason(StrEnum):
    """Why a page is left alone although it is not what the sheet says."""

    EDITED = "edited"
    """A person edited its generated part."""
    EDITED_FILE = "edited file"
    """As before, and it has no keep lines below which to move what was written."""
    UNMERGED = "unmerged"
    """Its generated part holds both sides of a merge that git could not settle."""
    EDITED_WITHOUT_ROW = "edited, without a row"
    """A person edited its generated part, and its row is gone."""
    YOURS_WITHOUT_ROW = "yours, without a row"
    """Its row is gone, and a person wrote below a keep line."""
    UNMARKED = "unmarked"
    """A file without mark has the name of a page to be."""
    UNMARKED_FILE = "unmarked file"
    """As before, and it has no keep lines under which to keep what it says."""
    OTHER_SHEET = "other sheet"
    """A page of the sheet `detail` has the name of a page to be."""
    ADDRESS = "address"
    """A page of somebody else's has the permalink that the page `other` is to have."""
    SAME_ADDRESS = "same address"
    """As before, and `other` is there."""
    NO_TEXT = "no text"
    """What has the name of a page to be is a folder, a link, or no UTF-8 text."""
    UNREADABLE = "unreadable"
    """Its front matter, or what stands below its keep line, is no YAML: `detail` says why."""
    REDIRECTS = "redirects"
    """A person's own `redirect_from` lacks the old permalinks that `detail` lists."""
    WAITS = "waits"
    """It cannot take the name `other` before the file there is settled."""
    KEPT_GOING = "kept going"
    """Other rows were refused: only a whole sheet renames."""


@dataclass(frozen=True, slots=True)
class Change:
    """One file that a run writes or removes.

    `path` is where the item of the sheet is afterwards (for a removed page: was), `old_path` where
    it was, if elsewhere. `before` and `after` are whole texts; None is no file. `keys` names what
    differs: front-matter keys as they are written, then `body`. `dates` is from and to, where a
    renamed page got another date.
    """

    what: What
    path: str
    before: str | None
    after: str | None
    old_path: str | None = None
    item: Page | Asset | None = None
    keys: tuple[str, ...] = ()
    dates: tuple[str, str] | None = None

    @property
    def diff(self) -> str:
        """The change as a unified diff that `git apply` understands."""
        old, new = self.old_path or self.path, self.path
        lines = list(_hunks(self.before or "", self.after or ""))
        head = [f"diff --git {_name('a/' + old)} {_name('b/' + new)}\n"]
        if self.before is None:
            head.append("new file mode 100644\n")
        elif self.after is None:
            head.append("deleted file mode 100644\n")
        elif old != new:
            head += [f"rename from {_name(old)}\n", f"rename to {_name(new)}\n"]
        if lines:
            head.append(f"--- {_label('a/', old, self.before)}\n")
            head.append(f"+++ {_label('b/', new, self.after)}\n")
        return "".join(head + lines)


@dataclass(frozen=True, slots=True)
class Left:
    """A page that is left alone, and why; `other` and `detail` are what the reason speaks of."""

    path: str
    reason: Reason
    other: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Override:
    """Keys that a person gives below the keep line of a page, in place of what the sheet says."""

    path: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """What a person asked for: `--force`, `--adopt`, and, unless `--no-prune`, `prune`."""

    force: bool = False
    adopt: bool = False
    prune: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a run does to the files of one sheet; the same for writing, check and diff.

    `kept` are pages whose rows are gone and that `--no-prune` or `--keep-going` keeps. `emptied`
    are pages that a sheet without rows would have removed: they are not among the changes.
    `hidden` are pages of rows whose `published` is no.
    """

    source: str
    changes: tuple[Change, ...] = ()
    left: tuple[Left, ...] = ()
    overrides: tuple[Override, ...] = ()
    unchanged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    @property
    def in_step(self) -> bool:
        """Whether the files are what the sheet says, so that nothing is left to do or to tell."""
        return not (self.changes or self.left or self.emptied)

    @property
    def diff(self) -> str:
        """All changes as one unified diff."""
        return "".join(change.diff for change in self.changes)


def _hunks(before: str, after: str) -> Iterator[str]:
    hunks = difflib.unified_diff(_lines(before), _lines(after))
    for number, line in enumerate(hunks):
        if number < 2:  # noqa: PLR2004 - difflib's own two lines of names
            continue
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    # Git parts lines at LF alone, str.splitlines at ten other characters too.
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _label(side: str, path: str, text: str | None) -> str:
    if text is None:
        return "/dev/null"
    name = _name(side + path)
    # As git does: a tab ends a name with a space, which a reader could not tell from a date.
    return f"{name}\t" if " " in path and not name.startswith('"') else name


def _name(path: str) -> str:
    """Quote a path as git does where it would not stand for itself."""
    if not re.search(r'[\x00-\x1f"\\\x7f]', path):
        return path
    return '"' + re.sub(r'[\x00-\x1f"\\\x7f]', lambda found: f"\\{ord(found[0]):03o}", path) + '"'
