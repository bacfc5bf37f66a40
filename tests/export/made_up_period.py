"""A made-up month with everything in it that a report can hold, and one of its days."""

from __future__ import annotations

from dataclasses import replace

from concierge.services.report_views import PeriodReport, Share, ShiftLine, Standing, Totals
from concierge.services.summary import Counted, Hour, Kept, Received, RungCount
from tests.export.made_up import CATEGORIES, HOUR

# 1 November 2026, 07:00 in Shanghai.
FIRST = 1793487600
_DAY = 24 * HOUR
END = FIRST + 30 * _DAY

NOW = Totals(412, 96, 11, 530, 31, 24, 377, 9, 4, 71, 9, 2)
BEFORE = Totals(398, 90, 14, 511, 42, 30, 380, 6, 2, 66, 5, 0)


def _share(key: str, part: int) -> Share:
    return Share(key, _part(NOW, part), _part(BEFORE, part + 1))


def _part(totals: Totals, part: int) -> Totals:
    return Totals(
        totals.received // part, totals.on_the_spot // part, 0, totals.met // part,
        totals.broken // part, totals.escalated // part,
    )  # fmt: skip


MONTH = PeriodReport(
    property_name="云栖花园 | Cloud *Garden*",
    rehearsal=True,
    desk=None,
    zone="Asia/Shanghai",
    first_day="2026-11-01",
    last_day="2026-11-30",
    start=FIRST,
    end=END,
    before_start=FIRST - 31 * _DAY,
    until=END,
    totals=NOW,
    before=BEFORE,
    received=(
        Received("complaint", "home-repair", 180, 10),
        Received("errand", "taxi", 32, 0),
        Received("inquiry", "fees", 200, 86),
    ),
    kept=(Kept("answer", 300, 10, 600), Kept("resolve", 230, 21, 5 * HOUR)),
    rungs=(RungCount(1, 20, 18, 240), RungCount(2, 4, 4, 90)),
    by_category=(_share("fees", 2), _share("home-repair", 3), _share("gone", 7)),
    by_building=(_share("1", 2), _share("3", 3), _share("", 9)),
    by_staff=(_share("陈丽 Chen Li", 2), _share("=cmd|' /C calc'!A0", 4)),
    by_hour=tuple(_share(f"{hour:02}", 12 + abs(hour - 11)) for hour in range(24)),
    days=tuple(
        Hour(FIRST + n * _DAY, 8 + n * 7 % 13, 11 + n * 5 % 17, n * 3 % 4) for n in range(30)
    ),
    shifts=(
        ShiftLine(39, "Lobby 3", "陈丽 Chen Li", FIRST, FIRST + 8 * HOUR, 7, 0, 3, "handover",
                  "51c0d3be7f1a94e2c6b8d05f3a7e91b24c6d8f0a1b3c5d7e9f2a4b6c8d0e1f23"),
        ShiftLine(40, "=Lobby 3", "赵强 Zhao", FIRST + 8 * HOUR, FIRST + 16 * HOUR, 4, 1, 5,
                  "alone", None),
        ShiftLine(41, "Lobby 3", "孙梅 <Sun>", FIRST + 16 * HOUR, None, 1, 0, 5, None, None),
    ),
    open_now=26,
    categories=CATEGORIES,
    head="9f2c4b7a1de05c83b6a4f0d9e7718253c4ab90ef56d21837cc04a9be62f1d35a",
    standing=Standing(
        nobody_told=("1129-007",),
        not_acknowledged=("1130-004", "1130-004", "1130-011"),
        overdue=("1130-004", "1130-011"),
        differing=(
            Counted("cash", {"zh": "备用金", "en": "Petty cash"}, 500, 480, "short"),
        ),
    ),
)  # fmt: skip

DAY = replace(
    MONTH,
    property_name="云栖花园",
    rehearsal=False,
    desk="Lobby 3",
    last_day="2026-11-01",
    end=FIRST + _DAY,
    before_start=FIRST - _DAY,
    until=FIRST + 9 * HOUR,
    totals=replace(NOW, repairs_met=0, repairs_broken=0, lost=0),
    days=MONTH.days[:1],
    shifts=MONTH.shifts[:1],
    standing=Standing(),
)
