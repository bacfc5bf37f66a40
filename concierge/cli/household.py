"""``household``: the roster in and out, finding, showing and adding; its file is beside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from concierge.cli import household_file, roster
from concierge.cli.call import Call
from concierge.cli.columns import table
from concierge.cli.exits import Exit
from concierge.cli.household_lines import file_lines
from concierge.cli.parser import Parser, Shape
from concierge.language import terms

if TYPE_CHECKING:
    from concierge.services.card_views import HouseholdView
    from concierge.services.hits import HouseholdHit
    from concierge.services.household_views import HouseholdFile


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
    show.add_argument("--reveal", choices=("all", "phones", "health", "religion", "children"),
                      help=t("show these unmasked, on record"))  # fmt: skip
    show.add_argument("--as", dest="actor", metavar=t("NAME"), help=t("who looks"))
    add = shape.command(commands, "add", t("add a household"), _add)
    add.add_argument("--unit", required=True, help=t("its unit"))
    add.add_argument("--name", required=True, help=t("who lives there"))
    for option, helped in (
        ("phone", t("the number to call back")),
        ("relation", t("owner, tenant and the like")),
        ("plate", t("a number plate")),
        ("notes", t("what the desk should know")),
        ("tenure", t("owned, rented or lent")),
        ("people", t("how many live there")),
        ("moved-in", t("the day of moving in")),
        ("salutation", t("how to address them")),
        ("language", t("the language they speak")),
        ("parking", t("their parking place")),
        ("role", t("owner, tenant, family, helper, driver or staff")),
        ("birthday", t("the first person's, 1980-05-06 or 05-06")),
    ):
        add.add_argument(f"--{option}", help=helped)
    add.add_argument("--as", dest="actor", metavar=t("NAME"), help=t("who adds"))
    household_file.define(commands, shape)


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
    from concierge.services.household_file import household_file as read_file
    from concierge.services.household_file import reveal
    from concierge.services.households import show_household

    args = call.args
    with call.desk() as desk:
        if args.reveal:
            file = reveal(desk, unit=args.unit, what=args.reveal, actor=args.actor or "")
        else:
            file = read_file(desk, unit=args.unit)
        view = show_household(desk, unit=args.unit)
    return _answer(call, view, file)


def _add(call: Call) -> int:
    from concierge.services.household_file import household_file as read_file
    from concierge.services.households import add_household

    args = call.args
    said = {"tenure": args.tenure, "people_count": args.people, "moved_in": args.moved_in,
            "salutation": args.salutation, "language": args.language, "parking": args.parking}  # fmt: skip
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
            file=said,
            person={"role": args.role, "birthday": args.birthday},
        )
        file = read_file(desk, unit=view.unit)
    return _answer(call, view, file)


def _answer(call: Call, view: HouseholdView, file: HouseholdFile) -> int:
    view, file = household_file.in_sight((view, file), file)
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
        "file": household_file.as_json(call, file),
    }
    call.answer(value, lambda: _card(call, view, file))
    return Exit.DONE


def _card(call: Call, view: HouseholdView, file: HouseholdFile) -> Iterator[str]:
    t = call.t
    yield from file_lines(call, file)
    for row in view.open_tickets:
        yield t(
            "Open: {ticket}, {clock} due {when}",
            ticket=row.number,
            clock=terms.clock(t, row.step),
            when=call.when(row.due_at),
        )
    yield t.plural("{n} ticket in 90 days", "{n} tickets in 90 days", view.tickets_90_days)
