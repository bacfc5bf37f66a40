"""From a summary's values to the document that every format shows."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from concierge.export.document import Cell, Document, Piece, Said, Speech
from concierge.export.story import decisions, figures, story
from concierge.export.tables import Tables
from concierge.language.dates import full_day
from concierge.language.translator import Language
from concierge.services.summary import ShiftSummary

Fact = tuple[Said, Cell]


def document(summary: ShiftSummary, codes: tuple[str, ...]) -> Document:
    """The whole paper.

    Args:
        summary: what happened, cleaned.
        codes: the languages, in the order in which they are read.
    """
    t = Speech(codes)
    tables = Tables(t, summary)
    return Document(
        codes=codes,
        title=t("Shift summary"),
        property_name=summary.property_name,
        mark=t("REHEARSAL: made up, not a real shift") if summary.rehearsal else None,
        facts=_facts(t, summary),
        story=story(t, summary),
        figures=figures(t, summary),
        decisions_title=t("Needs a decision"),
        decisions=decisions(t, summary),
        no_decision=t("Nothing waits for a decision."),
        sections=tables.all(),
        nothing=t("None."),
        log_title=t("Event log"),
        log=(
            _fact(t("Events so far"), summary.events),
            _fact(t("Hash of the last event"), summary.head),
        ),
        sign_title=t("Sign-off"),
        sign=(t("Handed over by"), t("Taken over by"), t("Director")),
        sign_blanks=(t("Signature"), t("Date and time")),
    )


def _facts(t: Speech, summary: ShiftSummary) -> tuple[Fact, ...]:
    running = summary.ended_at is None
    ended = _wall(t, summary.until, summary.zone)
    return (
        _fact(t("Property"), summary.property_name),
        _fact(t("Desk"), summary.desk),
        _fact(t("Shift number"), summary.shift),
        _fact(t("On duty"), summary.staff),
        _fact(t("State"), t("still running") if running else t("ended, for handover")),
        _fact(t("Started"), _wall(t, summary.started_at, summary.zone)),
        _fact(t("So far, until") if running else t("Ended"), ended),
        _fact(t("Time zone"), _zone(summary.until, summary.zone)),
    )


def _fact(name: Said, *pieces: Piece) -> Fact:
    return (name, Cell(pieces))


def _wall(t: Speech, at: int, zone: str) -> Said:
    """A date in words and a time; the year is always written, for the paper is read later."""
    local = datetime.fromtimestamp(at, ZoneInfo(zone))

    def said(one: Language) -> str:
        day = full_day(one, local.date(), date.min)
        return one("{day}, {time}", day=day, time=f"{local:%H:%M}")

    return t.each(said)


def _zone(at: int, zone: str) -> str:
    offset = f"{datetime.fromtimestamp(at, ZoneInfo(zone)):%z}"
    return f"{zone} (UTC{offset[:3]}:{offset[3:5]})"
