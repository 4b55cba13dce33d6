"""Real signals, lost as Python loses them."""

from __future__ import annotations

import signal
import sys
import time
import weakref
from typing import NoReturn

import pytest

from mdgen.cli import interrupts

DEADLINE = 30.0


class Thing:
    """Something that a weak reference can hold."""


def _fail(_: object) -> NoReturn:
    raise ValueError("a bug")


def test_a_ctrl_c_that_python_loses_is_pressed_again(capfd: pytest.CaptureFixture[str]) -> None:
    lost = False
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt), interrupts.heard():  # noqa: PT012 - the order is the test
        thing = Thing()
        reference = weakref.ref(thing, lambda _: signal.raise_signal(signal.SIGINT))
        del thing
        lost = reference() is None
        time.sleep(DEADLINE)
    assert lost
    assert time.monotonic() - start < DEADLINE  # it also ends what is waited for
    assert capfd.readouterr().err == ""


def test_any_other_error_that_cannot_be_raised_is_told_as_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda unraisable: told.append(unraisable.exc_type))
    before = sys.unraisablehook
    with interrupts.heard():
        thing = Thing()
        reference = weakref.ref(thing, _fail)
        del thing
        assert reference() is None
    assert told == [ValueError]
    assert sys.unraisablehook is before
