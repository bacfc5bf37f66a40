"""Forgetting finds people by their plates and by how they were addressed, and keeps no desk waiting."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from concierge.domain.traces import Traces
from concierge.services import forgetting, forgetting_search, progress
from concierge.services.forgetting import forget_household
from concierge.services.forgetting_search import Sighted
from concierge.services.household_changing import Changing, changing
from concierge.services.household_edit import add_part, edit_part, set_household
from concierge.services.shifts import end_shift, note_shift, start_shift
from tests.services.world import World

UNIT, OTHER = "3-1201", "3-1301"


def moved_out(world: World) -> None:
    """Close what is open, and enter the day of moving out."""
    for (number,) in world.rows("select number from ticket where state = 'open'"):
        progress.record(world.desk, action="resolve", number=number, actor="Chen",
                        text="done", cause="forgotten")  # fmt: skip
    set_household(world.desk, unit=UNIT, values={"moved_out": "2026-11-20"}, actor="Chen")


def plate(world: World, unit: str, text: str) -> int:
    file = add_part(world.desk, unit=unit, part="vehicle", values={"plate": text}, actor="Chen")
    return file.vehicles[-1].id


def words(world: World) -> list[str]:
    return [text for (text,) in world.rows("select words from ticket order by id")]


def payloads(world: World) -> str:
    return "".join(text for (text,) in world.rows("select payload from event_personal"))


def test_plates_and_forms_of_address_go_with_the_household(world: World) -> None:
    car = plate(world, UNIT, "粤B·6K888")
    values = {"plate": "粤B·12345"}
    edit_part(world.desk, unit=UNIT, part="vehicle", row=car, values=values, actor="Chen")
    set_household(world.desk, unit=UNIT, values={"salutation": "大王"}, actor="Chen")
    world.add("neighbour", unit=OTHER, against=UNIT, caller="李敏",
              words="王先生和王太太的车b12345，大王、Mr Wang 都不听")  # fmt: skip
    world.add("neighbour", unit="1-0803", words="粤B 6K888 挡了车位，王先生来过")
    world.add("public-repair", place="车库", words="粤B12345 压坏地砖")
    world.add("neighbour", unit="1-0803", words="王先生还没回电")
    moved_out(world)
    forget_household(world.desk, unit=UNIT, actor="Zhou")
    assert words(world) == [
        "****和****的车****，****、**** 都不听",
        "**** 挡了车位，王先生来过",
        "**** 压坏地砖",
        "王先生还没回电",
    ]
    left = payloads(world)
    assert not [gone for gone in ("6K888", "12345", "王太太", "大王") if gone in left]
    assert "王先生还没回电" in left
    assert world.is_sound()


def test_a_plate_that_another_household_has_too_stays(world: World) -> None:
    plate(world, UNIT, "粤B6K888")
    plate(world, OTHER, "粤B-6K888")
    world.add("public-repair", place="车库", words="粤B6K888 挡道")
    moved_out(world)
    forget_household(world.desk, unit=UNIT, actor="Zhou")
    assert words(world) == ["粤B6K888 挡道"]


def test_what_is_written_while_the_store_is_being_read_is_forgotten_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    start_shift(world.desk, actor="Chen")
    moved_out(world)
    old = world.add("public-repair", place="车库", words="灯不亮")

    @contextmanager
    def late(*given: object) -> Iterator[Changing]:
        ticket = world.add("public-repair", place="车库", words="王建国来电 13900001234")
        for number, text in ((old.number, "告知 139-0000-1234"), (ticket.number, "告知王建国")):
            progress.note(world.desk, number=number, text=text, actor="Chen")
        note_shift(world.desk, text="王建国来取快递", actor="Chen")
        with changing(*given) as change:  # type: ignore[arg-type]
            yield change

    world.rows("update member set phone = null where name != '王建国'")
    monkeypatch.setattr(forgetting, "changing", late)
    forget_household(world.desk, unit=UNIT, actor="Zhou")
    assert words(world) == ["灯不亮", "****来电 ****"]
    assert world.rows("select text from shift_note") == [("****来取快递",)]
    assert "告知" not in payloads(world)
    assert world.is_sound()


def test_under_the_lock_only_what_came_since_is_read(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for nth in range(5):
        world.add("public-repair", place="车库", words=f"灯不亮 {nth}")
    world.add("public-repair", place="车库", words="王建国说灯不亮")
    moved_out(world)
    read: list[Sighted] = []

    def counted(*given: object) -> Sighted:
        read.append(forgetting_search.look(*given))  # type: ignore[arg-type]
        return read[-1]

    held: list[dict[str, int]] = []
    real = forgetting_search.renewed

    def renewed(*given: object) -> Sighted:
        found = real(*given)  # type: ignore[arg-type]
        held.append({table: len(rows) for table, rows in found.rows.items()})
        return found

    monkeypatch.setattr(forgetting, "look", counted)
    monkeypatch.setattr(forgetting, "renewed", renewed)
    forget_household(world.desk, unit=UNIT, actor="Zhou")
    assert len(read) == 1
    (rows,) = held
    assert rows["ticket"] == 1
    assert rows["event_personal"] < 5


def test_people_who_are_known_by_more_meanwhile_are_looked_for_anew(world: World) -> None:
    world.add("public-repair", place="车库", words="钱进来过")
    with world.desk.store.read() as session:
        seen = forgetting_search.look(session, Traces.of(["王建国"], []))
        again = forgetting_search.renewed(session, seen, Traces.of(["王建国", "钱进"], []))
    assert seen.rows["ticket"] == frozenset()
    assert len(again.rows["ticket"]) == 1


def test_a_summary_from_before_they_were_signed_is_masked_by_what_its_tickets_are_about(
    world: World,
) -> None:
    start_shift(world.desk, actor="Chen")
    ticket = world.add("neighbour", unit=OTHER, against=UNIT, words="王先生太吵")
    line = {"number": ticket.number, "words": "王先生太吵", "place": None}
    other = {"number": "T-20261101-001", "words": "王先生来过", "place": None}
    kept = json.dumps({"carried": [line, other], "notes": []}, ensure_ascii=False)
    world.rows("update shift set summary = ?", kept)
    moved_out(world)
    forget_household(world.desk, unit=UNIT, actor="Zhou")
    (summary,) = (json.loads(text) for (text,) in world.rows("select summary from shift"))
    assert [each["words"] for each in summary["carried"]] == ["****太吵", "王先生来过"]


def test_notes_about_their_flat_or_their_tickets_are_forgotten(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    ticket = world.add("neighbour", unit=UNIT, words="吵")
    near = world.add("neighbour", unit=OTHER, against=UNIT, words="吵")
    note_shift(world.desk, text="王先生的药在前台冰箱", actor="Chen", unit=UNIT)
    note_shift(world.desk, text="王太太住院了", actor="Chen", ticket=ticket.number)
    note_shift(world.desk, text="王先生答应小声，李先生不信", actor="Chen", ticket=near.number)
    note_shift(world.desk, text="王先生来过", actor="Chen", unit=OTHER)
    moved_out(world)
    end_shift(world.desk, actor="Chen", alone="night")
    forget_household(world.desk, unit=UNIT, actor="Zhou")
    flat, theirs, against, other = (text for (text,) in world.rows("select text from shift_note"))
    assert (flat, theirs) == ("", "")
    assert against == "****答应小声，李先生不信"
    assert other == "王先生来过"
    assert "王先生的药" not in payloads(world)
    sealed = [
        text for (text,) in world.rows("select text from sealed_text where place like '%text'")
    ]
    assert sealed.count("王先生来过") == 2
    assert set(sealed) == {"", "王先生来过", "****答应小声，李先生不信"}
    assert world.is_sound()
