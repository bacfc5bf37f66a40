"""A desk at a real store in a temporary folder, its clock set, a household in its books."""

from __future__ import annotations

from pathlib import Path

from concierge.bootstrap import found_property
from concierge.front import Front
from concierge.services.households import add_household
from concierge.services.staffing import NewStaff

AT = {"CONCIERGE_NOW": "2026-11-23T14:13:00+08:00"}
STAFF = (
    NewStaff("陈丽", "concierge"),
    NewStaff("周强", "supervisor", "138-0000-1234"),
    NewStaff("Ann Lee", "manager", "139-0000-5678"),
)


def furnished(home: Path) -> Front:
    """A property with three staff, two households whose units look alike, and a shift that runs."""
    made = found_property(
        home,
        name="怡景花园",
        language="zh",
        staff=STAFF,
        rehearsal=True,
        desk="Lobby 3",
        environ=AT,
    )
    add_household(made, unit="3-1201", name="王建国", phone="13800001234", relation="业主")
    add_household(made, unit="31-201", name="李四", phone="13900005678")
    made.store.close()
    front = Front(home, name="Lobby 3", environ=AT)
    front.start_shift(actor="陈丽")
    return front
