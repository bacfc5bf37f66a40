"""What changes between two signatures: matters about whoever takes over, and the shift that comes next."""

from __future__ import annotations

import pytest

from concierge.domain.refusal import Refusal
from concierge.services.handover import begin_handover, handover
from concierge.services.handover_acts import acknowledge_matter, acknowledge_rest, count_item
from concierge.services.handover_signing import sign_handover
from concierge.services.reopening import reopen
from concierge.services.shifts import current_shift, start_shift
from tests.services.handing import count_all, ready, take_note
from tests.services.world import World, at


def test_a_matter_about_whoever_takes_over_that_came_after_the_signature_is_signed_for_again(
    world: World,
) -> None:
    start_shift(world.desk, actor="Chen")
    ready(world.desk)
    assert sign_handover(world.desk, actor="Chen").outgoing_signed == "Chen"
    hidden = world.add("staff-conduct", by="Zhou", place="Hall", about="Sun")
    assert handover(world.desk).outgoing_signed is None
    view = sign_handover(world.desk, actor="Sun")
    assert (view.state, view.outgoing_signed, view.incoming_signed) == ("open", None, "Sun")
    assert world.is_sound()
    assert sign_handover(world.desk, actor="Chen").state == "signed"
    assert world.rows(
        "select number, m.staff_id from handover_matter m join ticket t on t.id = m.ticket_id"
    ) == [(hidden.number, 1)]
    assert world.is_sound()


def test_one_that_became_worse_after_the_signature_is_signed_for_again(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    world.add("staff-conduct", by="Zhou", place="Hall", about="Sun")
    ready(world.desk)
    sign_handover(world.desk, actor="Chen")
    world.go("16:00")
    assert sign_handover(world.desk, actor="Sun").state == "open"
    assert sign_handover(world.desk, actor="Chen").state == "signed"
    assert world.rows("select why from handover_matter") == [("major overdue",)]
    assert world.is_sound()


def test_whoever_goes_signs_once_while_nothing_about_the_other_has_changed(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    world.add("staff-conduct", by="Zhou", place="Hall", about="Sun")
    ready(world.desk)
    sign_handover(world.desk, actor="Chen")
    with pytest.raises(Refusal, match=r"handover\.signed-already"):
        sign_handover(world.desk, actor="Chen")
    count_item(world.desk, item="keys", counted=8, actor="Sun")  # takes the signature back
    sign_handover(world.desk, actor="Chen")
    assert sign_handover(world.desk, actor="Sun").state == "signed"
    assert world.is_sound()


def test_whoever_begins_before_the_change_and_signs_at_it_takes_note_of_the_shift_after(
    world: World,
) -> None:
    world.go("13:00")
    start_shift(world.desk, actor="Chen")
    tonight = world.add(
        "home-repair", unit="1-0803", agreed_at=at("20:00"), agreed_with="Anna Weiss"
    )
    world.go("13:50")
    assert begin_handover(world.desk, actor="Sun").next_until == at("15:00")
    take_note(world.desk)
    count_all(world.desk)
    world.go("14:10")
    with pytest.raises(Refusal, match=r"handover\.unacknowledged") as refused:
        sign_handover(world.desk, actor="Sun")
    assert refused.value.values["tickets"] == (tonight.number,)
    acknowledge_matter(world.desk, number=tonight.number, actor="Sun")
    sign_handover(world.desk, actor="Sun")
    sign_handover(world.desk, actor="Chen")
    running = current_shift(world.desk)
    assert running is not None
    assert world.rows("select planned_until from shift where id = ?", running.id) == [
        (at("23:00"),)
    ]
    assert world.is_sound()


def test_a_matter_that_was_acknowledged_closed_and_reopened_is_acknowledged_again(
    world: World,
) -> None:
    start_shift(world.desk, actor="Chen")
    ticket = world.add("public-repair", place="Hall")
    ready(world.desk)
    world.go("14:20")
    world.do("resolve", ticket)
    assert handover(world.desk).group == 0
    reopen(world.desk, number=ticket.number, actor="Chen", reason="broken again")
    with pytest.raises(Refusal, match=r"handover\.rest"):
        sign_handover(world.desk, actor="Sun")
    acknowledge_rest(world.desk, count=1, actor="Sun")
    sign_handover(world.desk, actor="Sun")
    sign_handover(world.desk, actor="Chen")
    assert world.is_sound()


def test_a_clock_set_back_keeps_nobody_from_acknowledging(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    world.add("public-repair", place="Hall")
    world.go("14:00")  # it was 14:13
    ready(world.desk)
    sign_handover(world.desk, actor="Sun")
    assert sign_handover(world.desk, actor="Chen").state == "signed"


def test_whoever_takes_over_and_signed_first_signs_again_once_the_other_is_gone(
    world: World,
) -> None:
    start_shift(world.desk, actor="Chen")
    ready(world.desk)
    assert sign_handover(world.desk, actor="Sun").incoming_signed == "Sun"
    view = begin_handover(world.desk, actor="Sun", absent="went home")
    assert (view.incoming_signed, view.ready) == (None, True)
    assert world.is_sound()
    assert sign_handover(world.desk, actor="Sun").state == "signed"
    assert world.is_sound()


def test_what_was_acknowledged_and_closed_before_the_signatures_is_not_said_to_be_withheld(
    world: World,
) -> None:
    start_shift(world.desk, actor="Chen")
    closed = world.add("public-repair", place="Hall")
    world.add("fees")
    world.add("staff-conduct", by="Zhou", place="Hall", about="Sun")
    ready(world.desk)
    world.do("resolve", closed)
    sign_handover(world.desk, actor="Chen")
    assert handover(world.desk).withheld == 1
    assert sign_handover(world.desk, actor="Sun").state == "signed"
    signed = handover(world.desk, shift=1)
    assert (len(signed.matters), signed.withheld) == (1, 1)
