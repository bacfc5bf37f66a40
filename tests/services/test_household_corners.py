"""Corners of the household's file: where something masked might show, or somebody forgotten might stay."""

from __future__ import annotations

import pytest

from concierge.domain.refusal import Refusal
from concierge.services import progress
from concierge.services.drafts import save_draft
from concierge.services.facts import NewFact, add_fact, edit_fact
from concierge.services.finding import find_households
from concierge.services.forgetting import forget_household, forget_member
from concierge.services.household_card import card_now
from concierge.services.household_edit import add_part, edit_part, remove_part, set_household
from concierge.services.household_file import household_file, reveal
from concierge.services.household_history import history, undo_last
from concierge.services.instructions import NewInstruction, add_instruction
from concierge.services.phoning import told_by_phone
from concierge.services.shifts import note_shift, start_shift
from concierge.services.ticket_view import show_ticket
from concierge.services.verify import verify
from tests.services.test_forgetting import left_in
from tests.services.world import World

UNIT = "3-1201"
CHILD, CHILDS = "王小宝", "walks alone to Maple school"
HERS, HER_PHONE = "欧阳芳芳", "13700005678"


def add_child(world: World) -> int:
    values = {"name": CHILD, "birthday": "2019-05-06"}
    file = add_part(world.desk, unit=UNIT, part="member", values=values, actor="Chen")
    return next(one.id for one in file.members if one.name == CHILD)


def test_what_is_masked_of_a_child_is_not_found_by_its_words(world: World) -> None:
    child = add_child(world)
    add_fact(world.desk, unit=UNIT, fact=NewFact("habits", CHILDS, child), actor="Chen")
    add_fact(world.desk, unit=UNIT, fact=NewFact("food", "no celery", child), actor="Chen")
    assert find_households(world.desk, text="maple") == ()
    assert [hit.found for hit in find_households(world.desk, text="celery")] == ["no celery"]


def test_a_word_of_a_childs_file_is_not_shown_beside_another_word(world: World) -> None:
    child = add_child(world)
    add_fact(world.desk, unit=UNIT, fact=NewFact("habits", CHILDS, child), actor="Chen")
    set_household(world.desk, unit=UNIT, values={"notes": "maple tree"}, actor="Chen")
    assert [hit.found for hit in find_households(world.desk, text="maple")] == ["maple tree"]


def test_a_birthday_said_later_hides_what_the_history_holds_of_a_child(world: World) -> None:
    file = add_part(world.desk, unit=UNIT, part="member", values={"name": CHILD}, actor="Chen")
    child = next(one.id for one in file.members if one.name == CHILD)
    add_fact(world.desk, unit=UNIT, fact=NewFact("habits", CHILDS, child), actor="Chen")
    edit_part(world.desk, unit=UNIT, part="member", row=child,
              values={"birthday": "2019-05-06"}, actor="Chen")  # fmt: skip
    assert CHILDS not in str(history(world.desk, unit=UNIT))
    assert "2019" not in str(history(world.desk, unit=UNIT))


def test_the_history_hides_the_words_of_a_fact_that_was_or_became_sensitive(world: World) -> None:
    file = add_fact(world.desk, unit=UNIT, fact=NewFact("habits", "takes insulin"), actor="Chen")
    fact = file.facts[-1].id
    edit_fact(world.desk, unit=UNIT, fact=fact, values={"aspect": "health"}, actor="Chen",
              ask_later=True)  # fmt: skip
    assert "insulin" not in str(history(world.desk, unit=UNIT))
    edit_fact(world.desk, unit=UNIT, fact=fact, values={"aspect": "food", "text": "no sugar"},
              actor="Chen")  # fmt: skip
    assert "insulin" not in str(history(world.desk, unit=UNIT))


def test_undoing_a_members_removal_leaves_what_was_before_it_to_be_undone(world: World) -> None:
    file = add_part(world.desk, unit=UNIT, part="member", values={"name": HERS}, actor="Chen")
    hers = file.members[-1].id
    add_fact(world.desk, unit=UNIT, fact=NewFact("food", "rice", hers), actor="Chen")
    add_fact(world.desk, unit="3-1301", fact=NewFact("food", "noodles"), actor="Chen")
    remove_part(world.desk, unit=UNIT, part="member", row=hers, actor="Chen")
    undo_last(world.desk, unit=UNIT, actor="Chen")
    undone = undo_last(world.desk, unit=UNIT, actor="Chen")
    assert undone.members[-1].name == HERS
    assert undone.members[-1].facts == ()


def test_an_instruction_of_last_night_is_on_the_card_until_its_night_ends(world: World) -> None:
    new = NewInstruction("night nurse", ends_on="2026-11-23", from_time="22:00", to_time="06:00")
    add_instruction(world.desk, unit=UNIT, instruction=new, actor="Chen")
    world.go("2026-11-24T03:00")
    assert [one.text for one in card_now(world.desk, unit=UNIT).instructions] == ["night nurse"]
    ticket = world.add("neighbour", unit=UNIT)

    assert [one.text for one in show_ticket(world.desk, number=ticket.number).instructions] == [
        "night nurse"
    ]
    world.go("2026-11-24T06:00")
    assert card_now(world.desk, unit=UNIT).instructions == ()


