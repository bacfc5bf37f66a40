"""``ticket``: everything that is done to one ticket; each prints the ticket as it is then."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from concierge.cli.call import Call
from concierge.cli.parser import Commands, Parser, Shape, Unreadable
from concierge.cli.showing import answer_ticket, names_of
from concierge.domain.policy import CLOCKS, GRADES
from concierge.domain.ticket import CAUSES
from concierge.language.translator import Language, later
from concierge.services.views import TicketView

if TYPE_CHECKING:
    from concierge.services.desk import Desk


def define(commands: Commands, shape: Shape) -> None:
    """The arguments of the commands that act on a ticket."""
    t = shape.t
    _define_progress(commands, shape)
    _define_changes(commands, shape)
    for name, helped, run in (
        ("escalate", t("escalate a ticket by hand"), _escalate),
        ("cancel", t("cancel a ticket"), _cancel),
        ("reopen", t("reopen a ticket"), _reopen),
    ):
        act = _act(commands, shape, name, helped=helped, run=run)
        act.add_argument("--reason", required=True, metavar="TEXT", help=t("why"))
    confirm = _act(commands, shape, "confirm", helped=t("confirm that a promise was kept after all"),
                   run=_confirm)  # fmt: skip
    confirm.add_argument("--clock", choices=CLOCKS, help=t("which clock"))
    sign = _act(commands, shape, "acknowledge", helped=t("acknowledge an escalation"),
                run=_acknowledge)  # fmt: skip
    sign.add_argument("--clock", choices=CLOCKS, help=t("which clock"))
    sign.add_argument("--rung", type=int, metavar="N", help=t("which rung"))
    told = _act(commands, shape, "told", helped=t("keep whom you told of it by phone"),
                run=_told)  # fmt: skip
    told.add_argument("--whom", required=True, metavar=t("NAME"), help=t("who was told"))
    told.add_argument("--at", metavar=t("TIME"), help=t("when, if not now"))


def _act(
    commands: Commands, shape: Shape, name: str, *, helped: str, run: Callable[[Call], int]
) -> Parser:
    parser = shape.command(commands, name, helped, run)
    t: Language = shape.t
    parser.add_argument("number", metavar="NUMBER", help=t("the ticket's number"))
    parser.add_argument(
        "--as", dest="actor", required=True, metavar=t("NAME"), help=t("who does it")
    )
    return parser


def _define_progress(commands: Commands, shape: Shape) -> None:
    t = shape.t
    note = _act(commands, shape, "note", helped=t("add a note"), run=_note)
    note.add_argument("--text", required=True, metavar="TEXT", help=t("what to keep"))
    for name, helped in (
        ("attend", t("record that somebody is there")),
        ("answer", t("record the answer")),
        ("resolve", t("record that it is settled")),
    ):
        act = _act(commands, shape, name, helped=helped, run=_record)
        act.add_argument("--text", metavar="TEXT", help=t("what was said or done"))
        act.add_argument("--at", metavar=t("TIME"), help=t("when, if not now"))
        act.add_argument("--late-reason", metavar="TEXT", help=t("why it is only logged now"))
        act.add_argument("--cause", choices=CAUSES, help=t("why the promise was broken"))


def _define_changes(commands: Commands, shape: Shape) -> None:
    t = shape.t
    agree = _act(commands, shape, "agree", helped=t("keep a time agreed with the resident"),
                 run=_agree)  # fmt: skip
    agree.add_argument("--agreed", required=True, metavar=t("TIME"), help=t("the time agreed"))
    agree.add_argument("--agreed-with", required=True, metavar=t("NAME"),
                       help=t("with whom it was agreed"))  # fmt: skip
    agree.add_argument("--clock", choices=CLOCKS, help=t("which clock"))
    agree.add_argument("--approved-by", metavar=t("NAME"), help=t("the supervisor who approves"))
    agree.add_argument("--reason", metavar="TEXT", help=t("why"))
    assign = _act(commands, shape, "assign", helped=t("give a ticket to somebody"), run=_assign)
    assign.add_argument("--to", required=True, metavar=t("NAME"), help=t("who gets it"))
    change = _act(commands, shape, "change", helped=t("change category or grade"), run=_change)
    change.add_argument("--category", metavar="CODE", help=t("the new category"))
    change.add_argument("--grade", choices=GRADES, help=t("the new grade"))
    change.add_argument("--reason", required=True, metavar="TEXT", help=t("why"))
    change.add_argument(
        "--dry-run", action="store_true", help=t("only show what would move, and save nothing")
    )


def _record(call: Call) -> int:
    from concierge.services.progress import record

    args = call.args
    with call.desk() as desk:
        view = record(
            desk,
            action=args.verb,
            number=args.number,
            actor=args.actor,
            text=args.text,
            at=call.time(args.at),
            late_reason=args.late_reason,
            cause=args.cause,
            insist=True,
        )
        return answer_ticket(call, desk, view)


def _do(call: Call, act: Callable[..., TicketView], **said: object) -> int:
    """Act on the ticket that was named, as whoever was named, and print it as it is then."""
    args = call.args
    with call.desk() as desk:
        view = act(desk, number=args.number, actor=args.actor, **said)
        return answer_ticket(call, desk, view)


def _note(call: Call) -> int:
    from concierge.services.progress import note

    return _do(call, note, text=call.args.text)


def _agree(call: Call) -> int:
    from concierge.services.agreeing import agree

    args = call.args
    with call.desk() as desk:
        agreed_at = call.time(args.agreed)
        assert agreed_at is not None
        view = agree(
            desk,
            number=args.number,
            agreed_at=agreed_at,
            agreed_with=args.agreed_with,
            actor=args.actor,
            clock=args.clock,
            approved_by=args.approved_by,
            reason=args.reason,
        )
        return answer_ticket(call, desk, view)


def _assign(call: Call) -> int:
    from concierge.services.changes import assign

    return _do(call, assign, to=call.args.to)


def _change(call: Call) -> int:
    from concierge.services.changes import change
    from concierge.services.ticket_view import show_ticket

    args = call.args
    if args.category is None and args.grade is None:
        raise Unreadable(later("Give one of {what}."), what="--category --grade")
    with call.desk() as desk:
        before = show_ticket(desk, number=args.number) if args.dry_run else None
        view = change(
            desk,
            number=args.number,
            reason=args.reason,
            actor=args.actor,
            category=args.category,
            grade=args.grade,
            dry_run=args.dry_run,
        )
        if before is not None:
            call.output.aside(call.t("Nothing was saved: this is how the ticket would be."))
            _preview(call, desk, before, view)
        return answer_ticket(call, desk, view)


def _preview(call: Call, desk: Desk, before: TicketView, after: TicketView) -> None:
    """For a person what would move, above the ticket as it would be; a program compares for itself."""
    from concierge.language.moved import moved_text

    assert call.zone is not None
    assert call.now is not None
    if not call.as_json:
        said = moved_text(before, after, names_of(call, desk), call.t, zone=call.zone, now=call.now)
        call.output.lines(said.splitlines())


def _escalate(call: Call) -> int:
    from concierge.services.escalating import escalate

    return _do(call, escalate, reason=call.args.reason)


def _cancel(call: Call) -> int:
    from concierge.services.changes import cancel

    return _do(call, cancel, reason=call.args.reason)


def _reopen(call: Call) -> int:
    from concierge.services.reopening import reopen

    return _do(call, reopen, reason=call.args.reason)


def _confirm(call: Call) -> int:
    from concierge.services.progress import confirm_kept

    return _do(call, confirm_kept, clock=call.args.clock)


def _acknowledge(call: Call) -> int:
    from concierge.services.escalating import acknowledge

    return _do(call, acknowledge, clock=call.args.clock, rung=call.args.rung)


def _told(call: Call) -> int:
    from concierge.services.phoning import told_by_phone

    args = call.args
    with call.desk() as desk:
        view = told_by_phone(
            desk, number=args.number, whom=args.whom, actor=args.actor, at=call.time(args.at)
        )
        return answer_ticket(call, desk, view)
