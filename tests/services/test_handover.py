"""The handover: built from the store, acknowledged one by one or in a group, counted, signed by both."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from concierge.domain.refusal import Refusal
from concierge.services.changes import assign, cancel, change
from concierge.services.escalating import acknowledge
from concierge.services.founding import know_desk
from concierge.services.handover import begin_handover, drop_handover, handover
from concierge.services.handover_acts import acknowledge_matter, acknowledge_rest, count_item
from concierge.services.handover_signing import review_handover, sign_handover
from concierge.services.instructions import NewInstruction, add_instruction, end_instruction
from concierge.services.phoning import told_by_phone
from concierge.services.pins import set_pin
from concierge.services.shifts import (
    current_shift,
    end_shift,
    note_shift,
    shift_summary,
    start_shift,
)
from tests.services.handing import COUNTED, count_all, hand_over, matter, ready, take_note
from tests.services.world import World, at


# -- what it shows --------------------------------------------------------------------------------------------
def test_it_is_built_of_what_is_open_with_why_each_is_taken_by_itself(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    late = world.add("neighbour", unit="3-1201", words="太吵了")
    major = world.add("emergency", place="Lift 2")
    tonight = world.add("home-repair", unit="1-0803", agreed_at=at("20:00"), agreed_with="Anna")
    calm = world.add("public-repair", place="Hall")
    world.add("fees", answered="two yuan")
    world.go("14:50")
    world.sweep()
    view = begin_handover(world.desk, actor="Sun")
    assert (view.state, view.outgoing, view.incoming) == ("open", "Chen", "Sun")
    assert (view.next_until, view.at) == (at("23:00"), at("14:50"))
    assert {one.number: one.why for one in view.matters} == {
        late.number: ("overdue",),
        major.number: ("major", "overdue"),
        tonight.number: ("due",),
        calm.number: (),
    }
    assert set(view.left) == {late.number, major.number, tonight.number}
    assert (view.group, view.group_left, view.ready) == (1, 1, False)
    one = matter(view, tonight)
    assert (one.agreed_at, one.agreed_with, one.household) == (at("20:00"), "Anna", "Anna Weiss")
    assert (one.step, one.due_at, one.to_be_agreed) == ("resolve", at("20:00"), False)
    assert [one.due_at for one in view.matters] == sorted(one.due_at for one in view.matters)


def test_it_says_who_was_told_who_has_not_signed_and_whose_it_is(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    ticket = world.add("neighbour", unit="3-1201")
    world.go("14:30")
    world.sweep()
    told_by_phone(world.desk, number=ticket.number, whom="Lin", actor="Chen")
    told_by_phone(world.desk, number=ticket.number, whom="the guard", actor="Chen")
    assign(world.desk, number=ticket.number, to="Sun", actor="Chen")
    one = matter(handover(world.desk), ticket)
    assert one.told == ("Chen", "Zhou", "Lin", "the guard")
    assert (one.waiting, one.assignee, one.overdue) == (("supervisor",), "Sun", True)
    acknowledge(world.desk, number=ticket.number, actor="Zhou")
    assert matter(handover(world.desk), ticket).waiting == ()


def test_every_running_clock_counts_and_not_only_the_one_due_first(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    ticket = world.add("home-repair-urgent", unit="3-1201")
    assert [one.kind for one in ticket.clocks] == ["attend", "resolve"]
    world.go("22:30")
    assert matter(begin_handover(world.desk, actor="Sun"), ticket).why == ("overdue",)
    drop_handover(world.desk, actor="Sun")
    world.go("2026-11-24T06:30")  # its second clock is due at 14:13
    assert matter(begin_handover(world.desk, actor="Sun"), ticket).why == ("overdue", "due")


def test_the_next_shift_ends_at_the_same_time_before_and_after_somebody_takes_over(
    world: World,
) -> None:
    world.go("08:00")
    start_shift(world.desk, actor="Chen")
    planned = handover(world.desk)
    assert (planned.state, planned.incoming, planned.ready) == ("planned", None, False)
    assert planned.next_until == at("15:00")
    world.go("14:30")
    assert handover(world.desk).next_until == at("23:00")
    world.go("16:00")
    before = handover(world.desk).next_until
    assert begin_handover(world.desk, actor="Sun").next_until == before == at("23:00")


def test_instructions_that_start_or_end_in_the_next_shift_are_told(world: World) -> None:
    world.go("08:00")
    start_shift(world.desk, actor="Chen")
    for text, starts, ends, hours in (
        ("cleaner may enter", "2026-11-01", "2026-11-23", (None, "20:00")),
        ("until midnight", "2026-11-01", "2026-11-23", (None, None)),
        ("painter comes", "2026-11-23", "2026-11-30", ("16:00", None)),
        ("tomorrow", "2026-11-24", "2026-11-30", (None, None)),
        ("began this morning", "2026-11-23", None, (None, None)),
    ):
        new = NewInstruction(text, starts, ends, from_time=hours[0], to_time=hours[1])
        add_instruction(world.desk, unit="3-1201", instruction=new, actor="Chen")
    gone = NewInstruction("taken back", "2026-11-23", from_time="17:00")
    file = add_instruction(world.desk, unit="3-1201", instruction=gone, actor="Chen")
    row = next(each.id for each in file.instructions if each.text == "taken back")
    end_instruction(world.desk, unit="3-1201", instruction=row, actor="Chen")
    world.go("14:30")
    told = [(one.text, one.what, one.on, one.time) for one in handover(world.desk).instructions]
    assert told == [
        ("cleaner may enter", "ends", "2026-11-23", "20:00"),
        ("painter comes", "starts", "2026-11-23", "16:00"),
    ]
    world.go("22:30")
    begin_handover(world.desk, actor="Sun")
    assert [(one.text, one.what, one.time) for one in handover(world.desk).instructions] == [
        ("until midnight", "ends", None),
        ("tomorrow", "starts", None),
    ]


def test_the_running_log_goes_along(world: World) -> None:
    start_shift(world.desk, actor="Chen", note="three keys")
    ticket = world.add("fees")
    note_shift(world.desk, text="ring 3-1201", actor="Sun", flag="next", ticket=ticket.number)
    notes = handover(world.desk).notes
    assert [(one.staff, one.text, one.flag, one.number) for one in notes] == [
        ("Chen", "three keys", None, None),
        ("Sun", "ring 3-1201", "next", ticket.number),
    ]


def test_another_desk_s_matters_are_not_handed_over_here(world: World) -> None:
    know_desk(world.desk.store, "gate")
    gate = world.beside("gate")
    start_shift(gate, actor="Zhou")
    start_shift(world.desk, actor="Chen")
    ticket = world.add("neighbour")
    assert handover(gate).matters == ()
    begin_handover(gate, actor="Sun")
    with pytest.raises(Refusal, match=r"handover\.no-matter"):
        acknowledge_matter(gate, number=ticket.number, actor="Sun")
    assert len(handover(world.desk).matters) == 1
    gate.store.close()


# -- acknowledging --------------------------------------------------------------------------------------------
def test_it_cannot_be_signed_while_anything_is_not_acknowledged_or_counted(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    major = world.add("emergency", place="Lift 2")
    world.add("public-repair", place="Hall")
    begin_handover(world.desk, actor="Sun")
    with pytest.raises(Refusal, match=r"handover\.unacknowledged") as refused:
        sign_handover(world.desk, actor="Sun")
    assert refused.value.values == {"tickets": (major.number,)}
    acknowledge_matter(world.desk, number=major.number, actor="Sun")
    with pytest.raises(Refusal, match=r"handover\.rest"):
        sign_handover(world.desk, actor="Sun")
    acknowledge_rest(world.desk, count=1, actor="Sun")
    with pytest.raises(Refusal, match=r"handover\.uncounted") as refused:
        sign_handover(world.desk, actor="Chen")
    assert len(refused.value.values["items"]) == 6  # type: ignore[arg-type]
    assert count_all(world.desk).ready
    sign_handover(world.desk, actor="Chen")
    assert sign_handover(world.desk, actor="Sun").state == "signed"
    assert world.is_sound()


def test_the_rest_is_acknowledged_by_its_number_and_by_no_other(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    for _ in range(3):
        world.add("public-repair", place="Hall", confirmed=True)
    begin_handover(world.desk, actor="Sun")
    for wrong in (0, 2, 4, -3, 10**30):
        with pytest.raises(Refusal, match=r"handover\.changed") as refused:
            acknowledge_rest(world.desk, count=wrong, actor="Sun")
        assert refused.value.values["left"] == 3
    assert acknowledge_rest(world.desk, count=3, actor="Sun").group_left == 0
    world.add("public-repair", place="Yard", confirmed=True)
    view = acknowledge_rest(world.desk, count=1, actor="Sun")
    assert (view.group, view.group_left) == (4, 0)
    assert {one.grouped for one in view.matters} == {True}
    before = world.rows("select events from chain_head")
    acknowledge_rest(world.desk, count=0, actor="Sun")
    assert world.rows("select events from chain_head") == before


def test_what_became_overdue_since_it_was_acknowledged_is_named_at_the_signature(
    world: World,
) -> None:
    start_shift(world.desk, actor="Chen")
    ticket = world.add("neighbour")
    assert matter(ready(world.desk), ticket).why == ("due",)
    sign_handover(world.desk, actor="Chen")
    world.go("14:29")
    with pytest.raises(Refusal, match=r"handover\.unacknowledged") as refused:
        sign_handover(world.desk, actor="Sun")
    assert refused.value.values["tickets"] == (ticket.number,)
    view = acknowledge_matter(world.desk, number=ticket.number, actor="Sun")
    assert (view.ready, matter(view, ticket).acknowledged_at) == (True, at("14:29"))
    assert sign_handover(world.desk, actor="Sun").state == "signed"
    assert world.rows("select grouped, why from handover_matter") == [(0, "overdue")]
    assert world.is_sound()


def test_what_came_in_or_became_major_since_is_not_acknowledged(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    calm = world.add("public-repair", place="Hall")
    ready(world.desk)
    sign_handover(world.desk, actor="Sun")
    change(world.desk, number=calm.number, grade="major", reason="crowd", actor="Chen")
    with pytest.raises(Refusal, match=r"handover\.unacknowledged"):
        sign_handover(world.desk, actor="Chen")
    view = acknowledge_matter(world.desk, number=calm.number, actor="Sun")
    assert not matter(view, calm).grouped
    world.add("public-repair", place="Yard", confirmed=True)
    with pytest.raises(Refusal, match=r"handover\.rest"):
        sign_handover(world.desk, actor="Chen")
    acknowledge_rest(world.desk, count=1, actor="Sun")
    assert sign_handover(world.desk, actor="Chen").state == "signed"
    assert world.is_sound()


def test_what_was_closed_meanwhile_hinders_nobody(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    one, other = world.add("neighbour"), world.add("public-repair", place="Hall")
    ready(world.desk)
    cancel(world.desk, number=one.number, reason="mistake", actor="Chen")
    sign_handover(world.desk, actor="Chen")
    view = sign_handover(world.desk, actor="Sun")
    assert [each.number for each in view.matters] == [other.number]
    assert world.is_sound()


def test_acknowledging_the_same_matter_twice_is_recorded_once(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    ticket = world.add("neighbour")
    begin_handover(world.desk, actor="Sun")
    acknowledge_matter(world.desk, number=ticket.number, actor="Sun")
    world.go("14:20")
    view = acknowledge_matter(world.desk, number=ticket.number, actor="Sun")
    assert matter(view, ticket).acknowledged_at == at("14:13")
    assert world.rows("select count(*) from event where kind = 'handover.acknowledged'") == [(1,)]


# -- who may --------------------------------------------------------------------------------------------------
def test_each_does_his_own_part_and_nobody_else_s(world: World) -> None:
    acts: list[Callable[[], object]] = [
        lambda: handover(world.desk),
        lambda: begin_handover(world.desk, actor="Sun"),
        lambda: sign_handover(world.desk, actor="Sun"),
    ]
    for act in acts:
        with pytest.raises(Refusal, match=r"shift\.not-running"):
            act()
    start_shift(world.desk, actor="Chen")
    ticket = world.add("neighbour")
    with pytest.raises(Refusal, match=r"handover\.self"):
        begin_handover(world.desk, actor="Chen")
    acts = [
        lambda: sign_handover(world.desk, actor="Sun"),
        lambda: drop_handover(world.desk, actor="Sun"),
        lambda: acknowledge_rest(world.desk, count=0, actor="Sun"),
        lambda: count_item(world.desk, item="keys", counted=1, actor="Sun"),
    ]
    for nobody in acts:
        with pytest.raises(Refusal, match=r"handover\.none"):
            nobody()
    begin_handover(world.desk, actor="Sun")
    with pytest.raises(Refusal, match=r"handover\.begun"):
        begin_handover(world.desk, actor="Zhou")
    with pytest.raises(Refusal, match=r"handover\.begun"):
        begin_handover(world.desk, actor="Sun")
    with pytest.raises(Refusal, match=r"handover\.not-yours"):
        acknowledge_matter(world.desk, number=ticket.number, actor="Chen")
    acts = [
        lambda: sign_handover(world.desk, actor="Zhou"),
        lambda: drop_handover(world.desk, actor="Zhou"),
        lambda: count_item(world.desk, item="keys", counted=1, actor="Zhou"),
    ]
    for stranger in acts:
        with pytest.raises(Refusal, match=r"handover\.not-party"):
            stranger()


def test_whoever_drops_it_drops_what_was_acknowledged_and_another_may_begin(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    world.add("neighbour")
    ready(world.desk)
    sign_handover(world.desk, actor="Chen")
    assert drop_handover(world.desk, actor="Sun").state == "planned"
    view = begin_handover(world.desk, actor="Zhou")
    assert (view.incoming, len(view.left), len(view.uncounted)) == ("Zhou", 1, 6)
    assert view.outgoing_signed is None
    assert world.is_sound()


def test_what_is_about_whoever_takes_over_is_withheld_and_taken_note_of_by_the_other(
    world: World,
) -> None:
    start_shift(world.desk, actor="Chen")
    hidden = world.add("staff-conduct", unit="3-1201", about="Sun")
    view = ready(world.desk)
    assert (view.matters, view.withheld, view.ready) == ((), 1, True)
    with pytest.raises(Refusal, match=r"handover\.no-matter"):
        acknowledge_matter(world.desk, number=hidden.number, actor="Sun")
    sign_handover(world.desk, actor="Sun")
    assert world.rows("select count(*) from handover_matter") == [(0,)]
    signed = sign_handover(world.desk, actor="Chen")
    assert (signed.matters, signed.withheld) == ((), 1)
    assert world.rows(
        "select number, name from handover_matter m join ticket t on t.id = m.ticket_id"
        " join staff s on s.id = m.staff_id"
    ) == [(hidden.number, "Chen")]
    assert world.is_sound()


def test_what_is_about_whoever_takes_over_alone_is_not_passed_unread(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    world.add("staff-conduct", unit="3-1201", about="Sun")
    ready(world.desk, absent="went home")
    with pytest.raises(Refusal, match=r"handover\.withheld"):
        sign_handover(world.desk, actor="Sun")
    drop_handover(world.desk, actor="Sun")
    assert len(begin_handover(world.desk, actor="Zhou", absent="went home").left) == 1
    assert world.is_sound()


def test_what_is_about_whoever_goes_is_hidden_from_that_person_until_another_takes_over(
    world: World,
) -> None:
    start_shift(world.desk, actor="Chen")
    ticket = world.add("staff-conduct", by="Zhou", unit="3-1201", about="Chen")
    planned = handover(world.desk)
    assert (planned.matters, planned.withheld) == ((), 1)
    view = begin_handover(world.desk, actor="Sun")
    assert (view.left, view.withheld) == ((ticket.number,), 0)


# -- counting -------------------------------------------------------------------------------------------------
def test_a_count_that_differs_from_the_last_one_needs_a_word(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    hand_over(world.desk)
    world.go("22:30")
    view = begin_handover(world.desk, actor="Zhou")
    assert {one.item: one.expected for one in view.counts} == {
        "keys": COUNTED, "cards": COUNTED, "radios": COUNTED, "cash": COUNTED,
        "equipment": COUNTED, "parcels": None,
    }  # fmt: skip
    count_item(world.desk, item="parcels", counted=31, actor="Sun")
    for word in (None, " ", "\x00"):
        with pytest.raises(Refusal, match=r"count\.word"):
            count_item(world.desk, item="keys", counted=6, actor="Zhou", word=word)
    view = count_item(world.desk, item="keys", counted=6, actor="Zhou", word="3-1201 has\x1b one")
    keys = next(one for one in view.counts if one.item == "keys")
    assert (keys.expected, keys.counted, keys.word) == (7, 6, "3-1201 has one")
    assert keys.names == {"zh": "钥匙（把）", "en": "Keys"}
    assert world.is_sound()


def test_what_is_no_count_or_not_on_the_checklist_is_refused(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    begin_handover(world.desk, actor="Sun")
    for counted in (-1, 10**9 + 1, 10**30):
        with pytest.raises(Refusal, match=r"count\.bad"):
            count_item(world.desk, item="keys", counted=counted, actor="Sun")
    for item in ("", "Keys", "[/b]", "swords"):
        with pytest.raises(Refusal, match=r"count\.unknown"):
            count_item(world.desk, item=item, counted=1, actor="Sun")
    assert len(handover(world.desk).uncounted) == 6


def test_a_count_that_changes_takes_signatures_back(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    ready(world.desk)
    sign_handover(world.desk, actor="Chen")
    assert count_item(world.desk, item="keys", counted=7, actor="Sun").outgoing_signed == "Chen"
    view = count_item(world.desk, item="keys", counted=8, actor="Sun")
    assert (view.outgoing_signed, view.ready) == (None, True)
    sign_handover(world.desk, actor="Sun")
    assert sign_handover(world.desk, actor="Chen").state == "signed"
    assert world.is_sound()


# -- signing --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("order", [("Chen", "Sun"), ("Sun", "Chen")])
def test_the_second_signature_ends_the_shift_and_starts_the_next(
    world: World, order: tuple[str, str]
) -> None:
    world.go("08:00")
    start_shift(world.desk, actor="Chen")
    world.go("14:19")
    ticket = world.add("neighbour")
    world.go("14:20")
    ready(world.desk)
    first = sign_handover(world.desk, actor=order[0])
    assert (first.state, current_shift(world.desk).id) == ("open", 1)  # type: ignore[union-attr]
    with pytest.raises(Refusal, match=r"handover\.signed-already"):
        sign_handover(world.desk, actor=order[0])
    view = sign_handover(world.desk, actor=order[1])
    assert (view.state, view.outgoing_signed, view.incoming_signed) == ("signed", "Chen", "Sun")
    assert (view.signed_at, [one.number for one in view.matters]) == (at("14:20"), [ticket.number])
    shift = current_shift(world.desk)
    assert shift is not None
    assert (shift.id, shift.staff, shift.started_at) == (2, "Sun", at("14:20"))
    assert world.rows(
        "select ended_how, takes_over, planned_from, planned_until from shift order by id"
    ) == [
        ("handover", None, at("07:00"), at("15:00")),
        (None, 1, at("15:00"), at("23:00")),
    ]
    assert world.rows(
        "select a.last_event = b.first_event from shift a join shift b on b.takes_over = a.id"
    ) == [(1,)]
    assert handover(world.desk, shift=1) == view
    assert world.is_sound()


def test_a_breach_that_no_sweep_saw_counts_in_the_shift_that_ends(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    world.add("neighbour")
    world.go("14:40")
    hand_over(world.desk)
    assert [one.broken for one in shift_summary(world.desk, shift=1).kept] == [1]
    assert [one.broken for one in shift_summary(world.desk).kept] == []
    assert world.is_sound()


def test_who_has_a_pin_signs_with_it_and_with_no_other(world: World) -> None:
    set_pin(world.desk, name="Chen", pin="4711", actor="Chen")
    start_shift(world.desk, actor="Chen")
    assert ready(world.desk).pin_needed == ("Chen",)
    for pin, code in ((None, r"pin\.missing"), ("1147", r"pin\.wrong")):
        with pytest.raises(Refusal, match=code):
            sign_handover(world.desk, actor="Chen", pin=pin)
    sign_handover(world.desk, actor="Chen", pin="4711")
    sign_handover(world.desk, actor="Sun")
    assert world.rows("select outgoing_how, incoming_how from handover") == [("pin", "name")]
    assert world.is_sound()


def test_whoever_goes_is_gone_so_only_the_relief_signs(world: World) -> None:
    world.go("08:00")
    start_shift(world.desk, actor="Chen")
    ticket = world.add("public-repair", place="Hall")
    world.go("15:10")
    for blank in ("", " \u200b"):
        with pytest.raises(Refusal, match=r"reason\.missing"):
            begin_handover(world.desk, actor="Sun", absent=blank)
    view = ready(world.desk, absent="went home\x1b [/b]")
    assert (view.absent, view.outgoing_signed) == ("went home [/b]", None)
    with pytest.raises(Refusal, match=r"handover\.absent-signs"):
        sign_handover(world.desk, actor="Chen")
    assert sign_handover(world.desk, actor="Sun").state == "signed"
    summary = shift_summary(world.desk, shift=1)
    assert (summary.ended_how, summary.end_reason, summary.forgotten) == (
        "absent", "went home [/b]", True,
    )  # fmt: skip
    assert [one.number for one in summary.carried] == [ticket.number]
    assert world.is_sound()


def test_the_relief_may_say_later_that_the_other_one_is_gone(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    ready(world.desk)
    sign_handover(world.desk, actor="Chen")
    view = begin_handover(world.desk, actor="Sun", absent="fell ill")
    assert (view.absent, view.outgoing_signed, view.ready) == ("fell ill", None, True)
    assert sign_handover(world.desk, actor="Sun").state == "signed"
    assert not shift_summary(world.desk, shift=1).forgotten
    assert world.is_sound()


def test_a_director_reviews_what_was_signed_once(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    with pytest.raises(Refusal, match=r"handover\.not-signed"):
        review_handover(world.desk, shift=1, actor="Lin")
    hand_over(world.desk)
    kept = shift_summary(world.desk, shift=1)
    with pytest.raises(Refusal, match=r"role\.needed"):
        review_handover(world.desk, shift=1, actor="Zhou")
    with pytest.raises(Refusal, match=r"shift\.unknown"):
        review_handover(world.desk, shift=99, actor="Lin")
    view = review_handover(world.desk, shift=1, actor="Lin", note="well done\x00")
    assert (view.reviewed_by, view.review, view.reviewed_at) == ("Lin", "well done", at("14:13"))
    with pytest.raises(Refusal, match=r"handover\.reviewed"):
        review_handover(world.desk, shift=1, actor="Gao")
    again = shift_summary(world.desk, shift=1)
    assert again.signed == kept.signed
    assert [one.part for one in again.signatures][-1] == "review"
    assert world.is_sound()


# -- ends without one -----------------------------------------------------------------------------------------
def test_a_shift_with_open_matters_ends_alone_only_with_a_reason(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    end_shift(world.desk, actor="Chen")
    start_shift(world.desk, actor="Chen")
    world.add("neighbour")
    begin_handover(world.desk, actor="Sun")
    for alone in (None, " ", "\x1b"):
        with pytest.raises(Refusal, match=r"shift\.alone"):
            end_shift(world.desk, actor="Chen", alone=alone)
    end_shift(world.desk, actor="Chen", alone="the lobby closes")
    summary = shift_summary(world.desk)
    assert (summary.ended_how, summary.end_reason) == ("alone", "the lobby closes")
    assert world.rows("select state from handover") == [("dropped",)]
    with pytest.raises(Refusal, match=r"handover\.not-made"):
        handover(world.desk, shift=2)
    assert start_shift(world.desk, actor="Sun").staff == "Sun"
    assert world.is_sound()


def test_a_forgotten_end_is_noticed_by_whoever_starts_next(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    world.go("23:10")
    with pytest.raises(Refusal, match=r"shift\.forgotten") as refused:
        start_shift(world.desk, actor="Sun")
    assert (refused.value.values["name"], refused.value.values["at"]) == ("Chen", at("23:00"))
    end_shift(world.desk, actor="Sun", alone="nobody was here")
    assert shift_summary(world.desk).forgotten
    assert world.is_sound()


def test_a_shift_without_any_ticket_is_handed_over_too(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    view = hand_over(world.desk)
    assert (view.state, view.matters) == ("signed", ())
    assert world.is_sound()


# -- clocks ---------------------------------------------------------------------------------------------------
def test_a_night_shift_over_the_new_year_is_planned_and_handed_over(world: World) -> None:
    world.go("2026-12-31T22:55")
    start_shift(world.desk, actor="Chen")
    ticket = world.add("neighbour")
    assert world.rows("select planned_from, planned_until from shift") == [
        (at("2026-12-31T23:00"), at("2027-01-01T07:00"))
    ]
    world.go("2027-01-01T06:50")
    view = hand_over(world.desk)
    assert (view.signed_at, view.next_until) == (at("2027-01-01T06:50"), at("2027-01-01T15:00"))
    assert matter(view, ticket).overdue
    assert world.is_sound()


def test_a_clock_set_back_during_the_shift_loses_nothing(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    ticket = world.add("neighbour")
    world.go("14:20")
    ready(world.desk)
    sign_handover(world.desk, actor="Chen")
    world.go("13:00")
    view = sign_handover(world.desk, actor="Sun")
    assert (view.state, view.signed_at) == ("signed", at("13:00"))
    assert [one.number for one in view.matters] == [ticket.number]
    assert [one.count for one in shift_summary(world.desk, shift=1).received] == [1]
    assert world.is_sound()


def test_signing_that_takes_longer_than_the_shift_looks_at_the_one_after(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    world.go("14:30")
    tomorrow = world.add("public-lighting-other", place="Hall", agreed_at=at("2026-11-24T06:00"),
                         agreed_with="Wang")  # fmt: skip
    assert matter(ready(world.desk), tomorrow).why == ()
    world.go("23:05")
    assert handover(world.desk).left == (tomorrow.number,)
    take_note(world.desk)
    sign_handover(world.desk, actor="Chen")
    assert sign_handover(world.desk, actor="Sun").next_until == at("2026-11-24T07:00")
    assert world.is_sound()


def test_the_first_shift_of_a_desk_has_what_its_day_brought_before_it(world: World) -> None:
    world.add("fees")
    know_desk(world.desk.store, "gate")
    world.go("2026-11-24T01:00")
    start_shift(world.desk, actor="Chen")
    assert [one.category for one in shift_summary(world.desk).received] == ["fees"]
    gate = world.beside("gate")
    world.go("2026-11-24T06:30")  # early for the 07:00, with which another day begins
    world.add("taxi")
    start_shift(gate, actor="Sun")
    assert world.rows(
        "select first_event = (select max(id) from event where kind = 'ticket.added')"
        " from shift where desk = 'gate'"
    ) == [(1,)]
    gate.store.close()
