"""Arrivals by hour or day against the limits that were kept and broken: the table, and its picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from concierge.export.document import Bar, Chart, Column, Piece, Said, Section
from concierge.export.period_tables import full_hour
from concierge.export.telling import Teller, cell, counted
from concierge.services.report_views import PeriodReport
from concierge.services.summary import Hour


def hours(teller: Teller, rows: tuple[Hour, ...]) -> tuple[Section, ...]:
    """The hours of a shift; nothing where they were not kept."""
    if not rows:
        return ()
    t = teller.t
    found = _section(
        teller, t("Arrivals by hour"), t("Hours"), t("From"), _from(teller, rows, "%H")
    )
    if any(row.broken for row in rows):
        said = t("A broken promise stands in the hour in which it was found.")
        found = replace(found, lines=(said,))
    return (found,)


def days(teller: Teller, rows: tuple[Hour, ...]) -> tuple[Section, ...]:
    """The days of a period; nothing for a single one."""
    if len(rows) <= 1:
        return ()
    t, stretches = teller.t, _from(teller, rows, "%m-%d")
    return (_section(teller, t("Arrivals by day"), t("Days"), t("From"), stretches),)


def clock(teller: Teller, report: PeriodReport) -> tuple[Section, ...]:
    """The picture of a day's hours, for a report of one day; a longer one has the picture of its days."""
    rows = [row for row in report.by_hour if row.key]
    if len(report.days) > 1 or not rows:
        return ()
    t = teller.t
    stretches = [
        (full_hour(row.key), Bar(row.key, row.totals.received, row.totals.met, row.totals.broken))
        for row in rows
    ]
    return (_section(teller, t("Arrivals by hour"), t("Hours"), t("Hour"), stretches),)


def _from(teller: Teller, rows: Iterable[Hour], label: str) -> list[tuple[Piece, Bar]]:
    """Each stretch by the instant from which it is, and its bar."""
    return [
        (
            teller.moment(row.start),
            Bar(
                f"{datetime.fromtimestamp(row.start, teller.zone):{label}}",
                row.received,
                row.met,
                row.broken,
            ),
        )
        for row in rows
    ]


def _section(
    teller: Teller, title: Said, sheet: Said, head: Said, stretches: Sequence[tuple[Piece, Bar]]
) -> Section:
    """A table and its picture, of at least one stretch of time."""
    t = teller.t
    names = (t("Received"), t("Kept in time"), t("Broken"))
    bars = tuple(bar for _, bar in stretches)
    return Section(
        title,
        (Column(head), *(Column(name, figure=True) for name in names)),
        tuple(
            (cell(name), cell(bar.received), cell(bar.met), counted(bar.broken, "bad"))
            for name, bar in stretches
        ),
        chart=Chart(title, _told(teller, bars), *names, bars),
        sheet=sheet,
    )


def _told(teller: Teller, bars: tuple[Bar, ...]) -> Said:
    """The busiest stretch and the sums: enough for whoever hears the picture."""
    most = max(bars, key=lambda bar: bar.received)
    sums = {
        "received": sum(bar.received for bar in bars),
        "met": sum(bar.met for bar in bars),
        "broken": sum(bar.broken for bar in bars),
    }
    if not most.received:
        return teller.t("Received {received}, kept in time {met}, broken {broken}.", **sums)
    return teller.t(
        "Received {received}, kept in time {met}, broken {broken}; most came in at {label}: {most}.",
        label=most.label,
        most=most.received,
        **sums,
    )
