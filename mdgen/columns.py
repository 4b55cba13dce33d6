"""Columns: how a kind declares them, and how the titles that people type are matched to them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import Field, dataclass, field, fields
from functools import cache
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from mdgen.languages import TITLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from mdgen.settings import Site

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_METADATA = "mdgen.column"


@dataclass(frozen=True, slots=True)
class Cells:
    """All filled cells of one column, and what reading them may depend on.

    `rows` are the whole rows in which they stand. `warn` takes what was understood only by changing
    it; the reader adds the place: that of the cell which is being read, before the first cell that
    of the column. `beside` gives back the text of a file that a cell names, looked up from the
    sheet's folder; it raises `Refusal` for one that is not there or not below the site.
    """

    texts: Sequence[str]
    rows: Sequence[Sequence[str]]
    site: Site
    warn: Callable[[str], None]
    beside: Callable[[str], str]


class Accepts(Protocol[T_co]):
    """What a column accepts.

    `wants` says it in a few words, for people. `reader` looks at the whole column once (a single
    15/5/2020 settles how 3/4/2021 is meant) and gives back what reads one filled cell; that raises
    `Refusal` for a text which the column cannot take.
    """

    @property
    def wants(self) -> str:
        """Return what may stand in a cell, as the column tables say it."""

    @property
    def follows_links(self) -> bool:
        """Tell whether a cell that a workbook links somewhere, and is no address, is the target."""

    @property
    def takes_any_text(self) -> bool:
        """Tell whether a cell is shown as typed, so that `n/a` and `-` are text like any other."""

    def gather(self, titles: Sequence[str], cells: Sequence[str]) -> str:
        """Return the text of the cell that several columns of a sheet can fill, likeliest first."""

    def reader(self, cells: Cells) -> Callable[[str], T_co]:
        """Return the function that turns one filled cell into its value."""


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column of a kind: `name` in the sheet, and everything that is said about it."""

    name: str
    accepts: Accepts[T]
    aliases: tuple[str, ...]
    required: bool
    empty: T | None
    about: str
    example: str


@dataclass(frozen=True, slots=True)
class _Declared(Generic[T]):
    accepts: Accepts[T]
    aliases: tuple[str, ...]
    required: bool
    about: str
    example: str


def required(accepts: Accepts[T], *, about: str, example: str, aliases: str = "") -> T:
    """Declare a field of a record as a column that must be filled.

    `aliases` are other titles for it, separated by spaces, the likeliest first: where several of
    them stand in one sheet, the first filled cell counts.
    """
    declared = _Declared(accepts, tuple(aliases.split()), True, about, example)  # noqa: FBT003
    made: T = field(metadata={_METADATA: declared})
    return made


def optional(
    accepts: Accepts[T], empty: T, *, about: str, example: str = "", aliases: str = ""
) -> T:
    """Declare a field of a record as a column that may be empty, and is then `empty`."""
    declared = _Declared(accepts, tuple(aliases.split()), False, about, example)  # noqa: FBT003
    return field(default=empty, metadata={_METADATA: declared})


def columns_of(record: type) -> tuple[Column[object], ...]:
    """Return the columns of a record class: its own in their order, then those of all kinds."""
    return _columns_of(record)


@cache
def _columns_of(record: type) -> tuple[Column[object], ...]:
    own = set(record.__annotations__)
    declared = sorted(_declared(fields(record)), key=lambda pair: pair[0].name not in own)
    return tuple(
        Column(
            name=item.name,
            accepts=column.accepts,
            aliases=(*column.aliases, *TITLES.get(item.name, ())),
            required=column.required,
            empty=None if column.required else item.default,
            about=column.about,
            example=column.example,
        )
        for item, column in declared
    )


def _declared(items: Iterable[Field[object]]) -> Iterable[tuple[Field[object], _Declared[object]]]:
    for item in items:
        if _METADATA in item.metadata:
            yield item, item.metadata[_METADATA]


