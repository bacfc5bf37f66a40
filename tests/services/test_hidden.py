"""What is about somebody is hidden from that person wherever tickets are read."""

from __future__ import annotations

import pytest

from concierge.domain.refusal import Refusal
from concierge.services.board import board
from concierge.services.handover import begin_handover, handover
from concierge.services.handover_signing import sign_handover
from concierge.services.households import show_household
from concierge.services.shifts import end_shift, note_shift, shift_summary, start_shift
from concierge.services.ticket_view import list_tickets, show_ticket
from tests.services.handing import count_all
from tests.services.world import World


def test_a_complaint_about_somebody_is_hidden_from_that_person_and_from_nobody_else(
    world: World,
) -> None:
    ticket = world.add("staff-conduct", unit="3-1201", about="Zhou")
    assert show_ticket(world.desk, number=ticket.number, viewer="Chen").about == "Zhou"
    with pytest.raises(Refusal, match=r"about\.hidden"):
        show_ticket(world.desk, number=ticket.number, viewer="Zhou")
    for viewer, count in (("Zhou", 0), ("Chen", 1), (None, 1)):
        assert len(list_tickets(world.desk, viewer=viewer)) == count
        assert len(board(world.desk, viewer=viewer).rows) == count
        card = show_household(world.desk, unit="3-1201", viewer=viewer)
        assert len(card.open_tickets) == count


def test_a_summary_counts_what_is_about_staff_and_tells_it_in_no_list(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    about = world.add("staff-conduct", unit="3-1201", about="Chen", words="前台态度恶劣", by="Sun")
    other = world.add("neighbour", unit="3-1201")
    note_shift(world.desk, text="关于前台的投诉", actor="Sun", ticket=about.number)
    world.go("18:00")
    world.sweep()
    end_shift(world.desk, actor="Chen", alone="-")
    summary = shift_summary(world.desk)
    assert sum(row.count for row in summary.received) == 2
    assert summary.withheld == 1
    said = str(summary.to_json())
    assert other.number in said
    for hidden in (about.number, "前台态度恶劣", "关于前台的投诉"):
        assert hidden not in said
    assert world.is_sound()


def test_a_handover_tells_nobody_of_a_note_about_a_matter_about_that_person(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    about = world.add("staff-conduct", unit="3-1201", about="Sun", by="Zhou")
    note_shift(world.desk, text="关于孙的投诉", actor="Zhou", ticket=about.number)
    note_shift(world.desk, text="车库灯坏了", actor="Chen")
    assert [note.text for note in handover(world.desk).notes] == ["关于孙的投诉", "车库灯坏了"]
    view = begin_handover(world.desk, actor="Sun")
    assert [note.text for note in view.notes] == ["车库灯坏了"]
    count_all(world.desk)
    sign_handover(world.desk, actor="Chen")
    sign_handover(world.desk, actor="Sun")
    assert [note.text for note in handover(world.desk, shift=1).notes] == ["车库灯坏了"]
