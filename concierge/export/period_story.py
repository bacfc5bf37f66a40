"""The paragraph on a period that a director reads in ten seconds, and what waits for a decision."""

from __future__ import annotations

from concierge.export.document import Said
from concierge.export.period_tables import REPAIRS_IN_TIME, misses, repairs
from concierge.export.speech import Speech
from concierge.export.story import joined, open_now, waits
from concierge.language.translator import Language
from concierge.services.report_views import PeriodReport


def story(speech: Speech, report: PeriodReport) -> Said:
    """What the period came to, in a few sentences of each language."""
    return speech.each(
        lambda t: joined(t, (_came_in(t, report), _promises(t, report), _ended(t, report)))
    )


def decisions(speech: Speech, report: PeriodReport) -> tuple[Said, ...]:
    """What somebody has to look at: targets that were missed, and what handovers lost."""
    t, said = speech, []
    if misses(report.totals):
        said.append(
            t(
                "Repairs in time: {reached}, below the target of {target} %.",
                reached=repairs(report.totals).text,
                target=REPAIRS_IN_TIME,
            )
        )
    lost = report.totals.lost
    if lost:
        said.append(
            t.plural(
                "{n} matter was lost at a handover: acknowledged by nobody, and then broken.",
                "{n} matters were lost at handovers: acknowledged by nobody, and then broken.",
                lost,
            )
        )
    unsigned = sum(row.ended_how in {"absent", "alone"} for row in report.shifts)
    if unsigned:
        said.append(
            t.plural(
                "{n} shift ended without a handover signed by both.",
                "{n} shifts ended without a handover signed by both.",
                unsigned,
            )
        )
    return (*said, *waits(speech, report.standing, running=report.running))


def no_decision(speech: Speech, report: PeriodReport) -> Said:
    """That nothing waits, where the record tells so; else what it does not tell."""
    if report.standing.overdue is None:
        return speech("What was overdue at the end is not on record: no summary was signed then.")
    return speech("Nothing waits for a decision.")


def _came_in(t: Language, report: PeriodReport) -> str:
    now, by = report.totals.received, report.totals.received - report.before.received
    came = t.plural("{n} matter came in,", "{n} matters came in,", now)
    if by > 0:
        return t("{came} {by} more than in the period before.", came=came, by=by)
    if by < 0:
        return t("{came} {by} fewer than in the period before.", came=came, by=-by)
    return t("{came} as many as in the period before.", came=came)


def _promises(t: Language, report: PeriodReport) -> str:
    now, before = report.totals, report.before
    if not now.met and not now.broken:
        return t("No promise was kept or broken.")
    return t(
        "Promises: {met} kept in time, {broken} broken ({before} in the period before).",
        met=now.met,
        broken=now.broken,
        before=before.broken,
    )


def _ended(t: Language, report: PeriodReport) -> str:
    closed, cancelled = report.totals.closed, report.totals.cancelled
    if report.running:
        return open_now(t, closed, cancelled, report.open_now)
    return t("{closed} closed, {cancelled} cancelled.", closed=closed, cancelled=cancelled)
