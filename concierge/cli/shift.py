"""``shift``: starting, keeping notes, ending, and writing the summary."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from concierge.cli import handover, shift_export
from concierge.cli.call import Call
from concierge.cli.copies import make_copies
from concierge.cli.exits import Exit
from concierge.cli.output import one_line
from concierge.cli.parser import Parser, Shape
from concierge.domain.masking import masked_text
from concierge.domain.shift import NOTE_FLAGS
from concierge.language import terms

if TYPE_CHECKING:
    from concierge.services.desk import Desk
    from concierge.services.views import ShiftView


def define(parser: Parser, shape: Shape) -> None:
    """The arguments of every ``shift`` command."""
    t = shape.t
    commands = shape.group(parser)
    for name, helped, run in (
        ("start", t("start a shift"), _start),
        ("note", t("keep a note in the shift's log"), _note),
        ("end", t("end the shift"), _end),
    ):
        command = shape.command(commands, name, helped, run)
        command.add_argument("--as", dest="actor", required=True, metavar=t("NAME"),
                             help=t("who does it"))  # fmt: skip
        command.add_argument("--text", required=name == "note", metavar="TEXT",
                             help=t("a note for the shift's log"))  # fmt: skip
        if name == "note":
            _about(command, shape)
        if name == "end":
            command.add_argument("--alone", metavar=t("REASON"),
                                 help=t("why nobody takes over, while matters are open"))  # fmt: skip
    relief = shape.command(commands, "relief", t("sign that the late relief is seen to"), _relief)
    relief.add_argument("--as", dest="actor", required=True, metavar=t("NAME"),
                        help=t("who does it"))  # fmt: skip
    handover.define(commands, shape)
    export = shape.command(
        commands, "export", t("write the end-of-shift summary"), shift_export.export_shift
    )
    shift_export.define_export(export, shape)


def _about(command: Parser, shape: Shape) -> None:
    """Whom a note is for, and what it is about."""
    t = shape.t
    command.add_argument("--flag", choices=NOTE_FLAGS,
                         help=t("for the next shift, for the director, or a resident's thanks"))  # fmt: skip
    command.add_argument("--unit", metavar="UNIT", help=t("which unit it is about"))
    command.add_argument("--ticket", metavar="NUMBER", help=t("which ticket it is about"))


def _start(call: Call) -> int:
    from concierge.services.shifts import start_shift

    args = call.args
    return _done(call, lambda desk: start_shift(desk, actor=args.actor, note=args.text))


def _note(call: Call) -> int:
    from concierge.services.shifts import note_shift

    args = call.args
    with call.desk() as desk:
        view = note_shift(
            desk,
            text=args.text,
            actor=args.actor,
            flag=args.flag,
            unit=args.unit,
            ticket=args.ticket,
        )
    said = one_line(masked_text(args.text))
    call.answer(_json(call, view), lambda: [call.t("Noted: {text}", text=said)])
    return Exit.DONE


def _relief(call: Call) -> int:
    from concierge.services.relief import sign_for_relief

    return _done(call, lambda desk: sign_for_relief(desk, actor=call.args.actor))


def _end(call: Call) -> int:
    from concierge.services.shifts import end_shift

    args = call.args

    def do(desk: Desk) -> ShiftView:
        view = end_shift(desk, actor=args.actor, note=args.text, alone=args.alone)
        make_copies(call, desk)
        return view

    return _done(call, do)


def _done(call: Call, do: Callable[[Desk], ShiftView]) -> int:
    with call.desk() as desk:
        view = do(desk)
    call.answer(_json(call, view), lambda: _lines(call, view))
    return Exit.DONE


def _json(call: Call, view: ShiftView) -> dict[str, Any]:
    return {
        "shift": view.id,
        "desk": view.desk,
        "state": view.state,
        "started_at": call.iso(view.started_at),
        "ended_at": call.iso(view.ended_at),
        "staff": view.staff,
    }


def _lines(call: Call, view: ShiftView) -> Iterator[str]:
    t = call.t
    yield t(
        "Shift {shift} at {desk}, {staff}: {state}, since {start}",
        shift=view.id,
        desk=view.desk,
        staff=view.staff,
        state=terms.shift_state(t, view.state),
        start=call.when(view.started_at),
    )
    if view.ended_at is not None:
        yield t("Now write its summary:")
        yield f"  concierge shift export --shift {view.id} --format html --output shift-{view.id}.html"
