"""Jobs, degrees and stays, in `_experience/` where the site declares it, else in `_talks/`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from mdgen import accepts, markup
from mdgen.cells import slugs
from mdgen.cells.periods import period
from mdgen.columns import optional, required
from mdgen.pages import Page, body, front_matter, link_list
from mdgen.records import Placed

if TYPE_CHECKING:
    from mdgen.cells.dates import PartialDate
    from mdgen.settings import Site

# What people put before a bullet; not the stars of `**bold**`.
BULLET: Final = re.compile(r"^\s*(?:[*+-]\s+|[•·]\s*)")

# What would make a bullet a list, a heading or a quote of its own: "3. Preis" would be shown as 1.
_BLOCK: Final = re.compile(r"^(\d*)(\.(?=\s|$)|#(?=#*\s)|>)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Placed):
    """A job, a degree, an internship or a research stay."""

    KIND: ClassVar[str] = "experience"
    ABOUT: ClassVar[str] = "jobs, degrees, internships and research stays"
    COLLECTIONS: ClassVar[tuple[str, ...]] = ("experience", "talks")
    SIGNS: ClassVar[frozenset[str]] = frozenset(
        {"start_date", "organization", "employer", "job_title"}
    )

    title: str = required(
        accepts.Text("Markdown, one line"),
        about="the role, the degree or the project",
        example="Research Engineer",
        aliases="job job_title project degree name position_title position",
    )
    organization: str = required(
        accepts.Text(),
        about="the employer, the university, the lab",
        example="Reading Lab",
        aliases="organisation institution employer company university school lab affiliation"
        " venue org",
    )
    start_date: PartialDate = required(
        accepts.Day(),
        about="when it began; dates the page",
        example="March 2024",
        aliases="start from begin begin_date started date_start since date pub_date"
        " dates period years timespan time_period zeitraum",
    )
    end_date: PartialDate | None = optional(
        accepts.EndDay(),
        None,
        about="when it ended",
        example="July 2024",
        aliases="end to until till finish finished date_end dates period years timespan"
        " time_period zeitraum",
    )
    kind: str = optional(
        accepts.Text(),
        "",
        about="education, research, industry …: what includes can ask for",
        example="industry",
        aliases="type category section item_type",
    )
    role: str = optional(
        accepts.Text(),
        "",
        about="the role, where the title is a project",
        example="Intern",
        aliases="job_role position",
    )
    location: str = optional(
        accepts.Whereabouts(),
        "",
        about="town and country",
        example="Oslo, Norway",
        aliases="place city town city_country ort lugar lieu state province region country",
    )
    url: tuple[str, ...] = optional(
        accepts.Urls(),
        (),
        about="the organization's web page",
        example="https://example.org",
        aliases="website link homepage organization_url organisation_url company_url",
    )
    advisors: str = optional(
        accepts.Markdown(),
        "",
        about="who guided the work, with links as Markdown",
        example="[Ada Lovelace](https://example.org/ada)",
        aliases="advisor adviser advisers supervisor supervisors mentor mentors",
    )
    highlights: str = optional(
        accepts.Markdown(),
        "",
        about="what there is to tell: each line of the cell is a bullet",
        example="Made it **twice** as fast",
        aliases="achievements bullets accomplishments key_points duties",
    )

    @classmethod
    def collection(cls, site: Site) -> str:
        """Return `experience` where the site declares it, else `talks`, which every site has.

        The stock theme shows type, organization, place and date of what is in `_talks/`.
        """
        return "experience" if "experience" in site.collections else "talks"

    def page(self, site: Site) -> Page:
        """Return the page, with the period, the advisors and the highlights in its body."""
        named = f"{self.start_date.first}-{self.url_slug or slugs.slug_from(self.title)}"
        stem = self.page_file or named
        collection = self.collection(site)
        links = {"More": self.url[1:], **self.links}
        sort = markup.raw(self.role or self.kind.capitalize() or "Experience")
        front = front_matter(
            {
                "title": markup.title(self.title),
                "collection": collection,
                "type": sort,
                "talk_type": sort,
                "permalink": self.permalink or f"/{collection}/{stem}",
                "excerpt": self.excerpt,
                "venue": markup.raw(self.organization),
                "date": self.start_date.first,
                "location": markup.raw(self.location),
                **self.point,
                "organization": markup.raw(self.organization),
                "organization_url": self.url[0] if self.url else "",
                "kind": markup.raw(self.kind),
                "role": markup.raw(self.role),
                "start_date": self.start_date.iso,
                "end_date": self.end_date.iso if self.end_date else "",
                "period": period(self.start_date, self.end_date),
                "advisors": self.advisors,
                "highlights": self.bullets,
                "links": link_list(links),
                "published": None if self.published else False,
            },
            self.own,
        )
        guided = f"Advised by {self.advisors}" if self.advisors else ""
        blocks = (
            period(self.start_date, self.end_date),
            guided,
            "\n".join(f"* {line}" for line in self.bullets),
            self.text,
        )
        links = {self.organization: self.url, **self.links}
        return Page(f"_{collection}/{stem}.md", front, body(site, blocks, links), self.place)

    @property
    def bullets(self) -> list[str]:
        """Return the lines of the highlights, each a line of text without what made it a bullet."""
        lines = (BULLET.sub("", line).strip() for line in self.highlights.splitlines())
        return [
            _BLOCK.sub(lambda found: f"{found[1]}&#{ord(found[2])};", line)
            for line in lines
            if line
        ]
