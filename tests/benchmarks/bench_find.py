"""Finding among 50 000 households: the service against bare SQL, key to painted result against a bare Input.

``python -m tests.benchmarks.bench_find [HOME]``: a folder made by ``made_up_roster`` (made now if not given).
Prints ratios to the floors measured in the same run, their figures beside them; 1 when one is missed. Linux
only.
"""

from __future__ import annotations

import random
import re
import sqlite3
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any
from unittest.mock import patch

assert sys.platform != "win32", "pseudo-terminals are not on Windows"

from concierge.bootstrap import open_desk  # noqa: E402 after the word on Windows
from concierge.services.desk import Desk  # noqa: E402
from concierge.services.finding import find_households  # noqa: E402
from concierge.store.engine import FILE_NAME, Ask  # noqa: E402
from tests.benchmarks.bench_board import Program  # noqa: E402
from tests.benchmarks.bench_desk import DESK, INPUT  # noqa: E402
from tests.benchmarks.made_up_roster import build  # noqa: E402

TYPED = (
    "3-1201", "3栋1203", "57-2", "101", "31201", "zhangsan", "zhang s", "wjg", "li", "yuchigong", "shan", "lvm",
    "王", "国华", "欧阳", "张伟", "anna", "oneil", "5678", "90210", "b12", "旺财", "peanut",
    "peanut allergy", "花生过敏", "独居", "养狗 按铃", "zzzz", "白鹤",
)  # fmt: skip
WORDS = ("wang", "57-120", "zhangw", "liu", "8-21", "chenj", "5678", "peanut")
FIGURES = {"service": 3.0, "p50": 2.2, "p99": 4.0, "memory": 1.02}
ROUNDS = 8
LETTERS = "abcdefghijklmnopqrstuvwxyz"
QUERIES = 2_000
F3 = b"\x1bOR"
CLEAR = b"\x15"


def questions(desk: Desk, text: str) -> list[tuple[str, Any]]:
    """The store's questions for a text, to be asked again without the service."""
    asked: list[tuple[str, Any]] = []
    plain = desk.store.glancing

    @contextmanager
    def listening() -> Iterator[Ask]:
        with plain() as ask:

            def heard(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
                asked.append((sql, dict(values)))
                return ask(sql, values)

            yield heard

    with patch.object(desk.store, "glancing", listening):
        find_households(desk, text=text)
    return asked


def fastest(job: Callable[[], object], times: int = 30) -> float:
    """The middle of many runs, in seconds."""
    taken = []
    for _ in range(times):
        began = perf_counter()
        job()
        taken.append(perf_counter() - began)
    return statistics.median(taken)


def service(home: Path, desk: Desk) -> tuple[float, float]:
    """How many times the bare SQL the service takes: the middle of the texts, and the worst."""
    ratios = {}
    with closing(sqlite3.connect(home / FILE_NAME)) as raw:
        for text in TYPED:
            asked = questions(desk, text)

            def bare(asked: list[tuple[str, Any]] = asked) -> None:
                for sql, values in asked:
                    raw.execute(sql, values).fetchall()

            def ours(text: str = text) -> None:
                find_households(desk, text=text)

            ours()
            bare()
            floor, took = fastest(bare), fastest(ours)
            ratios[text] = took / floor
            print(
                f"  {text}: {len(asked)} questions, {took * 1e6:.0f} us, {took / floor:.2f} of bare SQL"
            )
    return statistics.median(ratios.values()), max(ratios.values())


def resident() -> int:
    """Bytes of memory in use."""
    status = Path("/proc/self/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+)", status)
    assert found is not None
    return int(found[1]) * 1024


def memory(desk: Desk) -> tuple[int, int]:
    """Bytes before and after two thousand questions, each another one."""
    rng = random.Random(5)
    texts = [text[: rng.randrange(1, len(text) + 1)] for text in rng.choices(TYPED, k=QUERIES)]
    for text in texts[:200]:
        find_households(desk, text=text)
    before = resident()
    for text in texts:
        find_households(desk, text=text + str(rng.randrange(10)) if rng.random() < 0.2 else text)
    return before, resident()


def awaited(desk: Desk, text: str, before: str) -> str | None:
    """What the screen shows with the results for a text and did not show for the one before it."""
    old = find_households(desk, text=before) if before else ()
    said = {hit.unit for hit in old} | {hit.name for hit in old}
    for hit in find_households(desk, text=text)[:8]:
        word = hit.name if hit.match == "unit" else hit.unit
        if word not in said and word not in text and len(word.encode()) > 5:
            return word
    return None


def painted(home: Path, desk: Desk) -> tuple[list[float], list[float]]:
    """Seconds from each key to the first new result on the screen; those of a bare Input to its letter.

    Word by word in turn, so that a busy moment of the machine falls on both.
    """
    program, bare = Program(DESK.format(home=str(home))), Program(INPUT)
    taken: list[float] = []
    floor: list[float] = []
    try:
        bare.shows("input ready")
        program.shows("F2")
        program.idle(2.0)
        program.press(F3, "Find")
        program.idle(0.5)
        for text in WORDS * ROUNDS:
            for stop in range(1, len(text) + 1):
                program.settle(0.06)
                key, words = text[stop - 1], awaited(desk, text[:stop], text[: stop - 1])
                began = perf_counter()
                program.press(key.encode(), words or key)
                if words:
                    taken.append(perf_counter() - began)
            program.press(CLEAR, "Type a unit")
            floor += [bare.echo(LETTERS[(len(floor) + nth) % 26]) for nth in range(len(text))]
    finally:
        program.end()
        bare.end()
    return sorted(taken), sorted(floor)


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "home"
        made = None if home.exists() else build(home)
        if made is not None:
            made.store.close()
        desk = open_desk(home, name=None, environ={}).desk
        middle, worst = service(home, desk)
        before, after = memory(desk)
        ours, bare = painted(home, desk)
        ratios = {"service": middle, "memory": after / before}
        for name, part in (("p50", 0.5), ("p99", 0.99)):
            at, floor = int(len(ours) * part), int(len(bare) * part)
            ratios[name] = ours[at] / bare[floor]
            print(f"{name}: {ours[at] * 1000:.1f} ms, an Input {bare[floor] * 1000:.1f} ms")
        print(f"service at worst {worst:.2f} of bare SQL; memory {before >> 20} then {after >> 20} MB;"
              f" {len(ours)} keys")  # fmt: skip
        for name, ratio in ratios.items():
            print(f"{name}: {ratio:.2f} (figure {FIGURES[name]})")
        desk.store.close()
    return int(any(ratio > FIGURES[name] for name, ratio in ratios.items()))


if __name__ == "__main__":
    sys.exit(main())
