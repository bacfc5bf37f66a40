"""``demo``, and the call without a command: opening the desk."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from concierge.cli.call import Call
from concierge.cli.locale_of import VARIABLE
from concierge.cli.parser import Parser, Shape
from concierge.domain.refusal import Refusal
from concierge.language.translator import LANGUAGES
from concierge.paths import STORE_NAME, as_typed


def define(parser: Parser, shape: Shape) -> None:
    """``demo [--keep DIR]``."""
    parser.add_argument("--keep", metavar="DIR",
                        help=shape.t("keep it in this folder, to come back to"))  # fmt: skip
    parser.set_defaults(run=_demo)


def open_the_desk(call: Call, home: Path | None = None) -> int:
    """Open the desk in this terminal until it is left, in its store's language unless one is asked for.

    Args:
        call: the call.
        home: the folder of the store, if not the call's own.

    Raises:
        Refusal: ``terminal.none`` where there is no terminal.
        StoreProblem: what kept the store from opening.
    """
    _needs_terminal()
    from concierge.terminal import run

    return run(
        home or call.home,
        desk=call.desk_name,
        language=_asked(call),
        environ=call.environ,
    )


def _needs_terminal() -> None:
    for stream in (sys.__stdin__, sys.__stdout__):
        if stream is None or not stream.isatty():
            raise Refusal("terminal.none")


def _asked(call: Call) -> str | None:
    """The language that was asked for, rather than guessed."""
    said = getattr(call.args, "lang", None) or call.environ.get(VARIABLE)
    return said if said in LANGUAGES else None


def _demo(call: Call) -> int:
    _needs_terminal()
    keep = call.args.keep
    if keep is not None:
        return _open_demo(call, as_typed(keep).absolute())
    with tempfile.TemporaryDirectory(
        prefix="concierge-demo-", ignore_cleanup_errors=True
    ) as folder:
        return _open_demo(call, Path(folder))


def _open_demo(call: Call, home: Path) -> int:
    from concierge.bootstrap import rehearsal_clock
    from concierge.demo import build_demo

    if not (home / STORE_NAME).exists():
        clock = rehearsal_clock(home, call.environ)
        build_demo(home, language=call.t.code, clock=clock)
    return open_the_desk(call, home)
