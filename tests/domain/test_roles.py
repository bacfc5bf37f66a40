"""Who may do what."""

from __future__ import annotations

import pytest

from concierge.domain.refusal import Refusal
from concierge.domain.roles import NEEDS, ROLES, allowed, may, rank, signing_role


def test_a_matter_climbs_from_the_concierge_to_the_manager() -> None:
    assert [rank(role) for role in ROLES] == [0, 1, 2, 3]
    assert may("director", "supervisor")
    assert not may("concierge", "supervisor")


def test_a_supervisor_may_all_but_review_handovers_and_a_concierge_hardly_anything() -> None:
    assert allowed("concierge") == {"household.reveal"}
    assert allowed("supervisor") == frozenset(NEEDS) - {"handover.review"}
    for role in ("director", "manager"):
        assert allowed(role) == frozenset(NEEDS)


def test_an_unknown_role_is_refused_with_the_roles_there_are() -> None:
    with pytest.raises(Refusal) as refused:
        rank("mayor")
    assert refused.value.code == "role.unknown"
    assert str(refused.value).startswith("role.unknown {")
    assert str(Refusal("plain")) == "plain"


def test_whoever_stands_highest_signs_for_a_role_that_nobody_holds() -> None:
    assert signing_role("manager", ["concierge", "supervisor", "director"]) == "director"
    assert signing_role("director", ["concierge", "manager"]) == "director"
    assert signing_role("supervisor", ["concierge"]) == "concierge"
    assert signing_role("supervisor", []) == "supervisor"
