"""Copies of signed summaries that could not be made, as sentences that say what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concierge.language.notices import outcome
from concierge.language.translator import Language, later

if TYPE_CHECKING:  # only its shape is needed; the first frame does not wait for it
    from concierge.services.views import StuckCopy

# Clauses that stand inside a sentence; a refusal at the keyboard has more room and says more.
_WHY = {
    "copy.nobody": later("[notify] names no address for summaries"),
    "copy.other": later("another file there has its name"),
    "copy.stopped": later("the policy asks for no such copy any more"),
    "output.no-folder": later("the folder is not there: make it, or connect its drive"),
    "output.unwritable": later("the folder cannot be written: check its permissions"),
    "output.full": later("the disk is full: make room"),
    "output.is-store": later("the store itself has its name"),
    "pdf.missing": later('a PDF needs: pip install "concierge-desk[pdf]"'),
    "pdf.no-font": later("this computer has no Chinese font for a PDF: take html"),
}


def stuck_copy(t: Language, copy: StuckCopy) -> str:
    """Which copy is missing, why, and whether it is tried again."""
    values = {"shift": copy.shift, "why": copy_problem(t, copy.problem)}
    if copy.way == "mail":
        if copy.state == "waiting":
            return t(
                "Shift {shift}: its summary is not mailed to everybody yet, {why}. It is tried again.",
                **values,
            )
        return t("Shift {shift}: its summary was not mailed to everybody, {why}.", **values)
    if copy.state == "waiting":
        return t("Shift {shift}: no copy of its summary yet, {why}. It is tried again.", **values)
    return t("Shift {shift}: no copy of its summary, {why}.", **values)


def copy_problem(t: Language, problem: str) -> str:
    """What kept a copy from being made, in a few words."""
    return t(_WHY[problem]) if problem in _WHY else outcome(t, problem)


def copied(t: Language, way: str) -> str:
    """The event of a copy that was made."""
    return (
        t("The summary was mailed") if way == "mail" else t("The summary was copied to its folder")
    )


def given_up(t: Language, way: str, problem: str) -> str:
    """The event of a copy that could not be made for a day."""
    why = copy_problem(t, problem)
    if way == "mail":
        return t("Mailing the summary was given up: {why}", why=why)
    return t("Copying the summary was given up: {why}", why=why)
