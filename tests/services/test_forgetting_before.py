"""What is said before anybody is forgotten, and what cannot be done any more afterwards."""

from __future__ import annotations

import pytest

from concierge.domain.refusal import Refusal
from concierge.services import progress
from concierge.services.forgetting import before_forgetting, forget_household
from concierge.services.household_edit import add_part, edit_part, set_household
from concierge.services.household_file import household_file
from concierge.services.shifts import end_shift, note_shift, start_shift
from concierge.services.views import TicketView
from tests.services.world import World

UNIT, OTHER = "3-1201", "3-1301"
ZHOU = "Zhou"


@pytest.fixture
def town(world: World) -> World:
    """王建国 moved out of 3-1201; a shift is on."""
    start_shift(world.desk, actor="Chen")
    set_household(world.desk, unit=UNIT, values={"moved_out": "2026-11-20"}, actor="Chen")
    return world


def said(world: World, words: str, **more: str) -> TicketView:
    """A ticket of a neighbour."""
    return world.add("neighbour", **{"unit": OTHER, **more}, words=words)


def everything(world: World) -> str:
    """Whatever was typed, as it stands in the store's own file."""
    world.rows("select 1")
    return (world.home / "concierge.db").read_bytes().decode(errors="replace")


@pytest.mark.parametrize("after", ["家狗花生叫", "家里漏水", "的家人吵", "家的车", "吵"])
def test_a_neighbour_who_says_the_room_and_the_name_means_them(town: World, after: str) -> None:
    said(town, f"楼下1201王建国{after}")
    assert before_forgetting(town.desk, unit=UNIT, actor=ZHOU).places == ()
    done = forget_household(town.desk, unit=UNIT, actor=ZHOU)
    assert done.left == ()
    assert town.rows("select words from ticket") == [(f"楼下1201****{after}",)]
    assert "王建国" not in everything(town)
    assert town.is_sound()


def test_afterwards_no_name_is_known_and_choosing_a_text_is_refused(town: World) -> None:
    late = said(town, "王建国家狗花生叫")
    assert [each.ref for each in before_forgetting(town.desk, unit=UNIT, actor=ZHOU).places] == [
        late.number
    ]
    assert forget_household(town.desk, unit=UNIT, actor=ZHOU).known
    assert not before_forgetting(town.desk, unit=UNIT, actor=ZHOU).known
    with pytest.raises(Refusal) as raised:
        forget_household(town.desk, unit=UNIT, actor=ZHOU, also=[late.number])
    assert raised.value.code == "forget.nobody-known"
    assert not forget_household(town.desk, unit=UNIT, actor=ZHOU).known


def test_a_name_entered_once_more_is_taken_out_of_the_text(town: World) -> None:
    late = said(town, "王建国家狗花生叫")
    forget_household(town.desk, unit=UNIT, actor=ZHOU)
    add_part(town.desk, unit=UNIT, part="member", values={"name": "王建国"}, actor="Chen")
    done = forget_household(town.desk, unit=UNIT, actor=ZHOU, also=[late.number])
    assert (done.known, done.left) == (True, ())
    assert town.rows("select words from ticket") == [("****家狗花生叫",)]
    assert "王建国" not in everything(town)
    assert town.is_sound()


def test_a_place_is_chosen_by_the_number_people_say(town: World) -> None:
    one, other = said(town, "王建国的包裹"), said(town, "王建国的伞")
    (left,) = before_forgetting(town.desk, unit=UNIT, actor=ZHOU, also=[one.number[-1]]).places
    assert left.ref == other.number
    done = forget_household(town.desk, unit=UNIT, actor=ZHOU, also=["T-1", other.number])
    assert done.left == ()
    assert town.rows("select words from ticket") == [("****的包裹",), ("****的伞",)]


def test_a_note_that_is_none_is_refused(town: World) -> None:
    with pytest.raises(Refusal, match="note-7"):
        forget_household(town.desk, unit=UNIT, actor=ZHOU, also=["note-7"])
    assert household_file(town.desk, unit=UNIT).members


def test_open_tickets_and_who_did_not_move_out_are_said_beforehand(town: World) -> None:
    own = said(town, "吵", unit=UNIT)
    back = said(town, "回电", caller="王建国", phone="13700002222")
    edit_part(town.desk, unit=UNIT, part="member", actor="Chen",
              row=household_file(town.desk, unit=UNIT).members[0].id,
              values={"phone": "13700002222"})  # fmt: skip
    assert before_forgetting(town.desk, unit=UNIT, actor=ZHOU).open_tickets == (
        own.number, back.number,
    )  # fmt: skip
    for number in (own.number, back.number):
        progress.record(town.desk, action="resolve", number=number, actor="Chen",
                        text="done", cause="forgotten")  # fmt: skip
    before = before_forgetting(town.desk, unit=UNIT, actor=ZHOU)
    assert (before.open_tickets, before.still_here) == ((), False)
    set_household(town.desk, unit=UNIT, values={"moved_out": ""}, actor="Chen")
    assert before_forgetting(town.desk, unit=UNIT, actor=ZHOU).still_here


@pytest.mark.parametrize("part", ["member", "contact"])
def test_a_phone_of_the_file_goes_from_a_note_of_no_flat_and_its_summary(
    town: World, part: str
) -> None:
    values = {"name": "王芳", "phone": "137-0000-1111"}
    add_part(town.desk, unit=UNIT, part=part, values=values, actor="Chen")
    note_shift(town.desk, text="王先生致谢13700001111", actor="Chen")
    end_shift(town.desk, actor="Chen", alone="night")
    forget_household(town.desk, unit=UNIT, actor=ZHOU)
    assert town.rows("select text from shift_note") == [("王先生致谢****",)]
    sealed = {text for (text,) in town.rows("select text from sealed_text")}
    assert "王先生致谢****" in sealed
    assert "13700001111" not in everything(town)
    assert town.is_sound()


def test_a_phone_that_was_never_in_the_file_is_nobodys(town: World) -> None:
    note_shift(town.desk, text="王先生致谢13700001111", actor="Chen")
    assert before_forgetting(town.desk, unit=UNIT, actor=ZHOU).places == ()
    forget_household(town.desk, unit=UNIT, actor=ZHOU)
    assert town.rows("select text from shift_note") == [("王先生致谢13700001111",)]
