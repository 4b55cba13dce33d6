"""A sheet's file written anew: whole, or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from mdgen.problems import MdgenError


def save(path: Path, data: bytes, before: bytes | None) -> None:
    """Write the sheet at `path`, which held `before` (None: there was none).

    Whoever reads it meanwhile finds it old or new. Permissions stay, a symbolic link too. Raises
    `MdgenError` when the file holds something else by now, and for what the file system refuses.
    """
    real = Path(os.path.realpath(path))
    try:
        if _content(real) != before:
            raise MdgenError(
                f"{path}: was changed by someone else in the meantime; run mdgen again"
            )
        if before is not None:
            # Replacing needs no permission to write, but whoever takes it away means it.
            real.open("r+b").close()
        real.parent.mkdir(parents=True, exist_ok=True)
        _replace(real, data)
    except OSError as error:
        raise MdgenError(f"{path}: cannot be written: {error.strerror or error}") from error


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _replace(path: Path, data: bytes) -> None:
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".mdgen-", suffix=".tmp")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
        Path(name).chmod(_mode(path))
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _mode(path: Path) -> int:
    """Return the permissions of the file, or those that a new one gets here."""
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
