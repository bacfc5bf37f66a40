"""Back on the board with a certain ticket under the cursor."""

from __future__ import annotations

from typing import Any

from concierge.ui.widgets.board import Board


def show_on_the_board(app: Any, ticket_id: int) -> None:
    """Read the board again; the cursor goes to the ticket as soon as it is there."""
    app.board_screen.query_one(Board).seek(ticket_id)
    app.reload()
