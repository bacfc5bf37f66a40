"""A paper as a command writes it: its options, and the file, folder or stream that it goes to."""

from __future__ import annotations

from pathlib import Path

from concierge.cli.call import Call
from concierge.cli.parser import Parser, Shape, Unreadable
from concierge.cli.target import target
from concierge.export import TEXTS, languages_of
from concierge.language.translator import LANGUAGES, later

_STREAM = "-"


def define_paper(parser: Parser, shape: Shape, *, required: bool) -> None:
    """Where a paper goes, in which languages, and whether another file may be replaced."""
    t = shape.t
    parser.add_argument("--output", required=required, metavar="PATH",
                        help=t("the file or folder to write to; - is standard output"))  # fmt: skip
    parser.add_argument("--languages", "--language", dest="languages", choices=(*LANGUAGES, "both"),
                        help=t("the languages of the file, if not that of answers"))  # fmt: skip
    parser.add_argument("--force", action="store_true", help=t("replace a file that exists"))


def check_stream(call: Call) -> None:
    """Whether standard output can take it: before anything is done for it.

    Raises:
        Unreadable: for a format that is no text and no file to write it to.
    """
    if call.args.format not in TEXTS and call.args.output == _STREAM:
        raise Unreadable(
            later("{what} is no text: give --output a file's name."), what=call.args.format
        )


def languages(call: Call) -> tuple[str, ...]:
    """The languages that were asked for, else the one of answers."""
    return languages_of(call.args.languages or call.t.code)


def write_paper(call: Call, content: str | bytes, name: str, *, store: Path | None) -> Path | None:
    """Write it to where ``--output`` says.

    Args:
        call: the call.
        content: all of it.
        name: what the file is called in a folder.
        store: the store's file, which is never replaced.

    Returns:
        The file; None for standard output.

    Raises:
        Refusal: as ``target`` and ``write_new``.
    """
    if call.args.output == _STREAM:
        call.output.text(content if isinstance(content, str) else content.decode())
        return None
    from concierge.export.files import write_new

    path = target(call.args.output, name)
    write_new(path, content, force=call.args.force, store=store)
    return path
