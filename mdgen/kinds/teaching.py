"""Courses, in `_teaching/`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from mdgen import accepts, markup
from mdgen.cells import slugs
from mdgen.columns import optional, required
from mdgen.pages import Page, body, front_matter
from mdgen.records import Record

if TYPE_CHECKING:
    from mdgen.cells.dates import PartialDate
    from mdgen.settings import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Course(Record):
    """A course, seminar or workshop that was taught."""

    KIND: ClassVar[str] = "teaching"
    ABOUT: ClassVar[str] = "courses, seminars and workshops"
    SIGNS: ClassVar[frozenset[str]] = frozenset(
        {"teaching_url", "course_url", "course_title", "course_name", "syllabus"}
    )

    title: str = required(
        accepts.Text("Markdown, one line"),
        about="the name of the course",
        example="Reading for Beginners",
        aliases="course_title course_name course module module_name module_title class class_name"
        " subject lecture name curso kurs cours veranstaltung position",
    )
    type: str = optional(
        accepts.Text(),
        "",
        about="what it was; empty: Course",
        example="Undergraduate course",
        aliases="course_type level course_level kind",
    )
    venue: str = optional(
        accepts.Text(),
        "",
        about="the university and department",
        example="University of Oslo, Department of Letters",
        aliases="institution university school organization organisation college",
    )
    date: PartialDate = required(
        accepts.TermDay(),
        about="when it began; a term such as “Spring 2024” will do",
        example="Spring 2024",
        aliases="start_date term semester academic_year when season quarter period dates"
        " pub_date year month day fecha datum dates_taught years_taught",
    )
    location: str = optional(
        accepts.Whereabouts(),
        "",
        about="town and country",
        example="Oslo, Norway",
        aliases="place city town ort lugar lieu state province region country",
    )
    role: str = optional(
        accepts.Text(),
        "",
        about="what you were there, shown on the course's page",
        example="Teaching assistant",
        aliases="course_role teaching_role my_role position job_title",
    )
    course_url: tuple[str, ...] = optional(
        accepts.Urls(),
        (),
        about="its web page",
        aliases="teaching_url url website link course_page",
    )
    syllabus_url: tuple[str, ...] = optional(
        accepts.Urls(), (), about="its syllabus", aliases="syllabus"
    )
    video_url: tuple[str, ...] = optional(
        accepts.Urls(), (), about="a recording", aliases="video recording"
    )

    @classmethod
    def collection(cls, site: Site) -> str:  # noqa: ARG003 - it is the same on all sites
        """Return `teaching`, which every academicpages site has."""
        return "teaching"

    def page(self, site: Site) -> Page:
        """Return the page in `_teaching/`.

        The theme shows type, venue and year; term, role and place are on the page itself, below the
        text, of which lists show the first paragraph.
        """
        stem = self.page_file or f"{self.date.first}-{self.url_slug or slugs.slug_from(self.title)}"
        front = front_matter(
            {
                "title": markup.title(self.title),
                "collection": "teaching",
                "type": markup.raw(self.type or "Course"),
                "permalink": self.permalink or f"/teaching/{stem}",
                "excerpt": self.excerpt,
                "venue": markup.raw(self.venue or self.location),
                "date": self.date.first,
                "term": self.date.term,
                "location": markup.raw(self.location),
                "role": markup.raw(self.role),
                "published": None if self.published else False,
            },
            self.own,
        )
        facts = (self.role, self.date.term, self.location if self.venue else "")
        line = ", ".join(markup.literal(fact) for fact in facts if fact)
        links = {
            "Course page": self.course_url,
            "Syllabus": self.syllabus_url,
            "Video": self.video_url,
            **self.links,
        }
        return Page(f"_teaching/{stem}.md", front, body(site, (self.text, line), links), self.place)
