"""What is written for a file and a shared server alike is understood by both: tables, triggers, questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from types import ModuleType

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, Text, inspect, text
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel

from concierge.clock import FixedClock
from concierge.services.board import board
from concierge.services.desk import Desk
from concierge.services.handover import handover
from concierge.services.household_edit import set_household
from concierge.services.instructions import NewInstruction, add_instruction
from concierge.services.report import report
from concierge.services.shifts import shift_summary, start_shift
from concierge.services.ticket_view import list_tickets, show_ticket
from concierge.services.verify import verify
from concierge.store import board_sql, handover_sql, log_sql
from concierge.store.engine import Store
from concierge.store.migrate import run
from concierge.store.migrations import SHIPPED
from tests.services.handing import hand_over
from tests.services.postgresql import Cluster, copy_rows
from tests.services.world import World

NUMBERS = count()
# What some questions ask for, by the name of the parameter.
VALUES = {"household": 1, "name": "Chen", "since": 0, "desk": "lobby", "handover": 1, "shift": 2,
          "item": "keys", "first": "2026-11-23", "last": "2026-11-30", "top": log_sql.TOP,
          "instant": 1795420000}  # fmt: skip
VIEWS: dict[str, Callable[[Desk], object]] = {
    "board": board,
    "open matters": list_tickets,
    "a matter": lambda desk: show_ticket(desk, number="T-20261123-002"),
    "the handover": handover,
    "the shift": shift_summary,
    "the report": lambda desk: report(desk, first_day="2026-11-23", last_day="2026-11-24"),
}


def evening(world: World) -> None:
    """A shift with matters of each kind, some broken and escalated, and the handover to the next one."""
    start_shift(world.desk, actor="Chen")
    world.add("fees", answered="two yuan")
    late = world.add("neighbour", unit="3-1201")
    good = world.add("neighbour", place="Hall")
    world.add("home-repair")
    asked = NewInstruction("The cleaner may enter", starts_on="2026-11-24", ends_on="2026-11-24")
    add_instruction(world.desk, unit="3-1301", instruction=asked, actor="Chen")
    set_household(world.desk, unit="1-0803", values={"notes": "peanut"}, actor="Chen")
    world.go("14:45")
    world.sweep()
    world.do("attend", good)
    world.do("resolve", late, cause="forgotten")
    world.go("21:00")
    world.sweep()
    hand_over(world.desk)


@pytest.fixture
def database(server: Cluster) -> Iterator[Engine]:
    """A new database that sorts texts as Chinese does, with the tables that the revisions made."""
    with server.database(
        f"desk_{next(NUMBERS)}", "zh" if server.compares_by_language else None
    ) as engine:
        with engine.begin() as connection:
            run(connection, SHIPPED)
        yield engine


def at(engine: Engine, world: World) -> Desk:
    """A desk at that database."""
    return Desk(Store(engine, None), world.clock, world.desk.rules, world.desk.name)


def questions(*modules: ModuleType) -> dict[str, str]:
    """The questions that are written out as SQL, by name."""
    return {
        f"{module.__name__}.{name}": sql
        for module in modules
        for name, sql in vars(module).items()
        if name.isupper() and "SELECT" in str(sql) and "{" not in sql
    }


def test_the_revisions_make_the_tables_as_declared_there_too(database: Engine) -> None:
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    keys = {each["name"]: each["type"] for each in inspect(database).get_columns("search_key")}
    assert isinstance(keys["key"], Text)
    assert keys["key"].collation == "C"


def test_the_log_refuses_to_be_changed_there_too(database: Engine, world: World) -> None:
    copy_rows(world.desk.store.engine, database)
    for statement in (
        "UPDATE event SET kind = 'x'",
        "DELETE FROM event WHERE id = 1",
        "TRUNCATE event CASCADE",
    ):
        with (
            pytest.raises(DatabaseError, match="the event log is append-only"),
            database.begin() as connection,
        ):
            connection.execute(text(statement))
    assert verify(at(database, world)) == verify(world.desk)


def test_every_question_that_is_written_out_has_the_same_answer(
    database: Engine, world: World
) -> None:
    evening(world)
    world.rows("UPDATE heartbeat SET gap_from = 5, gap_until = 9")
    world.rows("UPDATE outbox SET state = 'dead', settled_at = 7 WHERE id = 1")
    copy_rows(world.desk.store.engine, database)
    said = 0
    for name, sql in questions(board_sql, handover_sql, log_sql).items():
        with world.desk.store.read() as mine, at(database, world).store.read() as theirs:
            expected, found = (
                [tuple(row) for row in session.execute(text(sql), VALUES)]
                for session in (mine, theirs)
            )
        if "ORDER BY" not in sql:
            expected, found = sorted(expected), sorted(found)
        assert found == expected, name
        said += bool(expected)
    assert said >= 25


def test_a_shift_that_was_copied_there_reads_the_same(database: Engine, world: World) -> None:
    evening(world)
    copy_rows(world.desk.store.engine, database)
    for name, view in VIEWS.items():
        assert view(at(database, world)) == view(world.desk), name


def test_a_shift_that_was_lived_there_is_that_of_a_file(
    database: Engine, world: World, clock: FixedClock
) -> None:
    copy_rows(world.desk.store.engine, database)
    there = World(world.home, at(database, world), FixedClock(clock.at))
    there.desk = Desk(there.desk.store, there.clock, there.desk.rules, there.desk.name)
    evening(there)
    evening(world)
    assert verify(there.desk).problems == ()
    for name in ("board", "open matters", "a matter"):
        assert VIEWS[name](there.desk) == VIEWS[name](world.desk), name
