"""The file of a household: its fields, people, facts and instructions, each change on record and taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from concierge.domain.refusal import Refusal
from concierge.services.facts import NewFact, add_fact, edit_fact, remove_fact
from concierge.services.finding import find_households
from concierge.services.household_edit import (
    add_part,
    edit_part,
    mark_care,
    remove_part,
    set_care,
    set_household,
)
from concierge.services.household_file import household_file
from concierge.services.household_history import history, undo_last
from concierge.services.household_views import ENTERED, HouseholdFile
from concierge.services.instructions import (
    NewInstruction,
    add_instruction,
    edit_instruction,
    end_instruction,
    remove_instruction,
)
from tests.services.world import World

UNIT = "3-1201"


def refused(call: Callable[[], object]) -> str:
    """The code with which a call is refused."""
    with pytest.raises(Refusal) as raised:
        call()
    return raised.value.code


def part(world: World, part: str, /, **values: str | None) -> HouseholdFile:
    return add_part(world.desk, unit=UNIT, part=part, values=values, actor="Chen")


def fill(world: World) -> HouseholdFile:
    """A flat of which much is known."""
    desk = world.desk
    set_household(desk, unit=UNIT, values={
        "tenure": "rented", "people_count": "3", "quiet_from": "22", "quiet_to": "7:30",
        "salutation": "王先生", "language": "zh", "notes": "two\nlines", "parking": "B1-17",
        "away_from": "2026/12/24", "away_to": "2027-01-03", "contact_preference": "wechat",
    }, actor="Chen")  # fmt: skip
    set_care(desk, unit=UNIT, flags=("pregnant", "infant"), actor="Chen")
    part(world, "member", name="李芳", role="family", sex="female", birthday="11-25",
         phone="13700005678", occupation="teacher")  # fmt: skip
    part(world, "member", name="王小宝", role="family", birthday="2020-05-06", background="asthma")
    part(world, "vehicle", plate="沪A12B45", model="Model 3", colour="white")
    part(world, "pet", name="豆豆", kind="dog")
    part(world, "contact", name="王强", relation="brother", phone="13600009999")
    return household_file(desk, unit=UNIT)


def test_a_file_keeps_everything_that_was_said(world: World) -> None:
    file = fill(world)
    assert (file.tenure, file.people_count, file.notes) == ("rented", 3, "two\nlines")
    assert (file.quiet_from, file.quiet_to) == ("22:00", "07:30")
    assert (file.away_from, file.away_to) == ("2026-12-24", "2027-01-03")
    assert file.care_flags == ("infant", "pregnant")
    assert [member.name for member in file.members] == ["王建国", "李芳", "王小宝"]
    assert (file.members[1].birthday, file.members[1].next_birthday) == ("--11-25", "2026-11-25")
    assert (file.vehicles[0].model, file.pets[0].kind) == ("Model 3", "dog")
    assert file.contacts[0].relation == "brother"
    assert world.is_sound()


def test_people_vehicles_and_their_changes_are_found_by_what_they_are_now(world: World) -> None:
    file = fill(world)

    def units(text: str) -> list[str]:
        return [hit.unit for hit in find_households(world.desk, text=text)]

    assert units("李芳") == [UNIT]
    assert units("2B45") == [UNIT]
    edit_part(world.desk, unit=UNIT, part="member", row=file.members[1].id,
              values={"name": "李芬"}, actor="Chen")  # fmt: skip
    assert (units("李芳"), units("李芬")) == ([], [UNIT])
    remove_part(world.desk, unit=UNIT, part="vehicle", row=file.vehicles[0].id, actor="Chen")
    assert units("2B45") == []
    undo_last(world.desk, unit=UNIT, actor="Chen")
    assert units("2B45") == [UNIT]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("tenure", "squat", "field.choice"),
        ("people_count", "many", "field.number"),
        ("moved_in", "2026-02-30", "field.date"),
        ("quiet_from", "25:00", "field.time"),
        ("away_to", "2020-01-01", "field.order"),
        ("unit", "3-1", "field.unknown"),
        ("created_at", "1", "field.unknown"),
    ],
)
def test_a_field_takes_only_what_it_is_for(world: World, field: str, value: str, code: str) -> None:
    values = {"away_from": "2026-12-24", field: value}
    call = lambda: set_household(world.desk, unit=UNIT, values=values, actor="Chen")  # noqa: E731
    assert refused(call) == code
    assert [change.act for change in history(world.desk, unit=UNIT)] == [ENTERED]


def test_a_blank_value_empties_its_field_but_not_a_name(world: World) -> None:
    fill(world)
    file = set_household(world.desk, unit=UNIT, values={"notes": " ", "tenure": None}, actor="Sun")
    assert (file.notes, file.tenure) == (None, None)
    member = file.members[0].id
    assert refused(lambda: edit_part(world.desk, unit=UNIT, part="member", row=member,
                                     values={"name": "\x00 "}, actor="Sun")) == "field.needed"  # fmt: skip
    assert refused(lambda: part(world, "pet", kind="cat")) == "field.needed"


def test_the_row_of_another_household_is_not_reached(world: World) -> None:
    member = household_file(world.desk, unit="3-1301").members[0].id
    desk = world.desk
    for call in (
        lambda: edit_part(desk, unit=UNIT, part="member", row=member, values={}, actor="Chen"),
        lambda: remove_part(desk, unit=UNIT, part="member", row=member, actor="Chen"),
        lambda: add_fact(desk, unit=UNIT, fact=NewFact("food", "tea", member), actor="Chen"),
        lambda: remove_fact(desk, unit=UNIT, fact=99, actor="Chen"),
    ):
        assert refused(call) == "part.unknown"
    assert refused(lambda: part(world, "fact", text="x")) == "field.unknown"


def test_the_only_name_of_a_household_stays(world: World) -> None:
    member = household_file(world.desk, unit=UNIT).members[0].id
    call = lambda: remove_part(world.desk, unit=UNIT, part="member", row=member, actor="Chen")  # noqa: E731
    assert refused(call) == "member.last"


def test_a_health_fact_asks_for_consent_and_keeps_it(world: World) -> None:
    desk = world.desk
    call = lambda: add_fact(desk, unit=UNIT, fact=NewFact("health", "asthma"), actor="Chen")  # noqa: E731
    assert refused(call) == "consent.missing"
    file = add_fact(desk, unit=UNIT, fact=NewFact("health", "asthma", ask_later=True), actor="Chen")
    assert file.facts[0].consent_missing
    file = edit_fact(desk, unit=UNIT, fact=file.facts[0].id, actor="Sun",
                     values={"consent_by": "王建国", "consent_scope": "desk only"})  # fmt: skip
    consent = file.facts[0].consent
    assert consent is not None
    assert (consent.by, consent.at, consent.scope) == ("王建国", world.clock.at, "****")
    assert not file.facts[0].consent_missing
    file = add_fact(desk, unit=UNIT, fact=NewFact("habits", "early"), actor="Chen")
    habit = file.facts[1].id
    assert refused(lambda: edit_fact(desk, unit=UNIT, fact=habit, values={"aspect": "health"},
                                     actor="Chen")) == "consent.missing"  # fmt: skip


def test_a_fact_says_where_it_is_from_when_and_by_whom(world: World) -> None:
    member = household_file(world.desk, unit=UNIT).members[0].id
    fact = NewFact("allergy", "peanuts", member, source="noticed")
    file = add_fact(world.desk, unit=UNIT, fact=fact, actor="Chen")
    (found,) = file.members[0].facts
    assert (found.text, found.masked, found.source) == ("peanuts", False, "noticed")
    assert (found.noted_on, found.written_by, found.member) == ("2026-11-23", "Chen", "王建国")
    assert file.allergies == (found,)
    assert file.facts == ()


def test_an_instruction_is_taken_down_mended_ended_and_taken_out(world: World) -> None:
    desk = world.desk
    new = NewInstruction(
        "保洁可以进门", "2026-11-01", "2026-12-30", "周二、周四", "9", "12", "王太太"
    )
    file = add_instruction(desk, unit=UNIT, instruction=new, actor="Chen")
    (one,) = file.instructions
    assert (one.weekdays, one.from_time, one.to_time) == ((2, 4), "09:00", "12:00")
    assert (one.in_force, one.active, one.given_by) == (True, False, "王太太")
    file = edit_instruction(desk, unit=UNIT, instruction=one.id, values={"weekdays": ""},
                            actor="Chen")  # fmt: skip
    assert file.instructions[0].weekdays == ()
    file = end_instruction(desk, unit=UNIT, instruction=one.id, actor="Sun")
    assert file.instructions[0].ended_at == world.clock.at
    assert not file.instructions[0].in_force
    end = lambda: end_instruction(desk, unit=UNIT, instruction=one.id, actor="Sun")  # noqa: E731
    assert refused(end) == "instruction.ended"
    assert remove_instruction(desk, unit=UNIT, instruction=one.id, actor="Sun").instructions == ()


def test_every_change_is_on_record_with_before_and_after(world: World) -> None:
    set_household(world.desk, unit=UNIT, values={"parking": "B1-17"}, actor="Chen")
    set_household(world.desk, unit=UNIT, values={"parking": "B2-3", "notes": "x"}, actor="Sun")
    set_household(world.desk, unit=UNIT, values={"parking": "B2-3"}, actor="Sun")
    newest, first, entered = history(world.desk, unit=UNIT)
    assert (entered.act, entered.after["name"], entered.actor) == (ENTERED, "王建国", None)
    assert (newest.actor, newest.what, newest.act) == ("Sun", "household", "set")
    assert newest.fields == ("notes", "parking")
    assert newest.before == {"parking": "B1-17", "notes": None}
    assert newest.after == {"parking": "B2-3", "notes": "x"}
    assert first.before == {"parking": None}
    kept = world.rows("select data from event where kind = 'household.changed'")
    assert not [row for row in kept if "B1-17" in row[0]]


def test_changes_are_taken_back_one_after_the_other(world: World) -> None:
    empty = household_file(world.desk, unit=UNIT)
    file = fill(world)
    member = file.members[1].id
    add_fact(world.desk, unit=UNIT, fact=NewFact("food", "no pork", member), actor="Chen")
    new = NewInstruction("parcels to the desk", "2026-11-01")
    instructed = add_instruction(world.desk, unit=UNIT, instruction=new, actor="Chen")
    one = instructed.instructions[0].id
    ended = end_instruction(world.desk, unit=UNIT, instruction=one, actor="Chen")
    remove_part(world.desk, unit=UNIT, part="member", row=member, actor="Chen")
    assert undo_last(world.desk, unit=UNIT, actor="Sun").members[1].facts[0].text == "no pork"
    assert undo_last(world.desk, unit=UNIT, actor="Sun").instructions == instructed.instructions
    assert ended.instructions != instructed.instructions
    for _ in range(9):
        file = undo_last(world.desk, unit=UNIT, actor="Sun")
    assert file == empty
    assert refused(lambda: undo_last(world.desk, unit=UNIT, actor="Sun")) == "undo.nothing"
    *changes, entered = history(world.desk, unit=UNIT)
    assert not entered.undone
    assert all(change.undone != (change.undoes is not None) for change in changes)
    assert world.is_sound()


def test_what_changed_since_in_another_way_is_not_taken_back_over_it(world: World) -> None:
    set_household(world.desk, unit=UNIT, values={"notes": "first"}, actor="Chen")
    world.rows("update household set notes = 'from a roster' where unit = ?", UNIT)
    assert refused(lambda: undo_last(world.desk, unit=UNIT, actor="Chen")) == "undo.stale"
    assert household_file(world.desk, unit=UNIT).notes == "from a roster"


def test_an_id_of_somebody_removed_never_becomes_another_persons(world: World) -> None:
    file = part(world, "member", name="李芳")
    gone = file.members[1].id
    remove_part(world.desk, unit=UNIT, part="member", row=gone, actor="Chen")
    assert part(world, "member", name="赵六").members[1].id > gone


def test_the_change_that_was_shown_is_taken_back_and_no_other(world: World) -> None:
    set_household(world.desk, unit=UNIT, values={"parking": "B1-17"}, actor="Chen")
    shown = history(world.desk, unit=UNIT)[0].event_id
    set_household(world.beside("gate"), unit=UNIT, values={"notes": "x"}, actor="Sun")

    def back(event: int | None) -> HouseholdFile:
        return undo_last(world.desk, unit=UNIT, actor="Chen", event=event)

    assert refused(lambda: back(shown)) == "undo.other"
    file = household_file(world.desk, unit=UNIT)
    assert (file.parking, file.notes) == ("B1-17", "x")
    assert back(history(world.desk, unit=UNIT)[0].event_id).notes is None
    assert back(shown).parking is None
    assert refused(lambda: back(None)) == "undo.nothing"


def test_flags_that_nobody_named_stay_as_another_desk_left_them(world: World) -> None:
    set_care(world.desk, unit=UNIT, flags=("pregnant",), actor="Chen")
    mark_care(world.beside("gate"), unit=UNIT, marks={"infant": True}, actor="Sun")
    file = mark_care(world.desk, unit=UNIT, marks={"pregnant": False}, actor="Chen")
    assert file.care_flags == ("infant",)
    assert undo_last(world.desk, unit=UNIT, actor="Chen").care_flags == ("infant", "pregnant")
    before = len(history(world.desk, unit=UNIT))
    mark_care(world.desk, unit=UNIT, marks={"infant": True, "lives-alone": False}, actor="Chen")
    assert len(history(world.desk, unit=UNIT)) == before
    with pytest.raises(Refusal, match=r"field\.choice"):
        mark_care(world.desk, unit=UNIT, marks={"rich": True}, actor="Chen")
