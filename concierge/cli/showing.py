"""Answering with one ticket, to a person or to a program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from concierge.cli.call import Call
from concierge.cli.exits import Exit
from concierge.cli.output import plain
from concierge.domain.masked_views import masked

_TYPED = ("text", "reason", "late_reason", "agreed_with", "whom")

if TYPE_CHECKING:
    from concierge.services.desk import Desk
    from concierge.services.views import TicketView


def names_of(call: Call, desk: Desk) -> dict[str, str]:
    """The names of the categories in the reader's language."""
    categories = desk.rules.policy.categories.values()
    return {category.code: category.name(call.t.code) for category in categories}


def _was_cleaned(call: Call) -> bool:
    """Whether anything that was typed for the log held what is taken out of it."""
    typed = (getattr(call.args, name, None) for name in _TYPED)
    return any(plain(text) != text for text in typed if isinstance(text, str))


def answer_ticket(
    call: Call,
    desk: Desk,
    view: TicketView,
    *,
    clear: bool = False,
    more: Mapping[str, object] | None = None,
) -> int:
    """Show a ticket as it stands now.

    Args:
        call: The call.
        desk: Whose categories give their names.
        view: The ticket.
        clear: Whether phones, the caller's and those in the texts, are shown whole; masked otherwise.
        more: What else a program is told.
    """
    from concierge.cli.ticket_json import ticket_json
    from concierge.cli.ticket_text import ticket_lines

    names = names_of(call, desk)
    view = view if clear else masked(view)
    cleaned = view.cleaned or _was_cleaned(call)
    if cleaned:
        call.output.aside(call.t("Control characters were taken out of what was typed."))
    if call.as_json:
        said = ticket_json(call, view, names=names, events=True) | dict(more or {})
        said |= {"phone": view.phone} if clear else {}
        call.output.json(said | {"cleaned": True} if cleaned else said)
    else:
        call.output.lines(ticket_lines(call, view, names=names, clear=clear))
    return Exit.DONE
