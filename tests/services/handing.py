"""Short words for handing a shift over, for the tests of it."""

from __future__ import annotations

from concierge.services.desk import Desk
from concierge.services.handover import begin_handover, handover
from concierge.services.handover_acts import acknowledge_matter, acknowledge_rest, count_item
from concierge.services.handover_signing import sign_handover
from concierge.services.handover_views import HandoverView, MatterView
from concierge.services.views import TicketView

COUNTED = 7
"""How many there are of everything, unless a test says otherwise."""


def take_note(desk: Desk, *, by: str = "Sun") -> HandoverView:
    """Acknowledge all there is, each in its way."""
    view = handover(desk)
    for number in view.left:
        view = acknowledge_matter(desk, number=number, actor=by)
    if view.group_left:
        view = acknowledge_rest(desk, count=view.group_left, actor=by)
    return view


def count_all(desk: Desk, *, by: str = "Sun", counted: int = COUNTED) -> HandoverView:
    """Count everything on the checklist."""
    view = handover(desk)
    for item in view.uncounted:
        view = count_item(desk, item=item, counted=counted, actor=by)
    return view


def ready(desk: Desk, *, by: str = "Sun", absent: str | None = None) -> HandoverView:
    """Begin, acknowledge and count: only signatures are left."""
    begin_handover(desk, actor=by, absent=absent)
    take_note(desk, by=by)
    return count_all(desk, by=by)


def hand_over(desk: Desk, *, to: str = "Sun", by: str = "Chen") -> HandoverView:
    """The whole of it."""
    ready(desk, by=to)
    sign_handover(desk, actor=by)
    return sign_handover(desk, actor=to)


def matter(view: HandoverView, ticket: TicketView) -> MatterView:
    """A ticket as it stands on a handover."""
    return next(one for one in view.matters if one.number == ticket.number)
