"""What an entry of a `.bib` file has from others: through `crossref`, and through `xdata`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# They name parents by their keys.
PARENT_FIELDS: Final = ("xdata", "crossref")
# What a child takes from its parent, and under which name where it is another one.
_RENAMED: Final = {"title": "booktitle", "booktitle": "booktitle", "subtitle": "booksubtitle"}
_NOT_INHERITED: Final = frozenset(
    {"crossref", "xref", "xdata", "author", "doi", "url", "eprint", "abstract", "keywords", "note",
     "pages", "label", "ids", "file", "subtitle", "shorttitle"}
)  # fmt: skip


def inherited(
    key: str,
    fields_of: Mapping[str, Mapping[str, str]],
    *,
    as_is: bool,
    seen: frozenset[str] = frozenset(),
) -> dict[str, str]:
    """Return what a child has from the entry `key`, and from that one's own parents.

    `fields_of` are the fields of all entries by their keys in lower case. A child has the fields of
    `xdata` `as_is`; of those of `crossref` only what is true of it, under the names that fit.
    """
    own = fields_of[key]
    fields = dict(own)
    seen |= {key}
    for name in PARENT_FIELDS:
        for above in map(str.strip, fields.get(name, "").lower().split(",")):
            if above in fields_of and above not in seen:
                more = inherited(above, fields_of, as_is=name == "xdata", seen=seen)
                fields = {**more, **fields}
    if as_is:
        return fields
    return {
        _RENAMED.get(name, name): value
        for name, value in fields.items()
        if name not in _NOT_INHERITED and not (name == "title" and "booktitle" in own)
    }