def test_a_ticket_of_another_place_keeps_no_phone_of_whom_is_forgotten(world: World) -> None:
    file = add_part(world.desk, unit=UNIT, part="member", actor="Chen",
                    values={"name": HERS, "phone": HER_PHONE})  # fmt: skip
    hers = file.members[-1].id
    lobby = world.add(
        "neighbour", place="大堂", caller=HERS, phone=HER_PHONE, words=f"{HERS} 丢了伞"
    )
    other = world.add(
        "neighbour", unit="3-1301", caller=HERS, phone=HER_PHONE, words=f"请打 {HER_PHONE}"
    )

    for each in (lobby, other):
        progress.record(world.desk, action="resolve", number=each.number, actor="Chen", text="ok")
    edit_part(
        world.desk,
        unit=UNIT,
        part="member",
        row=hers,
        values={"moved_out": "2026-11-01"},
        actor="Chen",
    )
    done = forget_member(world.desk, unit=UNIT, member=hers, actor="Zhou")
    assert done.scrubbed
    assert left_in(world.home, HERS, HER_PHONE) == []
    assert verify(world.desk).ok


def test_a_removed_contact_is_forgotten_with_the_household(world: World) -> None:
    file = add_part(world.desk, unit=UNIT, part="contact", actor="Chen",
                    values={"name": HERS, "phone": "+86 137 0000 5678"})  # fmt: skip
    start_shift(world.desk, actor="Chen")
    note_shift(world.desk, text=f"{HERS} rang, {HER_PHONE}", actor="Chen")
    save_draft(
        world.desk,
        draft="d",
        received_at=world.clock.at,
        form={"unit": UNIT, "words": "very private"},
    )
    save_draft(
        world.desk,
        draft="e",
        received_at=world.clock.at,
        form={"unit": "3栋1201", "words": "very private"},
    )
    remove_part(world.desk, unit=UNIT, part="contact", row=file.contacts[-1].id, actor="Chen")
    set_household(world.desk, unit=UNIT, values={"moved_out": "2026-11-01"}, actor="Chen")
    forget_household(world.desk, unit=UNIT, actor="Zhou")
    assert left_in(world.home, HERS, HER_PHONE) == []
    assert left_in(world.home, "very private") == []


def test_a_familys_one_phone_is_not_taken_from_those_who_stay(world: World) -> None:
    ids = [
        add_part(world.desk, unit=UNIT, part="member", actor="Chen",
                 values={"name": name, "phone": HER_PHONE}).members[-1].id
        for name in (HERS, CHILD)
    ]  # fmt: skip
    edit_part(world.desk, unit=UNIT, part="member", row=ids[0],
              values={"moved_out": "2026-11-01"}, actor="Chen")  # fmt: skip
    forget_member(world.desk, unit=UNIT, member=ids[0], actor="Zhou")
    assert [hit.name for hit in find_households(world.desk, text="5678")] == [CHILD]
    assert left_in(world.home, HERS) == []


def test_a_masked_phone_is_not_taken_for_a_new_one(world: World) -> None:
    file = add_part(world.desk, unit=UNIT, part="member", actor="Chen",
                    values={"name": HERS, "phone": HER_PHONE})  # fmt: skip
    with pytest.raises(Refusal) as refused:
        edit_part(world.desk, unit=UNIT, part="member", row=file.members[-1].id,
                  values={"phone": "137****5678"}, actor="Chen")  # fmt: skip
    assert refused.value.code == "field.masked"
    assert household_file(world.desk, unit=UNIT).members[-1].phone == "137****5678"
    assert [hit.name for hit in find_households(world.desk, text=HER_PHONE)] == [HERS]


def test_what_a_consent_covers_is_as_masked_as_the_fact(world: World) -> None:
    new = NewFact("health", "epilepsy", consent_by="王太太", consent_scope="epilepsy drugs")
    file = add_fact(world.desk, unit=UNIT, fact=new, actor="Chen")
    consent = file.facts[-1].consent
    assert consent is not None
    assert (consent.by, consent.scope) == ("王太太", "****")
    assert "epilepsy" not in str(history(world.desk, unit=UNIT))
    shown = reveal(world.desk, unit=UNIT, what="health", actor="Chen").facts[-1].consent
    assert shown is not None
    assert shown.scope == "epilepsy drugs"


def test_names_in_other_letters_and_digits_of_full_width_are_forgotten_too(world: World) -> None:
    desk = world.desk
    add_part(desk, unit=UNIT, part="member", actor="Chen",
             values={"name": "Jane Smythe", "phone": "+1 (415) 555-0199"})  # fmt: skip
    start_shift(desk, actor="Chen")
    note_shift(desk, text="JANE SMYTHE rang from ＋１４１５ ５５５ ０１９９", actor="Chen")
    other = world.add("neighbour", unit="3-1301")
    told_by_phone(desk, number=other.number, whom="Jane Smythe +14155550199", actor="Chen")
    set_household(desk, unit=UNIT, values={"moved_out": "2026-11-01"}, actor="Chen")
    forget_household(desk, unit=UNIT, actor="Zhou")
    assert left_in(world.home, "Jane Smythe", "JANE SMYTHE", "14155550199", "５５５ ０１９９") == []
    assert verify(desk).ok
