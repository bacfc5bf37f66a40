"""The policy's shifts, counts and copies: its figures, what may be left out, and each mistake by its key."""

from __future__ import annotations

from typing import Any

import pytest

from concierge.domain.policy import parse_policy
from concierge.domain.refusal import Refusal
from concierge.domain.shift import Copies, CountItem, ShiftRules
from tests.domain.shipped import raw_policy

KEYS = {"item": "keys", "zh": "钥匙（把）", "en": "Keys"}


def parsed(**tables: Any) -> ShiftRules:
    """The shifts of the shipped policy with some tables replaced; None takes one away."""
    raw = {key: table for key, table in (raw_policy() | tables).items() if table is not None}
    found = parse_policy(raw).shifts
    assert found is not None
    return found


def test_the_shipped_policy_has_three_shifts_and_a_count_that_varies_for_parcels() -> None:
    rules = parsed()
    assert rules.starts == (7 * 60, 15 * 60, 23 * 60)
    assert (rules.early, rules.relief, rules.ladder) == (3600, 1800, "relief")
    assert [each.item for each in rules.counts if each.varies] == ["parcels"]
    assert (rules.counts[0].name("zh"), rules.counts[0].name("en")) == ("钥匙（把）", "Keys")
    assert rules.copies == Copies(formats=("html",), languages=("zh",))


def test_a_policy_from_before_there_were_shifts_has_none() -> None:
    raw = raw_policy()
    for table in ("shifts", "handover", "summary"):
        del raw[table]
    assert parse_policy(raw).shifts is None


def test_a_property_that_counts_nothing_and_wants_no_copies_says_nothing_of_them() -> None:
    rules = parsed(handover=None, summary=None)
    assert (rules.counts, rules.copies) == ((), Copies())
    assert parsed(handover={"count": []}).counts == parsed(handover={}).counts == ()


def test_a_count_may_be_expected_and_nought_is_a_number() -> None:
    names = (("zh", "钥匙（把）"), ("en", "Keys"))
    for number in (0, 12):
        rules = parsed(handover={"count": [{**KEYS, "expected": number}]})
        assert rules.counts == (CountItem("keys", names, expected=number),)


def test_copies_go_into_a_folder_by_mail_or_both() -> None:
    asked = {"formats": ["pdf"], "languages": ["zh", "en"]}
    for folder, mail, ways in (
        ("/srv", True, ("folder", "mail")),
        (" ", True, ("mail",)),
        ("/srv", False, ("folder",)),
        ("", False, ()),
    ):
        copies = parsed(summary={**asked, "folder": folder, "mail": mail}).copies
        assert (copies.ways, copies.formats) == (ways, ("pdf",))


@pytest.mark.parametrize("empty", ["formats", "languages"])
def test_copies_of_nothing_are_a_mistake_once_there_is_a_way_for_them(empty: str) -> None:
    asked: dict[str, object] = {"formats": ["md"], "languages": ["en"], empty: []}
    assert parsed(summary=asked).copies.ways == ()
    with pytest.raises(Refusal) as refused:
        parsed(summary={**asked, "mail": True})
    values = refused.value.values
    assert (values["key"], values["problem"]) == (f"summary.{empty}", "copies-none")


@pytest.mark.parametrize(
    ("table", "key", "value", "at", "problem"),
    [
        ("shifts", "starts", [], "shifts.starts", "shift-order"),
        ("shifts", "starts", ["15:00", "07:00"], "shifts.starts", "shift-order"),
        ("shifts", "starts", ["07:00", "07:00"], "shifts.starts", "shift-order"),
        ("shifts", "starts", "07:00", "shifts.starts", "time-of-day"),
        ("shifts", "starts", ["07:00", "24:00"], "shifts.starts", "time-of-day"),
        ("shifts", "starts", [7], "shifts.starts", "time-of-day"),
        ("shifts", "early", "1 day", "shifts.early", "minutes-or-hours"),
        ("shifts", "ladder", "rope", "shifts.ladder", "choice"),
        ("shifts", "late", "1 hour", "shifts.late", "unknown-key"),
        ("handover", "count", ["keys"], "handover.count", "rows"),
        ("handover", "count", [KEYS, KEYS], "handover.count", "item-twice"),
        ("handover", "count", [{**KEYS, "item": "k" * 41}], "handover.count[0].item", "text"),
        ("handover", "count", [{**KEYS, "expected": -1}], "handover.count[0].expected", "number"),
        ("handover", "count", [{**KEYS, "expected": True}], "handover.count[0].expected", "number"),
        ("handover", "count", [{**KEYS, "expected": "9"}], "handover.count[0].expected", "number"),
        ("handover", "count", [{**KEYS, "varies": 1}], "handover.count[0].varies", "flag"),
        ("handover", "count", [{**KEYS, "fr": "x"}], "handover.count[0].fr", "unknown-key"),
        ("handover", "counts", [], "handover.counts", "unknown-key"),
        ("summary", "formats", ["docx"], "summary.formats", "choice"),
        ("summary", "languages", "zh", "summary.languages", "choice"),
        ("summary", "folder", 1, "summary.folder", "text"),
        ("summary", "paper", "A4", "summary.paper", "unknown-key"),
    ],
)
def test_a_mistake_is_named_by_its_key(
    table: str, key: str, value: object, at: str, problem: str
) -> None:
    raw = raw_policy()
    raw[table][key] = value
    with pytest.raises(Refusal) as refused:
        parse_policy(raw)
    told = refused.value.values
    assert (refused.value.code, told["key"], told["problem"]) == ("policy.bad", at, problem)
