"""A sweep of a store with a million tickets against a bare SQLite index probe, and 200 rungs recorded.

``python tests/benchmarks/bench_sweep.py [TICKETS]``. Both sides run in turn in the same process; the figure is
the ratio of their medians. The tickets are copied in by SQL: what is measured is the looking, not the making.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import perf_counter

from concierge.bootstrap import found_property
from concierge.clock import FixedClock
from concierge.services.desk import Desk
from concierge.services.intake import Intake, add_ticket
from concierge.services.staffing import NewStaff
from concierge.services.sweep import next_due, sweep
from concierge.store.engine import FILE_NAME

NOW = 1795414380
OPEN = 2_000
ROUNDS = 3_000
STAFF = [NewStaff("Chen Li", "concierge"), NewStaff("Zhou Min", "supervisor"),
         NewStaff("Lin Tao", "director"), NewStaff("Gao Yan", "manager")]  # fmt: skip
PROBE = "SELECT next_at FROM clock WHERE next_at IS NOT NULL ORDER BY next_at LIMIT 1"


def property_in(home: Path) -> tuple[Desk, FixedClock]:
    """A founded property with somebody in every role."""
    home.mkdir()
    made = found_property(home, name="Cloud Garden", language="en", staff=STAFF, environ={})
    clock = FixedClock(NOW)
    return Desk(made.store, clock, made.rules, made.name), clock


def fill(home: Path, tickets: int) -> None:
    """Copy the one ticket that is there: closed ones without end, and a few that run."""
    with closing(sqlite3.connect(home / FILE_NAME)) as raw:
        for table, last in (("ticket", tickets), ("clock", tickets)):
            names = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
            changed = {"id": "n", "number": "'B-' || n", "day": "'20200101'", "sequence": "n",
                       "ticket_id": "n", "state": f"iif(n > {tickets - OPEN}, 'open', 'closed')",
                       "next_at": f"iif(n > {tickets - OPEN}, {NOW} + 86400 + n, null)",
                       "next_rung": "0"}  # fmt: skip
            columns = ", ".join(f'"{name}"' for name in names)
            picked = ", ".join(changed.get(name, f'source."{name}"') for name in names)
            raw.execute(
                "WITH RECURSIVE up(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM up WHERE n < ?)"
                f" INSERT INTO {table} ({columns}) SELECT {picked} FROM up,"
                f" (SELECT * FROM {table} WHERE id = 1) AS source",
                (last,),
            )
        raw.execute("UPDATE clock SET next_at = null WHERE id = 1")
        raw.commit()
        raw.execute("ANALYZE")


def in_turn(*calls: Callable[[], object]) -> list[float]:
    """The median of each call, one after the other so that both see the same machine."""
    took: list[list[float]] = [[] for _ in calls]
    for _ in range(ROUNDS):
        for call, times in zip(calls, took, strict=True):
            start = perf_counter()
            call()
            times.append(perf_counter() - start)
    return [statistics.median(times) for times in took]


def main() -> None:
    """Fill a store, compare, then let 200 fall due at once."""
    tickets = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        desk, _ = property_in(Path(folder) / "big")
        add_ticket(desk, intake=Intake(category="public-glass", words="x"), actor="Chen Li")
        fill(Path(folder) / "big", tickets)
        sweep(desk)
        with closing(sqlite3.connect(Path(folder) / "big" / FILE_NAME)) as bare:
            bare.isolation_level = None
            probe, asked, swept = in_turn(
                lambda: bare.execute(PROBE).fetchone(), lambda: next_due(desk), lambda: sweep(desk)
            )
        print(f"{tickets} tickets, nothing due, against an index probe of {probe * 1e6:.1f} us:")
        print(f"when is the next due {asked / probe:.2f}x, an empty sweep {swept / probe:.2f}x")
        desk.store.close()
        desk, clock = property_in(Path(folder) / "due")
        for _ in range(200):
            add_ticket(desk, intake=Intake(category="neighbour", words="x"), actor="Chen Li")
        for word, at in (("warnings", 700), ("breaches and rungs 1", 901), ("rungs 2", 2_701)):
            clock.at = NOW + at
            start = perf_counter()
            fired = sweep(desk).fired
            took = perf_counter() - start
            print(f"{len(fired)} {word} recorded in {took * 1000:.0f} ms")
        desk.store.close()


if __name__ == "__main__":
    main()
