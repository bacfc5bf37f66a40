"""A file gives no id twice: neither a new store nor one from before it could remember."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from concierge.store.audit import Stamp, append
from concierge.store.chain import check_chain
from concierge.store.engine import FILE_NAME, Store, sqlite_engine
from concierge.store.migrations import SHIPPED, Line
from concierge.store.opening import create_store, open_store
from concierge.store.tables import Fact, Household, Member, Vehicle

BEFORE = Line(SHIPPED.revisions[:4], SHIPPED.folders)
TABLES = ("member", "vehicle", "pet", "emergency_contact", "fact", "instruction")


def raw(home: Path, *statements: str) -> list[tuple[object, ...]]:
    """Say it to the file itself; gives what the last statement found."""
    with closing(sqlite3.connect(home / FILE_NAME)) as file:
        found = [file.execute(each).fetchall() for each in statements]
        file.commit()
    return found[-1]


@pytest.mark.parametrize("table", TABLES)
def test_every_table_whose_rows_are_on_record_is_declared_and_made_so(
    home: Path, table: str
) -> None:
    [(said,)] = raw(home, f"select sql from sqlite_master where name = '{table}'")
    assert "AUTOINCREMENT" in str(said)
    assert SQLModel.metadata.tables[table].dialect_options["sqlite"]["autoincrement"] is True


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A store from before, whose log speaks of rows that are gone."""
    home = tmp_path / "older"
    create_store(home, line=BEFORE).close()
    raw(
        home,
        "insert into household (id, unit, building, room, created_at) values (1, '1-1', '1', '1', 0)",
        "insert into member (id, household_id, position, name) values (4, 1, 0, '王建国')",
        "insert into vehicle (id, household_id, plate) values (9, 1, '沪A1')",
        "insert into fact (id, household_id, member_id, aspect, text, source, noted_on, written_by, at)"
        " values (2, 1, 4, 'food', '不吃辣', 'said', '2026-11-23', 'Chen', 0)",
    )
    store = Store(sqlite_engine(home / FILE_NAME), home / FILE_NAME)
    with store.write() as session:
        for what, row, member in (("member", 7, 7), ("fact", 12, 6), ("vehicle", 5, None)):
            data = {
                "household_id": 1,
                "what": what,
                "act": "removed",
                "row": row,
                "member_id": member,
            }
            whom = 11 if what == "fact" else None
            append(session, Stamp(0, "lobby"), "household.changed", data,
                   personal={"before": {}}, household_id=1, member_id=whom)  # fmt: skip
    store.close()
    return home


def test_a_store_from_before_gives_no_id_that_its_log_or_its_rows_know(older: Path) -> None:
    store = open_store(older)
    with store.write() as session:
        member, vehicle = Member(household_id=1, name="赵敏"), Vehicle(household_id=1, plate="沪B2")
        fact = Fact(household_id=1, aspect="food", text="茶", source="said", noted_on="2026-11-23",
                    written_by="Chen", at=0)  # fmt: skip
        session.add_all([member, vehicle, fact])
        session.flush()
        assert (member.id, vehicle.id, fact.id) == (12, 10, 13)
        assert list(check_chain(session)) == []
    store.close()


def test_what_a_store_from_before_held_is_there_and_goes_together_as_it_did(older: Path) -> None:
    store = open_store(older)
    store.close()
    assert raw(older, "select name, id from member") == [("王建国", 4)]
    assert raw(older, "select text, member_id from fact") == [("不吃辣", 4)]
    store = open_store(older)
    with store.write() as session:
        session.delete(session.get_one(Household, 1))
    store.close()
    assert raw(older, "select (select count(*) from member), (select count(*) from fact)") == [
        (0, 0)
    ]
