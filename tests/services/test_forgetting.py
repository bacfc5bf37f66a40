"""People who moved out are forgotten: nothing of them is left, and the store still proves itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from concierge.domain.refusal import Refusal
from concierge.services import progress
from concierge.services.drafts import list_drafts, save_draft
from concierge.services.facts import NewFact, add_fact
from concierge.services.finding import find_households
from concierge.services.forgetting import forget_household, forget_member
from concierge.services.household_edit import add_part, edit_part, remove_part, set_household
from concierge.services.household_file import household_file
from concierge.services.household_history import history
from concierge.services.household_views import Forgotten
from concierge.services.instructions import NewInstruction, add_instruction
from concierge.services.phoning import told_by_phone
from concierge.services.shifts import end_shift, note_shift, shift_summary, start_shift
from concierge.services.sweep import sweep
from concierge.store.scrubbing import scrub
from concierge.store.tables import Fact
from tests.services.world import World

UNIT = "3-1201"
NAME, PHONE, OLD_PHONE = "王建国", "13900001234", "13511112222"
HERS, HER_PHONE = "李芳芳", "13700005678"
NEIGHBOUR = "13688887777"


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as raised:
        call()
    return raised.value.code


def left_in(home: Path, *texts: str) -> list[tuple[str, str]]:
    """Which texts still stand in which file of the store, the log beside it included."""
    return [
        (path.name, text)
        for path in sorted(home.iterdir())
        if path.is_file()
        for text in texts
        if text.encode() in path.read_bytes() or text[::-1].encode() in path.read_bytes()
    ]


@pytest.fixture
def lived_in(world: World) -> World:
    """A flat with two people, tickets, a shift that was summed up, and everything else that may name them."""
    desk = world.desk
    # Everybody in the fixture has his phone: here the neighbours have another.
    world.rows("update member set phone = ? where name != ?", NEIGHBOUR, NAME)
    world.rows("delete from search_key where match = 'phone'")
    # As a store has it that was made before halves said whose they are.
    world.rows("update event_personal set household_id = null")
    him = household_file(desk, unit=UNIT).members[0].id
    edit_part(desk, unit=UNIT, part="member", row=him, values={"phone": OLD_PHONE}, actor="Chen")
    edit_part(desk, unit=UNIT, part="member", row=him, values={"phone": PHONE}, actor="Chen")
    file = add_part(desk, unit=UNIT, part="member", actor="Chen",
                    values={"name": HERS, "phone": HER_PHONE})  # fmt: skip
    hers = file.members[1].id
    add_fact(desk, unit=UNIT, fact=NewFact("allergy", "peanuts", him), actor="Chen")
    add_fact(desk, unit=UNIT, fact=NewFact("food", f"{NAME}不吃辣", hers), actor="Chen")
    new = NewInstruction(f"让{NAME}的司机进门", given_by=NAME)
    add_instruction(desk, unit=UNIT, instruction=new, actor="Chen")
    start_shift(desk, actor="Chen")
    world.add("neighbour", unit=UNIT, caller=NAME, phone=PHONE, words=f"我是{NAME}，太吵了")
    other = world.add("neighbour", unit=UNIT, caller=HERS, phone=HER_PHONE, words=f"{NAME}睡不着")
    world.add("neighbour", unit="3-1301", against=UNIT, caller="李敏", words=f"{NAME}家太吵")
    told_by_phone(desk, number=other.number, whom=f"{NAME}的司机", actor="Chen")
    note_shift(desk, text=f"{NAME} {PHONE[:3]} {PHONE[3:7]} {PHONE[7:]} 来取快递", actor="Chen")
    save_draft(desk, draft="d", received_at=world.clock.at, form={"caller": NAME})
    end_shift(desk, actor="Chen", alone="night")
    world.go("2026-11-23T19:00")
    sweep(desk)
    return world


def close_all(world: World) -> None:
    """Resolve whatever is open, and say so with his name."""
    for (number,) in world.rows("select number from ticket where state = 'open'"):
        progress.record(world.desk, action="resolve", number=number, actor="Chen",
                        text=f"told {NAME}", cause="forgotten")  # fmt: skip


def move_out(world: World) -> None:
    set_household(world.desk, unit=UNIT, values={"moved_out": "2026-11-20"}, actor="Chen")


def test_a_household_is_forgotten_to_the_last_byte_and_its_figures_stay(lived_in: World) -> None:
    world = lived_in
    close_all(world)
    move_out(world)
    clocks = world.rows("select ticket_id, kind, due_at, met_at, breach_generation from clock")
    tickets = world.rows("select number, category, unit, state, received_at, cause from ticket")
    events = world.rows("select id, hash from event order by id")
    assert left_in(world.home, NAME, PHONE, OLD_PHONE, HERS, HER_PHONE)
    done = forget_household(world.desk, unit=UNIT, actor="Zhou", reason=f"{NAME} asked")
    assert (done.members, done.tickets, done.scrubbed) == (2, 2, True)
    assert left_in(world.home, NAME, PHONE, OLD_PHONE, HERS, HER_PHONE, "peanuts", "睡不着") == []
    assert (
        world.rows("select ticket_id, kind, due_at, met_at, breach_generation from clock") == clocks
    )
    assert (
        world.rows("select number, category, unit, state, received_at, cause from ticket")
        == tickets
    )
    assert world.rows("select id, hash from event order by id")[: len(events)] == events
    assert world.is_sound()
    file = household_file(world.desk, unit=UNIT)
    assert (file.members, file.facts, file.instructions) == ((), (), ())
    assert find_households(world.desk, text="王建国") == ()
    assert [hit.unit for hit in find_households(world.desk, text=UNIT)] == [UNIT]
    assert history(world.desk, unit=UNIT) == ()


def test_what_the_neighbour_said_of_them_stays_without_their_name(lived_in: World) -> None:
    world = lived_in
    close_all(world)
    move_out(world)
    forget_household(world.desk, unit=UNIT, actor="Zhou")
    words = world.rows("select words, caller from ticket where unit = '3-1301'")
    assert words == [("****家太吵", "李敏")]
    summary = shift_summary(world.desk)
    assert summary.notes[0].text == "**** **** 来取快递"
    assert {line.words for line in summary.carried} == {"", "****家太吵"}
    assert list_drafts(world.desk) == ()
    assert household_file(world.desk, unit="3-1301").members[0].name == "李敏"


def test_one_person_is_forgotten_and_the_others_stay(lived_in: World) -> None:
    world = lived_in
    close_all(world)
    him = household_file(world.desk, unit=UNIT).members[0].id

    def forget() -> Forgotten:
        return forget_member(world.desk, unit=UNIT, member=him, actor="Zhou")

    assert refused(forget) == "forget.still-here"
    edit_part(world.desk, unit=UNIT, part="member", row=him, values={"moved_out": "2026-11-20"},
              actor="Chen")  # fmt: skip
    done = forget()
    assert (done.members, done.tickets, done.scrubbed) == (1, 1, True)
    assert left_in(world.home, NAME, PHONE, OLD_PHONE, "peanuts") == []
    file = household_file(world.desk, unit=UNIT)
    assert [member.name for member in file.members] == [HERS]
    assert file.members[0].facts[0].text == "****不吃辣"
    assert (file.instructions[0].text, file.instructions[0].given_by) == (
        "让****的司机进门",
        "****",
    )
    hers = world.rows("select words, caller, phone from ticket where caller = ?", HERS)
    assert hers == [("****睡不着", HERS, HER_PHONE)]
    assert world.is_sound()
    assert find_households(world.desk, text=HERS)[0].unit == UNIT


def test_somebody_removed_before_is_forgotten_by_what_is_on_record(lived_in: World) -> None:
    world = lived_in
    close_all(world)
    him = household_file(world.desk, unit=UNIT).members[0].id
    remove_part(world.desk, unit=UNIT, part="member", row=him, actor="Chen")
    assert left_in(world.home, NAME)
    forget_member(world.desk, unit=UNIT, member=him, actor="Zhou")
    assert left_in(world.home, NAME, PHONE, OLD_PHONE, "peanuts") == []
    assert world.is_sound()
    with pytest.raises(Refusal, match=r"part\.unknown"):
        forget_member(world.desk, unit=UNIT, member=him, actor="Zhou")


def test_forgetting_is_for_a_supervisor_after_moving_out_and_with_nothing_open(
    lived_in: World,
) -> None:
    world = lived_in

    def forget(actor: str = "Zhou") -> Forgotten:
        return forget_household(world.desk, unit=UNIT, actor=actor)

    assert refused(lambda: forget("Chen")) == "role.needed"
    assert refused(forget) == "forget.still-here"
    move_out(world)
    before = world.rows("select count(*) from event_personal")
    assert refused(forget) == "forget.open-tickets"
    assert world.rows("select count(*) from event_personal") == before
    assert household_file(world.desk, unit=UNIT).members[0].name == NAME


def test_the_next_household_moves_into_the_same_flat(lived_in: World) -> None:
    world = lived_in
    close_all(world)
    move_out(world)
    forget_household(world.desk, unit=UNIT, actor="Zhou")
    set_household(world.desk, unit=UNIT, values={"moved_out": "", "moved_in": "2026-12-01"},
                  actor="Chen")  # fmt: skip
    file = add_part(world.desk, unit=UNIT, part="member", values={"name": "赵六"}, actor="Chen")
    assert [member.name for member in file.members] == ["赵六"]
    assert len(history(world.desk, unit=UNIT)) == 2


def test_what_is_erased_while_another_reads_is_said_to_be_left(lived_in: World) -> None:
    world = lived_in
    beside = world.beside()
    with beside.store.read() as session:
        session.get(Fact, 1)
        add_fact(world.desk, unit=UNIT, fact=NewFact("habits", "early"), actor="Chen")
        assert not scrub(world.desk.store)
    beside.store.close()
    assert scrub(world.desk.store)
