"""The stored keys find whom a scan through every file finds, in the same order of kinds."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.clock import FixedClock
from concierge.domain.household import parse_unit, unit_prefix
from concierge.services.finding import find_households
from concierge.services.pinyin import readings
from concierge.store.search import write_many
from concierge.store.tables import Household, Member, Pet, Vehicle
from tests.services.conftest import Template, copy_of
from tests.services.world import World

SURNAMES = ("张", "王", "单", "吕", "尉迟", "曾", "乐")
GIVEN = "三丽国华乐长安"
LATIN = ("Anna Weiss", "Ann Lee", "Lu Han")
NOTES = (
    "花生过敏 peanut allergy",
    "养狗 先按铃",
    "peanut butter",
    "狗怕花",
    "bay 112, call late",
    None,
    None,
)
PETS = ("旺财", "乐乐", "Lucky", None, None, None)
HOUSES = 36
HAN = "一-鿿"
UNIT, PEOPLE, PHONE, PLATE, PET, WORD = range(6)


@dataclass(frozen=True)
class House:
    """What is kept of a made-up household."""

    unit: str
    names: tuple[str, ...]
    phones: tuple[str, ...]
    plate: str
    pet: str | None
    notes: str | None


def made_up() -> list[House]:
    """Households in few buildings with few characters, so that many share what is typed."""
    rng = random.Random(7)
    houses: dict[str, House] = {}
    while len(houses) < HOUSES:
        unit = f"{rng.choice((1, 3, 31))}-{rng.choice((2, 12, 3, 9, 10))}{rng.choice(('01', '02', '03'))}"
        if rng.random() < 0.2:
            unit = f"{rng.choice((1, 3))}-2-{rng.choice((1201, 302))}"
        people = rng.randrange(1, 4)
        names = tuple(
            rng.choice(LATIN) if rng.random() < 0.15
            else rng.choice(SURNAMES) + "".join(rng.choices(GIVEN, k=rng.randrange(1, 3)))
            for _ in range(people)
        )  # fmt: skip
        phones = tuple(
            f"12{rng.randrange(10**3):03d}{rng.choice((1201, 3302, 302112))}" for _ in names
        )
        plate = f"粤B{rng.choice(('D1', '12', 'K3'))}{rng.randrange(1000):03d}"
        houses[unit] = House(unit, names, phones, plate, rng.choice(PETS), rng.choice(NOTES))
    return list(houses.values())


TOWN = made_up()


@pytest.fixture(scope="module")
def town(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The households in a store."""
    home: Path = tmp_path_factory.mktemp("town")
    world = copy_of(template, home, FixedClock(1795414380))
    with world.desk.store.write() as session:
        session.connection().exec_driver_sql("DELETE FROM household")
        ids = []
        for house in TOWN:
            building, *entrance, room = house.unit.split("-")
            row = Household(unit=house.unit, building=building, entrance=entrance[0] if entrance else None,
                            room=room, notes=house.notes, created_at=0)  # fmt: skip
            session.add(row)
            session.flush()
            assert row.id is not None
            ids.append(row.id)
            for at, (name, phone) in enumerate(zip(house.names, house.phones, strict=True)):
                session.add(Member(household_id=row.id, position=at, name=name, phone=phone))
            session.add(Vehicle(household_id=row.id, plate=house.plate))
            if house.pet:
                session.add(Pet(household_id=row.id, name=house.pet))
        write_many(session, ids, readings)
    yield world
    world.desk.store.close()


def rank(house: House, typed: str) -> tuple[int, int] | None:
    """Kind of match and how good it is within its kind, by looking at everything; None if it does not fit."""
    unit = _unit(house.unit, typed)
    if unit is not None:
        return UNIT, unit
    people = [tier for name in house.names if (tier := _name(name, typed)) is not None]
    if people:
        return PEOPLE, min(people)
    digits = re.sub("[ -]", "", typed)
    if re.fullmatch("[0-9]{4,}", digits) and any(each.endswith(digits) for each in house.phones):
        return PHONE, 0
    plate = _plate(house.plate, typed)
    if plate is not None:
        return PLATE, plate
    if house.pet and _name(house.pet, typed) is not None:
        return PET, 0
    return (WORD, 0) if _words(house.notes or "", typed) else None


def _plate(kept: str, typed: str) -> int | None:
    plate = re.sub("[^0-9A-Z\u4e00-\u9fff]", "", typed.upper())
    if len(plate) <= 2 or not re.search("[0-9]", plate):
        return None
    return 0 if kept.startswith(plate) else 1 if kept.endswith(plate) else None


