"""A change of shifts at the made-up property, gone through as on any desk: read, counted, signed by both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from concierge.demo.rota import Turn
from concierge.domain.refusal import Refusal
from concierge.services import handover, handover_acts, handover_signing, shifts
from concierge.services.desk import Desk
from concierge.services.handover_views import HandoverView

Step = tuple[int, Callable[[], object]]
"""An instant, and what is done then."""
_BEGUN = 8 * 60
"""Seconds before a change of shifts at which whoever comes begins to take over."""


@dataclass(frozen=True, slots=True)
class Count:
    """What is counted of one thing, with a word where it is not what it should be."""

    counted: int
    word: str | None = None


def turn_steps(
    desk: Desk, turn: Turn, names: Mapping[str, str], counts: Mapping[str, Count]
) -> list[Step]:
    """What is done at a change of shifts, each at its time.

    Args:
        desk: The desk.
        turn: Who comes and who goes.
        names: The staff's names by id.
        counts: What is counted, by item.
    """
    coming = names[turn.coming]
    if turn.going is None:
        return [(turn.signed_at, partial(shifts.start_shift, desk, actor=coming))]
    return [
        (turn.at - _BEGUN, partial(_begin, desk, coming, counts)),
        (turn.signed_at, partial(_sign, desk, names[turn.going], coming)),
    ]


def _begin(desk: Desk, coming: str, counts: Mapping[str, Count]) -> None:
    """Whoever comes reads what is open, and counts."""
    _acknowledge(desk, coming, handover.begin_handover(desk, actor=coming))
    for item, count in counts.items():
        handover_acts.count_item(
            desk, item=item, counted=count.counted, word=count.word, actor=coming
        )


def _sign(desk: Desk, going: str, coming: str) -> None:
    """Both sign; what came in since the reading, or is overdue since, is read before that."""
    for name in (going, coming):
        try:
            handover_signing.sign_handover(desk, actor=name)
        except Refusal:
            _acknowledge(desk, coming, handover.handover(desk))
            handover_signing.sign_handover(desk, actor=name)


def _acknowledge(desk: Desk, coming: str, seen: HandoverView) -> None:
    for number in seen.left:
        handover_acts.acknowledge_matter(desk, number=number, actor=coming)
    if seen.group_left:
        handover_acts.acknowledge_rest(desk, count=seen.group_left, actor=coming)
