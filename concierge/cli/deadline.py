"""``deadline``: when something is due, with the day-by-day count; asks no store."""

from __future__ import annotations

from collections.abc import Iterator

from concierge.cli.call import Call
from concierge.cli.counting import Answer, Counter, Request, answer_json, now_of
from concierge.cli.exits import Exit
from concierge.cli.parser import Parser, Shape, Unreadable
from concierge.cli.rules import Rules
from concierge.domain.deadline import DayCount
from concierge.language import terms
from concierge.language.dates import full_day
from concierge.language.translator import later
from concierge.paths import as_typed


def define(parser: Parser, shape: Shape) -> None:
    """A category or a limit, or a file of requests."""
    t = shape.t
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--category", metavar="CODE", help=t("a category of the policy"))
    what.add_argument("--limit", metavar="LIMIT", help=t('a limit, such as "3 working days"'))
    what.add_argument("--batch", metavar="FILE", help=t("a file of requests, one JSON a line"))
    parser.add_argument("--received", metavar=t("TIME"), help=t("when it came in, if not now"))
    parser.add_argument("--agreed", metavar=t("TIME"), help=t("the time agreed"))
    parser.add_argument("--calendar", metavar="FILE", help=t("a calendar in place of the shipped"))
    parser.set_defaults(run=_deadline)


def _deadline(call: Call) -> int:
    rules = Rules.read(call.home)
    call.zone = rules.calendar.zone
    call.now = now_of(call)
    args = call.args
    counter = Counter(rules, call.now)
    if args.batch is not None:
        if args.received or args.agreed or args.calendar:
            raise Unreadable(
                later("{what} does not go with {other}: leave one of them out."),
                what="--batch",
                other="--received, --agreed, --calendar",
            )
        from concierge.cli.batch import run_batch

        return run_batch(call, counter, args.batch)
    calendar = None if args.calendar is None else as_typed(args.calendar)
    request = Request(args.category, args.limit, args.received, args.agreed, calendar)
    answer = counter.answer(request)
    call.zone = answer.calendar.zone
    call.answer(answer_json(answer), lambda: _lines(call, answer))
    return Exit.DONE


def _lines(call: Call, answer: Answer) -> Iterator[str]:
    t = call.t
    yield t("Received {when}", when=call.when(answer.received_at))
    for clock in answer.clocks:
        said = t(
            "{clock}: due {when}, warned {warning}",
            clock=terms.clock(t, clock.kind),
            when=call.when(clock.promise.due_at),
            warning=call.when(clock.promise.warn_at),
        )
        if clock.promise.to_be_agreed:
            said += " " + t("(at the latest: a time is still to be agreed)")
        if clock.promise.provisional:
            said += " " + t("(provisional: the holidays of that time are not published yet)")
        yield said
        for day in clock.explanation:
            yield "  " + _day(call, day, answer)


def _day(call: Call, day: DayCount, answer: Answer) -> str:
    t = call.t
    today = answer.calendar.date_of(answer.received_at)
    reason = terms.reason(t, day.reason)
    counted = (
        t("counted: {reason}", reason=reason)
        if day.counted
        else t("not counted: {reason}", reason=reason)
    )
    said = f"{full_day(t, day.date, today)}  {counted}"
    return f"{said} ({day.source})" if day.source else said
