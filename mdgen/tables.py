"""The columns of a kind as people read them: in the terminal, in the README, as an empty sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdgen.columns import columns_of

if TYPE_CHECKING:
    from mdgen.records import Record


def header_of(record: type[Record]) -> list[str]:
    """Return the header of an empty sheet: every column, by its name."""
    return [column.name for column in columns_of(record)]


def columns_markdown(record: type[Record]) -> str:
    """Return the columns as a Markdown table; a star marks those that must be filled."""
    lines = ["| column | accepts | what it is for | example |", "| --- | --- | --- | --- |"]
    for column in columns_of(record):
        star = " \\*" if column.required else ""
        example = f"`{column.example}`" if column.example else ""
        cells = (f"`{column.name}`{star}", column.accepts.wants, column.about, example)
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines)


def columns_text(record: type[Record], *, aliases: bool) -> str:
    """Return the columns as indented text; `aliases` adds the other titles of each."""
    lines = [f"{record.KIND}: {record.ABOUT} (* must be filled)"]
    for column in columns_of(record):
        lines += [
            "",
            f"{column.name}{' *' if column.required else ''}",
            f"    {column.about}",
            f"    accepts {column.accepts.wants}".replace("`", ""),
        ]
        if column.example:
            lines.append(f"    example: {column.example}")
        if aliases and column.aliases:
            lines.append(f"    also called {', '.join(column.aliases)}")
    return "\n".join(lines)
