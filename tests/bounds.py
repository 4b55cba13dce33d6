"""What stays as it is, and what ends in time: also on a machine that is busy with other things."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


def stamps(paths: Iterable[Path]) -> list[tuple[int, int, int, int, int]]:
    """Return what changes of each file when anybody touches it; reading it does not."""
    stats = [path.stat() for path in paths]
    return [(s.st_ino, s.st_mode, s.st_size, s.st_mtime_ns, s.st_ctime_ns) for s in stats]


@contextmanager
def processor_time(seconds: float) -> Iterator[None]:
    """Fail where the block takes more of the processor: a hundred times what it should need."""
    start = time.process_time()
    yield
    assert time.process_time() - start < seconds