def _unit(unit: str, typed: str) -> int | None:
    begun = unit_prefix(typed)
    spelled = (unit, unit.replace("-", ""), unit.rpartition("-")[2])
    whole = begun is not None and re.search("[0-9]", begun) and begun in spelled
    if whole or any(code.text == unit for code in parse_unit(typed)):
        return 0
    return 1 if begun and any(each.startswith(begun) for each in spelled) else None


def _name(name: str, typed: str) -> int | None:
    """Nought for its beginning, one for its pinyin's, two and three for the middle."""
    said = re.sub(r"[\s\-_]+", " ", typed.lower().replace("'", "").replace(".", "")).strip()
    said = re.sub(rf"(?<=[{HAN}]) | (?=[{HAN}])", "", said)
    if not any(character.isalpha() for character in said):
        return None
    plain = name.lower()
    starts = [
        at
        for at, c in enumerate(plain)
        if c != " " and (c > "\u02ff" or at == 0 or plain[at - 1] == " ")
    ]
    fits = [0 if at == 0 else 2 for at in starts if plain.startswith(said, at)]
    letters = said.replace(" ", "")
    if re.fullmatch("[a-z]+", letters):
        for spoken in readings(name):
            for at in range(len(spoken)):
                joined = "".join(spoken[at:]), "".join(each[0] for each in spoken[at:])
                if any(each.startswith(letters) for each in joined):
                    fits.append(1 if at == 0 else 3)
    return min(fits, default=None)


def _words(text: str, typed: str) -> bool:
    """Whether each word typed is there: Latin ones by their beginning, Chinese ones by each two characters."""
    here = re.findall(rf"[{HAN}]+|[a-z0-9]+", text.lower())
    asked = [
        word for word in re.findall(rf"[{HAN}]+|[a-z0-9]+", typed.lower())
        if word > "\u02ff" or len(word) >= (3 if word.isdecimal() else 2)
    ]  # fmt: skip

    def stands(word: str) -> bool:
        if word < "\u02ff":
            return any(each.startswith(word) for each in here)
        pairs = [word[at : at + 2] for at in range(len(word) - 1)] or [word]
        return all(any(pair in each for each in here) for pair in pairs)

    return bool(asked) and all(stands(word) for word in asked)


def spoken_of(name: str) -> list[str]:
    """How a name may be typed."""
    return [name, name[1:], *("".join(each) for each in readings(name)),
            *("".join(s[0] for s in each) for each in readings(name))]  # fmt: skip


EVERYTHING = sorted(
    {
        text
        for house in TOWN
        for text in (
            house.unit, house.unit.replace("-", ""), house.unit.replace("-", "栋", 1), house.plate,
            *house.phones, house.pet or "", house.notes or "", *(house.notes or "").split(),
            *(spoken for name in (*house.names, house.pet or "") for spoken in spoken_of(name)),
        )
        if text
    }
)  # fmt: skip


@st.composite
def pieces(draw: st.DrawFn) -> str:
    """A piece of what is kept of somebody, or a few characters of any."""
    if draw(st.integers(0, 4)) == 0:
        return draw(st.text("张三丽乐花狗anlwzsb123- ", max_size=5))
    text = draw(st.sampled_from(EVERYTHING))
    start = draw(st.integers(0, len(text) - 1))
    return text[start : draw(st.integers(start + 1, len(text)))]


@given(pieces())
def test_whoever_fits_is_found_and_the_better_kinds_come_first(town: World, typed: str) -> None:
    expected = {house.unit: at for house in TOWN if (at := rank(house, typed)) is not None}
    hits = find_households(town.desk, text=typed, limit=1_000)
    assert {hit.unit for hit in hits} == set(expected)
    order = [expected[hit.unit] for hit in hits]
    assert order == sorted(order), [(hit.unit, hit.match) for hit in hits]


@given(pieces(), st.integers(1, 7))
def test_a_short_list_is_the_beginning_of_the_long_one(town: World, typed: str, limit: int) -> None:
    long = find_households(town.desk, text=typed, limit=1_000)
    assert find_households(town.desk, text=typed, limit=limit) == long[:limit]


@given(pieces())
def test_marks_lie_within_what_they_mark(town: World, typed: str) -> None:
    for hit in find_households(town.desk, text=typed):
        shown = {"unit": hit.unit, "name": hit.name, "phone": hit.phone_masked, "found": hit.found}
        text = shown[hit.marked] if hit.marked else ""
        assert hit.marks, (hit, typed)
        assert all(0 <= low < high <= len(text or "") for low, high in hit.marks)
