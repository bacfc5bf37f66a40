"""A period's report on a terminal: the paragraph, the figures beside those before, arrivals as bars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from concierge.cli.columns import folded, table
from concierge.export.bars import bar_lines
from concierge.export.document import Bar
from concierge.export.period_story import decisions, story
from concierge.export.period_tables import FIGURES, repairs
from concierge.export.speech import Speech
from concierge.language.translator import Language
from concierge.services.report_views import PeriodReport, Share, Totals

_WIDTH = 78
_WEEK = 7
_IN_ONE = ("repairs_met", "repairs_broken")
"""Figures that stand on one line here."""


def lines(t: Language, report: PeriodReport) -> Iterator[str]:
    """What a person reads; wide characters are counted as the terminal shows them."""
    speech = Speech((t.code,))
    yield f"{report.property_name} - {_title(t, report)}"
    if report.rehearsal:
        yield t("REHEARSAL: made up, not a real period")
    yield story(speech, report).text
    for each in decisions(speech, report):
        yield "! " + each.text
    yield ""
    yield from table(list(_figures(t, report)))
    yield from _chart(t, report)
    names = {code: each.get(t.code, code) for code, each in report.categories.items()}
    yield from _shares(t, t("By category"), report.by_category, names)
    yield from _shares(t, t("By building"), report.by_building)
    yield from _shares(t, t("By member of staff"), report.by_staff)
    yield from _shifts(t, report)


def _title(t: Language, report: PeriodReport) -> str:
    days = _days(t, report.first_day, report.last_day)
    said = t("{days}, {desk}", days=days, desk=report.desk) if report.desk else days
    if report.running:
        at = datetime.fromtimestamp(report.until, ZoneInfo(report.zone))
        return t("{said}, as of {time}", said=said, time=f"{at:%Y-%m-%d %H:%M}")
    return said


def _figures(t: Language, report: PeriodReport) -> Iterator[list[str]]:
    """Each figure, and what it was in the period before."""
    yield ["", t("This period"), _days(t, *_before(report))]
    for field, name in FIGURES.items():
        if field not in _IN_ONE:
            yield [t(name), str(getattr(report.totals, field)), str(getattr(report.before, field))]
    yield [t("Repairs in time"), _repairs(report.totals), _repairs(report.before)]
    if report.running:
        yield [t("Open now"), str(report.open_now), ""]


def _days(t: Language, first: str, last: str) -> str:
    return first if first == last else t("{first} to {last}", first=first, last=last)


def _before(report: PeriodReport) -> tuple[str, str]:
    """The days of the period before, which ends where this one begins."""
    first = datetime.fromtimestamp(report.before_start, ZoneInfo(report.zone)).date()
    last = date.fromisoformat(report.first_day) - timedelta(days=1)
    return first.isoformat(), last.isoformat()


def _repairs(totals: Totals) -> str:
    rate = repairs(totals)
    return f"{rate.part}/{rate.whole} ({rate.text})" if rate.whole else "-"


def _chart(t: Language, report: PeriodReport) -> Iterator[str]:
    """Arrivals against limits: over the hours of the day, and of several days by day as well."""
    bars = [
        Bar(each.key, each.totals.received, each.totals.met, each.totals.broken)
        for each in report.by_hour
    ]
    yield from _bars(t("Arrivals by hour, and limits kept and broken"), bars)
    if len(report.days) > 1:
        zone = ZoneInfo(report.zone)
        days = [
            Bar(
                f"{datetime.fromtimestamp(day.start, zone):%m-%d}",
                day.received,
                day.met,
                day.broken,
            )
            for day in report.days
            if day.start <= report.until
        ]
        yield from _bars(t("Arrivals by day, and limits kept and broken"), days)


def _bars(title: str, bars: Sequence[Bar]) -> Iterator[str]:
    """Bars from the first stretch in which there was anything to the last one."""
    busy = [nth for nth, each in enumerate(bars) if each.received or each.met or each.broken]
    if busy:
        yield ""
        yield title
        yield from bar_lines(bars[busy[0] : busy[-1] + 1], _WIDTH)


def _shares(
    t: Language, title: str, shares: Iterable[Share], names: dict[str, str] | None = None
) -> Iterator[str]:
    head = [title, t("Received"), t("before"), t("Kept in time"), t("Broken"), t("before")]
    rows = [
        [
            (names or {}).get(each.key, each.key) or t("(none)"),
            str(each.totals.received),
            str(each.before.received),
            str(each.totals.met),
            str(each.totals.broken),
            str(each.before.broken),
        ]
        for each in shares
    ]
    if rows:
        yield ""
        yield from table(list(_named([head, *rows])))


def _named(rows: Sequence[Sequence[str]]) -> Iterator[Sequence[str]]:
    """The same rows with the names in the first column folded, so that the figures fit beside them."""
    figures = [
        max(map(cell_len, column)) for column in zip(*(row[1:] for row in rows), strict=True)
    ]
    room = _WIDTH - sum(figures) - 2 * len(figures)
    for name, *told in rows:
        first, *rest = folded(name, room)
        yield [first, *told]
        yield from ([line, *[""] * len(told)] for line in rest)


def _shifts(t: Language, report: PeriodReport) -> Iterator[str]:
    """The shifts of up to a week, each with what was signed; of more the papers tell."""
    if not report.shifts or len(report.days) > _WEEK:
        return
    zone = ZoneInfo(report.zone)
    head = [t("Shift"), t("Desk"), t("On duty"), t("From"), t("Until"), t("Received"), t("Broken"),
            t("Carried over")]  # fmt: skip
    rows = [
        [
            str(each.id),
            each.desk,
            each.staff,
            f"{datetime.fromtimestamp(each.started_at, zone):%m-%d %H:%M}",
            f"{datetime.fromtimestamp(each.ended_at, zone):%m-%d %H:%M}"
            if each.ended_at is not None
            else t("still running"),
            str(each.received),
            str(each.broken),
            str(each.carried) if each.ended_at is not None else t("{n} open now", n=each.carried),
        ]
        for each in report.shifts
    ]
    yield ""
    yield from table([head, *rows])
