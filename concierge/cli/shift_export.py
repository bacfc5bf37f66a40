"""``shift export``: writing the summary of a shift, in any format and language."""

from __future__ import annotations

from concierge.cli.call import Call
from concierge.cli.exits import Exit
from concierge.cli.paper import check_stream, define_paper, languages, write_paper
from concierge.cli.parser import Parser, Shape
from concierge.cli.pins import asked_pin, define_pin
from concierge.export import FORMATS


def define_export(export: Parser, shape: Shape) -> None:
    """The arguments of ``shift export``."""
    t = shape.t
    export.add_argument("--shift", type=int, metavar="N", help=t("which shift, if not the last"))
    export.add_argument("--format", choices=FORMATS, required=True, help=t("what kind of file"))
    export.add_argument("--clear", action="store_true",
                        help=t("phones and the like in clear, on record; needs --as"))  # fmt: skip
    export.add_argument("--as", dest="actor", metavar=t("NAME"), help=t("who wants it in clear"))
    define_pin(export, shape)
    define_paper(export, shape, required=True)


def export_shift(call: Call) -> int:
    """Write a shift's summary.

    Raises:
        Unreadable: for a format that is no text and no file to write it to.
        Refusal: as ``shift_summary``, ``record_clear``, ``render`` and ``write_new``.
    """
    from concierge.export import render
    from concierge.export.names import file_name
    from concierge.services.shifts import shift_summary
    from concierge.services.summary_clear import record_clear

    args = call.args
    check_stream(call)
    with call.desk() as desk:
        summary, store = shift_summary(desk, shift=args.shift), desk.store.path
        if args.clear:  # on record before anything is written
            record_clear(desk, shift=summary.shift, actor=args.actor, pin=asked_pin(call))
    codes = languages(call)
    content = render(args.format, summary, codes, clear=args.clear)
    path = write_paper(call, content, file_name(summary, args.format), store=store)
    if path is None:
        return Exit.DONE
    value = {"shift": summary.shift, "format": args.format, "path": str(path),
             "languages": list(codes), "masked": not args.clear}  # fmt: skip
    call.answer(value, lambda: [call.t("The summary is written to {path}.", path=path)])
    return Exit.DONE
