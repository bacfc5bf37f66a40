"""``sweep`` and ``clock``: escalating whatever is overdue, and saying that the machine's clock is right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from concierge.cli.call import Call
from concierge.cli.exits import Exit
from concierge.cli.parser import Parser, Shape
from concierge.language import terms
from concierge.language.dates import duration

if TYPE_CHECKING:
    from concierge.services.views import Fired, Sweep


def define(parser: Parser, shape: Shape) -> None:
    """``sweep`` takes nothing of its own, ``clock`` has one command."""
    if parser.prog.endswith("sweep"):
        parser.set_defaults(run=_sweep)
        return
    t = shape.t
    confirm = shape.command(
        shape.group(parser), "confirm", t("confirm that the computer's clock is right"), _confirm
    )
    confirm.add_argument("--as", dest="actor", required=True, metavar=t("NAME"),
                         help=t("the supervisor who looked"))  # fmt: skip


def _sweep(call: Call) -> int:
    from concierge.services.sweep import sweep

    with call.desk() as desk:
        done = sweep(desk)
        value = {
            "at": call.iso(done.at),
            "fired": [_fired(call, fired) for fired in done.fired],
            "held": done.held,
        }
        if done.held:
            call.output.aside(_held(call))
        call.answer(value, lambda: _lines(call, done))
    return Exit.REFUSED if done.held else Exit.DONE


def _held(call: Call) -> str:
    return call.t(
        "Nothing was escalated: the computer's clock is behind. Set it, or have a supervisor "
        "confirm it with concierge clock confirm."
    )


def _fired(call: Call, fired: Fired) -> dict[str, Any]:
    return {
        "ticket": fired.ticket,
        "clock": fired.clock,
        "generation": fired.generation,
        "rung": fired.rung,
        "to": fired.to,
        "people": list(fired.people),
        "due_at": call.iso(fired.due_at),
        "late_seconds": fired.late_seconds,
    }


def _lines(call: Call, done: Sweep) -> Iterator[str]:
    t = call.t
    if not done.fired and not done.held:
        yield t("Nothing is overdue.")
    for fired in done.fired:
        clock, told = terms.clock(t, fired.clock), t(", ").join(fired.people) or t("nobody")
        if fired.rung:
            said = t("{ticket} {clock}, rung {rung}: {role}, {people}", ticket=fired.ticket,
                     clock=clock, rung=fired.rung, role=terms.role(t, fired.to), people=told)  # fmt: skip
        else:
            said = t("{ticket} {clock}, warning: {people}", ticket=fired.ticket, clock=clock,
                     people=told)  # fmt: skip
        late = t("{length} late", length=duration(t, fired.late_seconds))
        yield t("{before}, {then}", before=said, then=late) if fired.late_seconds else said


def _confirm(call: Call) -> int:
    from concierge.services.sweep import confirm_clock

    with call.desk() as desk:
        at = confirm_clock(desk, actor=call.args.actor)
        said = call.t("The computer's clock is right: {when}", when=call.when(at))
        call.answer({"at": call.iso(at)}, lambda: [said])
    return Exit.DONE
