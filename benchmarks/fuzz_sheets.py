"""Read many thousand sheets that nobody keeps, and count what becomes of them.

    python benchmarks/fuzz_sheets.py --inputs 20000 --seed 1

Each is read, or refused with a message; anything else is a bug, printed with the number that makes
it again.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from mdgen.problems import SheetError
from mdgen.sheets import read_table
from tests.sheets.mutations import mutated, repacked, seeds

TITLES = frozenset({"title", "date", "venue", "url"})
SLOW = 5.0


def recognize(titles: list[str]) -> int:
    """Say how many of `titles` are among those of the seeds."""
    return len(TITLES.intersection(title.casefold() for title in titles))


def main() -> int:
    """Return 1 where an input led to anything but a table or a message."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sheets = seeds()
    counts: Counter[str] = Counter()
    slowest = 0.0
    began = time.perf_counter()
    for number in range(options.inputs):
        random = Random(f"{options.seed}-{number}")
        data = repacked(random, sheets) if number % 3 == 0 else mutated(random, sheets)
        start = time.perf_counter()
        try:
            read_table("fuzz", data, recognize=recognize)
        except SheetError as error:
            counts["refused"] += 1
            counts[f"  {error.problems[0].message[:60]}"] += 1
        except BaseException:
            counts["CRASHED"] += 1
            print(f"input {options.seed}-{number}:")
            traceback.print_exc()
            if isinstance(sys.exception(), KeyboardInterrupt):
                raise
        else:
            counts["read"] += 1
        slowest = max(slowest, time.perf_counter() - start)
    for outcome, count in counts.most_common():
        print(f"{count:7} {outcome}")
    print(f"{time.perf_counter() - began:.0f} s, slowest input {slowest:.2f} s")
    return 1 if counts["CRASHED"] or slowest > SLOW else 0


if __name__ == "__main__":
    sys.exit(main())