def fold(title: str) -> str:
    """Return what counts of a column's title: letters and digits, without case and accents."""
    if not title.isascii():
        title = _ACCENTS.sub("", unicodedata.normalize("NFKD", title))
    return re.sub(r"[\W_]+", "", title).casefold()


def readings(title: str) -> tuple[tuple[str, ...], ...]:
    """Return what else a title may mean, the likeliest first: folded words for one and the same.

    It may have a number or a remark (`2. Date (YYYY-MM-DD)`), be said the long way (`Year of
    publication`, `Link to paper`, `Titre de la communication`), in the plural, in full (`Full
    author list`, `Talk abstract`), with another word for a link (`Web address`), or in several
    words (`Journal / Conference`, `City, State`).
    """
    plain = without_remark(" ".join(_SPACES.split(title)))
    words = [fold(word) for word in _EITHER.split(plain)]
    spoken = _LONG_WAY.sub(r"\2 \1", plain)
    long_way = fold(spoken)
    bare = _FULLY.sub("", spoken)
    return (
        (fold(plain),),
        (long_way,),
        (long_way.removesuffix("s"),),
        *((word,) for word in _said_of(plain)),
        tuple(filter(None, words)),
        (fold(_LINK.sub("url", spoken)),),
        (fold(bare),),
        (fold(_LINK.sub("url", bare)),),
        *_without_subject(bare),
    )


def without_remark(title: str) -> str:
    """Return `Journal URL` of `4. Journal URL (if any)`."""
    return _REMARK.sub(" ", _NUMBER.sub("", title)).strip()


def _without_subject(title: str) -> tuple[tuple[str, ...], ...]:
    """Return `abstract` of `Talk abstract`; `Course code` and `Place of publication` are more."""
    rest = _SUBJECT.sub("", title)
    if rest == title or _NUMBERED.fullmatch(rest):
        return ()
    return ((fold(rest),), (fold(_LINK.sub("url", rest)),))


def _said_of(title: str) -> tuple[str, ...]:
    """Return `titel` of `Titel des Vortrags`; of a name or a link, what it is a name or link of."""
    if not (found := _OF.fullmatch(title)):
        return ()
    head, tail = map(fold, found.groups())
    if head in _NAMES:
        return (tail,)
    return (tail, head) if head in _LINKS else (head,)


_OF = re.compile(
    r"(\w+) (?:de (?:la |las |los |l['’])?|du |des |del |della |dell['’]|do |da |dos |das |di |der "
    r"|van (?:het |de )?)(\w+)",
    re.IGNORECASE,
)
_NAMES = frozenset({"nom", "nome", "nombre", "name", "naam", "liste", "lista"})
_LINKS = frozenset({"link", "lien", "enlace", "url"})
_ACCENTS = re.compile("[\u0300-\u036f]")
_REMARK = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）|:.*| [–—-] .*")
_SPACES = re.compile(r"[\s_]+")
_NUMBER = re.compile(r"^\d+[.)] *")
_FULLY = re.compile(r"^(?:full|complete|all|my|list of) | list$", re.IGNORECASE)
_LINK = re.compile(
    r"\b(?:web ?|hyper ?)?link\b|\bweb ?(?:address|page|site)\b|\bhome ?page\b", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"^(?:paper|article|publication|manuscript|talk|presentation|lecture|event|course|class|module)"
    r" (?=\w)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"no\.?|nr\.?|number|id|code|place|city|country", re.IGNORECASE)
_EITHER = re.compile(r"[/|&+,／、，]|\b(?:or|and|oder|und|ou|et|o|y)\b", re.IGNORECASE)
_LONG_WAY = re.compile(r"(\w+) (?:of|to|for)(?: (?:the|a|an|my))? (\w+)", re.IGNORECASE)


def snake_case(title: str) -> str:
    """Return the front-matter key that a title gives: `Impact factor` → `impact_factor`."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", title)
    return re.sub(r"[\W_]+", "_", words).strip("_").casefold()
