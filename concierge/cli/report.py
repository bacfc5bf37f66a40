"""``report``: the figures of a day, a week, a month or any days in a row, beside those before."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from concierge.cli.call import Call
from concierge.cli.exits import Exit
from concierge.cli.paper import check_stream, define_paper, languages, write_paper
from concierge.cli.parser import Parser, Shape, Unreadable
from concierge.domain.period import day_of, read_day, read_month, week_of
from concierge.export import FORMATS
from concierge.language.translator import later

if TYPE_CHECKING:
    from concierge.services.desk import Desk
    from concierge.services.report_views import PeriodReport

_TOGETHER = (
    ("--from", "--to"),
    ("--to", "--from"),
    ("--format", "--output"),
    ("--output", "--format"),
    ("--languages", "--format"),
    ("--force", "--format"),
)
"""Options that say nothing without another one."""


def define(parser: Parser, shape: Shape) -> None:
    """The arguments of ``report``."""
    t = shape.t
    parser.set_defaults(run=_report)
    one = parser.add_mutually_exclusive_group()
    one.add_argument(
        "--day", metavar="D", help=t("one day, such as 2026-11-23; without any, today")
    )
    one.add_argument("--week", metavar="D", help=t("the week, from Monday on, in which a day lies"))
    one.add_argument("--month", metavar="M", help=t("a month, such as 2026-11"))
    one.add_argument("--from", dest="first", metavar="D", help=t("the first of several days"))
    parser.add_argument("--to", dest="last", metavar="D", help=t("the last of them"))
    parser.add_argument("--format", choices=FORMATS, help=t("write a file of this kind"))
    define_paper(parser, shape, required=False)


def _report(call: Call) -> int:
    args = call.args
    _check(call)
    name, args.desk = call.desk_name, None  # it says what is counted, not where this is asked
    from concierge.services.report import report

    with call.desk() as desk:
        first, last = _days(call, desk)
        found = report(desk, first_day=first.isoformat(), last_day=last.isoformat(), name=name)
        store = desk.store.path
    if args.format is not None:
        return _export(call, found, store)
    if call.as_json:
        return _json(call, found)
    from concierge.cli.report_text import lines

    call.output.lines(lines(call.t, found))
    return Exit.DONE


def _check(call: Call) -> None:
    """What the parser cannot know: which options need each other.

    Raises:
        Unreadable: one without the other.
    """
    args = call.args
    said = {
        "--from": args.first,
        "--to": args.last,
        "--format": args.format,
        "--output": args.output,
        "--languages": args.languages,
        "--force": args.force or None,
    }
    for given, missing in _TOGETHER:
        if said[given] is not None and said[missing] is None:
            raise Unreadable(
                later("{given} goes with {missing}: give both."), given=given, missing=missing
            )
    if args.format is not None:
        check_stream(call)


def _days(call: Call, desk: Desk) -> tuple[date, date]:
    args = call.args
    if args.week is not None:
        return week_of(read_day(args.week))
    if args.month is not None:
        return read_month(args.month)
    if args.first is not None:
        return read_day(args.first), read_day(args.last)
    if args.day is not None:
        day = read_day(args.day)
    else:
        rules = desk.rules
        day = day_of(rules.policy.shifts, desk.clock.now(), rules.calendar.zone)
    return day, day


def _json(call: Call, found: PeriodReport) -> int:
    from concierge.export import render_report

    text = render_report("json", found, (call.t.code,))
    call.output.text(text if isinstance(text, str) else text.decode())
    return Exit.DONE


def _export(call: Call, found: PeriodReport, store: Path | None) -> int:
    from concierge.export import render_report
    from concierge.export.names import report_name

    args = call.args
    content = render_report(args.format, found, languages(call))
    path = write_paper(call, content, report_name(found, args.format), store=store)
    if path is None:
        return Exit.DONE
    value = {
        "from": found.first_day,
        "to": found.last_day,
        "format": args.format,
        "path": str(path),
    }
    call.answer(value, lambda: [call.t("The report is written to {path}.", path=path)])
    return Exit.DONE
