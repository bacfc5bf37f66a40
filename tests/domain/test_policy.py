"""The policy: every figure of the service rules, and every mistake named by its key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from concierge.domain.limit import Limit
from concierge.domain.policy import GRADES, KINDS, overlay, parse_policy, version_of
from concierge.domain.refusal import Refusal
from tests.domain.shipped import policy, raw_policy

# The tables of the service rules: category, kind, clocks as (kind, limit, by agreement), always major.
RULES = [
    ("emergency", "complaint", {"attend": "5 minutes", "resolve": "24 hours"}, True),
    ("staff-conduct", "complaint", {"answer": "30 minutes", "resolve": "1 working day"}, True),
    ("home-repair-urgent", "complaint", {"attend": "10 minutes", "resolve": "24 hours"}, False),
    ("home-repair", "complaint", {"resolve": "~7 working days"}, False),
    ("public-glass", "complaint", {"resolve": "2 working days"}, False),
    ("public-lighting", "complaint", {"resolve": "2 days"}, False),
    ("public-lighting-other", "complaint", {"resolve": "5 working days"}, False),
    ("public-repair", "complaint", {"resolve": "3 working days"}, False),
    ("neighbour", "complaint", {"attend": "15 minutes", "resolve": "~1 working day"}, False),
    ("other-complaint", "complaint", {"attend": "8 hours", "resolve": "~7 working days"}, False),
    ("community", "inquiry", {"answer": "30 minutes"}, False),
    ("fees", "inquiry", {"answer": "30 minutes"}, False),
    ("fees-on-site", "inquiry", {"answer": "30 minutes", "attend": "30 minutes"}, False),
    ("outside-services", "inquiry", {"answer": "30 minutes"}, False),
    ("other-departments", "inquiry", {"answer": "~2 working days"}, False),
    ("other-inquiry", "inquiry", {"answer": "~2 working days"}, False),
    *(
        (code, "errand", {"answer": "15 minutes", "resolve": "~7 days"}, False)
        for code in ("shopping", "meals", "booking", "business", "home-service", "taxi")
    ),
]


@pytest.mark.parametrize(("code", "kind", "clocks", "major"), RULES)
def test_a_category_promises_what_the_service_rules_say(
    code: str, kind: str, clocks: dict[str, str], major: bool
) -> None:
    category = policy().categories[code]
    said = {
        spec.kind: ("~" if spec.by_agreement else "") + str(spec.limit) for spec in category.clocks
    }
    assert category.kind == kind
    assert said == clocks
    assert category.grade == ("major" if major else "ordinary")
    assert all(spec.clause for spec in category.clocks)


def test_the_rules_name_every_category_and_no_other() -> None:
    assert list(policy().categories) == [code for code, *_ in RULES]
    assert {category.kind for category in policy().categories.values()} == set(KINDS)
    assert {category.grade for category in policy().categories.values()} == set(GRADES)


def test_only_matters_of_life_are_told_at_any_hour() -> None:
    told = {code for code, category in policy().categories.items() if category.always}
    assert told == {"emergency", "home-repair-urgent"}
    assert {code for code, c in policy().categories.items() if c.consent} == {"fees-on-site"}


def test_an_errand_for_now_has_thirty_minutes_and_leads_are_taken_off_the_time_asked_for() -> None:
    for code, lead in (("taxi", 600), ("meals", 1800), ("shopping", 0), ("booking", 0)):
        spec = policy().categories[code].clock("resolve")
        assert spec is not None
        assert (str(spec.at_once), spec.lead, spec.ladder) == ("30 minutes", lead, "minutes")


def test_each_unit_runs_on_the_ladder_of_the_design() -> None:
    ladders = {
        name: (ladder.warning, [(r.to, r.anchor, str(r.offset or "")) for r in ladder.rungs])
        for name, ladder in policy().ladders.items()
    }
    assert ladders == {
        "minutes": (
            75,
            [
                ("supervisor", "due", ""),
                ("director", "due", "30 minutes"),
                ("manager", "due", "2 hours"),
            ],
        ),
        "days": (
            0,
            [
                ("supervisor", "due", ""),
                ("director", "due", "1 working day"),
                ("manager", "due", "3 working days"),
            ],
        ),
        "relief": (
            None,
            [
                ("supervisor", "due", ""),
                ("director", "due", "30 minutes"),
                ("manager", "due", "2 hours"),
            ],
        ),
        "major": (
            None,
            [
                ("supervisor", "received", ""),
                ("director", "due", ""),
                ("manager", "due", "2 hours"),
            ],
        ),
    }
    for limit, name in (("5 minutes", "minutes"), ("24 hours", "minutes"), ("2 days", "days"),
                        ("3 working days", "days"), ("90 business minutes", "minutes")):  # fmt: skip
        assert policy().spec_for(Limit.parse(limit)).ladder == name


def test_the_names_are_there_in_both_languages() -> None:
    for category in policy().categories.values():
        assert category.name("zh") != category.name("en")
    assert policy().categories["taxi"].name("zh") == "代召出租车"
    assert policy().categories["taxi"].clock("attend") is None


def test_lateness_and_reopening_are_figures_of_the_policy() -> None:
    assert (policy().late_after, policy().reopen_within) == (300, 7 * 86_400)
    assert str(policy().resolve_default.limit) == "1 working day"
    assert policy().resolve_default.by_agreement


def test_a_property_says_only_what_differs() -> None:
    own = {"categories": {"neighbour": {"attend": "10 minutes"}}, "hours": {"sun": []}}
    changed = parse_policy(overlay(raw_policy(), own))
    attend = changed.categories["neighbour"].clock("attend")
    assert attend is not None
    assert str(attend.limit) == "10 minutes"
    assert changed.hours[6] == ()
    assert changed.hours[0] == policy().hours[0]
    assert changed.version != policy().version


def test_a_weekday_without_hours_is_closed() -> None:
    raw = raw_policy()
    del raw["hours"]["sun"]
    assert 6 not in parse_policy(raw).hours


def test_a_clock_given_as_a_table_replaces_the_one_below_it_whole() -> None:
    own = {"categories": {"taxi": {"resolve": {"limit": "1 hour"}}}}
    spec = parse_policy(overlay(raw_policy(), own)).categories["taxi"].clock("resolve")
    assert spec is not None
    assert (str(spec.limit), spec.by_agreement, spec.at_once) == ("1 hour", False, None)


def test_the_version_depends_on_the_figures_and_not_on_their_order() -> None:
    raw = raw_policy()
    turned = dict(reversed(raw.items()))
    assert version_of(turned) == version_of(raw) == policy().version


def _set(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def spoil(whole: dict[str, Any]) -> None:
        *way, last = path.split("/")
        raw: Any = whole
        for key in way:
            raw = raw[int(key)] if isinstance(raw, list) else raw[key]
        if value is None:
            del raw[last]
        else:
            raw[last] = value

    return spoil


MISTAKES = [
    (_set("timezone", "Mars/Olympus"), "timezone", "zone"),
    (_set("timezone", None), "timezone", "missing"),
    (_set("timezone", 8), "timezone", "text"),
    (_set("timezone", " "), "timezone", "text"),
    (_set("colour", "red"), "colour", "unknown-key"),
    (_set("hours/mon", ["18:00-08:00"]), "hours.mon", "interval"),
    (_set("hours/someday", []), "hours.someday", "unknown-key"),
    (_set("tickets/late_after", "2 days"), "tickets.late_after", "minutes-or-hours"),
    (_set("tickets/late_after", "soon"), "tickets.late_after", "limit"),
    (_set("tickets/spare", 1), "tickets.spare", "unknown-key"),
    (_set("tickets", []), "tickets", "table"),
    (_set("categories/taxi/kind", "favour"), "categories.taxi.kind", "choice"),
    (_set("categories/taxi/zh", None), "categories.taxi.zh", "missing"),
    (_set("categories/taxi/answer", "some minutes"), "categories.taxi.answer", "limit"),
    (_set("categories/taxi/answr", "5 minutes"), "categories.taxi.answr", "unknown-key"),
    (_set("categories/taxi/grade", "huge"), "categories.taxi.grade", "choice"),
    (_set("categories/taxi/always", "yes"), "categories.taxi.always", "flag"),
    (_set("categories/taxi/ladder", "rope"), "categories.taxi.ladder", "choice"),
    (_set("categories/taxi/resolve", {"by_agreement": True}), "categories.taxi.resolve.cap", "missing"),
    (_set("categories/taxi/resolve", {"limit": "1 hour", "lead": "1 hour"}),
     "categories.taxi.resolve.lead", "unknown-key"),
    (_set("categories/taxi/resolve/lead", "1 day"), "categories.taxi.resolve.lead", "minutes-or-hours"),
    (_set("categories/fees/answer", None), "categories.fees.answer", "no-clock"),
    (_set("categories/public-glass/resolve", None), "categories.public-glass.resolve", "no-clock"),
    (_set("categories/taxi", "none"), "categories.taxi", "table"),
    (_set("categories/neigbour", {"attend": "5 minutes"}), "categories.neigbour", "category-mistyped"),
    (_set("categories/xyz", {"attend": "5 minutes"}), "categories.xyz", "category-bare"),
    (_set("ladders/major", None), "ladders.major", "missing"),
    (_set("ladders/days/units", ["days"]), "ladders.*.units", "unit-once"),
    (_set("ladders/days/units", ["weeks"]), "ladders.days.units", "choice"),
    (_set("ladders/days/units", "days"), "ladders.days.units", "choice"),
    (_set("ladders/days/warning", "never"), "ladders.days.warning", "percent"),
    (_set("ladders/days/warning", "100%"), "ladders.days.warning", "percent"),
    (_set("ladders/days/warning", 75), "ladders.days.warning", "percent"),
    (_set("ladders/days/rungs", []), "ladders.days.rungs", "rows"),
    (_set("ladders/days/rungs", ["director"]), "ladders.days.rungs", "rows"),
    (_set("ladders/days/rungs/0/to", "mayor"), "ladders.days.rungs[0].to", "choice"),
    (_set("ladders/days/rungs/1/when", "received"), "ladders.days.rungs[1].when", "when"),
    (_set("ladders/days/rungs/1/when", "due + a bit"), "ladders.days.rungs[1].when", "limit"),
    (_set("ladders/major/rungs/0/when", "received + 1 hour"), "ladders.major.rungs[0].when", "when"),
    (_set("ladders/days/rungs/1/at", "due"), "ladders.days.rungs[1].at", "unknown-key"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "key", "problem"), MISTAKES)
def test_a_mistake_names_the_key_of_its_line(
    spoil: Callable[[dict[str, Any]], None], key: str, problem: str
) -> None:
    raw = raw_policy()
    spoil(raw)
    with pytest.raises(Refusal) as refused:
        parse_policy(raw)
    assert refused.value.code == "policy.bad"
    assert (refused.value.values["key"], refused.value.values["problem"]) == (key, problem)


def test_rungs_must_be_in_the_order_of_time() -> None:
    raw = raw_policy()
    raw["ladders"]["minutes"]["rungs"].reverse()
    with pytest.raises(Refusal) as refused:
        parse_policy(raw)
    assert refused.value.values["problem"] == "order"
