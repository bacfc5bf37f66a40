"""What a ticket is about: where, what, how urgent, in whose words, who has it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from textual.content import Content

from concierge.domain.household import mask_phone
from concierge.language import terms
from concierge.language.dates import moment
from concierge.language.translator import Language
from concierge.services.views import TicketView
from concierge.ui.format import one_line, pad
from concierge.ui.widgets.paragraph import hanging, stacked, styled

_LABEL = 13  # cells
STATE_COLOURS = {"open": "$primary", "closed": "$success", "cancelled": "$secondary"}


def title_lines(
    view: TicketView, household: str | None, names: Mapping[str, str], t: Language
) -> Content:
    """Number and state; place, household and category, as large as a terminal can."""
    first = [
        styled(view.number, "bold $primary"),
        styled(terms.state(t, view.state), f"bold {STATE_COLOURS.get(view.state, '$primary')}"),
    ]
    if view.grade == "major":
        first.append(styled(t("MAJOR"), "bold $background on $error"))
    if view.logged_late:
        first.append(styled(t("logged late"), "$warning"))
    if view.linked_to:
        first.append(Content(t("goes on from {number}", number=view.linked_to)))
    where = [styled(one_line(part), "bold") for part in (view.unit, view.place, household) if part]
    if view.unit and not view.unit_verified:
        where.insert(1, styled(t("(not in the books)"), "$warning"))
    what = names.get(view.category, view.category)
    second = [*where, Content(what), styled(terms.kind(t, view.kind), "$secondary")]
    return stacked((Content("  ").join(first), Content("  ").join(second)))


def phone_line(view: TicketView, left: Content) -> Content:
    """How long phones stay in sight, and where the caller's is known, whom to ring back at what number."""
    if not view.phone:
        return left
    who = one_line(" ".join(filter(None, (view.caller, view.phone))))
    return Content("  ").join((styled(who, "bold"), left))


def fact_lines(view: TicketView, now: int, zone: ZoneInfo, t: Language, width: int) -> Content:
    """When it came in and how, who reported it, who has it; the caller's phone is masked."""
    here = datetime.fromtimestamp(now, zone)

    def when(at: int) -> str:
        return moment(t, datetime.fromtimestamp(at, zone), here)

    phone = mask_phone(view.phone) if view.phone else None
    who = " ".join(filter(None, (view.caller, phone)))
    received = when(view.received_at) + "  " + terms.channel(t, view.channel)
    facts = [(t("received"), "  ".join(filter(None, (received, who))))]
    if view.logged_late:
        reason = view.late_reason or ""
        facts.append(
            (t("logged late"), t("{when}: {reason}", when=when(view.logged_at), reason=reason))
        )
    if view.against:
        facts.append((t("against"), view.against))
    if view.about:
        facts.append((t("about"), view.about))
    if view.consent:
        facts.append((t("agreed to"), view.consent))
    if view.grade_reason:
        facts.append((t("raised"), terms.grade_reason(t, view.grade_reason)))
    facts.append((t("first owner"), view.first_owner))
    facts.append((t("taken by"), view.assignee or t("nobody yet")))
    if view.closed_at is not None:
        facts.append((terms.state(t, view.state), when(view.closed_at)))
    return stacked(_fact(name, said, width) for name, said in facts)


def _fact(name: str, said: str, width: int) -> Content:
    return hanging(styled(pad(name, _LABEL), "$secondary"), Content(one_line(said)), width)
