"""What is typed finds the household, in the order people expect, and stands marked in the result."""

from __future__ import annotations

from contextlib import AbstractContextManager

import pytest
from sqlmodel import Session

from concierge.services import founding
from concierge.services.finding import find_households
from concierge.services.founding import keys_are_current, renew_keys
from concierge.services.hits import HouseholdHit
from concierge.services.households import add_household
from concierge.services.pinyin import readings
from concierge.services.shifts import note_shift, start_shift
from concierge.store.engine import Store
from concierge.store.search import KEYS_VERSION, write_keys
from concierge.store.tables import Fact, Instruction, Pet
from tests.services.world import World

NOTE = "花生过敏，Peanut allergy! 电话 13812345678 只打晚上 18:00 后"


def marked(hit: HouseholdHit) -> list[str]:
    """The typed text as it is marked."""
    shown = {"unit": hit.unit, "name": hit.name, "phone": hit.phone_masked, "found": hit.found}
    text = shown[hit.marked or ""] if hit.marked else ""
    return [(text or "")[low:high] for low, high in hit.marks]


@pytest.fixture
def town(world: World) -> World:
    """Some households with a whole file."""
    desk = world.desk
    for unit, name, phone in (
        ("3-0903", "张三", "13811112222"), ("5-101", "张三丰", None), ("5-102", "李张三", None),
        ("5-103", "单丽", None), ("5-104", "吕布", None), ("5-105", "尉迟恭", None),
        ("5-106", "万俟卨", None), ("5-107", "José Álvarez", None), ("5-2-1201", "翟朴", None),
    ):  # fmt: skip
        add_household(desk, unit=unit, name=name, phone=phone)
    add_household(desk, unit="7-701", name="赵敏", notes=NOTE, plate="粤B·D12345")
    with desk.store.write() as session:
        one = find_households(desk, text="7-701")[0].household_id
        session.add(Pet(household_id=one, name="旺财", kind="狗", note="怕雷"))
        for aspect, text in (("food", "爱喝普洱茶"), ("health", "心脏病"), ("religion", "佛教"),
                             ("children", "小学三年级"), ("allergy", "青霉素过敏")):  # fmt: skip
            session.add(Fact(household_id=one, aspect=aspect, text=text, source="said",
                             noted_on="2026-11-23", written_by="Chen", at=0))  # fmt: skip
        for text, ended in (("保洁周二可进", None), ("钥匙交给司机", 5)):
            told = Instruction(household_id=one, text=text, written_by="Chen", at=0, ended_at=ended)
            session.add(told)
        write_keys(session, one, readings)
    return world


@pytest.mark.parametrize(
    ("typed", "unit", "match", "part"),
    [
        ("3-1201", "3-1201", "unit", ["3-1201"]), ("3栋1201", "3-1201", "unit", ["3-1201"]),
        ("5栋2单元1201室", "5-2-1201", "unit", ["5-2-1201"]), ("31201", "3-1201", "unit", ["3-1201"]),
        ("３－１２０１", "3-1201", "unit", ["3-1201"]), ("3-0903", "3-903", "unit", ["3-903"]),
        ("3-12", "3-1201", "unit", ["3-12"]), ("312", "3-1201", "unit", ["3-12"]),
        ("1301", "3-1301", "unit", ["1301"]), ("130", "3-1301", "unit", ["130"]),
        ("张三", "3-903", "name", ["张三"]), ("三丰", "5-101", "name", ["三丰"]),
        ("zs", "3-903", "pinyin", ["张三"]), ("zhangsan", "3-903", "pinyin", ["张三"]),
        ("zhang s", "3-903", "pinyin", ["张三"]), ("zhangsanf", "5-101", "pinyin", ["张三丰"]),
        ("sf", "5-101", "pinyin", ["三丰"]), ("sanf", "5-101", "pinyin", ["三丰"]),
        ("shanli", "5-103", "pinyin", ["单丽"]), ("danli", "5-103", "pinyin", ["单丽"]),
        ("lvb", "5-104", "pinyin", ["吕布"]), ("lub", "5-104", "pinyin", ["吕布"]),
        ("yuchi", "5-105", "pinyin", ["尉迟"]), ("moqi", "5-106", "pinyin", ["万俟"]),
        ("mqx", "5-106", "pinyin", ["万俟卨"]), ("zhaip", "5-2-1201", "pinyin", ["翟朴"]),
        ("jose", "5-107", "name", ["José"]), ("ALVA", "5-107", "name", ["Álva"]),
        ("josé álvarez", "5-107", "name", ["José Álvarez"]),
        ("2222", "3-903", "phone", ["2222"]), ("13811112222", "3-903", "phone", ["138****2222"]),
        ("2345", "7-701", "plate", ["2345"]), ("D123", "7-701", "plate", []),
        ("粤bd12", "7-701", "plate", ["粤B·D12"]),
        ("旺财", "7-701", "pet", ["旺财"]), ("财", "7-701", "pet", ["财"]),
        ("wangcai", "7-701", "pet", ["旺财"]),
        ("peanut", "7-701", "word", ["Peanut"]), ("PEAN alle", "7-701", "word", ["Pean", "alle"]),
        ("ｐｅａｎｕｔ", "7-701", "word", ["Peanut"]),
        ("花生过敏", "7-701", "word", ["花生过敏"]), ("普洱", "7-701", "word", ["普洱"]),
        ("茶", "7-701", "word", ["茶"]), ("青霉素", "7-701", "word", ["青霉素"]),
        ("保洁", "7-701", "word", ["保洁"]), ("怕雷", "7-701", "word", ["怕雷"]),
    ],
)  # fmt: skip
def test_a_household_is_found_as_people_ask_and_the_typed_text_is_marked(
    town: World, typed: str, unit: str, match: str, part: list[str]
) -> None:
    hits = find_households(town.desk, text=typed)
    if part:
        assert (hits[0].unit, hits[0].match, marked(hits[0])) == (unit, match, part)
    else:
        assert hits == ()


