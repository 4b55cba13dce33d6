"""The proof that nothing has changed: what `mdgen check` found in order, and from which inputs.

When a check ends well, everything it looked at is kept with its answer, as digests, in the user's
cache folder. The next check looks at the same things again; where all are the same, so is the
answer, and neither the sheets are read nor pandas is imported. A proof that is missing, damaged, or
another site's only means that the work is done anew. Of the site only contents count, never time
stamps, so a proof that a copy, a merge or a clock has made stale cannot give a wrong answer.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mdgen import __version__, inputs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PACKAGE: Final = Path(__file__).parent


def key_of(words: Iterable[str]) -> str:
    """Return the name under which the proof of a command is kept.

    It stands for the command's words, the working directory, and the programs that would do the
    work: mdgen itself, Python, and what is installed beside it.
    """
    told = [__version__, sys.version, os.getcwd(), *words, *_programs()]  # noqa: PTH109 - as shown
    return hashlib.sha256("\0".join(told).encode("utf-8", "surrogateescape")).hexdigest()


def recall(key: str) -> list[str] | None:
    """Return the lines that the command printed when it ended well, if it would print them now."""
    try:
        proof = json.loads(_path(key).read_bytes())
        looks, lines = proof["looks"], proof["lines"]
        return list(lines) if looks and inputs.same(looks) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def keep(key: str, looks: Mapping[str, str], lines: Iterable[str]) -> None:
    """Keep that a command ended well and printed `lines`, having looked at `looks`.

    Where the cache folder cannot be written, nothing is kept, and nothing is said.
    """
    path = _path(key)
    text = json.dumps({"looks": dict(looks), "lines": list(lines)})
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink()


def _path(key: str) -> Path:
    import platformdirs  # noqa: PLC0415 - start-up time

    return platformdirs.user_cache_path("mdgen", appauthor=False) / f"{key[:32]}.json"


def _programs() -> Iterable[str]:
    """Give what changes when mdgen is edited, or a library beside it installed or removed."""
    for folder in (_PACKAGE, *(path for path in _PACKAGE.rglob("*") if path.is_dir())):
        if folder.name != "__pycache__":
            yield from _stamps(folder)
    for name in sys.path:
        if name.endswith("site-packages"):
            yield f"{name} {_changed(name)}"


def _stamps(folder: Path) -> Iterable[str]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_file():
                yield f"{entry.path} {entry.stat().st_mtime_ns}"


def _changed(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116 - a name of sys.path
    except OSError:
        return 0
