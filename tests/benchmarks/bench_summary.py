"""A shift's summary and a month's report over a store of a million tickets, against a bare read of that log.

``python tests/benchmarks/bench_summary.py [TICKETS] [TICKETS_A_MONTH]``. The last two months have tickets as a
desk leaves them, each with all its facts in the log; the older ones are copied in by SQL with one fact each.
Every figure is measured in a process of its own, with the bare read beside it: the ratio is what tells on a
shared machine.
"""

from __future__ import annotations

import json
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from concierge.bootstrap import found_property
from concierge.clock import FixedClock
from concierge.services.changes import cancel
from concierge.services.desk import Desk
from concierge.services.escalating import acknowledge
from concierge.services.intake import Intake, add_ticket
from concierge.services.progress import record
from concierge.services.report import report
from concierge.services.rulebook import latest
from concierge.services.shifts import shift_summary, start_shift
from concierge.services.staffing import NewStaff
from concierge.services.sweep import sweep
from concierge.store.engine import FILE_NAME, Store
from concierge.store.opening import open_store

START = 1793491200  # Sunday 1 November 2026, 08:00 in Shanghai
DAY, MONTH = 86_400, 61 * 86_400
NOW = START + 29 * DAY + 11 * 3600
ROUNDS = 7
OPEN = 150
STAFF = [NewStaff("Chen Li", "concierge"), NewStaff("Sun Yu", "concierge"),
         NewStaff("Zhou Min", "supervisor"), NewStaff("Lin Tao", "director"),
         NewStaff("Gao Yan", "manager")]  # fmt: skip
OF_EVENT = ("at", "desk", "actor_id", "actor", "kind", "ticket_id", "data")


def property_in(home: Path) -> tuple[Desk, FixedClock]:
    """A founded property with somebody in every role."""
    home.mkdir()
    made = found_property(home, name="Cloud Garden", language="en", staff=STAFF, environ={})
    clock = FixedClock(START)
    return Desk(made.store, clock, made.rules, made.name), clock


def live(desk: Desk, clock: FixedClock) -> None:
    """Handle a few matters as a desk does: in time, late with every rung, on the spot, cancelled."""
    for category, late, actions in (
        ("fees", 0, ()),
        ("neighbour", 0, ("attend", "resolve")),
        ("neighbour", 1_500, ("attend", "resolve")),
        ("public-repair", 0, ("resolve",)),
        ("home-repair-urgent", 0, ("attend", "resolve")),
        ("home-repair-urgent", 4_000, ("attend", "resolve")),
        ("taxi", 0, ("resolve",)),
        ("other-complaint", 0, ()),
        ("emergency", 400, ("attend", "resolve")),
    ):
        answered = "two yuan" if category == "fees" else None
        intake = Intake(category=category, words="大堂玻璃门关不上", unit="3-1201", answered=answered,
                        unverified=True, confirmed=True)  # fmt: skip
        number = add_ticket(desk, intake=intake, actor="Chen Li").number
        clock.at += 60 + late
        sweep(desk)
        if late:
            acknowledge(desk, number=number, actor="Gao Yan")
        for action in actions:
            clock.at += 60
            record(
                desk,
                action=action,
                number=number,
                actor="Sun Yu",
                cause="forgotten" if late else None,
            )
        if not actions and answered is None:
            cancel(desk, number=number, reason="came twice", actor="Chen Li")
        clock.at += 60


@dataclass(frozen=True)
class Template:
    """A ticket that was handled: its row, its clocks and rungs, and its facts, to be copied to other times."""

    ticket: dict[str, Any]
    clocks: list[dict[str, Any]]
    rungs: list[dict[str, Any]]
    facts: list[dict[str, Any]]


def templates(raw: sqlite3.Connection) -> list[Template]:
    """The tickets that are there."""
    raw.row_factory = sqlite3.Row

    def rows(sql: str, *values: object) -> list[dict[str, Any]]:
        return [dict(row) for row in raw.execute(sql, values)]

    return [
        Template(
            ticket,
            rows("SELECT * FROM clock WHERE ticket_id = ? ORDER BY id", ticket["id"]),
            rows("SELECT * FROM escalation WHERE ticket_id = ? ORDER BY id", ticket["id"]),
            rows("SELECT * FROM event WHERE ticket_id = ? ORDER BY id", ticket["id"]),
        )
        for ticket in rows("SELECT * FROM ticket ORDER BY id")
    ]


def moved(value: Any, by: int, changed: dict[str, Any]) -> Any:
    """A value whose instants are so many seconds later."""
    if isinstance(value, dict):
        return {k: changed[k] if k in changed else moved(v, by, changed) for k, v in value.items()}
    if isinstance(value, list):
        return [moved(each, by, changed) for each in value]
    if isinstance(value, int) and value > 1_000_000_000:
        return value + by
    return value


