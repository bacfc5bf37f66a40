"""Roles of the staff, in the order in which a matter climbs."""

from __future__ import annotations

from collections.abc import Iterable

from concierge.domain.refusal import Refusal

ROLES = ("concierge", "supervisor", "director", "manager")

# What somebody's role has to allow; whatever is not listed, every member of staff may do. Sensitive values may
# be looked at by everybody at the desk, on record; it is listed so that a property can take that back.
NEEDS = {
    "agree.beyond-cap": "supervisor",
    "agree.after-breach": "supervisor",
    "breach.confirm": "supervisor",
    "clock.confirm": "supervisor",
    "grade.lower": "supervisor",
    "handover.review": "director",
    "household.export-clear": "supervisor",
    "household.forget": "supervisor",
    "household.reveal": "concierge",
    "staff.pin": "supervisor",
    "summary.clear": "supervisor",
}

STAFF_FROM = "supervisor"
"""From which role on somebody adds a supervisor or above, and changes by which number others are rung.

It stands beside ``NEEDS``, whose rows are in each store's permission table since it was founded.
"""


def rank(role: str) -> int:
    """How high a role stands: concierge 0 … manager 3.

    Raises:
        Refusal: ``role.unknown`` for anything else.
    """
    if role not in ROLES:
        raise Refusal("role.unknown", role=role, roles=", ".join(ROLES))
    return ROLES.index(role)


def may(role: str, needed: str) -> bool:
    """Whether ``role`` is ``needed`` or above."""
    return rank(role) >= rank(needed)


def signing_role(role: str, present: Iterable[str]) -> str:
    """From which role on somebody may sign for what was escalated to ``role``.

    That role or above; where nobody holds any of these, the highest there is: an alarm that nobody can sign
    for would ring for ever.

    Args:
        role: Whom the rung tells.
        present: The roles of the active staff.
    """
    top = max((rank(each) for each in present), default=rank(role))
    return role if top >= rank(role) else ROLES[top]


def allowed(role: str) -> frozenset[str]:
    """The restricted actions that ``role`` may do: the rows of the store's permission table."""
    return frozenset(action for action, needed in NEEDS.items() if may(role, needed))
