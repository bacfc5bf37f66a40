"""``household``: importing a roster, finding, showing and adding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from concierge.cli import roster
from concierge.cli.call import Call
from concierge.cli.columns import table
from concierge.cli.exits import Exit
from concierge.cli.parser import Parser, Shape
from concierge.language import terms

if TYPE_CHECKING:
    from concierge.services.hits import HouseholdHit
    from concierge.services.views import HouseholdView


def define(parser: Parser, shape: Shape) -> None:
    """The arguments of every ``household`` command."""
    t = shape.t
    commands = shape.group(parser)
    importing = shape.command(
        commands, "import", t("read a roster (.xlsx, .xls or .csv)"), roster.import_
    )
    roster.define_import(importing, shape)
    exporting = shape.command(
        commands, "export", t("write the roster (.xlsx or .csv)"), roster.export
    )
    roster.define_export(exporting, shape)
    find = shape.command(commands, "find", t("find households"), _find)
    helped = t("a unit, a name, pinyin, the end of a phone or a plate, a pet, a word of the file")
    find.add_argument("text", metavar="TEXT", help=helped)
    show = shape.command(commands, "show", t("show a household"), _show)
    show.add_argument("unit", metavar="UNIT", help=t("its unit"))
    add = shape.command(commands, "add", t("add a household"), _add)
    add.add_argument("--unit", required=True, help=t("its unit"))
    add.add_argument("--name", required=True, help=t("who lives there"))
    for option, helped in (
        ("phone", t("the number to call back")),
        ("relation", t("owner, tenant and the like")),
        ("plate", t("a number plate")),
        ("notes", t("what the desk should know")),
    ):
        add.add_argument(f"--{option}", help=helped)
    add.add_argument("--as", dest="actor", metavar=t("NAME"), help=t("who adds"))


def _find(call: Call) -> int:
    from concierge.services.finding import find_households

    with call.desk() as desk:
        hits = find_households(desk, text=call.args.text)
    value = [
        {
            "unit": h.unit,
            "name": h.name,
            "match": h.match,
            "phone_masked": h.phone_masked,
            "found": h.found,
        }
        for h in hits
    ]
    call.answer(value, lambda: _hits(call, hits))
    return Exit.DONE


def _hits(call: Call, hits: tuple[HouseholdHit, ...]) -> Iterator[str]:
    if not hits:
        yield call.t("No household fits.")
        return
    yield from table([
        (hit.unit, hit.name, hit.found or hit.phone_masked or "-", terms.match(call.t, hit.match))
        for hit in hits
    ])  # fmt: skip


def _show(call: Call) -> int:
    from concierge.services.households import show_household

    with call.desk() as desk:
        view = show_household(desk, unit=call.args.unit)
    return _answer(call, view)


def _add(call: Call) -> int:
    from concierge.services.households import add_household

    args = call.args
    with call.desk() as desk:
        view = add_household(
            desk,
            unit=args.unit,
            name=args.name,
            phone=args.phone,
            relation=args.relation,
            plate=args.plate,
            notes=args.notes,
            actor=args.actor,
        )
    return _answer(call, view)


def _answer(call: Call, view: HouseholdView) -> int:
    value: dict[str, Any] = {
        "unit": view.unit,
        "members": [
            {"name": one.name, "relation": one.relation, "phone_masked": one.phone}
            for one in view.members
        ],
        "plates": list(view.plates),
        "notes": view.notes,
        "open_tickets": [row.number for row in view.open_tickets],
        "tickets_90_days": view.tickets_90_days,
    }
    call.answer(value, lambda: _card(call, view))
    return Exit.DONE


def _card(call: Call, view: HouseholdView) -> Iterator[str]:
    t = call.t
    yield view.unit
    for one in view.members:
        yield "  " + "  ".join(part for part in (one.name, one.relation, one.phone) if part)
    if view.plates:
        yield t("Plates: {plates}", plates=t(", ").join(view.plates))
    if view.notes:
        yield t("Notes: {notes}", notes=view.notes)
    for row in view.open_tickets:
        yield t(
            "Open: {ticket}, {clock} due {when}",
            ticket=row.number,
            clock=terms.clock(t, row.step),
            when=call.when(row.due_at),
        )
    yield t.plural("{n} ticket in 90 days", "{n} tickets in 90 days", view.tickets_90_days)
