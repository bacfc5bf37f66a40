"""Households as the desk finds, shows and adds them."""

from __future__ import annotations

import json

import pytest

from concierge.domain.refusal import Refusal
from concierge.services.finding import find_households
from concierge.services.household_edit import add_part
from concierge.services.households import add_household, show_household
from tests.services.world import World


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("3-1201", "unit"),
        ("3栋1201", "unit"),
        ("王建", "name"),
        ("wjg", "pinyin"),
        ("1234", "phone"),
    ],
)
def test_a_household_is_found_however_it_is_typed(world: World, typed: str, match: str) -> None:
    hits = find_households(world.desk, text=typed)
    hit = next(hit for hit in hits if hit.unit == "3-1201")
    assert (hit.match, hit.name) == (match, "王建国")
    assert hit.phone_masked is not None
    assert "13900001234" not in hit.phone_masked


@pytest.mark.parametrize("typed", ["", " ", "%", "_", "'; --", "[/b]", "\x00", "x" * 5000])
def test_odd_text_finds_nothing_and_breaks_nothing(world: World, typed: str) -> None:
    assert find_households(world.desk, text=typed) == ()


def test_a_plate_finds_its_household_by_its_tail(world: World) -> None:
    add_household(world.desk, unit="2-0101", name="赵六", plate="沪A12B45")
    assert [(hit.unit, hit.match) for hit in find_households(world.desk, text="2B45")] == [
        ("2-101", "plate")
    ]


def test_the_card_shows_people_masked_and_their_open_matters(world: World) -> None:
    ticket = world.add("neighbour", unit="3-1201")
    world.add("fees", unit="3-1201", answered="two yuan")
    world.add("fees", unit="3-1301")
    card = show_household(world.desk, unit="3栋1201")
    assert [row.number for row in card.open_tickets] == [ticket.number]
    assert (card.tickets_90_days, card.members[0].name) == (2, "王建国")
    assert "0000" not in (card.members[0].phone or "")


def test_a_unit_is_added_once_and_only_when_it_is_understood(world: World) -> None:
    added = add_household(
        world.desk, unit="5栋902", name="Ann [x]\x1b", phone="010-1", notes="dog", actor="Chen"
    )
    assert (added.unit, added.members[0].name, added.notes) == ("5-902", "Ann [x]", "dog")
    for unit, name, code in (
        ("5-902", "B", "household.exists"),
        ("nowhere", "B", "unit.bad"),
        ("", "B", "unit.bad"),
        ("5-903", "\x00", "name.missing"),
    ):
        with pytest.raises(Refusal) as refused:
            add_household(world.desk, unit=unit, name=name)
        assert refused.value.code == code
    with pytest.raises(Refusal, match=r"unit\.unknown"):
        show_household(world.desk, unit="5-903")
    assert world.is_sound()


def test_a_phone_typed_by_hand_is_kept_as_a_roster_s_is(world: World) -> None:
    add_household(world.desk, unit="5-902", name="Ann", phone="+86 138-0000-1234", actor="Chen")
    typed = {"１３９ ０００１ ２３４５": "13900012345", "0755-8888 ext. 3": "0755-8888 ext. 3"}
    for nth, phone in enumerate(typed):
        for part in ("member", "contact"):
            values = {"name": f"N{nth}", "phone": phone}
            add_part(world.desk, unit="5-902", part=part, values=values, actor="Chen")
    kept = [("13800001234",), *((phone,) for phone in typed.values())]
    of_members = "select phone from member join household on household.id = household_id"
    assert world.rows(f"{of_members} where unit = '5-902' order by member.id") == kept
    assert world.rows("select phone from emergency_contact order by id") == kept[1:]
    on_record = [json.loads(text) for (text,) in world.rows("select payload from event_personal")]
    assert {"name": "Ann", "phone": "13800001234"} in on_record
    with pytest.raises(Refusal, match=r"field\.masked"):
        add_household(world.desk, unit="5-903", name="Bea", phone="138****1234", actor="Chen")
