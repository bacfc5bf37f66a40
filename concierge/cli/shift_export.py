"""``shift export``: writing the summary of a shift, in any format and language."""

from __future__ import annotations

from concierge.cli.call import Call
from concierge.cli.exits import Exit
from concierge.cli.parser import Parser, Shape, Unreadable
from concierge.cli.pins import read_pin
from concierge.cli.target import target
from concierge.export import FORMATS, TEXTS
from concierge.language.translator import LANGUAGES, later

_STREAM = "-"


def define_export(export: Parser, shape: Shape) -> None:
    """The arguments of ``shift export``."""
    t = shape.t
    export.add_argument("--shift", type=int, metavar="N", help=t("which shift, if not the last"))
    export.add_argument("--format", choices=FORMATS, required=True, help=t("what kind of file"))
    export.add_argument("--output", required=True, metavar="PATH",
                        help=t("the file or folder to write to; - is standard output"))  # fmt: skip
    export.add_argument("--languages", "--language", dest="languages", choices=(*LANGUAGES, "both"),
                        help=t("the languages of the file, if not that of answers"))  # fmt: skip
    export.add_argument("--clear", action="store_true",
                        help=t("phones and the like in clear, on record; needs --as"))  # fmt: skip
    export.add_argument("--as", dest="actor", metavar=t("NAME"), help=t("who wants it in clear"))
    export.add_argument("--pin-stdin", action="store_true",
                        help=t("read the PIN from standard input"))  # fmt: skip
    export.add_argument("--force", action="store_true", help=t("replace a file that exists"))


def export_shift(call: Call) -> int:
    """Write a shift's summary.

    Raises:
        Unreadable: for a format that is no text and no file to write it to.
        Refusal: as ``shift_summary``, ``record_clear``, ``render`` and ``write_new``.
    """
    from concierge.export import render
    from concierge.services.shifts import shift_summary
    from concierge.services.summary_clear import record_clear

    args = call.args
    if args.format not in TEXTS and args.output == _STREAM:
        raise Unreadable(later("{what} is no text: give --output a file's name."), what=args.format)
    chosen = args.languages or call.t.code
    languages = LANGUAGES if chosen == "both" else (chosen,)
    with call.desk() as desk:
        summary, store = shift_summary(desk, shift=args.shift), desk.store.path
        if args.clear:  # on record before anything is written
            pin = read_pin(call.stdin, call.t("PIN: ")) if args.pin_stdin else None
            record_clear(desk, shift=summary.shift, actor=args.actor, pin=pin)
    content = render(args.format, summary, languages, clear=args.clear)
    if args.output == _STREAM:
        call.output.text(content if isinstance(content, str) else content.decode())
        return Exit.DONE
    from concierge.export.files import write_new
    from concierge.export.names import file_name

    path = target(args.output, file_name(summary, args.format))
    write_new(path, content, force=args.force, store=store)
    value = {"shift": summary.shift, "format": args.format, "path": str(path),
             "languages": list(languages), "masked": not args.clear}  # fmt: skip
    call.answer(value, lambda: [call.t("The summary is written to {path}.", path=path)])
    return Exit.DONE
