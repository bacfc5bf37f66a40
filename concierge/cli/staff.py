"""``staff``: listing, adding, the numbers to ring, and the PINs that they sign with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from concierge.cli.call import Call
from concierge.cli.columns import table
from concierge.cli.exits import Exit
from concierge.cli.parser import Parser, Shape, Unreadable
from concierge.cli.pins import set_or_remove
from concierge.language import terms
from concierge.language.translator import later

if TYPE_CHECKING:
    from concierge.services.views import StaffView


def define(parser: Parser, shape: Shape) -> None:
    """The arguments of every ``staff`` command."""
    t = shape.t
    commands = shape.group(parser)
    add = shape.command(commands, "add", t("add a member of staff"), _add)
    form = "NAME:ROLE[:PHONE]"
    add.add_argument("staff", nargs="?", metavar=form,
                     help=t("roles: concierge, supervisor, director, manager"))  # fmt: skip
    add.add_argument("--staff", dest="named", metavar=form, help=t("the same as an option"))
    add.add_argument(
        "--as", dest="actor", metavar=t("NAME"), help=t("who adds; above a concierge, a supervisor")
    )
    phone = shape.command(commands, "phone", t("write down a number to ring"), _phone)
    phone.add_argument("name", metavar=t("NAME"), help=t("whose"))
    phone.add_argument("phone", metavar=t("PHONE"), help=t("the number; empty takes it out"))
    phone.add_argument(
        "--as",
        dest="actor",
        metavar=t("NAME"),
        help=t("who changes it; somebody else's, a supervisor"),
    )
    shape.command(commands, "list", t("list the staff"), _list)
    pin = shape.command(commands, "pin", t("set a PIN to sign with, read from standard input"),
                        set_or_remove)  # fmt: skip
    pin.add_argument("name", metavar=t("NAME"), help=t("whose PIN"))
    pin.add_argument("--as", dest="actor", metavar=t("NAME"),
                     help=t("a supervisor who sets it for somebody else"))  # fmt: skip
    pin.add_argument("--remove", action="store_true", help=t("take it away: sign by name again"))


def _add(call: Call) -> int:
    from concierge.services.staffing import NewStaff, add_staff

    args = call.args
    said = args.staff or args.named
    if said is None:
        raise Unreadable(later("{what} is missing: add it."), what="NAME:ROLE[:PHONE]")
    new = NewStaff.parse(said)
    with call.desk() as desk:
        view = add_staff(desk, new=new, actor=args.actor)
    call.answer(_json(view), lambda: table([_row(call, view)]))
    return Exit.DONE


def _phone(call: Call) -> int:
    from concierge.services.staffing import set_staff_phone

    args = call.args
    with call.desk() as desk:
        view = set_staff_phone(desk, name=args.name, phone=args.phone, actor=args.actor)
    call.answer(_json(view), lambda: table([_row(call, view)]))
    return Exit.DONE


def _list(call: Call) -> int:
    from concierge.services.staffing import list_staff

    with call.desk() as desk:
        views = list_staff(desk)
    call.answer([_json(view) for view in views], lambda: table([_row(call, v) for v in views]))
    return Exit.DONE


def _json(view: StaffView) -> dict[str, Any]:
    return {"name": view.name, "role": view.role, "phone": view.phone, "active": view.active}


def _row(call: Call, view: StaffView) -> list[str]:
    return [view.name, terms.role(call.t, view.role), view.phone or "-"]
