"""Sheets of one site that fill one collection.

A lab has one sheet of a kind for each person or group, and jobs stand among the talks where the
site has no collection for them. A paper that stands in two sheets gets one page, that of the sheet
which the settings name first, and two rows cannot have one name. What a sheet asks for therefore
hangs on those before it, also when it is run alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mdgen import marks, runs
from mdgen.kinds import KINDS
from mdgen.pages import Page
from mdgen.plan import Change, What
from mdgen.problems import Place, Problem, SheetError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mdgen.pages import Asset
    from mdgen.plan import Options, Plan
    from mdgen.reading import Reading
    from mdgen.records import Record
    from mdgen.runs import Sheet, Wanted
    from mdgen.settings import Site


class Families:
    """What the sheets of one run ask for; each file is read once."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._readings: dict[Sheet, Reading[Record]] = {}
        self._wanted: dict[Sheet, Wanted] = {}
        self._records: dict[Sheet, Sequence[Record]] = {}

    def read(self, sheet: Sheet) -> Wanted:
        """Read a sheet into the pages it asks for, next to the sheets that come before it.

        Raises `SheetError` for a file that cannot be read at all; those before it may be such.
        """
        if sheet not in self._wanted:
            self._wanted[sheet] = self._read(sheet)
        return self._wanted[sheet]

    def records(self, sheet: Sheet) -> Sequence[Record]:
        """Return the records of a sheet, but for those of which an earlier one has the page."""
        self.read(sheet)
        return self._records[sheet]

    def rows(self, sheet: Sheet) -> list[tuple[Record, Page]]:
        """Return the records of a sheet that have a page of their own, each with it."""
        pages = {item.place: item for item in self.read(sheet).outputs if isinstance(item, Page)}
        return [(each, pages[each.place]) for each in self.records(sheet) if each.place in pages]

    def plan(self, sheet: Sheet, wanted: Wanted, options: Options) -> Plan:
        """Return what must change for the site to be what the sheet says; see `runs.plan_of`.

        A page that the sheet wants, and that the sheet of its mark does not want any more, changes
        hands: it stays what it is, with what a person wrote on it, and gets the mark of this sheet.
        """
        found = runs.found_for(sheet, self._site)
        family = self._family(sheet)
        if len(family) == 1:
            return runs.plan_of(sheet, wanted, found, options)
        handed = _hand_over(found, sheet, dict(self._claims(family)))
        plan = runs.plan_of(sheet, wanted, handed.found, options)
        return handed.as_it_is(plan, wanted.outputs)

    def _read(self, sheet: Sheet) -> Wanted:
        reading = self._reading(sheet)
        family = self._family(sheet)
        earlier = list(self._readable(family[: family.index(sheet)]))
        if not earlier:
            self._records[sheet] = reading.records
            return runs.wanted_of(reading, reading.records, self._site)
        alike = [self._reading(one) for one in earlier if one.kind == sheet.kind]
        records, shared = _not_in(reading.records, alike)
        self._records[sheet] = records
        wanted = runs.wanted_of(reading, records, self._site)
        taken = [item for one in earlier for item in self.read(one).outputs]
        outputs, clashes = _without_clashes(wanted.outputs, taken)
        return replace(
            wanted,
            outputs=tuple(outputs),
            problems=(*wanted.problems, *clashes),
            notices=(*wanted.notices, *shared),
        )

    def _reading(self, sheet: Sheet) -> Reading[Record]:
        if sheet not in self._readings:
            self._refuse_two_kinds(sheet)
            self._readings[sheet] = runs.read_records_of(sheet, self._site)
        return self._readings[sheet]

    def _readable(self, sheets: Iterable[Sheet]) -> Iterator[Sheet]:
        """Give the sheets that can be read; the others are told about when it is their turn."""
        for sheet in sheets:
            try:
                self._reading(sheet)
            except SheetError:
                continue
            yield sheet

    def _family(self, sheet: Sheet) -> tuple[Sheet, ...]:
        """Return the site's sheets that fill one collection, `sheet` among them; else it alone."""
        collection = sheet.record.collection(self._site)
        kinds = [kind for kind in KINDS if KINDS[kind].collection(self._site) == collection]
        family = [one for kind in kinds for one in runs.sheets_of(self._site, kind)]
        same = [(one.kind, one.source) == (sheet.kind, sheet.source) for one in family]
        if not any(same):
            return (sheet,)
        return tuple(sheet if is_it else one for one, is_it in zip(family, same, strict=True))

    def _refuse_two_kinds(self, sheet: Sheet) -> None:
        """Refuse a file that holds two kinds for one collection: their pages have the same mark."""
        for one in self._family(sheet):
            if one.source == sheet.source and one.kind != sheet.kind:
                message = (
                    f"is the sheet of {one.kind} and of {sheet.kind}, whose pages could not be told"
                    f" apart in _{sheet.record.collection(self._site)}/; keep them in two files, or"
                    " declare a collection for each (`mdgen init` does)"
                )
                raise SheetError([Problem(Place(sheet.name), message)])

    def _claims(self, family: Sequence[Sheet]) -> Iterator[tuple[str, frozenset[str]]]:
        """Give the sheets of which it is known what they want, whole, with the paths of that."""
        for one in self._readable(family):
            wanted = self.read(one)
            if not wanted.problems:
                yield marks.escaped(one.source), frozenset(item.path for item in wanted.outputs)


