"""The kinds of sheets. A new kind is a module beside these, and one entry in the table below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mdgen.records import Record

# Kind → its record class, in the module of the kind's name.
_CLASSES: Final = {
    "publications": "Publication",
    "talks": "Talk",
    "experience": "Job",
    "teaching": "Course",
}


class _Kinds(Mapping[str, "type[Record]"]):
    """The record classes by kind; each is imported when it is asked for, to start up quickly."""

    def __getitem__(self, kind: str) -> type[Record]:
        name = _CLASSES[kind]
        record: type[Record] = getattr(import_module(f"mdgen.kinds.{kind}"), name)
        return record

    def __iter__(self) -> Iterator[str]:
        return iter(_CLASSES)

    def __len__(self) -> int:
        return len(_CLASSES)


KINDS: Final = _Kinds()
