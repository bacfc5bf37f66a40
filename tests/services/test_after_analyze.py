"""ANALYZE, which any tool for SQLite runs at a key, makes no question read every ticket or fact there is."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event

from concierge.services.board import board
from concierge.services.desk import Desk
from concierge.services.handover import begin_handover, handover
from concierge.services.households import add_household
from concierge.services.report import report
from concierge.services.shifts import end_shift, shift_summary, start_shift
from concierge.services.sweep import sweep
from concierge.store import board_sql, handover_sql, log_sql
from concierge.store.engine import FILE_NAME
from tests.services.world import World

QUESTIONS = {
    f"{module.__name__.rsplit('.', 1)[-1]}.{name}": sql
    for module in (board_sql, handover_sql, log_sql)
    for name, sql in vars(module).items()
    if name.isupper() and isinstance(sql, str) and "SELECT" in sql and "{" not in sql
}
WHOLE = re.compile(r"SCAN (ticket|event|event_personal|clock|escalation|outbox|phone_call)\b")
FEW = {
    # The newest hundred by the primary key.
    "board_sql.CONFIRMED",
}
CLOSED = 3000
COPIES = {
    "ticket": {
        "id": "id + n", "number": "number || '-' || n", "sequence": "1000 + n", "desk": "'lobby'",
        "household_id": "CASE n % 8 WHEN 0 THEN n END",
    },
    "clock": {"id": "10000 + id + n * 2", "ticket_id": "ticket_id + n"},
    "escalation": {
        "id": "10000 + id + n * 8", "ticket_id": "ticket_id + n",
        "subject_id": "10000 + subject_id + n * 2",
    },
}  # fmt: skip


def multiply(world: World, table: str, changed: dict[str, str], where: str) -> None:
    """Put in copies of rows, as years of work leave them."""
    columns = [row[1] for row in world.rows(f"PRAGMA table_info({table})")]
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(changed.get(name, f'"{name}"') for name in columns)
    world.rows(
        f"WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < {CLOSED})"
        f" INSERT INTO {table} ({names})"
        f" SELECT {values} FROM up CROSS JOIN (SELECT * FROM {table} WHERE {where})"
    )


def aged(world: World) -> None:
    """Thousands of closed tickets, each broken and escalated, and their facts."""
    first = world.add("neighbour", unit="3-1201")
    world.clock.at += 7200
    world.sweep()
    world.do("resolve", first, cause="forgotten")
    for table, changed in COPIES.items():
        key = "id" if table == "ticket" else "ticket_id"
        multiply(world, table, changed, f"{key} = {first.id}")
    (head,) = world.rows("SELECT events FROM chain_head")[0]
    facts = {
        "id": f"{head} + n",
        "hash": "'h' || n",
        "ticket_id": f"{first.id} + n",
        "kind": "'ticket.told'",
    }
    multiply(world, "event", facts, f"id = {head}")
    world.rows("UPDATE chain_head SET events = events + ?, hash = ?", CLOSED, f"h{CLOSED}")


def at_work(world: World) -> None:
    """A shift, and some open matters of which one is overdue."""
    start_shift(world.desk, actor="Chen")
    for unit in ("3-1201", "3-1301", "1-0803"):
        world.add("neighbour", unit=unit)
        world.add("public-repair", unit=unit)
    world.clock.at += 3600
    world.sweep()


def again(world: World) -> Desk:
    """The desk after the program was closed and opened again, as every statistic is read anew then."""
    world.desk.store.close()
    world.desk = world.beside()
    return world.desk


def whole_tables(world: World, sql: str, values: Any) -> list[str]:
    with closing(sqlite3.connect(world.home / FILE_NAME)) as raw:
        plan = raw.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        return [
            row[3] for row in plan if WHOLE.match(row[3]) or row[3].startswith("SEARCH outbox AUTO")
        ]


@pytest.fixture
def analyzed(world: World) -> World:
    """A store that has grown old, then looked through by a tool."""
    aged(world)
    at_work(world)
    world.rows("ANALYZE")
    return world


@pytest.mark.parametrize("years", [0, 5])
def test_no_question_of_a_screen_reads_a_whole_table_after_it(world: World, years: int) -> None:
    if years:
        aged(world)
    at_work(world)
    world.rows("ANALYZE")
    assert world.rows("SELECT count(*) > 0 FROM sqlite_stat1") == [(1,)]
    read = {}
    for name in set(QUESTIONS) - FEW:
        values = dict.fromkeys(re.findall(r":(\w+)", QUESTIONS[name]), 1)
        read[name] = whole_tables(world, QUESTIONS[name], values)
    assert len(read) > 25
    assert {name: plan for name, plan in read.items() if plan} == {}


@contextmanager
def listening() -> Iterator[dict[str, Any]]:
    """The questions that are asked meanwhile, each with values it was asked with."""
    asked: dict[str, Any] = {}

    def note(*said: Any) -> None:
        if said[2].lstrip().startswith(("SELECT", "WITH")):
            asked[said[2]] = said[3]

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def turn(desk: Desk) -> None:
    end_shift(desk, actor="Chen", alone="x")
    start_shift(desk, actor="Sun")


ACTS: dict[str, Callable[[Desk], object]] = {
    "board": board,
    "sweep": sweep,
    "handover": handover,
    "take over": lambda desk: begin_handover(desk, actor="Sun"),
    "summary": shift_summary,
    "day": lambda desk: report(desk, first_day="2026-11-23", last_day="2026-11-23"),
    "turn": turn,
}


@pytest.mark.parametrize("act", ACTS)
def test_no_act_of_a_shift_reads_a_whole_table_after_it(analyzed: World, act: str) -> None:
    analyzed.clock.at += 3600
    with listening() as asked:
        ACTS[act](analyzed.desk)
    assert asked
    read = {sql: whole_tables(analyzed, sql, values) for sql, values in asked.items()}
    newest = {sql for sql in read if "ORDER BY id DESC LIMIT 100" in sql}
    assert {sql: plan for sql, plan in read.items() if plan and sql not in newest} == {}


def test_what_it_told_of_a_young_store_is_forgotten_when_the_program_starts(world: World) -> None:
    at_work(world)
    world.rows("ANALYZE")
    add_household(again(world), unit="5-0101", name="Li", phone=None)
    assert world.rows("SELECT name FROM sqlite_master WHERE name LIKE 'sqlite_stat%'") == []
    aged(world)
    with listening() as asked:
        board(world.desk)
        handover(world.desk)
    read = {sql: whole_tables(world, sql, values) for sql, values in asked.items()}
    assert {sql: plan for sql, plan in read.items() if plan and "LIMIT 100" not in sql} == {}
