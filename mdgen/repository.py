"""What git knows of the site: the hook asks, for a commit has to hold the pages of its sheets."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from mdgen import folder, marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def left_out(root: Path, folders: Iterable[str], files: Sequence[str] = ()) -> list[str]:
    """Return mdgen's own files in `folders` of the site that git neither tracks nor ignores.

    So are `files`, which carry no mark. Nothing where the site is in no repository, or git is not
    installed. The index is the one that git names to its hooks, so that also `git commit -a` and
    `git commit PATH` are seen as they are.
    """
    existing = [name for name in sorted(set(folders)) if (root / name).is_dir()]
    unmarked = [name for name in files if (root / name).is_file()]
    if not (existing or unmarked):
        return []
    command = ["git", "--literal-pathspecs", "ls-files", "--others", "--exclude-standard", "-z"]
    try:
        listing = subprocess.run(  # noqa: S603 - no shell; the names are those of collections
            [*command, "--", *existing, *unmarked], cwd=root, capture_output=True, check=True
        )
    except (FileNotFoundError, subprocess.CalledProcessError):
        return []
    unknown = set(listing.stdout.decode(errors="surrogateescape").split("\0"))
    found = {path: text for name in existing for path, text in folder.read(root, name).items()}
    ours = [path for path in found if path in unknown and _is_ours(found[path])]
    return [*ours, *(path for path in unmarked if path in unknown)]


def _is_ours(text: str | None) -> bool:
    return text is not None and marks.read_mark(text) is not None