class Filling:
    """Rows for the last two months, and copies without a history before them."""

    def __init__(self, raw: sqlite3.Connection, rng: random.Random) -> None:
        self.raw, self.rng = raw, rng
        self.made = templates(raw)
        self.ticket, self.clock, self.rung, self.event = (
            raw.execute(f"SELECT max(id) FROM {name}").fetchone()[0]
            for name in ("ticket", "clock", "escalation", "event")
        )

    def old(self, tickets: int) -> None:
        """Closed tickets of the years before, each with one fact."""
        for table, first in (("ticket", self.ticket), ("clock", self.clock), ("event", self.event)):
            names = [row[1] for row in self.raw.execute(f"PRAGMA table_info({table})")]
            changed = {"id": f"n + {first}", "number": "'B-' || n", "day": "'20200101'", "sequence": "n",
                       "ticket_id": f"n + {self.ticket}", "hash": "hex(randomblob(32))",
                       "at": f"{START - 3 * MONTH} - 60 * ({tickets} - n)",
                       "received_at": f"{START - 4 * MONTH}",
                       "state": "'closed'", "next_at": "null", "next_rung": "null",
                       "data": "'{\"number\":\"B-' || n || '\"}'", "kind": "source.kind"}  # fmt: skip
            if table == "event":
                changed["kind"] = "'ticket.noted'"
            columns = ", ".join(f'"{name}"' for name in names)
            picked = ", ".join(changed.get(name, f'source."{name}"') for name in names)
            self.raw.execute(
                "WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < ?)"
                f" INSERT INTO {table} ({columns}) SELECT {picked} FROM up,"
                f" (SELECT * FROM {table} WHERE id = 1) AS source",
                (tickets,),
            )
        self.ticket, self.clock, self.event = (
            self.ticket + tickets,
            self.clock + tickets,
            self.event + tickets,
        )

    def recent(self, tickets: int) -> list[tuple[int, int]]:
        """Tickets with all their facts, spread over the two months; returns each fact's time and id."""
        rng = self.rng
        facts: list[Any] = []
        for nth in range(tickets):
            whole = rng.choice(self.made)
            at = NOW - MONTH + nth * MONTH // tickets
            by = at - whole.ticket["received_at"]
            self.ticket += 1
            new = {"number": f"N-{nth}", "unit": f"{rng.randrange(30) + 1}-{rng.randrange(2500)}",
                   "first_owner_id": rng.randrange(2) + 1, "day": "20261101",
                   "sequence": nth + 1000}  # fmt: skip
            self.insert("ticket", moved(whole.ticket, by, {**new, "id": self.ticket}))
            clocks = {}
            for row in whole.clocks:
                self.clock += 1
                clocks[row["id"]] = self.clock
                self.insert("clock", moved(row, by, {"id": self.clock, "ticket_id": self.ticket}))
            named = {key: new[key] for key in ("number", "unit", "first_owner_id")}
            for fact in whole.facts:
                data = json.dumps(moved(json.loads(fact["data"]), by, named), ensure_ascii=False,
                                  sort_keys=True, separators=(",", ":"))  # fmt: skip
                facts.append((fact["at"] + by, len(facts), {**fact, "ticket_id": self.ticket, "data": data},
                              [(row, by, clocks[row["subject_id"]], self.ticket)
                               for row in whole.rungs if row["event_id"] == fact["id"]]))  # fmt: skip
        return self.log(sorted(facts, key=lambda each: each[:2]))

    def log(self, facts: list[Any]) -> list[tuple[int, int]]:
        """Write the facts in the order of time, and the rungs that belong to them."""
        found = []
        for at, _, fact, rungs in facts:
            self.event += 1
            found.append((at, self.event))
            self.insert("event", {**fact, "id": self.event, "at": at, "hash": f"{self.event:064x}"})
            for row, by, clock, ticket in rungs:
                self.rung += 1
                new = {"id": self.rung, "ticket_id": ticket, "subject_id": clock,
                       "event_id": self.event}  # fmt: skip
                self.insert("escalation", moved(row, by, new))
        return found

    def shifts(self, facts: list[tuple[int, int]], first: int, summary: str) -> None:
        """Three a day up to now, each with a summary that was signed."""
        nth, before = 0, first
        for at in range(NOW - MONTH, NOW - 8 * 3600, 8 * 3600):
            until = at + 8 * 3600
            while nth < len(facts) and facts[nth][0] < until:
                nth += 1
            last = facts[nth - 1][1] if nth else before
            self.insert("shift", {"desk": "lobby", "staff_id": 1, "started_at": at, "ended_at": until,
                                  "first_event": before, "last_event": last, "summary": summary,
                                  "summary_hash": f"{at:064x}", "ended_how": "handover"})  # fmt: skip
            before = last
        self.insert(
            "shift",
            {"desk": "lobby", "staff_id": 1, "started_at": NOW - 8 * 3600, "first_event": before},
        )

    def insert(self, table: str, row: dict[str, Any]) -> None:
        """Put a row into a table."""
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        self.raw.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values()))


