"""What matters of a household at this moment, what of it is masked, and households in a list."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.dialects import sqlite

from concierge.domain.refusal import Refusal
from concierge.services.facts import NewFact, add_fact
from concierge.services.household_card import card_now
from concierge.services.household_edit import (
    add_part,
    edit_part,
    set_care,
    set_household,
)
from concierge.services.household_file import household_file, reveal
from concierge.services.household_history import history, undo_last
from concierge.services.household_list import HouseholdFilter, list_households, page_query
from concierge.services.households import add_household
from concierge.services.instructions import NewInstruction, add_instruction, end_instruction
from tests.services.world import World

UNIT = "3-1201"


def known(world: World) -> None:
    """Everything sensitive, and what protects."""
    desk = world.desk
    him = household_file(desk, unit=UNIT).members[0].id
    file = add_part(desk, unit=UNIT, part="member", actor="Chen", values={
        "name": "王小宝", "birthday": "2020-05-06", "background": "adopted", "phone": "13712345678",
    })  # fmt: skip
    child = file.members[1].id
    add_part(desk, unit=UNIT, part="contact", values={"name": "王强", "phone": "13600009999"},
             actor="Chen")  # fmt: skip
    for fact in (
        NewFact("health", "asthma", him, consent_by="王建国"),
        NewFact("religion", "hui"),
        NewFact("children", "school no. 2"),
        NewFact("habits", "naps at 13", child),
        NewFact("food", "no pork"),
        NewFact("allergy", "peanuts", child),
        NewFact("key-date", "wedding day", day="11-28"),
    ):
        add_fact(desk, unit=UNIT, fact=fact, actor="Chen")


def shown(world: World, what: str) -> set[str]:
    """Which sensitive values a look brings to light."""
    text = str(reveal(world.desk, unit=UNIT, what=what, actor="Chen"))
    secret = ("13900001234", "13712345678", "13600009999", "asthma", "hui", "school", "naps",
              "adopted", "2020-05-06")  # fmt: skip
    return {word for word in secret if word in text}


def test_what_is_sensitive_is_masked_and_what_protects_is_shown(world: World) -> None:
    known(world)
    file = household_file(world.desk, unit=UNIT)
    for secret in ("13900001234", "13712345678", "13600009999", "asthma", "hui", "school", "naps",
                   "adopted", "2020-05-06"):  # fmt: skip
        assert secret not in str(file)
        assert secret not in str(card_now(world.desk, unit=UNIT))
    assert [fact.text for fact in file.allergies] == ["peanuts"]
    assert file.members[1].masked == ("phone", "birthday", "background")
    assert file.members[0].masked == ("phone",)
    assert file.contacts[0].masked
    assert {fact.aspect for fact in file.facts if fact.masked} == {"religion", "children"}


def test_a_look_shows_what_was_asked_for_and_is_on_record(world: World) -> None:
    known(world)
    assert shown(world, "phones") == {"13900001234", "13712345678", "13600009999"}
    assert shown(world, "health") == {"asthma"}
    assert shown(world, "religion") == {"hui"}
    assert shown(world, "children") == {"school", "naps", "adopted", "2020-05-06"}
    assert len(shown(world, "all")) == 9
    looks = world.rows("select actor, at, data from event where kind = 'household.revealed'")
    assert len(looks) == 5
    assert all((actor, at) == ("Chen", world.clock.at) for actor, at, _ in looks)
    assert '"what":["health"]' in looks[1][2]
    assert world.is_sound()


def test_whoever_may_not_look_sees_nothing(world: World) -> None:
    world.rows("delete from permission where role = 'concierge'")
    for what, actor, code in (
        ("phones", "Chen", "role.needed"),
        ("phones", "nobody", "staff.unknown"),
        ("wallet", "Zhou", "field.choice"),
    ):
        with pytest.raises(Refusal) as refused:
            reveal(world.desk, unit=UNIT, what=what, actor=actor)
        assert refused.value.code == code
    assert world.rows("select count(*) from event where kind = 'household.revealed'") == [(0,)]


def test_the_history_masks_what_the_file_masks(world: World) -> None:
    known(world)
    edit_part(world.desk, unit=UNIT, part="member", actor="Chen", values={"phone": "13500000007"},
              row=household_file(world.desk, unit=UNIT).members[0].id)  # fmt: skip
    text = str(history(world.desk, unit=UNIT))
    for secret in ("13900001234", "13500000007", "13712345678", "asthma", "hui", "school",
                   "naps", "adopted", "2020-05-06"):  # fmt: skip
        assert secret not in text
    assert "peanuts" in text


def test_the_card_says_what_matters_now(world: World) -> None:
    known(world)
    desk = world.desk
    set_household(desk, unit=UNIT, values={"quiet_from": "13:00", "quiet_to": "15:00",
                  "away_from": "2026-11-24", "salutation": "Mr Wang"}, actor="Chen")  # fmt: skip
    set_care(desk, unit=UNIT, flags=("infant",), actor="Chen")
    ticket = world.add("neighbour", unit=UNIT)
    card = card_now(desk, unit=UNIT)
    assert (card.quiet_now, card.away_now, card.salutation) == (True, False, "Mr Wang")
    assert [(fact.member, fact.text) for fact in card.allergies] == [("王小宝", "peanuts")]
    assert [fact.text for fact in card.diet] == ["no pork"]
    assert card.care_flags == ("infant",)
    assert [(one.day, one.text) for one in card.key_dates] == [("2026-11-28", "wedding day")]
    assert ([row.number for row in card.open_tickets], card.tickets_90_days) == ([ticket.number], 1)
    world.go("2026-11-24T16:00")
    card = card_now(desk, unit=UNIT)
    assert (card.quiet_now, card.away_now) == (False, True)


def test_an_instruction_stands_on_every_ticket_of_the_flat_while_it_holds(world: World) -> None:
    first = world.add("neighbour", unit=UNIT)
    other = world.add("neighbour", unit="3-1301")
    new = NewInstruction("the cleaner may enter", "2026-11-20", "2026-12-30", "tue thu", "9", "12")
    file = add_instruction(world.desk, unit=UNIT, instruction=new, actor="Chen")
    assert [one.active for one in world.show(first).instructions] == [False]
    assert world.show(other).instructions == ()
    world.go("2026-11-24T10:00")
    assert [one.active for one in world.show(first).instructions] == [True]
    assert [one.text for one in world.add("fees", unit=UNIT).instructions] == [new.text]
    assert card_now(world.desk, unit=UNIT).instructions == world.show(first).instructions
    world.go("2026-12-31T10:00")
    assert world.show(first).instructions == ()
    world.go("2026-12-01T10:00")
    assert world.show(first).instructions != ()
    end_instruction(world.desk, unit=UNIT, instruction=file.instructions[0].id, actor="Chen")
    assert world.show(first).instructions == ()


def units(world: World, **wanted: object) -> list[str]:
    page = list_households(world.desk, wanted=HouseholdFilter(**wanted))  # type: ignore[arg-type]
    return [row.unit for row in page.rows]


def test_households_are_listed_by_what_the_desk_looks_for(world: World) -> None:
    desk = world.desk
    add_household(desk, unit="5-902", name="Ann")
    set_care(desk, unit="3-1301", flags=("infant", "pregnant"), actor="Chen")
    set_care(desk, unit=UNIT, flags=("infant",), actor="Chen")
    set_household(desk, unit=UNIT, actor="Chen",
                  values={"away_from": "2026-11-20", "away_to": "2026-11-23"})  # fmt: skip
    set_household(desk, unit="3-1301", values={"away_from": "2026-11-24"}, actor="Chen")
    set_household(desk, unit="1-0803", values={"moved_in": "2026-11-01"}, actor="Chen")
    set_household(desk, unit="5-902", values={"moved_in": "2026-10-31"}, actor="Chen")
    assert units(world) == [UNIT, "3-1301", "1-803", "5-902"]
    assert units(world, care="infant") == [UNIT, "3-1301"]
    assert units(world, care="pregnant", away=True) == []
    assert units(world, away=True) == [UNIT]
    assert units(world, moved_in="now") == ["1-803"]
    assert units(world, moved_in="2026-10") == ["5-902"]
    assert units(world, no_phone=True) == ["5-902"]
    with pytest.raises(Refusal, match=r"field\.choice"):
        units(world, care="rich")
    row = list_households(desk).rows[0]
    assert (row.name, row.people, row.phone_masked) == ("王建国", 1, "139****1234")


def test_a_list_is_read_page_after_page_without_loss(world: World) -> None:
    for room in range(1, 8):
        add_household(world.desk, unit=f"9-{room}01", name=f"N{room}")
    seen: list[str] = []
    after: int | None = None
    pages = 0
    while True:
        page = list_households(world.desk, after=after, limit=4)
        seen += [row.unit for row in page.rows]
        pages, after = pages + 1, page.after
        if after is None:
            break
    assert (pages, len(seen), len(set(seen))) == (3, 10, 10)


def test_a_page_is_found_by_an_index_and_not_by_reading_every_household(world: World) -> None:
    flags = world.rows(
        "explain query plan select household.* from household join care_flag on"
        " care_flag.household_id = household.id where care_flag.flag = 'infant'"
        " and care_flag.household_id > 5 order by household.id limit 51"
    )
    assert "care_flag_of (flag=? AND household_id>?)" in str(flags)


@pytest.mark.parametrize(
    ("wanted", "index"),
    [({"no_phone": True}, "search_key_range (match=? AND key=? AND household_id>?)"),
     ({"care": "infant"}, "care_flag_of (flag=? AND household_id>?)")],
)  # fmt: skip
def test_what_a_page_asks_is_answered_in_the_order_of_an_index(
    world: World, wanted: dict[str, Any], index: str
) -> None:
    query = page_query(HouseholdFilter(**wanted), "2026-11-23", after=5, limit=51)
    asked = query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    plan = [row[3] for row in world.rows(f"explain query plan {asked}")]
    assert index in plan[0]
    assert not [step for step in plan if step.startswith("SCAN") or "TEMP B-TREE" in step]


def test_a_household_is_without_a_phone_as_soon_as_it_is_and_no_longer(world: World) -> None:
    add_household(world.desk, unit="5-902", name="Ann")
    (ann,) = household_file(world.desk, unit="5-902").members
    (wang,) = household_file(world.desk, unit=UNIT).members
    values = {"phone": "13900001234"}
    edit_part(world.desk, unit="5-902", part="member", row=ann.id, values=values, actor="Chen")
    assert units(world, no_phone=True) == []
    edit_part(world.desk, unit=UNIT, part="member", row=wang.id, values={"phone": ""}, actor="Chen")
    assert units(world, no_phone=True) == [UNIT]
    undo_last(world.desk, unit=UNIT, actor="Chen")
    assert units(world, no_phone=True) == []
    add_part(world.desk, unit=UNIT, part="contact", values={"name": "B"}, actor="Chen")
    undo_last(world.desk, unit="5-902", actor="Chen")
    assert units(world, no_phone=True) == ["5-902"]
