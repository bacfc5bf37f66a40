"""A real desk whose clock a test sets, with one matter open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from concierge.clock import FixedClock
from concierge.front import Front
from concierge.services.intake import Intake
from concierge.services.views import TicketView
from tests.conftest import NOW
from tests.ui.real_desk import furnished

MINUTE = 60
ODD = "楼上打电钻 [/b] [link=x]y[/link] \x1b[31m \u202eRTL 😀 ｆｕｌｌ {n} %s"


class Said(str):
    """What a paragraph says, however it is wrapped."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return "".join(str(part).split()) in "".join(self.split())


def stopped(home: Path) -> tuple[Front, FixedClock]:
    """A furnished desk at 14:13 whose clock stands."""
    front, clock = furnished(home), FixedClock(NOW)
    opened = front.opened
    front._opened = replace(opened, desk=replace(opened.desk, clock=clock))
    return front, clock


def taken(front: Front, category: str = "neighbour", **changed: object) -> TicketView:
    """A matter taken in by 陈丽 at the desk's present instant."""
    intake = Intake(category=category, words=ODD, unit="3-1201", channel="phone", **changed)  # type: ignore[arg-type]
    return front.add_ticket(intake=intake, actor="陈丽")
