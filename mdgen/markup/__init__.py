"""What a person typed → what stands in the page, so that the theme shows it as typed.

Each function takes the text of a cell as it was typed and raises `Refusal` for characters that no
page can show. `docs/cells.md` says which column goes through which of them.
"""

from mdgen.markup.blocks import blocks
from mdgen.markup.bodies import NO_EXCERPT, link, liquid_proof
from mdgen.markup.literal import literal
from mdgen.markup.text import one_line, plain, raw
from mdgen.markup.titles import title

__all__ = [
    "NO_EXCERPT",
    "blocks",
    "link",
    "liquid_proof",
    "literal",
    "one_line",
    "plain",
    "raw",
    "title",
]
