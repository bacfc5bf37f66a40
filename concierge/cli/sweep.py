"""``sweep`` and ``clock``: escalating whatever is overdue, and saying that the machine's clock is right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from concierge.cli.call import Call
from concierge.cli.escalations import fired_json, fired_line, held_line
from concierge.cli.exits import Exit
from concierge.cli.parser import Parser, Shape

if TYPE_CHECKING:
    from concierge.services.sweep_views import Sweep


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
            "fired": [fired_json(call, fired) for fired in done.fired],
            "held": done.held,
            "raised": list(done.raised),
        }
        if done.held:
            call.output.aside(held_line(call, done.held))
        call.answer(value, lambda: _lines(call, done))
    return Exit.REFUSED if done.held else Exit.DONE


def _lines(call: Call, done: Sweep) -> Iterator[str]:
    if not done.fired and not done.raised and not done.held:
        yield call.t("Nothing is overdue.")
    for fired in done.fired:
        yield fired_line(call, fired)
    for ticket in done.raised:
        yield call.t("{ticket} is major now.", ticket=ticket)


def _confirm(call: Call) -> int:
    from concierge.services.sweep import confirm_clock

    with call.desk() as desk:
        at = confirm_clock(desk, actor=call.args.actor)
        said = call.t("The computer's clock is right: {when}", when=call.when(at))
        call.answer({"at": call.iso(at)}, lambda: [said])
    return Exit.DONE