@pytest.mark.parametrize(
    "typed", ["心脏病", "佛教", "小学", "心", "peanut 心脏", "钥匙", "13812345678", "peanut qq"]
)
def test_what_is_sensitive_taken_back_or_not_there_finds_nobody_by_words(
    town: World, typed: str
) -> None:
    assert find_households(town.desk, text=typed) == ()


def test_a_whole_name_comes_before_its_beginning_and_that_before_the_middle(town: World) -> None:
    for typed in ("张三", "zhangsan"):
        hits = find_households(town.desk, text=typed)
        assert [hit.unit for hit in hits] == ["3-903", "5-101", "5-102"], typed
        assert {hit.match for hit in hits} <= {"name", "pinyin"}


def test_a_piece_of_the_file_hides_the_phones_in_it(town: World) -> None:
    (hit,) = find_households(town.desk, text="allergy")
    assert "138****5678" in (hit.found or "")
    assert "13812345678" not in (hit.found or "")


def test_the_tail_of_a_phone_is_seen_beside_many_rooms_of_that_number(world: World) -> None:
    for building in range(10, 34):
        add_household(world.desk, unit=f"{building}-1102", name="王丽")
    add_household(world.desk, unit="9-101", name="赵敏", phone="13800001102")
    hits = find_households(world.desk, text="1102")
    assert len(hits) == 20
    assert (hits[0].match, hits[-1].unit, hits[-1].match) == ("unit", "9-101", "phone")


def test_who_goes_is_no_longer_found_by_name_phone_or_facts(town: World) -> None:
    with town.desk.store.write() as session:
        one = find_households(town.desk, text="7-701")[0].household_id
        member = (
            session.connection()
            .exec_driver_sql(f"SELECT id FROM member WHERE household_id = {one}")
            .scalar()
        )
        session.add(Fact(household_id=one, member_id=member, aspect="food", text="芒果", source="said",
                         noted_on="2026-11-23", written_by="Chen", at=0))  # fmt: skip
        write_keys(session, one, readings)
    assert find_households(town.desk, text="芒果")[0].name == "赵敏"
    with town.desk.store.write() as session:
        session.connection().exec_driver_sql(f"DELETE FROM member WHERE id = {member}")
    assert find_households(town.desk, text="赵敏") == ()
    assert find_households(town.desk, text="芒果") == ()


def test_a_store_whose_keys_were_written_by_an_older_program_gets_new_ones_when_it_is_opened(
    world: World,
) -> None:
    before = world.rows("select match, key from search_key order by match, key")
    assert before
    world.rows("delete from search_key")
    world.rows("update property set search_version = null")
    renew_keys(world.desk.store)
    assert world.rows("select match, key from search_key order by match, key") == before
    world.rows("delete from search_key")
    renew_keys(world.desk.store)
    assert world.rows("select count(*) from search_key") == [(0,)]


def test_the_desk_that_waited_for_the_keys_does_not_write_them_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.rows("update property set search_version = null")
    write, store = Store.write, world.desk.store

    def late(held: Store) -> AbstractContextManager[Session]:
        monkeypatch.setattr(Store, "write", write)
        renew_keys(held)
        world.rows("delete from search_key")
        return write(held)

    monkeypatch.setattr(Store, "write", late)
    renew_keys(store)
    assert world.rows("select count(*) from search_key") == [(0,)]


def renewing(world: World) -> list[tuple[object, ...]]:
    """How the keys are written, how they are being written, and how far."""
    return world.rows("select search_version, search_renewing, search_upto from property")


def test_keys_are_written_anew_in_portions_between_which_other_desks_write(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(founding, "AT_ONCE", 1)
    before = world.rows("select household_id, match, key from search_key order by 1, 2, 3")
    world.rows("delete from search_key")
    world.rows("update property set search_version = null")
    marks = []

    def others(_seconds: float) -> None:
        marks.append(renewing(world)[0])
        note_shift(beside, text=f"nr {len(marks)}", actor="Chen")

    beside = world.beside()
    start_shift(beside, actor="Chen")
    renew_keys(world.desk.store, pause=others)
    assert marks == [(None, KEYS_VERSION, number) for number in (1, 2, 3)]
    assert world.rows("select count(*) from shift_note") == [(3,)]
    assert renewing(world) == [(KEYS_VERSION, None, None)]
    assert world.rows("select household_id, match, key from search_key order by 1, 2, 3") == before
    beside.store.close()


def test_whoever_was_stopped_while_keys_are_written_is_gone_on_from(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(founding, "AT_ONCE", 1)
    world.rows("update property set search_version = null")

    def killed(_seconds: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        renew_keys(world.desk.store, pause=killed)
    assert not keys_are_current(world.desk.store)
    world.rows("delete from search_key")
    renew_keys(world.desk.store, pause=lambda _: None)
    assert world.rows("select distinct household_id from search_key order by 1") == [(2,), (3,)]
    assert keys_are_current(world.desk.store)


def test_a_mark_of_another_version_is_not_gone_on_from(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(founding, "AT_ONCE", 1)
    world.rows("delete from search_key")
    world.rows("update property set search_version = null, search_renewing = -1, search_upto = 2")
    renew_keys(world.desk.store, pause=lambda _: None)
    assert len(world.rows("select distinct household_id from search_key")) == 3
