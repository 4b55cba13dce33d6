"""What a run has looked at on the disk, so that a later one can tell whether it would see the same.

Whoever looks says so (`file`, `there`, `folder`, `tree`); that is kept only while somebody listens
(`recorded`). `same` looks again at everything that was recorded. Only contents count, never times.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from contextvars import ContextVar
from io import FileIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_looks: ContextVar[dict[str, str] | None] = ContextVar("looks", default=None)


@contextmanager
def recorded() -> Iterator[dict[str, str]]:
    """Collect all looks that are told meanwhile: what was looked at → a digest of what was seen."""
    looks: dict[str, str] = {}
    token = _looks.set(looks)
    try:
        yield looks
    finally:
        _looks.reset(token)


def same(looks: Mapping[str, str]) -> bool:
    """Tell whether the disk shows what it showed when `looks` were recorded."""
    return all(_AGAIN[look[0]](look[2:]) == seen for look, seen in looks.items())


def file(path: str | os.PathLike[str], data: bytes | None) -> None:
    """Tell that a file was read and held `data`; None if it could not be read."""
    _tell("f", path, lambda: _of_data(data))


def there(path: str | os.PathLike[str]) -> None:
    """Tell that it was asked whether something is at `path`, and what kind of thing."""
    _tell("t", path, lambda: _there(os.path.abspath(path)))


def folder(path: str | os.PathLike[str], files: Iterable[tuple[str, bytes | None]] | None) -> None:
    """Tell that the files of a folder were read: names and contents, None for what is no file.

    They come in the order of their names. `files` is None for a folder that is not there.
    """
    _tell("d", path, lambda: _of_files(files))


def tree(path: str | os.PathLike[str]) -> None:
    """Tell that all files at whatever depth below `path` were read."""
    _tell("r", path, lambda: _tree(os.path.abspath(path)))


def passing() -> None:
    """Tell of a look at something that cannot be looked at again: a page on the web."""
    looks = _looks.get()
    if looks is not None:
        looks["p:"] = "gone"


def _tell(look: str, path: str | os.PathLike[str], seen: Callable[[], str]) -> None:
    looks = _looks.get()
    if looks is not None:
        looks[f"{look}:{os.path.abspath(path)}"] = seen()


def _of_data(data: bytes | None) -> str:
    return "-" if data is None else hashlib.sha256(data).hexdigest()


def _of_files(files: Iterable[tuple[str, bytes | None]] | None) -> str:
    if files is None:
        return "-"
    # One digest goes over all files: thousands of small ones take as long to make as to feed. With
    # its length before it, no content can pass for the name of the next file.
    digest = hashlib.sha256()
    for name, data in files:
        size = "-" if data is None else len(data)
        digest.update(f"{name}\0{size}\0".encode("utf-8", "surrogateescape") + (data or b""))
    return digest.hexdigest()


def _there(path: str) -> str:
    return "folder" if os.path.isdir(path) else "file" if os.path.exists(path) else "-"


def _file(path: str) -> str:
    return _of_data(_read(path))


def _folder(path: str) -> str:
    try:
        with os.scandir(path) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
        return _of_files(
            (entry.name, _read(entry.path) if entry.is_file(follow_symlinks=False) else None)
            for entry in entries
        )
    except OSError:
        return "-"


def _tree(path: str) -> str:
    return _of_files(
        (os.path.relpath(os.path.join(base, name), path), _read(os.path.join(base, name)))
        for base, _, names in sorted(os.walk(path))
        for name in sorted(names)
    )


def _read(path: str) -> bytes | None:
    try:
        # Not `open`: its buffer costs two more calls of the system for each page.
        with FileIO(path) as opened:
            return opened.readall()
    except OSError:
        return None


_AGAIN: Final[Mapping[str, Callable[[str], str]]] = {
    "f": _file,
    "t": _there,
    "d": _folder,
    "r": _tree,
    "p": lambda _: "",
}
