"""The paragraph that a director reads in ten seconds, and what waits for a decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from concierge.export.document import Figure, Said
from concierge.export.speech import Speech
from concierge.export.waiting import waiting
from concierge.language.translator import Language
from concierge.services.report_views import Standing
from concierge.services.summary import Counted, ShiftSummary

_LISTED = 6  # ticket numbers in a sentence; more than that are counted


def story(speech: Speech, summary: ShiftSummary) -> Said:
    """What happened, in a few sentences of each language."""

    def told(t: Language) -> str:
        return joined(
            t,
            (
                _came_in(t, summary),
                _promises(t, summary),
                *_climbed(t, summary),
                _ended(t, summary),
                *_differs(t, summary),
            ),
        )

    return speech.each(told)


def figures(speech: Speech, summary: ShiftSummary) -> tuple[Figure, ...]:
    """The five numbers of a shift."""
    t = speech
    broken = sum(row.broken for row in summary.kept)
    overdue = summary.overdue_count
    return (
        Figure(t("Received"), sum(row.count for row in summary.received)),
        Figure(t("Kept in time"), sum(row.met for row in summary.kept), "good"),
        Figure(t("Broken"), broken, "bad" if broken else ""),
        Figure(
            t("Open now") if summary.ended_at is None else t("Carried over"), summary.open_count
        ),
        Figure(t("Of these overdue"), overdue, "bad" if overdue else ""),
    )


def decisions(speech: Speech, summary: ShiftSummary) -> tuple[Said, ...]:
    """What somebody above the desk has to look at, the gravest first."""
    found = waiting(summary)
    flagged = sum(row.flag == "director" for row in summary.notes)
    said = []
    if _latest(summary) > summary.until:
        said.append(speech.each(_put_back))
    if summary.ended_how == "alone" and summary.open_count:
        said.append(speech.each(lambda t: _left(t, summary.open_count)))
    said += waits(speech, found, running=summary.ended_at is None)
    if flagged:
        said.append(speech.each(lambda t: _flagged(t, flagged)))
    if summary.withheld:
        said.append(withheld(speech, summary.withheld))
    return tuple(said)


def waits(speech: Speech, found: Standing, *, running: bool) -> Iterable[Said]:
    """What is not signed for, overdue, or differs from what was expected: of a shift and of a period alike."""
    if found.nobody_told:
        yield speech.each(lambda t: _told_nobody(t, found.nobody_told), plain=False)
    if found.not_acknowledged:
        yield speech.each(lambda t: _unsigned(t, found.not_acknowledged), plain=False)
    if late := found.overdue:
        yield speech.each(lambda t: _overdue(t, late, running=running), plain=False)
    if found.differing:
        yield speech.each(lambda t: _counted(t, found.differing), plain=False)


def withheld(speech: Speech, count: int) -> Said:
    """That matters about members of staff stand in no list of a paper which lies at their desk."""
    return speech.plural(
        "{n} matter about a member of staff is counted and listed nowhere here: ask for it at the desk.",
        "{n} matters about members of staff are counted and listed nowhere here: ask for them at the desk.",
        count,
    )


def joined(t: Language, sentences: Iterable[str]) -> str:
    """Sentences one after the other."""
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


def _climbed(t: Language, summary: ShiftSummary) -> tuple[str, ...]:
    fired = len(summary.escalated)
    if not fired:
        return ()
    signed = sum(row.acknowledged_at is not None for row in summary.escalated)
    if signed == fired:
        return (
            t.plural("{n} escalation, acknowledged.", "{n} escalations, all acknowledged.", fired),
        )
    return (
        t.plural(
            "{n} escalation, {signed} acknowledged.",
            "{n} escalations, {signed} acknowledged.",
            fired,
            signed=signed,
        ),
    )


def _differs(t: Language, summary: ShiftSummary) -> tuple[str, ...]:
    compared = [row for row in summary.counts if row.expected is not None]
    if not compared or any(row.counted != row.expected for row in compared):
        return ()
    return (t("What was counted is as expected."),)


def _latest(summary: ShiftSummary) -> int:
    """The latest instant that stands on the paper; none is later than its end while the clock only goes on."""
    busy = (row.start for row in summary.hours if row.received or row.met or row.broken)
    times = (
        summary.started_at,
        *busy,
        *(row.fired_at for row in summary.escalated),
        *(line.at for line in summary.timeline),
        *(note.at for note in summary.notes),
    )
    return max(times)


def _put_back(t: Language) -> str:
    return t(
        "The computer's clock was put back during this shift: its times are not in their order."
    )


def _left(t: Language, carried: int) -> str:
    return t.plural(
        "The shift ended with nobody to take over, and {n} matter open.",
        "The shift ended with nobody to take over, and {n} matters open.",
        carried,
    )


def _counted(t: Language, rows: Sequence[Counted]) -> str:
    listed = t("; ").join(
        t(
            "{item}: {expected} expected, {counted} counted",
            item=row.names.get(t.code, row.item),
            expected=row.expected,
            counted=row.counted,
        )
        for row in rows
    )
    return t("Counts differ: {listed}.", listed=listed)


def _flagged(t: Language, count: int) -> str:
    return t.plural("{n} note is for the director.", "{n} notes are for the director.", count)


def _ended(t: Language, summary: ShiftSummary) -> str:
    if summary.ended_at is None:
        return open_now(t, summary.closed, summary.cancelled, summary.open_count)
    return t(
        "{closed} closed, {cancelled} cancelled, {carried} carried over.",
        closed=summary.closed,
        cancelled=summary.cancelled,
        carried=summary.open_count,
    )


def open_now(t: Language, closed: int, cancelled: int, count: int) -> str:
    """What was ended so far, and how many matters are open while that goes on."""
    return t(
        "{closed} closed, {cancelled} cancelled, {open} open now.",
        closed=closed,
        cancelled=cancelled,
        open=count,
    )


def _told_nobody(t: Language, numbers: Sequence[str]) -> str:
    count, listed = len(numbers), _listed(t, numbers)
    return t.plural(
        "{n} escalation reached nobody: {numbers}.",
        "{n} escalations reached nobody: {numbers}.",
        count,
        numbers=listed,
    )


def _unsigned(t: Language, numbers: Sequence[str]) -> str:
    count, listed = len(numbers), _listed(t, numbers)
    return t.plural(
        "{n} escalation is not acknowledged: {numbers}.",
        "{n} escalations are not acknowledged: {numbers}.",
        count,
        numbers=listed,
    )


def _overdue(t: Language, numbers: Sequence[str], *, running: bool) -> str:
    count, listed = len(numbers), _listed(t, numbers)
    if running:
        return t.plural(
            "{n} open matter is overdue: {numbers}.",
            "{n} open matters are overdue: {numbers}.",
            count,
            numbers=listed,
        )
    return t.plural(
        "{n} overdue matter is carried over: {numbers}.",
        "{n} overdue matters are carried over: {numbers}.",
        count,
        numbers=listed,
    )


def _listed(t: Language, numbers: Sequence[str]) -> str:
    """Each ticket once, in the order in which things happened."""
    once = list(dict.fromkeys(numbers))
    listed = t(", ").join(once[:_LISTED])
    if len(once) <= _LISTED:
        return listed
    return t("{numbers} and {n} more", numbers=listed, n=len(once) - _LISTED)