@dataclass(frozen=True, slots=True)
class _Handed:
    """The files found, as if those that changed hands had the new mark already.

    `before` are their texts as they are.
    """

    found: Mapping[str, str | None]
    before: Mapping[str, str]

    def as_it_is(self, plan: Plan, outputs: Iterable[Page | Asset]) -> Plan:
        """Return `plan` as it has to be for the files as they are."""
        changes = [
            replace(change, before=self.before.get(change.old_path or change.path, change.before))
            for change in plan.changes
        ]
        items = {item.path: item for item in outputs}
        changes += [
            Change(What.CHANGED, path, text, self.found[path], item=items[path])
            for path, text in self.before.items()
            if path in plan.unchanged
        ]
        unchanged = tuple(path for path in plan.unchanged if path not in self.before)
        return replace(plan, changes=tuple(changes), unchanged=unchanged)


def _hand_over(
    found: Mapping[str, str | None], sheet: Sheet, claims: Mapping[str, frozenset[str]]
) -> _Handed:
    """Mark the pages that `sheet` takes over, and leave out those that it hands on."""
    mine = marks.escaped(sheet.source)
    result: dict[str, str | None] = {}
    before: dict[str, str] = {}
    for path, text in found.items():
        mark = marks.read_mark(text) if text else None
        owner = marks.escaped(mark.source) if mark else ""
        heir = ""
        if owner in claims and path not in claims[owner]:
            heir = next((one for one, paths in claims.items() if path in paths), "")
        if text is not None and mark is not None and heir == mine:
            before[path] = text
            result[path] = _marked(text, owner, mine, mark.digest)
        elif not (heir and owner == mine):
            result[path] = text
    return _Handed(result, before)


def _marked(text: str, old: str, new: str, digest: str) -> str:
    return text.replace(f"{old} (sha256:{digest})", f"{new} (sha256:{digest})", 1)


def _not_in(
    records: Iterable[Record], earlier: Iterable[Reading[Record]]
) -> tuple[list[Record], list[Problem]]:
    """Return the records that no earlier sheet has, and what to say of the others."""
    known: dict[str, Place] = {}
    for reading in earlier:
        for record in reading.records:
            for name in record.identities:
                known.setdefault(name, record.place)
    own: list[Record] = []
    shared: list[Problem] = []
    for record in records:
        same = next((name for name in record.identities if name in known), None)
        if same is None:
            own.append(record)
        else:
            message = f"is the paper of {known[same]} ({_why(same)}), which has the page of both"
            shared.append(Problem(record.place, message))
    return own, shared


def _why(identity: str) -> str:
    return "same DOI" if identity.startswith("doi:") else "same title and year"


def _without_clashes(
    outputs: Iterable[Page | Asset], taken: Iterable[Page | Asset]
) -> tuple[list[Page | Asset], list[Problem]]:
    """Leave out what has the name or the address of something else of an earlier sheet."""
    places = {name: item.place for item in taken for name in _names(item)}
    good: list[Page | Asset] = []
    problems: dict[Place, Problem] = {}
    for item in outputs:
        other = next((places[name] for name in _names(item) if name in places), None)
        if other is None:
            good.append(item)
        elif isinstance(item, Page):
            message = f"the page {item.path} is also that of {other}; give one another `url_slug`"
            problems[item.place] = Problem(item.place, message)
    clashing = problems.keys()
    return [item for item in good if item.place not in clashing], list(problems.values())


def _names(item: Page | Asset) -> tuple[str, ...]:
    if isinstance(item, Page):
        return item.path.casefold(), str(item.front["permalink"]).casefold()
    return (item.path.casefold(),)
