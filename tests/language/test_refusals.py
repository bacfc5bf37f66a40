"""Every refusal and every problem of a store has a sentence that tells what to do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import concierge
from concierge.language.refusal_table import MISTAKES, PROBLEMS, REFUSALS, ROWS
from concierge.language.refusals import problem_sentence, row_sentence, sentence
from concierge.language.translator import LANGUAGES, Language, language

PACKAGE = Path(concierge.__file__).parent
CODE = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*")
ZONE = ZoneInfo("Asia/Shanghai")
# Functions that are handed the code with which they are to refuse.
HANDED = {"needed_line", "publish", "find_staff", "person"}


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node


def texts(node: ast.AST) -> Iterator[str]:
    """String constants anywhere in an expression."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def raised(name: str) -> dict[str, str]:
    """The codes that the sources give to ``name(...)``, each with one place."""
    found: dict[str, str] = {}
    for where, call in calls():
        called = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if called == name and call.args:
            found |= dict.fromkeys(texts(call.args[0]), where)
        elif name == "Refusal":
            given = [word.value for word in call.keywords if word.arg in {"refusal", "refused"}]
            handed = [*given, *(call.args if called in HANDED else [])]
            found |= {
                code: where for part in handed for code in texts(part) if CODE.fullmatch(code)
            }
    return {
        code: where for code, where in found.items() if name != "Refusal" or CODE.fullmatch(code)
    }


def test_every_refusal_in_the_sources_has_a_sentence() -> None:
    missing = {code: where for code, where in raised("Refusal").items() if code not in REFUSALS}
    assert not missing, "add to concierge/language/refusal_table.py:\n" + "\n".join(
        f'    "{code}": later("..."),  # raised at {where}'
        for code, where in sorted(missing.items())
    )


def test_every_problem_of_a_store_has_a_sentence() -> None:
    assert set(raised("StoreProblem")) <= set(PROBLEMS)


def test_every_mistake_in_a_policy_or_calendar_has_its_words() -> None:
    found: dict[str, str] = {}
    for where, call in calls():
        called = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if called == "bad" and len(call.args) > 1:
            found |= dict.fromkeys(texts(call.args[1]), where)
    missing = {code: where for code, where in found.items() if code not in MISTAKES}
    assert found
    assert not missing


def test_every_reason_for_rejecting_a_row_has_its_words() -> None:
    found = {
        code
        for _, call in calls()
        if getattr(call.func, "attr", "") == "_reject" and len(call.args) > 1
        for code in texts(call.args[1])
    }
    assert found <= set(ROWS)
    assert row_sentence(language("zh"), "duplicate-row", {"first": 7}) == "与第 7 行重复"
    assert row_sentence(language("en"), "too-long", {"field": "moved_in"}) == "moved in is too long"
    assert row_sentence(language("en"), "odd", {}) == "odd"


def test_columns_that_a_roster_lacks_are_named() -> None:
    said = sentence(
        language("zh"), "roster.no-header", {"path": "a.csv", "missing": ("unit", "name")}
    )
    assert "房号、姓名" in said


def test_what_may_be_chosen_is_told_in_the_readers_words_with_the_codes_beside_them() -> None:
    values = {"field": "sex", "value": "x", "choices": "female, male"}
    assert "女（female）、男（male）" in sentence(language("zh"), "field.choice", values)
    assert "female, male" in sentence(language("en"), "field.choice", values)
    ways = {"field": "contact_preference", "value": "x", "choices": "phone, visit"}
    assert "come to the door (visit)" in sentence(language("en"), "field.choice", ways)
    roles = {"role": "boss", "roles": "concierge, manager"}
    assert "总经理（manager）" in sentence(language("zh"), "role.unknown", roles)


def test_names_stand_beside_each_other_as_the_language_writes_lists() -> None:
    values = {"name": "Wu", "names": "陈丽, 孙浩"}
    assert "陈丽、孙浩" in sentence(language("zh"), "staff.unknown", values)
    assert "陈丽, 孙浩" in sentence(language("en"), "staff.unknown", values)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("refused", sorted(REFUSALS))
def test_a_sentence_ends_as_one_and_says_what_to_do(refused: str, code: str) -> None:
    said = sentence(language(code), refused, {})
    assert said.endswith((".", "。"))
    assert "{" not in said
    if code == "zh":
        assert said != sentence(language("en"), refused, {})


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("problem", sorted(PROBLEMS))
def test_a_problem_names_the_store(problem: str, code: str) -> None:
    assert "/srv/d" in problem_sentence(language(code), problem, {"path": "/srv/d"})


def test_instants_are_told_in_the_propertys_wall_time() -> None:
    values = {"agreed": 1795424400, "cap": 1795510800}
    said = sentence(language("en"), "agreed.past-cap", values, zone=ZONE, now=1795414380)
    assert said.startswith("today 17:00 is later than tomorrow 17:00")
    said = sentence(language("zh"), "agreed.past-cap", values, zone=ZONE)
    assert said.startswith("2026年11月23日（周一）17:00 晚于最晚时限")


@pytest.mark.parametrize("at", [10**18, -(10**18)])
def test_an_instant_beyond_every_calendar_is_shown_as_a_figure(at: int) -> None:
    assert str(at) in sentence(language("en"), "time.future", {"at": at}, zone=ZONE, now=0)


def test_roles_and_states_are_told_in_the_readers_words() -> None:
    t: Language = language("zh")
    assert "主任" in sentence(t, "role.needed", {"name": "陈丽", "role": "director"})
    assert "已办结" in sentence(t, "ticket.not-open", {"ticket": "T-1", "state": "closed"})


def test_a_mistake_in_a_file_names_its_key_and_what_is_wrong_with_it() -> None:
    values = {"key": "off[2]", "problem": "date", "value": "2026-13-01 {x}"}
    said = sentence(language("en"), "calendar.bad", values)
    assert said == (
        'The calendar is wrong at off[2]: "2026-13-01 {x}" is not a date such as 2026-10-01; '
        "mend it and load it again."
    )


def test_a_mistake_without_words_is_named_by_its_code() -> None:
    assert "odd" in sentence(language("zh"), "policy.bad", {"key": "a", "problem": "odd"})


def test_a_code_that_nobody_knows_is_named() -> None:
    assert "new.thing" in sentence(language("zh"), "new.thing", {})
    assert "molten" in problem_sentence(language("en"), "molten", {})


def test_a_date_among_the_values_is_written_out() -> None:
    assert "2026-10-01" in sentence(language("en"), "shift.unknown", {"shift": date(2026, 10, 1)})


def test_braces_in_what_people_typed_are_not_read() -> None:
    assert "{name}" in sentence(language("zh"), "unit.unknown", {"unit": "{name}"})
