"""The paragraph that a director reads in ten seconds, and what waits for a decision."""

from __future__ import annotations

from collections.abc import Iterable

from concierge.export.document import Figure, Said, Speech
from concierge.language.translator import Language
from concierge.services.summary import ShiftSummary

_LISTED = 6  # ticket numbers in a sentence; more than that are counted


def story(speech: Speech, summary: ShiftSummary) -> Said:
    """What happened, in three sentences of each language."""
    return speech.each(
        lambda t: _joined(t, (_came_in(t, summary), _promises(t, summary), _ended(t, summary)))
    )


def figures(speech: Speech, summary: ShiftSummary) -> tuple[Figure, ...]:
    """The five numbers of a shift."""
    t = speech
    broken = sum(row.broken for row in summary.kept)
    overdue = sum(row.overdue for row in summary.carried)
    return (
        Figure(t("Received"), sum(row.count for row in summary.received)),
        Figure(t("Kept in time"), sum(row.met for row in summary.kept), "good"),
        Figure(t("Broken"), broken, "bad" if broken else ""),
        Figure(t("Carried over"), len(summary.carried)),
        Figure(t("Of these overdue"), overdue, "bad" if overdue else ""),
    )


def decisions(speech: Speech, summary: ShiftSummary) -> tuple[Said, ...]:
    """What somebody above the desk has to look at, the gravest first."""
    waiting = [row for row in summary.escalated if row.acknowledged_at is None]
    told_nobody = [row.number for row in waiting if not row.people]
    unsigned = [row.number for row in waiting if row.people]
    overdue = [row.number for row in summary.carried if row.overdue]
    said = []
    if told_nobody:
        said.append(speech.each(lambda t: _told_nobody(t, told_nobody), plain=False))
    if unsigned:
        said.append(speech.each(lambda t: _unsigned(t, unsigned), plain=False))
    if overdue:
        said.append(speech.each(lambda t: _overdue(t, overdue), plain=False))
    return tuple(said)


def _joined(t: Language, sentences: Iterable[str]) -> str:
    first, *rest = sentences
    for sentence in rest:
        first = t("{before} {then}", before=first, then=sentence)
    return first


def _came_in(t: Language, summary: ShiftSummary) -> str:
    count = sum(row.count for row in summary.received)
    spot = sum(row.on_the_spot for row in summary.received)
    if not count:
        return t("No new matter came in.")
    if not spot:
        return t.plural("{n} matter came in.", "{n} matters came in.", count)
    return t.plural(
        "{n} matter came in, {spot} answered on the spot.",
        "{n} matters came in, {spot} answered on the spot.",
        count,
        spot=spot,
    )


def _promises(t: Language, summary: ShiftSummary) -> str:
    met = sum(row.met for row in summary.kept)
    broken = sum(row.broken for row in summary.kept)
    if not met and not broken:
        return t("No promise was kept or broken.")
    if not broken:
        return t("Promises: {met} kept in time, none broken.", met=met)
    return t("Promises: {met} kept in time, {broken} broken.", met=met, broken=broken)


def _ended(t: Language, summary: ShiftSummary) -> str:
    return t(
        "{closed} closed, {cancelled} cancelled, {carried} carried over.",
        closed=summary.closed,
        cancelled=summary.cancelled,
        carried=len(summary.carried),
    )


def _told_nobody(t: Language, numbers: list[str]) -> str:
    count, listed = len(numbers), _listed(t, numbers)
    return t.plural(
        "{n} escalation reached nobody: {numbers}.",
        "{n} escalations reached nobody: {numbers}.",
        count,
        numbers=listed,
    )


def _unsigned(t: Language, numbers: list[str]) -> str:
    count, listed = len(numbers), _listed(t, numbers)
    return t.plural(
        "{n} escalation is not acknowledged: {numbers}.",
        "{n} escalations are not acknowledged: {numbers}.",
        count,
        numbers=listed,
    )


def _overdue(t: Language, numbers: list[str]) -> str:
    count, listed = len(numbers), _listed(t, numbers)
    return t.plural(
        "{n} overdue matter is carried over: {numbers}.",
        "{n} overdue matters are carried over: {numbers}.",
        count,
        numbers=listed,
    )


def _listed(t: Language, numbers: list[str]) -> str:
    """Each ticket once, in the order in which things happened."""
    once = list(dict.fromkeys(numbers))
    listed = t(", ").join(once[:_LISTED])
    if len(once) <= _LISTED:
        return listed
    return t("{numbers} and {n} more", numbers=listed, n=len(once) - _LISTED)
