"""Talks, posters, tutorials and keynotes, in `_talks/`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from mdgen import accepts, markup
from mdgen.cells import slugs
from mdgen.cells.periods import period
from mdgen.columns import optional, required
from mdgen.pages import Page, body, front_matter
from mdgen.records import Placed

if TYPE_CHECKING:
    from mdgen.cells.dates import PartialDate
    from mdgen.names import Author
    from mdgen.settings import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk(Placed):
    """A talk, poster, tutorial or keynote."""

    KIND: ClassVar[str] = "talks"
    ABOUT: ClassVar[str] = "talks, posters, tutorials and keynotes"
    SIGNS: ClassVar[frozenset[str]] = frozenset(
        {"talk_url", "talk_type", "talk_title", "talk_date"}
    )

    title: str = required(
        accepts.Text("Markdown, one line"),
        about="the title of the talk",
        example="Why we skip words",
        aliases="talk_title presentation_title lecture_title poster_title seminar_title talk name"
        " titulo titel titre",
    )
    date: PartialDate = required(
        accepts.Day(),
        about="the day, or the first day",
        example="2024-05-31",
        aliases="talk_date presentation_date start_date event_date pub_date when day"
        " publication_year year month fecha datum dates",
    )
    type: str = optional(
        accepts.Text(),
        "",
        about="what it was; empty: Talk",
        example="Keynote",
        aliases="talk_type presentation_type category kind format item_type",
    )
    venue: str = optional(
        accepts.Text(),
        "",
        about="the event or the host; where it is empty the place stands in for it",
        example="Reading Days",
        aliases="meeting_name event event_name conference conference_name conference_title"
        " institution organization organisation organizer host meeting publication_title",
    )
    location: str = optional(
        accepts.Whereabouts(),
        "",
        about="town and country",
        example="Oslo, Norway",
        aliases="place city town city_country location_city address conference_location ort lugar"
        " lieu state province region country",
    )
    authors: tuple[Author, ...] = optional(
        accepts.Authors(),
        (),
        about="the speakers, shown on the talk's page",
        example="Ada Lovelace",
        aliases="author presenters presenter speakers speaker coauthors",
    )
    talk_url: tuple[str, ...] = optional(
        accepts.Urls(),
        (),
        about="more about it",
        aliases="url link event_url website event_link event_page conference_url",
    )
    slides_url: tuple[str, ...] = optional(
        accepts.Urls(),
        (),
        about="its slides",
        aliases="slides presentation_url slide_url pdf_url slides_link slides_pdf file_url pdf",
    )
    video_url: tuple[str, ...] = optional(
        accepts.Urls(),
        (),
        about="a recording",
        aliases="video recording recording_url youtube youtube_url video_link",
    )
    poster_url: tuple[str, ...] = optional(
        accepts.Urls(), (), about="its poster", aliases="poster poster_link"
    )
    paper_url: tuple[str, ...] = optional(
        accepts.Urls(), (), about="the paper behind it", aliases="paper paper_link doi_url doi"
    )
    code_url: tuple[str, ...] = optional(
        accepts.Urls(), (), about="its code", aliases="code repo_url github_url repository github"
    )
    end_date: PartialDate | None = optional(
        accepts.EndDay(),
        None,
        about="the last day, where it took several",
        aliases="end date_end until",
    )

    @classmethod
    def collection(cls, site: Site) -> str:  # noqa: ARG003 - it is the same on all sites
        """Return `talks`, which every academicpages site has."""
        return "talks"

    def page(self, site: Site) -> Page:
        """Return the page in `_talks/`.

        The theme shows type and place only beside a venue (`_includes/archive-single-talk.html`):
        where that cell is empty, the place stands in for it.
        """
        stem = self.page_file or f"{self.date.first}-{self.url_slug or slugs.slug_from(self.title)}"
        sort = markup.raw(self.type or "Talk")
        front = front_matter(
            {
                "title": markup.title(self.title),
                "collection": "talks",
                "type": sort,
                "talk_type": sort,
                "permalink": self.permalink or f"/talks/{stem}",
                "excerpt": self.excerpt,
                "venue": markup.raw(self.venue or self.location),
                "date": self.date.first,
                "end_date": self.end_date.iso if self.end_date else "",
                "location": markup.raw(self.location if self.venue else ""),
                **self.point,
                "authors": [author.plain for author in self.authors],
                "published": None if self.published else False,
            },
            self.own,
        )
        days = period(self.date, self.end_date) if self.end_date else ""
        speakers = ", ".join(markup.literal(author.plain) for author in self.authors)
        links = {
            "More information": self.talk_url,
            "Slides": self.slides_url,
            "Video": self.video_url,
            "Poster": self.poster_url,
            "Paper": self.paper_url,
            "Code": self.code_url,
            **self.links,
        }
        text = body(site, (self.text, days, speakers), links)
        return Page(f"_talks/{stem}.md", front, text, self.place)
