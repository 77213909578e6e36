"""How far schedules are from the best there is, by an exact solver: a table on standard output.

python -m bench.schedule [SECONDS a case]

Where the solver finds no schedule at all in that time, it gets four times as long. The gap is a
share of what the best schedule is worth, without the extra weight of urgent actions; where the
solver ran out of time, it is against its bound, so the real gap is smaller still.
"""

from __future__ import annotations

import sys
import time
from itertools import chain
from pathlib import Path

from advisor.catalog import load_catalog
from advisor.schedule import arrange

MADE_UP = 12
sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))


def main(seconds: float) -> None:
    """Print the table."""
    from exact_schedule import best, gap  # the tests' solver: it stands in their folder
    from schedule_cases import businesses, others

    print(
        f"{'case':42} {'tasks':>5} {'placed':>6} {'best':>5} {'gap %':>6} {'ms':>6} {'solver s':>9}"
    )
    gaps = []
    for name, case in chain(businesses(load_catalog()), others(MADE_UP)):
        begin = time.process_time()
        placed, _ = arrange(case.tasks, case.hours, case.budget, case.limit)
        took = 1000 * (time.process_time() - begin)
        begin = time.monotonic()
        solved = best(case.tasks, case.hours, case.budget, case.limit, seconds)
        gaps.append(100 * gap(case.tasks, placed, solved))
        print(
            f"{name[:42]:42} {len(case.tasks):5} {len(placed):6} {len(solved.places):5} "
            f"{gaps[-1]:6.1f} {took:6.2f} {time.monotonic() - begin:9.1f}",
            flush=True,
        )
    print(f"\nmean gap {sum(gaps) / len(gaps):.1f} %, largest {max(gaps):.1f} %")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 10)
