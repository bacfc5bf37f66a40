"""Arrivals by hour or day against the limits that were kept and broken: the table, and its picture."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from concierge.export.document import Bar, Chart, Column, Said, Section
from concierge.export.telling import Teller, cell, counted
from concierge.services.summary import Hour


def hours(teller: Teller, rows: tuple[Hour, ...]) -> tuple[Section, ...]:
    """The hours of a shift or day; nothing where they were not kept."""
    if not rows:
        return ()
    t = teller.t
    found = _section(teller, rows, t("Arrivals by hour"), t("Hours"), "%H")
    if any(row.broken for row in rows):
        said = t("A broken promise stands in the hour in which it was found.")
        found = replace(found, lines=(said,))
    return (found,)


def days(teller: Teller, rows: tuple[Hour, ...]) -> tuple[Section, ...]:
    """The days of a period; nothing for a single one."""
    if len(rows) <= 1:
        return ()
    t = teller.t
    return (_section(teller, rows, t("Arrivals by day"), t("Days"), "%m-%d"),)


def _section(
    teller: Teller, rows: tuple[Hour, ...], title: Said, sheet: Said, label: str
) -> Section:
    t = teller.t
    names = (t("Received"), t("Kept in time"), t("Broken"))
    bars = tuple(
        Bar(
            f"{datetime.fromtimestamp(row.start, teller.zone):{label}}",
            row.received,
            row.met,
            row.broken,
        )
        for row in rows
    )
    return Section(
        title,
        (Column(t("From")), *(Column(name, figure=True) for name in names)),
        tuple(
            (
                cell(teller.moment(row.start)),
                cell(row.received),
                cell(row.met),
                counted(row.broken, "bad"),
            )
            for row in rows
        ),
        chart=Chart(title, _told(teller, bars), *names, bars),
        sheet=sheet,
    )


def _told(teller: Teller, bars: tuple[Bar, ...]) -> Said:
    """The busiest stretch and the sums: enough for whoever hears the picture."""
    most = max(bars, key=lambda bar: bar.received)
    return teller.t(
        "Received {received}, kept in time {met}, broken {broken}; most came in at {label}: {most}.",
        received=sum(bar.received for bar in bars),
        met=sum(bar.met for bar in bars),
        broken=sum(bar.broken for bar in bars),
        label=most.label,
        most=most.received,
    )
