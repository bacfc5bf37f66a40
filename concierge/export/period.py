"""From a period's report to the document that every format shows."""

from __future__ import annotations

from datetime import date

from concierge.export import hours, period_tables, tables
from concierge.export.document import Cell, Document, Figure, Piece, Said, Section
from concierge.export.period_story import decisions, no_decision, story
from concierge.export.speech import Speech
from concierge.export.telling import Teller
from concierge.language.translator import later
from concierge.services.report_views import PeriodReport

_TITLES = {
    "day": later("Report of a day"),
    "week": later("Report of a week"),
    "month": later("Report of a month"),
    "span": later("Report of a period"),
}
_WEEK = 7
_DECEMBER = 12


def document(report: PeriodReport, codes: tuple[str, ...]) -> Document:
    """The whole paper.

    Args:
        report: what the period came to, cleaned.
        codes: the languages, in the order in which they are read.
    """
    t = Speech(codes)
    teller = Teller(t, report.zone, report.categories)
    title = t(_TITLES[extent(report)])
    return Document(
        codes=codes,
        title=title,
        short=" · ".join(_heading(title.text, report)),
        made_at=report.until,
        property_name=report.property_name,
        mark=t("REHEARSAL: made up, not a real period") if report.rehearsal else None,
        facts=_facts(teller, report),
        story=story(t, report),
        figures=_figures(t, report),
        decisions_title=t("Needs a decision"),
        decisions=decisions(t, report),
        no_decision=no_decision(t, report),
        sections=_sections(teller, report),
        nothing=t("None."),
        page=t("Page"),
        summary_sheet=t("Summary"),
        log_title=t("Event log"),
        log=((t("Hash of the last event"), Cell((report.head,))),),
        sign_title=t("Sign-off"),
        sign=(),
        sign_blanks=(t("Signature"), t("Date and time")),
    )


def extent(report: PeriodReport) -> str:
    """Whether a report is of a "day", a "week", a whole "month", or of another "span"."""
    first, last = date.fromisoformat(report.first_day), date.fromisoformat(report.last_day)
    days = (last - first).days + 1
    if days == 1:
        return "day"
    if days == _WEEK and first.isoweekday() == 1:
        return "week"
    follows = date(first.year + first.month // _DECEMBER, first.month % _DECEMBER + 1, 1)
    return "month" if first.day == 1 and (follows - last).days == 1 else "span"


def _heading(title: str, report: PeriodReport) -> tuple[str, ...]:
    desk = () if report.desk is None else (report.desk,)
    if report.first_day == report.last_day:
        return (title, *desk, report.first_day)
    return (title, *desk, f"{report.first_day} – {report.last_day}")


def _facts(teller: Teller, report: PeriodReport) -> tuple[tuple[Said, Cell], ...]:
    t = teller.t
    found: list[tuple[Said, tuple[Piece, ...]]] = [
        (t("Property"), (report.property_name,)),
        (t("Desk"), (t("all desks"),) if report.desk is None else (report.desk,)),
        (t("First day"), (teller.day(report.first_day),)),
        (t("Last day"), (teller.day(report.last_day),)),
        (t("From"), (teller.wall(report.start),)),
    ]
    if report.running:
        found.append((t("So far, until"), (teller.wall(report.until),)))
    else:
        found.append((t("To"), (teller.wall(report.end),)))
    found += [
        (t("Compared with the time from"), (teller.wall(report.before_start),)),
        (t("Time zone"), (teller.offset(report.until),)),
    ]
    return tuple((name, Cell(pieces)) for name, pieces in found)


def _figures(t: Speech, report: PeriodReport) -> tuple[Figure, ...]:
    totals = report.totals
    return (
        Figure(t("Received"), totals.received),
        Figure(t("Limits kept"), period_tables.kept(totals), "good"),
        Figure(t("Broken"), totals.broken, "bad" if totals.broken else ""),
        Figure(t("Repairs in time"), period_tables.repairs(totals), period_tables.tone(report)),
        Figure(t("Lost at handover"), totals.lost, "bad" if totals.lost else ""),
    )


def _sections(teller: Teller, report: PeriodReport) -> tuple[Section, ...]:
    t = teller.t
    return (
        period_tables.totals(teller, report),
        period_tables.targets(teller, report),
        *hours.days(teller, report.days),
        *hours.clock(teller, report),
        period_tables.shares(
            teller, t("By category"), t("Category"), report.by_category, teller.category
        ),
        period_tables.shares(teller, t("By building"), t("Building"), report.by_building),
        period_tables.shares(teller, t("By member of staff"), t("Name"), report.by_staff),
        period_tables.shares(
            teller, t("By hour"), t("Hour"), report.by_hour, period_tables.full_hour
        ),
        tables.promises(teller, report.kept),
        tables.rungs(teller, report.rungs, None),
        tables.received(teller, report.received, report.totals.logged_late),
        period_tables.shifts(teller, report),
    )
