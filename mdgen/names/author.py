"""One author of a work, as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Author:
    """A person, or what stands in an author's place.

    A person has a `family` name with its particle ("de la Cruz") and, where one was typed, a
    `given` name or initials and a `suffix` ("Jr."). Everything else is `literal`: a collaboration,
    "et al.", a name of one word, a name in a script that writes names without a space.
    `mark` is the sign of equal contribution that stood at the name ("*", "†").
    """

    given: str = ""
    family: str = ""
    suffix: str = ""
    literal: str = ""
    mark: str = ""

    @property
    def plain(self) -> str:
        """The name alone in reading order: "Runyu Lu", "Martin Luther King Jr."."""
        if self.literal:
            return self.literal
        name = f"{self.given} {self.family}" if self.given else self.family
        return f"{name} {self.suffix}" if self.suffix else name

    @property
    def cited(self) -> str:
        """The name in the order of a list of works: "Lu, Runyu", "King, Martin Luther, Jr."."""
        if self.literal:
            return self.literal
        name = f"{self.family}, {self.given}" if self.given else self.family
        return f"{name}, {self.suffix}" if self.suffix else name

    @property
    def stands_for_others(self) -> bool:
        """True for "et al." and for the dots that leave authors out."""
        return self.literal in {ET_AL, ELISION}


ET_AL = "et al."
ELISION = "…"
