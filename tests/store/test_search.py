"""Households are found by ranges of one index, best first, each once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from concierge.domain.search_keys import Match, queries
from concierge.store.engine import Store
from concierge.store.finding import IN_RANGE, FoundRow, find, in_all_ranges
from concierge.store.search import write_keys, write_many
from concierge.store.tables import Household, Member, Vehicle

SYLLABLES = {
    "王": "wang",
    "建": "jian",
    "国": "guo",
    "张": "zhang",
    "三": "san",
    "丽": "li",
    "李": "li",
}


def readings(name: str) -> tuple[tuple[str, ...], ...]:
    return (tuple(SYLLABLES[character] for character in name),) if name in NAMES else ()


NAMES = {"王建国", "张三", "李丽", "王丽"}


def add(session: Session, unit: str, *members: tuple[str, str | None], plate: str = "") -> int:
    building, *entrance, room = unit.split("-")
    row = Household(
        unit=unit,
        building=building,
        entrance=entrance[0] if entrance else None,
        room=room,
        created_at=0,
    )
    session.add(row)
    session.flush()
    assert row.id is not None
    for position, (name, phone) in enumerate(members):
        session.add(Member(household_id=row.id, position=position, name=name, phone=phone))
    if plate:
        session.add(Vehicle(household_id=row.id, plate=plate))
    return row.id


@pytest.fixture
def lobby(store: Store) -> Store:
    with store.write() as session:
        ids = [
            add(
                session,
                "3-1201",
                ("王建国", "13800001234"),
                ("李丽", "13900005678"),
                plate="粤B12345",
            ),
            add(session, "3-2-1201", ("张三", None)),
            add(session, "31-201", ("John O'Neil", "+44 20 7946 0958")),
            add(session, "5-902", ("王丽", None), ("王建国", None)),
            add(session, "6-101"),
        ]
        write_many(session, ids, readings)
    return store


def found(store: Store, typed: str, limit: int = 10) -> list[FoundRow]:
    with store.glancing() as ask:
        return find(ask, queries(typed), limit=limit)


@pytest.mark.parametrize(
    ("typed", "units"),
    [
        ("3-1201", ["3-1201"]),
        ("31201", ["3-1201", "31-201"]),
        ("3-2-1201", ["3-2-1201"]),
        ("1201", ["3-1201", "3-2-1201"]),
        ("建国", ["3-1201", "5-902"]),
        ("wjg", ["3-1201", "5-902"]),
        ("zs", ["3-2-1201"]),
        ("neil", []),
        ("oneil", ["31-201"]),
        ("5678", ["3-1201"]),
        ("B12345", ["3-1201"]),
        ("345", ["3-1201"]),
        ("9-999", []),
        ("%", []),
        ("", []),
    ],
)
def test_what_is_typed_finds_the_household(lobby: Store, typed: str, units: list[str]) -> None:
    assert [row.unit for row in found(lobby, typed)] == units


def test_the_member_who_matched_is_named_else_the_first(lobby: Store) -> None:
    assert found(lobby, "5678") == [
        FoundRow(1, "3-1201", "李丽", Match.PHONE, "13900005678", "87650000931", "8765")
    ]
    assert found(lobby, "3-1201") == [
        FoundRow(1, "3-1201", "王建国", Match.UNIT, "13800001234", "3-1201", "3-1201")
    ]
    assert found(lobby, "12345")[0].match == "plate"
    assert found(lobby, "6-101") == [FoundRow(5, "6-101", "", Match.UNIT, None, "6-101", "6-101")]


def test_two_members_who_match_are_one_household(lobby: Store) -> None:
    rows = found(lobby, "王")
    assert [row.unit for row in rows] == ["5-902", "3-1201"]
    assert [row.name for row in rows] == ["王丽", "王建国"]


def test_no_more_than_asked_for_come_back_and_the_best_of_them(lobby: Store) -> None:
    assert [row.unit for row in found(lobby, "31201", limit=1)] == ["3-1201"]


def test_writing_keys_again_replaces_them(lobby: Store) -> None:
    with lobby.write() as session:
        for row in session.exec(select(Member).where(Member.household_id == 1)):
            row.name = "张三"
        write_keys(session, 1, readings)
    assert [row.unit for row in found(lobby, "张三")] == ["3-1201", "3-2-1201"]
    assert [row.unit for row in found(lobby, "建国")] == ["5-902"]


def test_keys_are_written_once_however_often(lobby: Store) -> None:
    one = "household_id || match || key || coalesce(member_id, 0)"
    count = text(f"SELECT count(*), count(DISTINCT {one}) FROM search_key")
    with lobby.write() as session:
        before = tuple(session.execute(count).one())
        write_many(session, [1, 2, 3, 4, 5], readings)
        after = tuple(session.execute(count).one())
    assert before == after
    assert before[0] == before[1]


def test_a_household_that_goes_takes_its_keys_along(lobby: Store) -> None:
    with lobby.write() as session:
        session.execute(text("DELETE FROM household WHERE id = 1"))
    assert found(lobby, "建国")[0].unit == "5-902"
    with lobby.read() as session:
        keys = session.execute(text("SELECT count(*) FROM search_key WHERE household_id = 1"))
        assert keys.scalar() == 0


def plan_of(store: Store, sql: str, **values: object) -> list[str]:
    """The steps SQLite takes."""
    with store.glancing() as ask:
        return [row[3] for row in ask("EXPLAIN QUERY PLAN " + sql, values)]


def test_a_search_seeks_in_indexes_and_scans_and_sorts_nothing_but_a_households_members(
    lobby: Store,
) -> None:
    plan = plan_of(lobby, IN_RANGE, match="name", low="a", high="b", most=20, past=0)
    assert not [step for step in plan if step.startswith("SCAN")], plan
    assert plan[0] == "SEARCH found USING INDEX search_key_range (match=? AND key>? AND key<?)"
    # The one sort there is puts the members of one household in order.
    assert plan.count("USE TEMP B-TREE FOR ORDER BY") == 1, plan
    assert plan.index("USE TEMP B-TREE FOR ORDER BY") > plan.index("CORRELATED SCALAR SUBQUERY 1")


@pytest.mark.parametrize("few", [True, False])
def test_several_words_are_sought_each_in_an_index(lobby: Store, few: bool) -> None:
    bounds = {f"{name}{at}": "x" for at in range(2) for name in ("low", "high")}
    plan = plan_of(
        lobby, in_all_ranges(2, few=few), match="word", low="a", high="b", most=20, past=0, **bounds
    )
    table = [step for step in plan if "SCAN" in step and "found" not in step]
    assert table == [], plan
    assert "SEARCH one USING INDEX search_key_range (match=? AND key>? AND key<?)" in plan
    # Reading all keys of a common word for each household of another would take a second.
    others = [step for step in plan if step.startswith("SEARCH other")]
    assert len(others) == 2
    assert all(("household_id=?" in step) == few for step in others), plan


def test_a_search_stops_reading_when_it_has_enough(lobby: Store) -> None:
    with lobby.write() as session:
        ids = [add(session, f"1-{number}", ("王丽", None)) for number in range(1, 400)]
        write_many(session, ids, readings)
    lobby.glance("SELECT 1")
    raw = lobby._eye
    assert raw is not None
    steps = [0]

    def count() -> int:
        steps[0] += 1
        return 0

    def cost(limit: int) -> int:
        steps[0] = 0
        raw.set_progress_handler(count, 10)
        assert len(found(lobby, "王丽", limit)) == limit
        raw.set_progress_handler(None, 0)
        return steps[0]

    cost(5)
    assert cost(5) * 10 < cost(399)


def test_ties_come_in_one_order_every_time(lobby: Store) -> None:
    def often() -> Iterator[list[int]]:
        for _ in range(5):
            yield [row.household_id for row in found(lobby, "王建国")]

    assert {tuple(ids) for ids in often()} == {(1, 4)}
