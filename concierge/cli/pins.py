"""PINs on the command line: never an argument, which every user of the machine could read."""

from __future__ import annotations

import getpass
import sys
from typing import BinaryIO

from concierge.cli.call import Call
from concierge.cli.exits import Exit
from concierge.cli.parser import Parser, Shape

_MOST_BYTES = 4096


def read_pin(stdin: BinaryIO, prompt: str) -> str | None:
    """A PIN typed unseen at a terminal, else the next line of standard input; None when there is none."""
    if stdin is getattr(sys.stdin, "buffer", None) and sys.stdin.isatty():
        return getpass.getpass(prompt) or None
    line = stdin.readline(_MOST_BYTES).decode(errors="replace").strip()
    return line or None


def define_pin(command: Parser, shape: Shape) -> None:
    """The option by which whoever acts proves with a PIN to be who is said."""
    command.add_argument("--pin-stdin", action="store_true",
                         help=shape.t("read the PIN from standard input"))  # fmt: skip


def asked_pin(call: Call) -> str | None:
    """The PIN, where the command line said that it comes; else None."""
    return read_pin(call.stdin, call.t("PIN: ")) if call.args.pin_stdin else None


def set_or_remove(call: Call) -> int:
    """Set somebody's PIN, after the one that whoever does it has so far; ``--remove`` takes it away."""
    from concierge.services.pins import has_pin, set_pin
    from concierge.services.staffing import show_staff

    args, t = call.args, call.t
    actor = args.actor or args.name
    with call.desk() as desk:
        name, by = show_staff(desk, name=args.name).name, show_staff(desk, name=actor).name
        asked = t("PIN so far: ") if name == by else f"{t('PIN of {name}', name=by)}: "
        old = read_pin(call.stdin, asked) if has_pin(desk, name=by) else None
        new = None
        if not args.remove:
            new = read_pin(call.stdin, t("New PIN: ")) or ""
        set_pin(desk, name=name, pin=new, actor=by, old=old)
    said = (
        t("{name} signs by name from now on.", name=name)
        if args.remove
        else t("{name} signs with the new PIN from now on.", name=name)
    )
    call.answer({"name": name, "pin": not args.remove}, lambda: [said])
    return Exit.DONE
