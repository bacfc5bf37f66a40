"""A roster of 50 000 rows read, compared and saved, against a bare csv reader and ``executemany``.

``python tests/benchmarks/bench_roster.py [ROWS]``. Each side runs in a process of its own, so that the peak of
memory is its own. Printed: seconds of the processor, which other work on the machine does not change, as a
ratio to the bare side too, and peak memory above a Python that did nothing; then the same roster once more,
as a re-import that changes nothing, and as a workbook.
"""

from __future__ import annotations

import csv
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from time import process_time

HEADER = ["楼栋", "单元", "房号", "姓名", "电话", "关系", "车牌", "备注"]
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "建国秀英伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂文辉玲"
PEOPLE = 2  # rows a household
FLOORS, DOORS, ENTRANCES = 30, 4, 3


def rows(count: int) -> list[list[str]]:
    """A made-up roster: two people a household, a plate for the first."""
    made = []
    for number in range(count):
        flat, person = divmod(number, PEOPLE)
        place, door = divmod(flat, DOORS)
        place, floor = divmod(place, FLOORS)
        building, entrance = divmod(place, ENTRANCES)
        name = SURNAMES[number % 20] + GIVEN[number % 27] + GIVEN[number // 27 % 27]
        made.append(
            [
                f"{building + 1}栋",
                f"{entrance + 1}单元",
                f"{floor + 1}{door + 1:02}",
                name,
                f"139{number:08}",
                "业主" if not person else "配偶",
                f"粤B{number:05}" if not person else "",
                "花生过敏" if not number % 50 else "",
            ]
        )
    return made


def bare(path: Path, home: Path) -> float:
    """Read it with csv and write it with one statement."""
    started = process_time()
    with closing(sqlite3.connect(home / "bare.db")) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute(
            "CREATE TABLE person (building, entrance, room, name, phone, relation, plate, notes)"
        )
        with path.open(encoding="utf-8", newline="") as file:
            lines = csv.reader(file)
            next(lines)
            raw.executemany("INSERT INTO person VALUES (?,?,?,?,?,?,?,?)", lines)
        raw.commit()
    return process_time() - started


def ours(path: Path, home: Path) -> float:
    """Import it as the command line does."""
    from concierge.bootstrap import found_property
    from concierge.services.roster import import_roster
    from concierge.services.staffing import NewStaff

    if not (home / "concierge.db").exists():
        found_property(
            home,
            name="Cloud Garden",
            language="en",
            environ={},
            staff=[NewStaff("Chen Li", "concierge")],
        ).store.close()
    from concierge.bootstrap import open_desk

    desk = open_desk(home, name=None, environ={}).desk
    started = process_time()
    report = import_roster(desk, path=path)
    spent = process_time() - started
    assert not report.rejected, report.rejected[:3]
    assert report.read * PEOPLE == report.rows
    return spent


def nothing(path: Path, home: Path) -> float:
    """What a process costs that only starts."""
    return 0.0


def main() -> None:
    """Print a line a side."""
    from openpyxl import Workbook  # not in the other sides' floor

    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory() as folder:
        text, book = Path(folder, "roster.csv"), Path(folder, "roster.xlsx")
        made = rows(count)
        with text.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADER, *made])
        workbook = Workbook(write_only=True)
        sheet = workbook.create_sheet()
        for row in [HEADER, *made]:
            sheet.append(row)
        workbook.save(book)
        floor = 0.0
        base = 0.0
        for kind, path in (
            ("nothing", text),
            ("bare", text),
            ("ours", text),
            ("ours", text),
            ("ours", book),
        ):
            home = Path(folder, f"{kind}{path.suffix}")
            home.mkdir(exist_ok=True)
            again = (home / "concierge.db").exists()
            spent, peak = in_a_process(kind, path, home)
            floor = floor or peak
            base = spent if kind == "bare" else base
            ratio = f"{spent / base:6.1f}x bare" if base else ""
            said = f"{kind} {path.suffix}{' again' if again else ''}"
            print(f"{said:<18}{spent:7.2f} s {ratio:<14}{peak - floor:7.0f} MB above nothing")


def in_a_process(kind: str, path: Path, home: Path) -> tuple[float, float]:
    """Run one side; seconds and peak memory in megabytes."""
    done = subprocess.run(
        [sys.executable, __file__, "--side", kind, str(path), str(home)],
        capture_output=True,
        text=True,
        check=True,
    )
    spent, peak = done.stdout.split()[-2:]
    return float(spent), float(peak)


def side() -> None:
    """One side, in its process."""
    kind, path, home = sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
    spent = {"nothing": nothing, "bare": bare, "ours": ours}[kind](path, home)
    print(spent, peak())


def peak() -> float:
    """The most memory this process had, in megabytes; not measured on Windows."""
    if sys.platform == "win32":
        return 0.0
    else:  # noqa: RET505 the type checker of the other platform needs the branch
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    side() if sys.argv[1:2] == ["--side"] else main()
