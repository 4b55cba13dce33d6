"""How fast `mdgen check` tells that nothing has changed: python benchmarks/check.py

100 pages: the whole process against `python -c "import pandas"`; wanted is at most a third. 10 000
pages: against a process that reads those pages in the plainest way; wanted is at most twice that.
Runs take turns, and the best of each counts. The first check of a site keeps the proof that the
next ones look up, in a cache folder of this benchmark's own.
"""  # noqa: D400

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from pages import mdgen, site, timed

READING = """
import os, sys
with os.scandir(sys.argv[1]) as entries:
    for entry in entries:
        with open(entry.path, "rb") as file:
            file.read()
"""


def site_in_step(root: Path, rows: int) -> list[str]:
    """Make a site with all its pages, and return the command that checks it."""
    timed(mdgen(root, site(root, rows)))
    check = [sys.executable, "-m", "mdgen", "check", "--site", str(root), "-q"]
    timed(check)
    return check


def ratio(name: str, command: list[str], floor: list[str], runs: int) -> float:
    """Print the best seconds of both commands, and return their ratio."""
    pairs = [(timed(command)[0], timed(floor)[0]) for _ in range(runs)]
    ours, other = (min(times) for times in zip(*pairs, strict=True))
    print(f"{name}: {ours:.3f} s against {other:.3f} s; ratio {ours / other:.2f}", end=" ")
    return ours / other


def main() -> int:
    """Print both ratios; 1 if one of them is above what is wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_CACHE_HOME"] = name
        small = ratio(
            "100 unchanged pages against importing pandas",
            site_in_step(folder / "small", 100),
            [sys.executable, "-c", "import pandas"],
            runs,
        )
        print("(wanted: at most 0.33)")
        large = ratio(
            "10 000 unchanged pages against reading them",
            site_in_step(folder / "large", 10_000),
            [sys.executable, "-c", READING, str(folder / "large" / "_publications")],
            runs,
        )
        print("(wanted: at most 2)")
    return int(small > 1 / 3 or large > 2)  # noqa: PLR2004 - as in the words above


if __name__ == "__main__":
    sys.exit(main())
