"""The kinds of sheets. A new kind is a module beside these, and one entry in `KINDS`."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from mdgen.kinds.experience import Job
from mdgen.kinds.publications import Publication
from mdgen.kinds.talks import Talk
from mdgen.kinds.teaching import Course

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mdgen.records import Record

KINDS: Final[Mapping[str, type[Record]]] = MappingProxyType(
    {kind.KIND: kind for kind in (Publication, Talk, Job, Course)}
)
