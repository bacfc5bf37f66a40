"""One desk at work for 24 simulated hours without a pause, and how much memory it takes meanwhile.

It watches as ``concierge watch`` does, reads the board every five minutes, takes matters in and brings them to
an end. Prints one line of JSON: what it weighed after each quarter of the day.
Run as: soak.py HOME SEED TICKETS.
"""

from __future__ import annotations

import gc
import heapq
import json
import random
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

from concierge.bootstrap import open_desk
from concierge.clock import FixedClock
from concierge.domain.refusal import Refusal
from concierge.services import changes, escalating, progress, reopening
from concierge.services.board import board
from concierge.services.desk import Desk
from concierge.services.intake import Intake, add_ticket
from concierge.services.watching import Watch

START = 1795414380  # Monday 23 November 2026, 14:13 at the property
DAY = 86_400
CATEGORIES = (
    "neighbour",
    "fees",
    "taxi",
    "public-repair",
    "other-complaint",
    "community",
    "emergency",
)
STATM = Path("/proc/self/statm")


@dataclass(order=True)
class Plan:
    """Something that will be done to a ticket."""

    at: int
    number: str
    what: str = field(compare=False)


class Day:
    """The desk, its clock, and what is still to be done."""

    def __init__(self, desk: Desk, clock: FixedClock, seed: int, tickets: int) -> None:
        self.desk, self.clock = desk, clock
        self.watch = Watch(desk)
        self.dice = random.Random(seed)
        self.coming = [START + nth * DAY // tickets for nth in range(tickets, 0, -1)]
        self.plans: list[Plan] = []
        self.fired = 0

    def live(self, until: int) -> None:
        """Let it be later, in steps as a watcher sleeps, and do all there is to do."""
        while self.clock.at < until:
            named = [self.clock.at + self.watch.rest(), until]
            named += self.coming[-1:] + [plan.at for plan in self.plans[:1]]
            look = self.clock.at // 300
            self.clock.at = max(self.clock.at, min(named))
            self.fired += len(self.watch.step().fired)
            if self.clock.at // 300 > look:
                board(self.desk)
            while self.coming and self.coming[-1] <= self.clock.at:
                self.coming.pop()
                self.take()
            while self.plans and self.plans[0].at <= self.clock.at:
                plan = heapq.heappop(self.plans)
                self.do(plan.number, plan.what)

    def take(self) -> None:
        """Take a matter in, and plan its end: mostly in time, sometimes late, always within three hours."""
        intake = Intake(self.dice.choice(CATEGORIES), "楼上中午还在打电钻", channel="phone")
        number = add_ticket(self.desk, intake=intake, actor="Chen").number
        ends = self.clock.at + self.dice.choice((200, 600, 1_200, 2_400, 10_000))
        for what in ("attend", "sign", "note", "escalate"):
            if self.dice.random() < 0.15:
                later = self.dice.randrange(ends - self.clock.at)
                heapq.heappush(self.plans, Plan(self.clock.at + later, number, what))
        heapq.heappush(self.plans, Plan(ends, number, "resolve"))
        if self.dice.random() < 0.05:
            heapq.heappush(self.plans, Plan(ends + 600, number, "reopen"))
            heapq.heappush(self.plans, Plan(ends + 9_000, number, "cancel"))

    def do(self, number: str, what: str) -> None:
        """Do what was planned, if it still can be done."""
        try:
            if what in {"attend", "resolve"}:
                progress.record(self.desk, action=what, number=number, actor="Sun")
            elif what == "sign":
                escalating.acknowledge(self.desk, number=number, actor="Gao")
            elif what == "note":
                progress.note(self.desk, number=number, text="x", actor="Chen")
            elif what == "escalate":
                escalating.escalate(self.desk, number=number, reason="x", actor="Chen")
            elif what == "reopen":
                reopening.reopen(self.desk, number=number, reason="x", actor="Zhou")
            else:
                changes.cancel(self.desk, number=number, reason="x", actor="Zhou")
        except Refusal:
            return


def weigh() -> dict[str, int | None]:
    """Blocks that Python holds, objects that its collector knows, and the kilobytes of the whole process."""
    gc.collect()
    pages = int(STATM.read_text().split()[1]) if STATM.exists() else None
    return {
        "blocks": sys.getallocatedblocks(),
        "objects": len(gc.get_objects()),
        "kilobytes": pages * 4 if pages is not None else None,
    }


def main() -> None:
    """Live through the day, and weigh it after each quarter; the last sweep is at its end."""
    home, seed, tickets = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    clock = FixedClock(START)
    desk = replace(open_desk(home, name="lobby", environ={}).desk, clock=clock)
    day = Day(desk, clock, seed, tickets)
    weighed = []
    for quarter in range(1, 5):
        day.live(START + quarter * DAY // 4)
        weighed.append({"tickets": tickets - len(day.coming), "plans": len(day.plans), **weigh()})
    last = day.watch.step()
    desk.store.close()
    said = {
        "end": last.at,
        "held": last.held,
        "fired": day.fired + len(last.fired),
        "weighed": weighed,
    }
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main()
