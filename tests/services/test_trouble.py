"""A second desk at the same moment, a store that is locked, full or read-only: nothing is half saved."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from concierge.bootstrap import open_desk
from concierge.services.board import board
from concierge.services.drafts import list_drafts, save_draft
from concierge.services.intake import Intake, add_ticket
from concierge.services.sweep import sweep
from concierge.services.ticket_view import list_tickets
from concierge.store import engine
from concierge.store.engine import FILE_NAME
from concierge.store.problem import StoreProblem
from tests.services.world import World, at


def test_two_desks_that_save_at_once_both_save(world: World) -> None:
    other = world.beside()

    def save(turn: int) -> str:
        desk = (world.desk, other)[turn % 2]
        return add_ticket(desk, intake=Intake("fees", f"no {turn}"), actor="Chen").number

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(save, range(40)))
    assert sorted(numbers) == [f"T-20261123-{n:03d}" for n in range(1, 41)]
    assert world.is_sound()
    other.store.close()


def test_a_store_that_somebody_else_holds_is_named_and_nothing_is_saved(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_BUSY_MILLISECONDS", 1)
    impatient = world.beside()
    with closing(sqlite3.connect(world.home / FILE_NAME, isolation_level=None)) as holder:
        holder.execute("begin immediate")
        with pytest.raises(StoreProblem) as problem:
            add_ticket(impatient, intake=Intake("fees", "x"), actor="Chen")
        assert problem.value.code == "locked"
        assert board(impatient).rows == ()
        holder.execute("rollback")
    assert add_ticket(impatient, intake=Intake("fees", "x"), actor="Chen").number.endswith("-001")
    impatient.store.close()


def test_a_full_disk_saves_nothing_and_the_draft_is_still_there(world: World) -> None:
    save_draft(world.desk, draft="d1", received_at=at("14:10"), form={"words": "长"})
    before = world.rows("select events from chain_head")
    with world.desk.store.engine.connect() as connection:
        connection.exec_driver_sql("pragma max_page_count = 1")
    filling = "长" * 4000
    problem = None
    for number in range(200):
        try:
            world.add("emergency", words=filling, draft="d1" if number == 0 else None)
        except StoreProblem as said:
            problem = said
            break
    assert problem is not None
    assert problem.code == "full"
    saved = world.rows("select count(*) from ticket")[0][0]
    assert (list_drafts(world.desk) == ()) == (saved > 0)
    fresh = World(world.home, world.beside(), world.clock)
    assert fresh.is_sound()
    assert world.rows("select count(*) from clock") == [(2 * saved,)]
    assert (world.rows("select events from chain_head") == before) == (saved == 0)
    fresh.desk.store.close()


def test_a_read_only_store_is_read_and_refuses_to_be_written(world: World) -> None:
    ticket = world.add("fees")
    world.desk.store.close()
    (world.home / FILE_NAME).chmod(0o400)
    opened = open_desk(world.home, name=None, environ={"CONCIERGE_NOW": "2026-11-23T15:00"}).desk
    assert [row.number for row in list_tickets(opened)] == [ticket.number]
    for act in (
        lambda: add_ticket(opened, intake=Intake("fees", "x"), actor="Chen"),
        lambda: sweep(opened),
        lambda: save_draft(opened, draft="d", received_at=0, form={}),
    ):
        with pytest.raises(StoreProblem) as problem:
            act()
        assert problem.value.code == "read-only"
    opened.store.close()
