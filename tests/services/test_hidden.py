"""What is about somebody is hidden from that person wherever tickets are read."""

from __future__ import annotations

import pytest

from concierge.domain.refusal import Refusal
from concierge.services.board import board
from concierge.services.households import show_household
from concierge.services.ticket_view import list_tickets, show_ticket
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
