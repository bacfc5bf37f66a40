"""A PostgreSQL that lobbies share finds whom a file finds: the same hits, in the same order, marked alike.

Databases differ in the order they keep texts in: by code point, as a file does, or as a language sorts. Neither
may show in an answer. The rows of one made-up roster are put into one database of each kind.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, SQLModel, select

from concierge.domain.search_marks import PLACES
from concierge.services.desk import Desk
from concierge.services.finding import find_households
from concierge.services.household_list import HouseholdFilter, list_households
from concierge.services.pinyin import readings
from concierge.store.engine import Store
from concierge.store.finding import IN_RANGE
from concierge.store.migrate import run
from concierge.store.migrations import SHIPPED
from concierge.store.search import write_many
from concierge.store.tables import (
    CareFlag,
    Fact,
    Household,
    Instruction,
    Member,
    Pet,
    SearchKey,
    Vehicle,
)
from tests.benchmarks.made_up_roster import build
from tests.services.postgresql import Cluster, copy_rows

HOUSES = 1_000
ASKED = 700  # of each database
CODE_POINTS = None
COLLATIONS = (CODE_POINTS, "zh")
# Names whose characters have no place in many orders, or another one in each: beyond the first plane of
# Unicode, of private use, wide, ligatures, accents; and what quotes, patterns and parameters are made of.
ODD = (
    "𠮷田", "𰻝面", "﨑山", "\ue000字", "😀猫", "Ｗｉｄｅ Ｎａｍｅ", "ﬁsher", "Ångström", "Éclair", "Straße",
    "İpek", "Ёлкин", "ｱｲｳ", "100%", "a_b", "O'Brien\"; --", "back\\slash", ":low", "%(low)s", "~tilde", "Zoë",
    "ZZ Top", "æther", "ø",
)  # fmt: skip
NOISE = (
    "", " ", "%", "_", "%%", "a%", "_b", "'", '"', "\\", "';--", ":low", "%s", "%(low)s", "~", "~张", "*", "?",
    "\x00", "张\x00三", "\x01", "\ud800", "张\udfff", "😀", "𠮷", "\U0010fffe", "\U0010ffff", "張\U0010ffff",
    "\ue000", "\uffff", "\ufeff张", "\u202e张", "３－１２０１", "ｚｈａｎｇ", "ﬁ", "ß", "ss", "é", "e\u0301",
    "Ё", "ё", "i", "I", "İ", "ı", "-", "--", "3-", "-3", "0", "00", "9" * 60, "张" * 60, "peanut " * 40,
)  # fmt: skip


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk at a file with the roster, and with files and names of the rarer kinds."""
    desk = build(tmp_path_factory.mktemp("town") / "home", count=HOUSES)
    with desk.store.write() as session:
        written = [_odd(session, at, name) for at, name in enumerate(ODD)]
        for one in range(1, HOUSES, 8):  # words so common that they are looked for in another way
            session.add(_fact(one, "entertainment", "家教下午来 piano lesson"))
            written.append(one)
        for one in range(1, HOUSES, 50):
            session.add(CareFlag(household_id=one, flag="lives-alone"))
        write_many(session, written, readings)
    yield desk
    desk.store.close()


def _odd(session: Session, at: int, name: str) -> int:
    """A household with a name, a pet, a plate and words that are odd."""
    house = Household(unit=f"99-{at + 101}", building="99", room=str(at + 101), created_at=0,
                      moved_in="2026-11-05", away_to="2026-12-01", notes=f"{name} 常客，peanut")  # fmt: skip
    session.add(house)
    session.flush()
    one = house.id or 0
    session.add(Member(household_id=one, name=name, phone=None if at % 2 else f"1290000{at:04}"))
    session.add(Member(household_id=one, name=name, position=0, phone="12800001111"))
    session.add(Pet(household_id=one, name=name[::-1], kind="狗", note=f"怕 {name}"))
    session.add(Vehicle(household_id=one, plate=f"粤Z·{name[:1]}{at:04}"))
    session.add(_fact(one, "food", f"爱喝普洱茶 {name}"))
    session.add(_fact(one, "health", f"心脏病 {name}"))
    session.add(Instruction(household_id=one, text=f"保洁可进 {name}", written_by="Chen", at=0))
    return one


def _fact(household: int, aspect: str, text: str) -> Fact:
    return Fact(household_id=household, aspect=aspect, text=text, source="said",
                noted_on="2026-11-23", written_by="Chen", at=0)  # fmt: skip


@pytest.fixture(scope="module")
def shared(server: Cluster, town: Desk) -> Iterator[dict[str | None, Desk]]:
    """Desks at databases with the same rows, by the language in whose order they keep texts.

    The tables of the first were made by the revisions, those of the other as they are declared.
    """
    with ExitStack() as held:
        desks: dict[str | None, Desk] = {}
        for collation in COLLATIONS:
            if collation and not server.compares_by_language:
                continue
            engine = held.enter_context(server.database(f"find_{collation or 'c'}", collation))
            _make_tables(engine, by_revisions=collation is CODE_POINTS)
            copy_rows(town.store.engine, engine)
            desks[collation] = Desk(Store(engine, None), town.clock, town.rules, town.name)
        yield desks


def _make_tables(engine: Engine, *, by_revisions: bool) -> None:
    with engine.begin() as connection:
        if by_revisions:
            run(connection, SHIPPED)
        else:
            SQLModel.metadata.create_all(connection)


