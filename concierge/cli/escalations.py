"""What is said of escalations, by a sweep and by a watch alike: to a person, and to a program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from concierge.cli.call import Call
from concierge.language import terms
from concierge.language.dates import duration

if TYPE_CHECKING:
    from concierge.services.sweep_views import Fired


def held_line(call: Call, held: str) -> str:
    """Why nothing is escalated, and what to do about it."""
    if held == "jump":
        return call.t(
            "Nothing is escalated for now: the computer's clock leapt ahead. Set it if it is wrong; "
            "if it is not, this goes on after five minutes."
        )
    return call.t(
        "Nothing was escalated: the computer's clock is behind. Set it, or have a supervisor "
        "confirm it with concierge clock confirm."
    )


def fired_json(call: Call, fired: Fired) -> dict[str, Any]:
    """An escalation for a program."""
    about = {"ticket": fired.ticket} if fired.shift is None else {"shift": fired.shift}
    return {
        **about,
        "clock": fired.clock,
        "generation": fired.generation,
        "rung": fired.rung,
        "to": fired.to,
        "people": list(fired.people),
        "due_at": call.iso(fired.due_at),
        "late_seconds": fired.late_seconds,
    }


def fired_line(call: Call, fired: Fired) -> str:
    """An escalation for a person."""
    t = call.t
    told = t(", ").join(fired.people) or t("nobody")
    clock = terms.clock(t, fired.clock) if fired.shift is None else ""
    if fired.shift is not None:
        said = t("{desk}: the shift is not relieved, rung {rung}: {role}, {people}",
                 desk=fired.ticket, rung=fired.rung, role=terms.role(t, fired.to),
                 people=told)  # fmt: skip
    elif fired.rung:
        said = t("{ticket} {clock}, rung {rung}: {role}, {people}", ticket=fired.ticket,
                 clock=clock, rung=fired.rung, role=terms.role(t, fired.to), people=told)  # fmt: skip
    else:
        said = t("{ticket} {clock}, warning: {people}", ticket=fired.ticket, clock=clock,
                 people=told)  # fmt: skip
    late = t("{length} late", length=duration(t, fired.late_seconds))
    return t("{before}, {then}", before=said, then=late) if fired.late_seconds else said
