"""``ticket``: taking in, listing and showing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from concierge.cli import ticket_acts
from concierge.cli.call import Call
from concierge.cli.exits import Exit
from concierge.cli.parser import Commands, Parser, Shape
from concierge.cli.showing import answer_ticket, names_of
from concierge.cli.words import read_words
from concierge.domain.masked_views import masked
from concierge.domain.policy import GRADES, KINDS
from concierge.domain.ticket import CHANNELS

if TYPE_CHECKING:
    from concierge.services.intake import Intake
    from concierge.services.views import TicketView


def define(parser: Parser, shape: Shape) -> None:
    """The arguments of every ``ticket`` command."""
    commands = shape.group(parser)
    _define_add(commands, shape)
    _define_reading(commands, shape)
    ticket_acts.define(commands, shape)


def _define_add(commands: Commands, shape: Shape) -> None:
    t = shape.t
    add = shape.command(commands, "add", t("take in a matter"), _add)
    time, name = t("TIME"), t("NAME")
    add.add_argument("--category", required=True, metavar="CODE", help=t("what it is"))
    add.add_argument("--words", required=True, metavar="TEXT",
                     help=t("the resident's words; - reads them from standard input"))  # fmt: skip
    add.add_argument("--as", dest="actor", required=True, metavar=name, help=t("who takes it in"))
    add.add_argument("--unit", help=t("the unit it is about"))
    add.add_argument("--place", help=t("where, if not in a unit"))
    add.add_argument("--against", metavar="UNIT", help=t("the unit it is against"))
    add.add_argument("--about", metavar=name, help=t("the member of staff it is about"))
    add.add_argument("--caller", metavar=name, help=t("who speaks"))
    add.add_argument("--phone", help=t("the number to call back"))
    add.add_argument("--channel", choices=CHANNELS, default="desk", help=t("how it came in"))
    add.add_argument(
        "--grade",
        choices=GRADES,
        help=t("make it major, or leave it ordinary although it comes again"),
    )
    add.add_argument("--received", metavar=time, help=t("when the resident spoke, if not now"))
    add.add_argument("--late-reason", metavar="TEXT", help=t("why it is only logged now"))
    add.add_argument("--agreed", metavar=time, help=t("the time agreed"))
    add.add_argument("--agreed-with", metavar=name, help=t("with whom it was agreed"))
    add.add_argument("--consent", metavar=name, help=t("who consented to the price on site"))
    add.add_argument("--answered", metavar="TEXT", help=t("the answer given on the spot"))
    add.add_argument("--unverified", action="store_true", help=t("keep a unit that nobody knows"))


def _define_reading(commands: Commands, shape: Shape) -> None:
    t = shape.t
    listing = shape.command(commands, "list", t("list tickets"), _list)
    listing.add_argument("--state", choices=("open", "closed", "all"), default="open",
                         help=t("which ones"))  # fmt: skip
    listing.add_argument("--overdue", action="store_true", help=t("only overdue ones"))
    listing.add_argument("--kind", choices=KINDS, help=t("only of this kind"))
    listing.add_argument("--as", dest="actor", metavar=t("NAME"), help=t("who looks"))
    show = shape.command(commands, "show", t("show a ticket and its log"), _show)
    show.add_argument("number", metavar="NUMBER", help=t("the ticket's number"))
    show.add_argument("--reveal", choices=("all", "phones"),
                      help=t("show phones unmasked, in the texts too, on record"))  # fmt: skip
    show.add_argument("--as", dest="actor", metavar=t("NAME"), help=t("who looks"))


def _add(call: Call) -> int:
    from concierge.services.intake import add_ticket

    words = read_words(call.args.words, call.stdin)
    with call.desk() as desk:
        view = add_ticket(desk, intake=_intake(call, words), actor=call.args.actor)
        return answer_ticket(call, desk, view, more=_say_repeats(call, view))


def _say_repeats(call: Call, view: TicketView) -> dict[str, object]:
    """Say beside the answer that the matter comes again, and what becomes of that.

    Returns:
        Why it does, for programs: a key that is there only then.
    """
    from concierge.language.repeated import reason_said

    data = next((event.data for event in view.events if event.kind == "ticket.added"), {})
    found: Any = data.get("repeats", [])
    if found and view.grade == "ordinary":
        why = reason_said(call.t, found[0])
        said = (
            call.t("It stays ordinary, although: {why}.", why=why)
            if data.get("declined")
            else call.t("The next sweep makes it major: {why}.", why=why)
        )
        call.output.aside(said)
    return {"repeats": found} if found else {}


def _intake(call: Call, words: str) -> Intake:
    from concierge.services.intake import Intake

    args = call.args
    return Intake(
        category=args.category,
        words=words,
        unit=args.unit,
        place=args.place,
        against=args.against,
        about=args.about,
        caller=args.caller,
        phone=args.phone,
        channel=args.channel,
        grade=args.grade,
        received_at=call.time(args.received),
        late_reason=args.late_reason,
        agreed_at=call.time(args.agreed),
        agreed_with=args.agreed_with,
        consent=args.consent,
        answered=args.answered,
        unverified=args.unverified,
    )


def _list(call: Call) -> int:
    from concierge.cli.ticket_json import ticket_json
    from concierge.cli.ticket_text import list_lines
    from concierge.services.ticket_view import list_tickets

    args = call.args
    with call.desk() as desk:
        views = masked(
            list_tickets(
                desk, state=args.state, overdue=args.overdue, kind=args.kind, viewer=args.actor
            )
        )
        names = names_of(call, desk)
        if call.as_json:
            call.output.json([ticket_json(call, v, names=names, events=False) for v in views])
        else:
            call.output.lines(list_lines(call, views, names=names))
    return Exit.DONE


def _show(call: Call) -> int:
    from concierge.services.ticket_phone import reveal_phone
    from concierge.services.ticket_view import show_ticket

    args = call.args
    with call.desk() as desk:
        if args.reveal:
            view = reveal_phone(desk, number=args.number, actor=args.actor or "")
        else:
            view = show_ticket(desk, number=args.number, viewer=args.actor)
        return answer_ticket(call, desk, view, clear=bool(args.reveal))