def questions(town: Desk) -> list[str]:
    """What may be typed: beginnings of stored keys, pieces of the file in several spellings, and noise."""
    rng = random.Random(20261125)
    with town.store.read() as session:
        keys = [key.partition(PLACES)[0] for key in session.exec(select(SearchKey.key))]
        units = list(session.exec(select(Household.unit)))
        names = list(session.exec(select(Member.name)))
        phones = [phone for phone in session.exec(select(Member.phone)) if phone]
        plates = list(session.exec(select(Vehicle.plate)))
        words = [note for note in session.exec(select(Household.notes)) if note]
    texts = [*ODD, *names, *plates, *words]
    asked = [*NOISE, *ODD, "家教 下午", "piano les", "pia", "普洱茶", "心脏病", "99栋"]
    while len(asked) < ASKED:
        unit, name = rng.choice(units), rng.choice(names)
        piece = rng.choice((rng.choice(texts), rng.choice(ODD), rng.choice(words)))
        start = rng.randrange(len(piece))
        spoken = [" ".join(each) for each in readings(name)] or [name]
        asked += [
            _cut(rng, rng.choice(keys)), _cut(rng, rng.choice(keys).strip("~")),
            unit, _cut(rng, unit), unit.replace("-", "栋"), unit.replace("-", ""),
            name, name[1:], _cut(rng, rng.choice(spoken)), "".join(s[:1] for s in spoken[0].split()),
            rng.choice(phones)[-rng.randrange(3, 12):], rng.choice(phones)[-4:],
            rng.choice(plates)[-rng.randrange(3, 6):], rng.choice(plates)[:rng.randrange(3, 8)],
            piece[start : rng.randrange(start + 1, len(piece) + 1)], piece[:4].upper(),
            f"{rng.choice(words)[:3]} {rng.choice(words)[:2]}",
        ]  # fmt: skip
    return asked[:ASKED]


def _cut(rng: random.Random, text: str) -> str:
    return text[: rng.randrange(1, len(text) + 1)] if text else text


def test_the_same_households_are_found_in_the_same_order_with_the_same_marks(
    town: Desk, shared: Mapping[str | None, Desk]
) -> None:
    asked = questions(town)
    expected = [find_households(town, text=typed) for typed in asked]
    kinds = Counter(hit.match for hits in expected for hit in hits)
    assert set(kinds) == {"unit", "name", "pinyin", "phone", "plate", "pet", "word"}
    assert min(kinds.values()) >= 30, kinds
    assert sum(map(bool, expected)) > ASKED / 2
    for collation, desk in shared.items():
        differ = [
            typed
            for typed, hits in zip(asked, expected, strict=True)
            if find_households(desk, text=typed) != hits
        ]
        assert not differ, f"{collation}: {len(differ)} differ, such as {differ[:5]}"


def test_a_range_is_read_from_the_index_of_keys_whatever_the_database_sorts_by(
    shared: Mapping[str | None, Desk],
) -> None:
    asked = {"match": "name", "low": "张三", "high": "张丈", "most": 20, "past": 0}
    for collation, desk in shared.items():
        with desk.store.read() as session:
            plan = "\n".join(session.execute(text("EXPLAIN " + IN_RANGE), asked).scalars())
        assert "using search_key_range on search_key found" in plan, f"{collation}: {plan}"
        (bounds,) = (line for line in plan.splitlines() if "key >=" in line)
        assert "Index Cond" in bounds, f"{collation}: {plan}"
        assert "key <" in bounds, f"{collation}: {plan}"


def test_the_list_has_the_same_pages(town: Desk, shared: Mapping[str | None, Desk]) -> None:
    for wanted in (
        HouseholdFilter(), HouseholdFilter(no_phone=True), HouseholdFilter(care="lives-alone"),
        HouseholdFilter(away=True), HouseholdFilter(moved_in="2026-11"),
        HouseholdFilter(no_phone=True, care="lives-alone"),
    ):  # fmt: skip
        first = list_households(town, wanted=wanted, limit=7)
        assert first.rows, wanted
        second = list_households(town, wanted=wanted, limit=7, after=first.after)
        for desk in shared.values():
            assert list_households(desk, wanted=wanted, limit=7) == first, wanted
            assert list_households(desk, wanted=wanted, limit=7, after=first.after) == second


def test_keys_that_are_written_there_are_those_of_the_file(
    town: Desk, shared: Mapping[str | None, Desk]
) -> None:
    def keys(desk: Desk) -> list[tuple[object, ...]]:
        """Of one household in the order in which they were written, by which equal ones are told apart."""
        with desk.store.read() as session:
            rows = session.execute(
                text('SELECT household_id, "match", key, member_id FROM search_key'
                     ' ORDER BY household_id, id')
            )  # fmt: skip
            return [tuple(row) for row in rows]

    with town.store.read() as session:
        ids = list(session.exec(select(Household.id)))
    expected = keys(town)
    *_, desk = shared.values()
    with desk.store.write() as session:
        # What was changed lies behind the rest and comes last unless an order is asked for.
        session.execute(text("UPDATE member SET role = 'owner' WHERE position = 0 AND id % 2 = 0"))
        session.execute(text("DELETE FROM search_key"))
        write_many(session, [one for one in ids if one], readings)
    assert keys(desk) == expected
