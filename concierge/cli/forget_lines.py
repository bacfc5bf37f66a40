"""Forgetting people on the command line: what is said before, what is asked first, what was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from concierge.cli.call import Call
from concierge.cli.exits import Exit
from concierge.domain.masked_views import masked
from concierge.domain.refusal import Refusal

if TYPE_CHECKING:
    from concierge.services.household_views import BeforeForgetting, Forgotten

_FEW = 10  # places named in a sentence; --look tells them all


def show_before(call: Call, before: BeforeForgetting) -> int:
    """Say which texts may name them, and what stands in the way of forgetting.

    Raises:
        Refusal: ``forget.nobody-known``: an empty list would be taken for "nothing names them".
    """
    if not before.known:
        raise Refusal("forget.nobody-known", unit=before.unit)
    before = masked(before)
    places = [{**asdict(each), "at": call.iso(each.at)} for each in before.places]
    call.answer({**asdict(before), "places": places}, lambda: _before_lines(call, before))
    return Exit.DONE


def refuse_doubts(before: BeforeForgetting) -> None:
    """Ask before anything is erased, as the screen does; what forgetting itself refuses comes first.

    Raises:
        Refusal: ``forget.doubts`` naming texts that nobody chose.
    """
    if before.places and not (before.open_tickets or before.still_here):
        refs = [each.ref for each in before.places]
        more = " …" if len(refs) > _FEW else ""
        raise Refusal("forget.doubts", places=", ".join(refs[:_FEW]) + more)


def forgotten_lines(call: Call, done: Forgotten) -> Iterator[str]:
    """What was erased, what is left, and what stays to be done by hand."""
    t = call.t
    yield t(
        "{unit} forgotten: {members} people, {events} entries of the log, words of {tickets} tickets.",
        unit=done.unit,
        members=done.members,
        events=done.events,
        tickets=done.tickets,
    )
    if not done.known:
        yield call.refusal("forget.nobody-known", {"unit": done.unit})
    if done.left:
        yield t.plural(
            "{n} text may still name them: {places}",
            "{n} texts may still name them: {places}",
            len(done.left),
            places=t(", ").join(done.left),
        )
    if not done.scrubbed:
        yield t("Clean the file out at a quiet hour, on the command line: doctor --clean")
    yield t("Backups made before still hold them: delete those by hand when they are not needed.")


def _before_lines(call: Call, before: BeforeForgetting) -> Iterator[str]:
    if before.still_here:
        yield call.refusal("forget.still-here", {"name": before.unit})
    if before.open_tickets:
        tickets = ", ".join(before.open_tickets)
        yield call.refusal("forget.open-tickets", {"tickets": tickets})
    for each in before.places:
        yield f"{each.ref}  {each.said}".rstrip()
    if not before.places:
        yield call.t("No other text names them.")
