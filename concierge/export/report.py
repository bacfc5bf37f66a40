"""From a shift's summary to the document that every format shows."""

from __future__ import annotations

from concierge.export import handover_tables, hours, tables
from concierge.export.document import Cell, Document, Piece, Said, Section, SignLine
from concierge.export.speech import Speech, colon
from concierge.export.story import decisions, figures, story
from concierge.export.telling import Teller
from concierge.language.translator import later
from concierge.services.summary import ShiftSummary

Fact = tuple[Said, Cell]

_ENDED = {
    "handover": later("handed over, signed by both"),
    "absent": later("taken over without whoever went"),
    "alone": later("ended with nobody to take over"),
}
_PARTS = (
    ("outgoing", later("Handed over by")),
    ("incoming", later("Taken over by")),
    ("review", later("Director")),
)
_HOW = {"name": later("signed by name"), "pin": later("signed with PIN")}


def document(summary: ShiftSummary, codes: tuple[str, ...]) -> Document:
    """The whole paper.

    Args:
        summary: what happened, cleaned.
        codes: the languages, in the order in which they are read.
    """
    t = Speech(codes)
    teller = Teller(t, summary.zone, summary.categories)
    title = t("Shift summary")
    return Document(
        codes=codes,
        title=title,
        short=f"{title.text} {summary.shift} · {summary.desk} · {teller.moment(summary.started_at).text}",
        made_at=summary.until,
        property_name=summary.property_name,
        mark=t("REHEARSAL: made up, not a real shift") if summary.rehearsal else None,
        facts=_facts(teller, summary),
        story=story(t, summary),
        figures=figures(t, summary),
        decisions_title=t("Needs a decision"),
        decisions=decisions(t, summary),
        no_decision=t("Nothing waits for a decision."),
        sections=_sections(teller, summary),
        nothing=t("None."),
        page=t("Page"),
        summary_sheet=t("Summary"),
        log_title=t("Event log"),
        log=_log(t, summary),
        sign_title=t("Sign-off"),
        sign=_sign(teller, summary),
        sign_blanks=(t("Signature"), t("Date and time")),
    )


def _sections(teller: Teller, summary: ShiftSummary) -> tuple[Section, ...]:
    return (
        handover_tables.carried(teller, summary),
        tables.broken(teller, summary),
        tables.promises(teller, summary.kept),
        *hours.hours(teller, summary.hours),
        tables.received(teller, summary.received, summary.logged_late),
        tables.rungs(teller, summary.rungs, summary.warnings),
        tables.escalated(teller, summary.escalated),
        handover_tables.notes(teller, summary.notes),
        handover_tables.thanks(teller, summary.notes),
        handover_tables.counts(teller, summary.counts),
        handover_tables.timeline(teller, summary),
    )


def _facts(teller: Teller, summary: ShiftSummary) -> tuple[Fact, ...]:
    t, running = teller.t, summary.ended_at is None
    found = [
        _fact(t("Property"), summary.property_name),
        _fact(t("Desk"), summary.desk),
        _fact(t("Shift number"), summary.shift),
        _fact(t("On duty"), summary.staff),
        _fact(t("Started"), teller.wall(summary.started_at)),
        _fact(t("So far, until") if running else t("Ended"), teller.wall(summary.until)),
    ]
    if summary.planned_from is not None and summary.planned_until is not None:
        planned = f"{_clock(teller, summary.planned_from)}–{_clock(teller, summary.planned_until)}"
        found.append(_fact(t("Planned"), planned))
    if summary.taken_from is not None:
        found.append(_fact(t("Taken over from"), summary.taken_from))
    if summary.handed_to is not None:
        found.append(_fact(t("Handed over to"), summary.handed_to))
    found.append(_fact(t("State"), *_state(t, summary)))
    if summary.singly or summary.grouped:
        said = t(
            "{singly} one by one, {grouped} together",
            singly=summary.singly,
            grouped=summary.grouped,
        )
        found.append(_fact(t("Matters acknowledged"), said))
    found.append(_fact(t("Time zone"), teller.offset(summary.until)))
    return tuple(found)


def _state(t: Speech, summary: ShiftSummary) -> tuple[Piece, ...]:
    if summary.ended_at is None:
        return (t("still running"),)
    how = _ENDED.get(summary.ended_how or "", later("ended, for handover"))
    said: list[Piece] = [t(how)]
    if summary.forgotten:
        said.append(t("its end was forgotten, and found at the next start"))
    if summary.end_reason is not None:
        said.append(summary.end_reason)
    return tuple(said)


def _clock(teller: Teller, at: int) -> str:
    return teller.moment(at).text.partition(" ")[2]


def _log(t: Speech, summary: ShiftSummary) -> tuple[Fact, ...]:
    signed = () if summary.signed is None else (_fact(t("Hash of this summary"), summary.signed),)
    return (
        _fact(t("Events so far"), summary.events),
        _fact(t("Hash of the last event"), summary.head),
        *signed,
    )


def _sign(teller: Teller, summary: ShiftSummary) -> tuple[SignLine, ...]:
    t = teller.t
    signed = {each.part: each for each in summary.signatures}
    lines = []
    for part, msgid in _PARTS:
        found = signed.get(part)
        if found is None and part == "outgoing" and summary.ended_how == "absent":
            lines.append(SignLine(t(msgid), _unsigned(t, summary.end_reason)))
        elif found is None:
            lines.append(SignLine(t(msgid)))
        else:
            how = t(_HOW.get(found.how, later("signed by name")))
            lines.append(SignLine(t(msgid), found.name, teller.moment(found.at), how))
    return tuple(lines)


def _unsigned(t: Speech, reason: str | None) -> str:
    """Why the place of somebody who was gone is empty; the reason may have been forgotten since."""
    absent = t("absent, did not sign").text
    return f"{absent}{colon(t.codes)}{reason}" if reason else absent


def _fact(name: Said, *pieces: Piece) -> Fact:
    return (name, Cell(pieces))
