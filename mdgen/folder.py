"""Files below the site root: the only place where mdgen reads pages and writes anything there.

Each file is written whole under a temporary name in its own folder and then takes its place, so a
reader, or whoever looks after a run was killed, finds it old or new and never in part. (Nothing is
flushed to the disk: a power cut may cost what the operating system still held.) Pages that are
renamed are written anew before the old one goes; where two swap names, one of them waits under a
third name, as a page that the next run knows (see `mdgen.plan.renames.moving_path`).

Two runs at once: `locked` makes one wait for the other. The command line holds that lock from
reading to writing, so the second run plans with what the first has written. The lock is a file of
the filelock library outside the site, where no commit and no build picks it up; it falls with the
process that holds it. What the plan was made from is compared again just before it is replaced, so
a page saved from an editor in between is not overwritten either.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import sys
import tempfile
from contextlib import contextmanager, suppress
from io import FileIO
from typing import TYPE_CHECKING

from mdgen import inputs
from mdgen.plan.steps import Step, steps_of
from mdgen.problems import MdgenError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from mdgen.plan import Change

_PREFIX, _SUFFIX = ".mdgen-", ".tmp"
WAIT = 60.0
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def read(root: Path, folder: str) -> dict[str, str | None]:
    """Read the files of one folder of the site: path from `root`, with `/`, → text as it stands.

    None stands for what is no regular file of UTF-8 text: a folder, a symbolic link, an image. A
    folder that is not there is empty; temporary files of mdgen are none. Folders are not entered.

    Raises `MdgenError` for a folder outside the site and for what cannot be read.
    """
    there = _inside(root, folder)
    contents: dict[str, bytes | None] = {}
    path = folder
    try:
        with os.scandir(there) as listing:
            entries = sorted((each for each in listing if not _is_temporary(each.name)), key=_name)
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            regular = entry.is_file(follow_symlinks=False)
            contents[entry.name] = _content(entry.path) if regular else None
    except FileNotFoundError as error:
        if path != folder:
            raise MdgenError(f"{path}: went away while it was read; run mdgen again") from error
        inputs.folder(there, None)
        return {}
    except OSError as error:
        raise _failure(path, "read", error) from error
    inputs.folder(there, contents.items())
    start = f"{folder}/" if folder else ""
    return {start + name: None if data is None else _text(data) for name, data in contents.items()}


def apply(
    root: Path,
    changes: Sequence[Change],
    *,
    folders: Iterable[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Make `changes` below `root`; what they do not name stays as it is, time stamps included.

    Folders that are missing are made. Files keep their permissions. Temporary files that a killed
    run left in the folders of `changes`, or in `folders`, are removed, also when nothing changes.
    `progress` is told how many of how many steps are done. UTF-8 without byte order mark.

    Raises `MdgenError` naming the path for what the file system refuses, for a path or symbolic
    link that leads out of the site, and for a file that is no longer what the plan was made from.
    The files that were there are then as before, or changed as planned.
    """
    paths = (path for change in changes for path in (change.path, change.old_path) if path)
    names = {path.rpartition("/")[0] for path in paths}
    bases = {name: _inside(root, name) for name in sorted({*names, *folders})}
    with locked(root):
        there = {path for name, base in bases.items() for path in _tidied(name, base)}
        steps = steps_of(changes, there)
        temporary = f"{_PREFIX}{os.getpid()}{_SUFFIX}"
        for done, step in enumerate(steps, start=1):
            _take(step, bases, temporary)
            if progress is not None:
                progress(done, len(steps))


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the lock of the site at `root`; the same thread may hold it more than once.

    Raises `MdgenError` when another run still holds it after a minute.
    """
    import filelock  # noqa: PLC0415 - start-up time

    name = hashlib.sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:16]
    user = "" if sys.platform == "win32" else f"{os.getuid()}-"
    path = os.path.join(tempfile.gettempdir(), f"mdgen-{user}{name}.lock")  # noqa: PTH118
    lock = filelock.FileLock(path, timeout=WAIT, is_singleton=True)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        raise MdgenError(f"{root}: another run of mdgen is busy here; wait for its end") from error
    except OSError as error:
        raise _failure(path, "locked", error) from error
    try:
        yield
    finally:
        lock.release()


def _take(step: Step, bases: Mapping[str, str], temporary: str) -> None:
    folder, _, name = step.path.rpartition("/")
    base = bases[folder]
    _refuse_name(step.path, name)
    try:
        if step.text is None:
            _remove(step, f"{base}{os.sep}{name}")
        else:
            data = _encoded(step.path, step.text)
            _write(step, data, f"{base}{os.sep}{name}", f"{base}{os.sep}{temporary}")
    except OSError as error:
        raise _failure(step.path, "removed" if step.text is None else "written", error) from error


def _write(step: Step, data: bytes, path: str, temporary: str) -> None:
    mode = None
    try:
        info = os.lstat(path)
    except FileNotFoundError:
        if step.before is not None:
            raise _meddled(step.path) from None
    else:
        mode = stat.S_IMODE(info.st_mode)
        content = _regular(step.path, path, info)
        if content == data:
            return
        if step.before is None or content != step.before.encode():
            raise _meddled(step.path)
    try:
        _replace(path, temporary, data, mode)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - no pathlib where every page passes
        _replace(path, temporary, data, mode)


def _replace(path: str, temporary: str, data: bytes, mode: int | None) -> None:
    """Write a file whole, or not at all."""
    file = os.open(temporary, _NEW, 0o666)
    try:
        try:
            written = os.write(file, data)
            while written < len(data):
                written += os.write(file, data[written:])
        finally:
            os.close(file)
        if mode is not None:
            os.chmod(temporary, mode)  # noqa: PTH101 - see above
        os.replace(temporary, path)  # noqa: PTH105 - see above
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108 - see above
        raise


def _remove(step: Step, path: str) -> None:
    try:
        info = os.lstat(path)
    except FileNotFoundError:
        return
    if step.kept_as:
        new = os.path.join(os.path.dirname(path), step.kept_as)  # noqa: PTH118, PTH120
        if os.path.samestat(info, os.lstat(new)):
            # Names that differ by case alone are one file on many systems: it was written just now.
            os.rename(path, new)  # noqa: PTH104
            return
    content = _regular(step.path, path, info)
    if step.before is None or content != step.before.encode():
        raise _meddled(step.path)
    os.unlink(path)  # noqa: PTH108


def _regular(name: str, path: str, info: os.stat_result) -> bytes:
    """Give the content of what a step replaces, if it is a file that may be replaced."""
    if not stat.S_ISREG(info.st_mode):
        kind = "a folder" if stat.S_ISDIR(info.st_mode) else "a link or a device"
        raise MdgenError(f"{name}: is {kind}, where a page has to be; give it another name")
    if not os.access(path, os.W_OK):
        # Replacing needs no permission to write, but whoever takes it away means it.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return _content(path)


def _content(path: str) -> bytes:
    with FileIO(path) as file:
        return file.readall()


def _text(content: bytes) -> str | None:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return None


def _encoded(path: str, text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        half = f"U+{ord(text[error.start]):04X}"
        raise MdgenError(f"{path}: {half} is half of a character; type it again") from error


def _tidied(folder: str, base: str) -> list[str]:
    """Remove the temporary files of runs that were killed, and give the paths of the others.

    While we hold the lock, all temporary files are those of killed runs.
    """
    try:
        names = os.listdir(base)  # noqa: PTH208 - see above
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _failure(folder, "read", error) from error
    start = f"{folder}/" if folder else ""
    for name in filter(_is_temporary, names):
        try:
            os.unlink(f"{base}{os.sep}{name}")  # noqa: PTH108
        except OSError as error:
            raise _failure(f"{start}{name}", "removed", error) from error
    return [start + name for name in names if not _is_temporary(name)]


def _is_temporary(name: str) -> bool:
    return name.startswith(_PREFIX) and name.endswith(_SUFFIX)


def _inside(root: Path, folder: str) -> str:
    """Give the path of a folder of the site; MdgenError for one that is not below `root`."""
    for name in folder.split("/") if folder else ():
        _refuse_name(folder, name)
    path = os.path.join(root, *folder.split("/")) if folder else os.fspath(root)  # noqa: PTH118
    real, home = os.path.realpath(path), os.path.realpath(root)
    if real != home and not real.startswith(home.rstrip(os.sep) + os.sep):
        raise MdgenError(f"{folder}: leads out of the site, to {real}; mdgen writes nothing there")
    return path


def _refuse_name(path: str, name: str) -> None:
    if name in {"", ".", ".."} or "\0" in name or os.path.basename(name) != name:  # noqa: PTH119
        raise MdgenError(f"{path!r}: is no path inside the site; mdgen writes nothing there")


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _meddled(path: str) -> MdgenError:
    return MdgenError(f"{path}: was changed by someone else in the meantime; run mdgen again")


def _failure(path: str, what: str, error: OSError) -> MdgenError:
    return MdgenError(f"{path}: cannot be {what}: {error.strerror or error}")
