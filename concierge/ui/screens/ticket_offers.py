"""What can be done with a ticket, and what of it is possible as the ticket stands."""

from __future__ import annotations

from collections.abc import Callable

from concierge.language.translator import later
from concierge.services.views import TicketView
from concierge.ui.commands import Command, ticket_command
from concierge.ui.widgets.ladder_view import unsigned

# Numbers first, as they stand on the screen; the other key is one that an input method leaves alone.
ON_A_TICKET = (
    ticket_command("attend", keys="1,ctrl+g", show=0),
    ticket_command("answer", keys="2,ctrl+o", show=0),
    ticket_command("resolve", keys="3,ctrl+r", show=0),
    ticket_command("note", keys="4,ctrl+e", show=0),
    ticket_command("agree", keys="5,f7", show=0),
    ticket_command("escalate", keys="6,f6", show=0),
    Command("acknowledge", "7,ctrl+s", later("sign"), later("Sign for what was escalated"), group="ticket"),
    Command("assign", "8", later("assign"), later("Give it to somebody"), group="ticket"),
    Command("change", "9", later("category, grade"),
            later("Change category or grade, after seeing what moves"), group="ticket"),
    Command("cancel", "0", later("cancel"), later("Cancel it, with a reason"), group="ticket"),
    Command("reopen", "0", later("reopen"), later("Open it again, with a reason"), group="ticket"),
    ticket_command("told", keys="t,ctrl+y", show=0, group="ticket"),
    Command("fact", "f,ctrl+f", later("add fact"), later("Write down what was heard of the household"),
            group="ticket"),
    ticket_command("household", keys="h,ctrl+u", show=0),
    Command("confirm_kept", "k,ctrl+s", later("confirm kept"),
            later("A supervisor confirms that the promise was kept"), group="ticket"),
    Command("reveal", "p,ctrl+k", later("whole phones"),
            later("Show the caller's phone and those in the texts whole for 30 seconds; who looked is kept"),
            group="ticket"),
    Command("explain", "e,f5", later("why then?"),
            later("Show how the due times are counted, day by day"), group="ticket"),
)  # fmt: skip
WHILE_OPEN = frozenset(
    {"attend", "answer", "resolve", "agree", "escalate", "assign", "change", "cancel", "told"}
)
_POSSIBLE: dict[str, Callable[[TicketView], bool]] = {
    "fact": lambda view: view.unit is not None and view.unit_verified,
    "household": lambda view: view.unit is not None and view.unit_verified,
    "reopen": lambda view: view.state != "open",
    "acknowledge": lambda view: bool(unsigned(view.escalations)),
    "confirm_kept": lambda view: any(clock.awaits_confirmation for clock in view.clocks),
}


def possible(command: Command, view: TicketView) -> bool:
    """Whether it can be done now; who may do it is the service's to say."""
    if command.id in WHILE_OPEN:
        return view.state == "open"
    rule = _POSSIBLE.get(command.id)
    return rule is None or rule(view)
