"""``shift``: starting, keeping notes, ending, and writing the summary."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concierge.cli import handover
from concierge.cli.call import Call
from concierge.cli.exits import Exit
from concierge.cli.parser import Parser, Shape
from concierge.export import FORMATS
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
        if name == "end":
            command.add_argument("--alone", metavar="REASON",
                                 help=t("why nobody takes over, while matters are open"))  # fmt: skip
    handover.define(commands, shape)
    export = shape.command(commands, "export", t("write the end-of-shift summary"), _export)
    export.add_argument("--shift", type=int, metavar="N", help=t("which shift, if not the last"))
    export.add_argument("--format", choices=FORMATS, required=True, help=t("what kind of file"))
    export.add_argument("--output", required=True, metavar="PATH",
                        help=t("the file to write; - is standard output"))  # fmt: skip
    export.add_argument("--force", action="store_true", help=t("replace a file that exists"))


def _start(call: Call) -> int:
    from concierge.services.shifts import start_shift

    args = call.args
    return _done(call, lambda desk: start_shift(desk, actor=args.actor, note=args.text))


def _note(call: Call) -> int:
    from concierge.services.shifts import note_shift

    args = call.args
    return _done(call, lambda desk: note_shift(desk, text=args.text, actor=args.actor))


def _end(call: Call) -> int:
    from concierge.services.shifts import end_shift

    args = call.args
    return _done(
        call, lambda desk: end_shift(desk, actor=args.actor, note=args.text, alone=args.alone)
    )


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


def _export(call: Call) -> int:
    from concierge.export import render
    from concierge.services.shifts import shift_summary

    args = call.args
    with call.desk() as desk:
        summary, store = shift_summary(desk, shift=args.shift), desk.store.path
    text = render(args.format, summary, (call.t.code,))
    if args.output == "-":
        call.output.text(text)
        return Exit.DONE
    from concierge.export.files import write_new

    path = Path(args.output).expanduser()
    write_new(path, text, force=args.force, store=store)
    value = {"shift": summary.shift, "format": args.format, "path": str(path)}
    call.answer(value, lambda: [call.t("The summary is written to {path}.", path=path)])
    return Exit.DONE
