"""After a shift has ended by a command: its copies are made at once, for no desk may be open to make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concierge.cli.call import Call
from concierge.domain.refusal import Refusal
from concierge.store.problem import StoreProblem

if TYPE_CHECKING:
    from concierge.services.desk import Desk


def make_copies(call: Call, desk: Desk) -> None:
    """Make the copies that wait; what keeps one from being made is said, and undoes nothing."""
    from concierge import bootstrap
    from concierge.language.copies import stuck_copy
    from concierge.services.board import board

    try:
        if bootstrap.make_copies(desk, call.home).failed:
            for stuck in board(desk).stuck:
                call.output.aside(stuck_copy(call.t, stuck))
    except Refusal as mistake:
        call.output.aside(call.refusal(mistake.code, mistake.values))
    except StoreProblem:
        return  # whoever delivers next makes them