def build(home: Path, tickets: int, monthly: int) -> None:
    """Make the store."""
    desk, clock = property_in(home)
    live(desk, clock)
    start_shift(desk, actor="Chen Li")
    desk.store.close()
    with closing(sqlite3.connect(home / FILE_NAME)) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("PRAGMA synchronous = OFF")
        raw.execute("DELETE FROM shift")
        filling = Filling(raw, random.Random(20261123))
        filling.old(max(0, tickets - 2 * monthly))
        first = filling.event
        facts = filling.recent(2 * monthly)
        filling.shifts(facts, first, signed(monthly))
        raw.execute(
            "UPDATE chain_head SET events = ?, hash = ?", (filling.event, f"{filling.event:064x}")
        )
        raw.execute("UPDATE clock SET next_at = ? WHERE id > ?", (NOW + DAY, filling.clock - OPEN))
        raw.execute(f"UPDATE ticket SET state = 'open' WHERE id > {filling.ticket - OPEN}")
        raw.commit()


def signed(monthly: int) -> str:
    """A summary of the size of such a shift's."""
    line = {"number": "T-20261123-001", "unit": "3-1201", "place": None,
            "category": "neighbour", "clock": "attend", "due_at": NOW,
            "met_at": NOW, "cause": "forgotten", "overdue": True}  # fmt: skip
    came = [
        {"kind": "complaint", "category": f"c{nth}", "count": 9, "on_the_spot": 1}
        for nth in range(20)
    ]
    many = [line] * max(1, monthly // 600)
    return json.dumps(
        {"received": came, "broken": many, "escalated": many, "carried": many, "timeline": many * 4}
    )


def timed(call: Callable[[], object]) -> tuple[float, float]:
    """The median of seconds by the wall and by the processor."""
    walls, works = [], []
    for _ in range(ROUNDS):
        wall, work = perf_counter(), process_time()
        call()
        walls.append(perf_counter() - wall)
        works.append(process_time() - work)
    return statistics.median(walls), statistics.median(works)


def peak() -> float:
    """The most memory that this process had, in megabytes; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def measure(home: Path, job: str) -> None:
    """One job in this process: its first call and its memory, then its median beside the bare read."""
    store: Store = open_store(home)
    with store.read() as session:
        rules = latest(session)
    desk = Desk(store, FixedClock(NOW), rules, "lobby")
    opened = peak()
    calls: dict[str, Callable[[], object]] = {
        "shift": lambda: shift_summary(desk),
        "month": lambda: report(desk, first_day="2026-11-01", last_day="2026-11-30"),
    }
    start = perf_counter()
    found: Any = calls[job]()
    first, most = perf_counter() - start, peak()
    with closing(sqlite3.connect(home / FILE_NAME)) as raw:
        low, high = span(raw, job)
        sql = "SELECT id, at, actor_id, kind, ticket_id, data FROM event WHERE id BETWEEN ? AND ?"
        wall, work = timed(calls[job])
        bare, bare_work = timed(lambda: sum(len(row[5]) for row in raw.execute(sql, (low, high))))
    count = found.totals.received if job == "month" else sum(each.count for each in found.received)
    print(f"{job}: {high - low} facts, {count} received; first call {first * 1000:.0f} ms, median "
          f"{wall * 1000:.0f} ms ({work * 1000:.0f} ms of processor), bare read {bare * 1000:.0f} ms "
          f"({bare_work * 1000:.0f}): {wall / bare:.1f}x; peak {most:.0f} MB, {most - opened:.0f} MB above the "
          f"desk that has only opened")  # fmt: skip
    store.close()


def span(raw: sqlite3.Connection, job: str) -> tuple[int, int]:
    """The stretch of the log that a job reads."""
    high = raw.execute("SELECT events FROM chain_head").fetchone()[0]
    since = NOW - MONTH if job == "month" else NOW - 8 * 3600
    return raw.execute(
        "SELECT min(first_event) FROM shift WHERE started_at >= ?", (since,)
    ).fetchone()[0], high


def main() -> None:
    """Build the store, then measure each job in a process of its own."""
    if sys.argv[1:2] == ["--measure"]:
        measure(Path(sys.argv[2]), sys.argv[3])
        return
    sizes = [int(word) for word in sys.argv[1:]]
    tickets, monthly = [*sizes, *(1_000_000, 30_000)[len(sizes) :]]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "big"
        start = perf_counter()
        build(home, tickets, monthly)
        size = (home / FILE_NAME).stat().st_size / 2**20
        print(
            f"{tickets} tickets, {monthly} a month: made in {perf_counter() - start:.0f} s, {size:.0f} MB"
        )
        for job in ("shift", "month"):
            subprocess.run([sys.executable, __file__, "--measure", str(home), job], check=True)


if __name__ == "__main__":
    main()
