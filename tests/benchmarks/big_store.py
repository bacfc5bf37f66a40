"""A big store for the benchmarks: 50 000 households, 10 000 tickets of which some are open and counting down.

Run by hand: ``python tests/benchmarks/big_store.py FOLDER [OPEN] [CLOSED] [HOUSEHOLDS]``. All is made up from a
fixed seed and goes through the same use cases as at any desk.
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
from pathlib import Path

from concierge.bootstrap import found_property
from concierge.clock import FixedClock, SystemClock
from concierge.services.desk import Desk
from concierge.services.intake import Intake, add_ticket
from concierge.services.roster import import_roster
from concierge.services.staffing import NewStaff
from concierge.services.sweep import next_due, sweep

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂文辉红玲建国志华晓东海燕雪梅玉兰俊峰"
OPEN_CATEGORIES = (
    "public-repair",
    "home-repair",
    "other-complaint",
    "public-glass",
    "emergency",
    "fees",
)
WORDS = (
    "楼上中午还在打电钻",
    "大堂玻璃门关不上",
    "地下车库灯不亮",
    "电梯里有异味",
    "请尽快派人来看",
)


def write_roster(path: Path, households: int, rng: random.Random) -> None:
    """A roster of made-up people, one row each."""
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["楼栋", "房号", "姓名", "电话"])
        for number in range(households):
            building, room = divmod(number, 250)
            floor, door = divmod(room, 10)
            name = rng.choice(SURNAMES) + "".join(rng.sample(GIVEN, rng.choice((1, 2))))
            phone = "13" + "".join(rng.choice("0123456789") for _ in range(9))
            out.writerow([f"{building + 1}栋", f"{floor + 1}{door + 1:02d}", name, phone])


def build(home: Path, *, open_tickets: int, closed: int, households: int) -> None:
    """Make the store in ``home``."""
    rng = random.Random(20261124)
    now = SystemClock().now()
    staff = [NewStaff("Chen Li", "concierge"), NewStaff("Zhou Min", "supervisor", "13800001234"),
             NewStaff("Lin Tao", "director"), NewStaff("Gao Yan", "manager")]  # fmt: skip
    made = found_property(home, name="Cloud Garden", language="zh", staff=staff, environ={})
    clock = FixedClock(now - 86_400)
    desk = Desk(made.store, clock, made.rules, made.name)
    with tempfile.TemporaryDirectory() as folder:
        roster = Path(folder) / "roster.csv"
        write_roster(roster, households, rng)
        import_roster(desk, path=roster)
    for nth in range(closed):
        clock.at = now - 86_400 + nth
        unit = f"{rng.randrange(households // 250) + 1}-{rng.randrange(25) + 1}{rng.randrange(10) + 1:02d}"
        intake = Intake(
            category="fees", words=rng.choice(WORDS), unit=unit, answered="答复", unverified=True
        )
        add_ticket(desk, intake=intake, actor="Chen Li")
    for nth in range(open_tickets):
        clock.at = now - 7_200 + nth * 7_200 // max(1, open_tickets)
        category = OPEN_CATEGORIES[min(nth * 37 % 100, 59) // 12] if nth % 50 else "neighbour"
        if category == "emergency" and nth % 200:
            category = "public-repair"
        unit = f"{rng.randrange(households // 250) + 1}-{rng.randrange(25) + 1}{rng.randrange(10) + 1:02d}"
        intake = Intake(category=category, words=rng.choice(WORDS), unit=unit, unverified=True)
        add_ticket(desk, intake=intake, actor="Chen Li")
    clock.at = now
    sweep(desk)
    print(
        f"{home}: {open_tickets} open, {closed} closed, {households} households, next {next_due(desk)}"
    )
    desk.store.close()


def main() -> None:
    """Build it where the first word says."""
    home = Path(sys.argv[1])
    sizes = [int(word) for word in sys.argv[2:]]
    open_tickets, closed, households = [*sizes, *(2_000, 8_000, 50_000)[len(sizes) :]]
    build(home, open_tickets=open_tickets, closed=closed, households=households)


if __name__ == "__main__":
    main()
