"""What `mdgen watch` looks at, and when a save of it is complete and worth a run.

Only the files that a run reads are looked at, by their names. So nothing else can set off a run:
not the pages that it writes, and not the lock, backup and temporary files of spreadsheet programs
and editors. A save counts by what it leaves behind, whether it was written in place or renamed.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from mdgen.kinds import KINDS
from mdgen.runs import usual_names
from mdgen.settings import CONFIG
from mdgen.sheets import is_address
from mdgen.talkmap.site import TABLE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from mdgen.settings import Site

QUIET: Final = 0.3  # seconds without a change after which a save is taken to be complete
PATIENCE: Final = 2.0  # seconds that a sheet which is gone, empty or cut off gets to become whole
LOOK: Final = 1.0  # seconds between two looks where no event tells of a save: network drives


class Stamp(NamedTuple):
    """What tells one state of a file from the next. `whole`: it can be read to its end."""

    inode: int
    size: int
    modified: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Watch:
    """The files as they were when the pages were made, and as they were last seen, since when."""

    made_from: Mapping[Path, Stamp | None]
    seen: Mapping[Path, Stamp | None]
    since: float = 0.0

    @classmethod
    def start(cls, files: Iterable[Path]) -> Self:
        """Return a watch on `files`, from which the pages are made now."""
        stamps = stamps_of(files)
        return cls(stamps, stamps)

    def on(self, files: Collection[Path]) -> Self:
        """Return a watch on `files`; those that are watched already keep their stamps."""
        stamps = stamps_of(files) | {path: self.seen[path] for path in files if path in self.seen}
        return replace(self, made_from=stamps, seen=stamps)

    def look(self, now: float) -> Self:
        """Return this watch after another look at its files, at the time `now`."""
        stamps = stamps_of(self.seen)
        return self if stamps == self.seen else replace(self, seen=stamps, since=now)

    @property
    def changed(self) -> tuple[Path, ...]:
        """Return the files that are not as they were when the pages were made."""
        return tuple(path for path in self.seen if self.seen[path] != self.made_from[path])

    @property
    def gone(self) -> tuple[Path, ...]:
        """Return those of the changed files that are not there any more."""
        return tuple(path for path in self.changed if self.seen[path] is None)

    def is_due(self, now: float) -> bool:
        """Tell whether it is time for a run: something changed, and its save is complete.

        A file that is not whole is given time, for programs empty or remove a file before they
        write it. When that time is over, a run says what is wrong with it.
        """
        stamps = [self.seen[path] for path in self.changed]
        whole = all(stamp is not None and stamp.whole for stamp in stamps)
        return bool(stamps) and now - self.since >= (QUIET if whole else PATIENCE)


def files_of(root: Path, site: Site | None) -> tuple[Path, ...]:
    """Return the files from which pages and map of a site are made, also those that may come.

    Without `site`, whose settings cannot be read, these are the sheets under their usual names.
    """
    names = [CONFIG, TABLE]
    for kind in KINDS:
        named = site.sheets.get(kind) if site else None
        names += [name for name in named or usual_names(kind) if not is_address(name)]
    return tuple(dict.fromkeys(root / name for name in names))


def folders_of(files: Iterable[Path]) -> tuple[Path, ...]:
    """Return the folders in which saves of `files` happen, as far as they exist.

    A file that is a symbolic link is saved in the folder of what it leads to.
    """
    parents = {file.parent for path in files for file in (path, Path(os.path.realpath(path)))}
    return tuple(sorted(parent for parent in parents if parent.is_dir()))


def stamps_of(files: Iterable[Path]) -> dict[Path, Stamp | None]:
    """Return the stamps that `files` have now; None for what is not there."""
    return {path: _stamp(path) for path in files}


def looks(folders: Collection[Path]) -> Iterator[None]:
    """Yield whenever it is time to look: now, at once after any event in `folders`, each second.

    Needs watchfiles. Where the system tells of no events, the looks of each second remain.
    """
    import watchfiles  # noqa: PLC0415 - an extra, and start-up time

    yield
    try:
        events = watchfiles.watch(
            *folders,
            watch_filter=None,
            debounce=100,
            rust_timeout=int(LOOK * 1000),
            yield_on_timeout=True,
            recursive=False,
        )
        while True:
            next(events)
            yield
    except OSError:  # a folder went away just now, or other programs took all that inotify has
        while True:
            time.sleep(LOOK)
            yield


def _stamp(path: Path) -> Stamp | None:
    try:
        info = path.stat()
    except OSError:
        return None
    return Stamp(info.st_ino, info.st_size, info.st_mtime_ns, _is_whole(path))


def _is_whole(path: Path) -> bool:
    """Tell whether a file can be opened, has begun and, if it is a ZIP archive, has its end."""
    import zipfile  # noqa: PLC0415 - start-up time

    try:
        with path.open("rb") as file:
            start = file.read(2)
            return start != b"" and (start != b"PK" or zipfile.is_zipfile(file))
    except OSError:
        return False
