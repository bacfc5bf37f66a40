"""The tables of a period: its figures beside those of the period before, by whatever they are counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

from concierge.export.document import (
    Cell,
    Change,
    Column,
    Piece,
    Rate,
    Row,
    Said,
    Section,
)
from concierge.export.tables import LISTED, cut
from concierge.export.telling import NO_PLACE, Teller, cell, counted
from concierge.language.translator import later
from concierge.services.report_views import PeriodReport, Share, ShiftLine, Totals

REPAIRS_IN_TIME = 90
"""Percent of repairs that are finished in time, at least: quality target G3."""

MONTH = 93
"""Rows of shifts on paper: a month of three a day."""

FIGURES = {
    "received": later("Received"),
    "on_the_spot": later("Answered on the spot"),
    "logged_late": later("Logged late"),
    "met": later("Kept in time"),
    "broken": later("Broken"),
    "escalated": later("Escalated"),
    "closed": later("Closed"),
    "cancelled": later("Cancelled"),
    "major": later("Major matters"),
    "repairs_met": later("Repairs in time"),
    "repairs_broken": later("Repairs too late"),
    "lost": later("Lost at handover"),
}
"""What the figures of a period are called, in their order."""
_ENDED = {
    "handover": later("handed over"),
    "absent": later("taken over in absence"),
    "alone": later("ended alone"),
}


def repairs(totals: Totals) -> Rate:
    """How many of the repairs were finished in time."""
    return Rate(totals.repairs_met, totals.repairs_met + totals.repairs_broken)


def misses(totals: Totals) -> bool:
    """Whether too few of the repairs were in time; without any, none was missed."""
    rate = repairs(totals)
    return rate.part * 100 < REPAIRS_IN_TIME * rate.whole


def tone(report: PeriodReport) -> str:
    """The tone of the figure of repairs."""
    if not repairs(report.totals).whole:
        return ""
    return "bad" if misses(report.totals) else "good"


def totals(teller: Teller, report: PeriodReport) -> Section:
    """Each figure, what it was before, and the change."""
    t = teller.t
    now, before = report.totals, report.before
    rows: list[Row] = []
    for part in fields(Totals):
        figure, was = getattr(now, part.name), getattr(before, part.name)
        rows.append(
            (cell(t(FIGURES[part.name])), cell(figure), cell(was), cell(Change(figure - was)))
        )
    rows.append((cell(t("Limits kept")), cell(kept(now)), cell(kept(before)), cell()))
    if report.running:
        rows.append((cell(t("Open now")), cell(report.open_now), cell(), cell()))
    return Section(
        t("Figures"),
        (
            Column(t("Figure")),
            Column(t("This period"), figure=True),
            Column(t("Before"), figure=True),
            Column(t("Change"), figure=True),
        ),
        tuple(rows),
    )


def targets(teller: Teller, report: PeriodReport) -> Section:
    """What the property has promised to reach, and whether it did."""
    t = teller.t
    rate = repairs(report.totals)
    missed = misses(report.totals)
    said = t("no repair fell due")
    if rate.whole:
        said = t("missed") if missed else t("reached")
    return Section(
        t("Quality targets"),
        (
            Column(t("Target")),
            Column(t("At least"), figure=True),
            Column(t("Reached"), figure=True),
            Column(t("Before"), figure=True),
            Column(t("Outcome")),
        ),
        (
            (
                cell(t("Repairs finished in time (G3)")),
                cell(Rate(REPAIRS_IN_TIME, 100)),
                cell(rate, tone=tone(report)),
                cell(repairs(report.before)),
                cell(said, tone=tone(report)),
            ),
        ),
        sheet=t("Targets"),
    )


def shares(
    teller: Teller,
    title: Said,
    head: Said,
    rows: tuple[Share, ...],
    name: Callable[[str], Piece] | None = None,
) -> Section:
    """The figures by building, member of staff, category or hour, beside those before."""
    t = teller.t

    def named(key: str) -> Cell:
        if not key:
            return cell(NO_PLACE)
        return cell(key if name is None else name(key))

    figures = tuple(
        Column(t(msgid), figure=True)
        for msgid in (
            later("Received"), later("Before"), later("Change"), later("Limits kept"),
            later("Kept before"), later("Broken"), later("Escalated"),
        )
    )  # fmt: skip
    return Section(
        title,
        (Column(head), *figures),
        tuple((named(row.key), *_share(row.totals, row.before)) for row in rows),
        shown=LISTED,
        cut=cut(teller, len(rows), LISTED),
    )


def _share(now: Totals, before: Totals) -> Row:
    return (
        cell(now.received),
        cell(before.received),
        cell(Change(now.received - before.received)),
        cell(kept(now)),
        cell(kept(before)),
        counted(now.broken, "bad"),
        cell(now.escalated),
    )


def kept(figures: Totals) -> Rate:
    """How many of the limits that ended were kept."""
    return Rate(figures.met, figures.met + figures.broken)


def full_hour(key: str) -> str:
    """An hour of the day as it is read on a clock."""
    return f"{key}:00"


def shifts(teller: Teller, report: PeriodReport) -> Section:
    """The shifts that lie in the period."""
    t = teller.t
    return Section(
        t("Shifts"),
        (
            Column(t("Shift")),
            Column(t("Desk")),
            Column(t("On duty")),
            Column(t("Started")),
            Column(t("Ended")),
            Column(t("How"), folds=True),
            Column(t("Received"), figure=True),
            Column(t("Broken"), figure=True),
            Column(t("Carried over"), figure=True),
            Column(t("Hash of its summary"), longest=14),
        ),
        tuple(_shift(teller, row) for row in report.shifts),
        shown=MONTH,
        cut=cut(teller, len(report.shifts), MONTH),
    )


def _shift(teller: Teller, row: ShiftLine) -> Row:
    t = teller.t
    ended = cell(t("still running")) if row.ended_at is None else cell(teller.moment(row.ended_at))
    how = cell()
    if row.ended_how is not None:
        how = cell(t(_ENDED.get(row.ended_how, row.ended_how)),
                   tone="" if row.ended_how == "handover" else "bad")  # fmt: skip
    return (
        cell(row.id),
        cell(row.desk),
        cell(row.staff),
        cell(teller.moment(row.started_at)),
        ended,
        how,
        cell(row.received),
        counted(row.broken, "bad"),
        cell(t("{n} open now", n=row.carried) if row.ended_at is None else row.carried),
        cell(row.signed) if row.signed else cell(),
    )
