"""Records as the sections of a CV, in the names that the theme's /cv-json/ page reads.

That page prints every value as it is: what stands here is HTML, safe and on one line.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

from mdgen import markup
from mdgen.citations.titles import inline_title
from mdgen.kinds.experience import Job
from mdgen.kinds.publications import Publication
from mdgen.kinds.talks import Talk
from mdgen.kinds.teaching import Course

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from markdown_it import MarkdownIt

    from mdgen.records import Record
    from mdgen.settings import Site

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
Entry: TypeAlias = dict[str, Json]

# Which sections come from the sheets of a kind.
SECTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "experience": ("work", "education"),
    "publications": ("publications",),
    "talks": ("presentations",),
    "teaching": ("teaching",),
}
_TAG: Final = re.compile(r"<[^<>]*>")
_ONGOING: Final = "9999"


def sections_of(kind: str, records: Iterable[Record], site: Site) -> dict[str, list[Entry]]:
    """Return the sections that `records` of one kind give, what goes on first, then the newest.

    Records that the site does not show are left out, and so is what is empty, the end of what goes
    on for one.
    """
    found = [
        (when, name, entry)
        for one in records
        if one.published
        for when, name, entry in [_dated(one, site)]
    ]
    found.sort(key=lambda each: each[0], reverse=True)
    return {
        section: [
            {key: value for key, value in entry.items() if value not in ("", [])}
            for _, name, entry in found
            if name == section
        ]
        for section in SECTIONS[kind]
    }


def plain_text(text: str) -> str:
    """Return HTML as the text that it shows."""
    return html.unescape(_TAG.sub("", text))


def _dated(record: Record, site: Site) -> tuple[tuple[str, str], str, Entry]:
    """Return what sorts a record, its section, and what stands there."""
    match record:
        case Job():
            end = record.end_date.iso if record.end_date else _ONGOING
            when = end, record.start_date.iso
            if record.kind.casefold() == "education":
                return when, "education", _school(record, site)
            return when, "work", _job(record, site)
        case Publication():
            return (record.pub_date.iso, ""), "publications", _paper(record, site)
        case Talk():
            return (record.date.iso, ""), "presentations", _talk(record)
        case Course():
            return (record.date.iso, ""), "teaching", _course(record)
    raise TypeError(record)  # pragma: no cover - a kind that SECTIONS does not name


def _job(job: Job, site: Site) -> Entry:
    about = [inline_title(job.title) if job.role else "", _inline(job.excerpt)]
    return {
        "company": markup.raw(job.organization),
        "position": markup.raw(job.role) or inline_title(job.title),
        "location": markup.raw(job.location),
        "website": _absolute(job.url, site),
        **_period(job),
        "summary": ". ".join(filter(None, about)),
        "highlights": _highlights(job),
    }


def _school(job: Job, site: Site) -> Entry:
    """Return a degree; columns of the sheet called gpa, courses and study_type are read, too."""
    own = {key: value for key, value in job.own.items() if isinstance(value, str)}
    courses: list[Json] = [markup.raw(one.strip()) for one in own.get("courses", "").split(";")]
    return {
        "institution": markup.raw(job.organization),
        "area": inline_title(job.title),
        "studyType": own.get("study_type", ""),
        "website": _absolute(job.url, site),
        **_period(job),
        "gpa": own.get("gpa", ""),
        "courses": [one for one in courses if one],
        "highlights": _highlights(job),
    }


def _paper(paper: Publication, site: Site) -> Entry:
    return {
        "name": inline_title(paper.title),
        "publisher": markup.raw(paper.shown_venue),
        "releaseDate": paper.pub_date.iso,
        "website": _absolute(paper.read_at, site),
        "summary": _inline(paper.excerpt),
    }


def _talk(talk: Talk) -> Entry:
    return {
        "name": inline_title(talk.title),
        "event": markup.raw(talk.venue),
        "date": talk.date.iso,
        "location": markup.raw(talk.location),
        "description": _inline(talk.excerpt) or markup.raw(talk.type),
    }


def _course(course: Course) -> Entry:
    return {
        "course": inline_title(course.title),
        "institution": markup.raw(course.venue),
        "date": course.date.iso,
        "role": markup.raw(course.role or course.type),
        "description": _inline(course.excerpt),
    }


def _period(job: Job) -> Entry:
    return {
        "startDate": job.start_date.iso,
        "endDate": job.end_date.iso if job.end_date else "",
    }


def _highlights(job: Job) -> list[Json]:
    guided = [f"Advised by {_inline(job.advisors)}"] if job.advisors else []
    return [*map(_inline, job.bullets), *guided]


def _absolute(urls: tuple[str, ...], site: Site) -> str:
    """Return the first address as other sites see it, so that a CV can leave the site."""
    if not urls:
        return ""
    return markup.raw(f"{site.url}{urls[0]}" if urls[0].startswith("/") else urls[0])


def _inline(markdown: str) -> str:
    """Return Markdown that was made safe as one line of HTML."""
    if not markdown:
        return ""
    return " ".join(_markdown().renderInline(" ".join(markdown.split())).split())


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - start-up time

    return MarkdownIt("commonmark", {"html": True})
