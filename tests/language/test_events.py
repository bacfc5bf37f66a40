"""Facts of the log as sentences: every kind that is written can be read, in both languages."""

from __future__ import annotations

import ast
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import concierge
from concierge.language import events
from concierge.language.events import event_sentence
from concierge.language.translator import LANGUAGES, language
from concierge.services.views import EventView
from tests.conftest import NOW

SERVICES = Path(concierge.__file__).parent / "services"


Fact = tuple[str, dict[str, object], dict[str, object] | None]


def said(fact: Fact, zone: ZoneInfo, now: int, code: str = "en") -> str:
    kind, data, personal = fact
    event = EventView(1, now, "Chen Li", kind, data, personal)
    names = {"fees": "Fees", "neighbour": "Noise"}
    return event_sentence(language(code), event, zone=zone, now=now, names=names)


def test_every_kind_that_services_write_has_a_sentence() -> None:
    written = {
        node.value
        for path in SERVICES.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.count(".") == 1
        and node.value.split(".")[0]
        in {
            "ticket",
            "clock",
            "shift",
            "draft",
            "policy",
            "calendar",
            "household",
        }
        and node.value.split(".")[1].endswith("ed")
    }
    known = {*events._SENTENCES, *events._DONE, *events._PLAIN}
    assert len(written) > 15
    assert written <= known


CASES: list[tuple[str, dict[str, object], dict[str, object] | None, str]] = [
    ("ticket.noted", {}, {"text": "{x} [/b] %s"}, "Note: {x} [/b] %s"),
    ("ticket.noted", {}, None, "Note"),
    (
        "ticket.raised",
        {"reason": {"kind": "household", "count": 3, "numbers": ["T-1", "T-2"], "days": 30}},
        None,
        "Became a major matter: complaint 3 of this household about this in 30 days",
    ),
    (
        "ticket.raised",
        {"reason": {"kind": "unsolved", "count": 31, "numbers": [], "days": 30}},
        None,
        "Became a major matter: unsolved for 31 days",
    ),
    ("ticket.reviewed", {}, None,
     "Looked at whether it is a repeated matter: it stays ordinary for now"),
    ("ticket.cancelled", {}, {"reason": "moved"}, "Cancelled (reason: moved)"),
    ("ticket.assigned", {"to": "Zhou"}, None, "Given to Zhou"),
    ("ticket.continued", {"by": "T-1"}, {"reason": "again"}, "Goes on as ticket T-1 (reason: again)"),
    (
        "ticket.acknowledged",
        {"rungs": [["attend", 1, 0], ["attend", 1, 2]]},
        None,
        "Acknowledged: warning of attend, attend rung 2",
    ),
    ("ticket.confirmed", {"met": ["attend"]}, None, "Confirmed as kept: attend"),
    ("ticket.phoned", {"at": NOW, "whom": "Zhou", "whom_id": 3}, None,
     "Told by phone today 14:13: Zhou"),
    ("ticket.phoned", {"at": NOW}, {"whom": "the lift firm"},
     "Told by phone today 14:13: the lift firm"),
    ("ticket.phoned", {"at": NOW}, None, "Told by phone today 14:13: somebody"),
    (
        "ticket.escalated",
        {"clock": "attend", "rung": 2, "to": "director", "people": [], "late_seconds": 60,
         "by_hand": False},
        None,
        (
            "Escalated to the director (attend, rung 2); nobody told: no director on the staff; "
            "1 min late"
        ),
    ),
    (
        "ticket.escalated",
        {"clock": "attend", "rung": 0, "to": "", "people": ["Li"], "late_seconds": 0,
         "by_hand": False},
        None,
        "Warned that attend is due soon; told: Li",
    ),
    (
        "ticket.changed",
        {"before": {"category": "fees", "grade": "ordinary"},
         "after": {"category": "neighbour", "grade": "major"}, "due": {"attend": 1795414380}},
        {"reason": "press"},
        (
            "Category changed from Fees to Noise; Grade changed from ordinary to major; "
            "attend now due today 14:13 (reason: press)"
        ),
    ),
    (
        "clock.recounted",
        {"clock": "resolve", "was": 1795414380, "due_at": 1795500780},
        None,
        "Counted again: resolve was due today 14:13, now tomorrow 14:13",
    ),
    (
        "clock.recounted",
        {"clock": "resolve", "was": 1795414380, "due_at": 1795414380},
        None,
        "Counted again: resolve stays due today 14:13",
    ),
    (
        "ticket.resolved",
        {"at": 1795410780, "met": ["attend", "resolve"], "late": ["attend"], "cause": "forgotten"},
        {"text": "done", "late_reason": "no phone"},
        (
            "Resolved: done; at today 13:13, by their own account; kept: resolve; "
            "too late: attend; cause: forgotten (reason: no phone)"
        ),
    ),
    (
        "ticket.agreed",
        {"clock": "resolve", "agreed_at": 1795414380, "due_at": 1795414380, "approved_by": "Zhou"},
        {"with": "Wang", "reason": "part"},
        "Agreed for resolve: today 14:13; with Wang; approved by Zhou (reason: part)",
    ),
    ("clock.confirmed", {"was": 0, "now": 1795414380}, None,
     "The computer's clock is right: today 14:13"),
    ("household.added", {"unit": "3-1201"}, {"name": "X"}, "Unit 3-1201 entered"),
    (
        "household.changed",
        {"unit": "3-1201", "what": "member", "act": "set", "fields": ["name", "phone"]},
        {"member": "Li", "before": {}, "after": {}},
        "Unit 3-1201, member: name, phone changed (Li)",
    ),
    (
        "household.changed",
        {"unit": "3-1201", "what": "pet", "act": "removed", "fields": ["name"], "undoes": 7},
        None,
        "Unit 3-1201: pet removed; the last change was taken back",
    ),
    ("household.changed", {"unit": "3-1201", "what": "fact", "act": "added", "fields": []}, None,
     "Unit 3-1201: fact added"),
    ("ticket.revealed", {"what": ["phones"]}, None, "Looked at the phones unmasked"),
    ("shift.revealed", {"what": ["phones"]}, None, "Looked at the phones unmasked"),
    ("household.revealed", {"unit": "3-1201", "what": ["health", "phones"]}, None,
     "Unit 3-1201: looked at health, phones unmasked"),
    ("household.forgotten", {"unit": "3-1201", "members": 2}, {"reason": "asked"},
     "Unit 3-1201: 2 people forgotten after moving out (reason: asked)"),
    ("staff.added", {"name": "Li", "role": "director"}, None, "Li joined as director"),
    ("staff.phone", {"name": "Li"}, None, "The phone number of Li was changed"),
    ("store.created", {"name": "Bamboo Court"}, None, "Bamboo Court set up"),
    ("alien.landed", {}, None, 'An event "alien.landed" is on record'),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_a_fact_is_said_with_what_people_typed_as_it_is(
    zone: ZoneInfo, now: int, case: tuple[str, dict[str, object], dict[str, object] | None, str]
) -> None:
    assert said(case[:3], zone, now) == case[3]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("fact", [case[:3] for case in CASES], ids=lambda fact: fact[0])
def test_a_fact_is_said_in_both_languages(zone: ZoneInfo, now: int, fact: Fact, code: str) -> None:
    sentence = said(fact, zone, now, code)
    assert sentence
    assert sentence.isascii() == (code == "en")
