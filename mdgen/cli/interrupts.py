"""A Ctrl-C that Python loses is pressed again.

A KeyboardInterrupt that strikes while a callback of a weak reference or a `__del__` runs does not
get out of it: Python prints “Exception ignored in …” and goes on (`sys.unraisablehook` in the
manual). A watch would then wait for ever, and a long run would be written to its end.
"""

from __future__ import annotations

import signal
import sys
from _thread import interrupt_main
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

AGAIN: Final = 0.05  # seconds after which the callback is over


@contextmanager
def heard() -> Iterator[None]:
    """Raise each KeyboardInterrupt in the main thread, also one that was lost, a moment later."""
    before = sys.unraisablehook

    def hook(unraisable: sys.UnraisableHookArgs) -> None:
        if issubclass(unraisable.exc_type, KeyboardInterrupt):
            _press_again()
        else:
            before(unraisable)

    sys.unraisablehook = hook
    try:
        yield
    finally:
        sys.unraisablehook = before


def _press_again() -> None:
    from threading import Timer, main_thread  # noqa: PLC0415 - start-up time

    # A real signal also ends what the main thread waits for: a server's answer, say.
    kill = getattr(signal, "pthread_kill", None)  # Windows has none
    press = partial(kill, main_thread().ident, signal.SIGINT) if kill else interrupt_main
    timer = Timer(AGAIN, press)
    timer.daemon = True
    timer.start()
