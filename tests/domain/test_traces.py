"""What tells a person in a text, and how it is masked."""

from __future__ import annotations

import pytest

from concierge.domain.traces import Traces

WANG = Traces.of(["王建国", " Anna ", "X", None], ["138-0000-1234", "12", None, "+86 13900001234"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("王建国家漏水", True),
        ("call 138 0000 1234 now", True),
        ("13800001234", True),
        ("(138)0000-1234", True),
        ("ask Anna", True),
        ("X marks 12", False),
        ("138000012", False),
        ("王建", False),
        (None, False),
        ("", False),
    ],
)
def test_a_person_is_told_by_a_whole_name_or_number(text: str | None, found: bool) -> None:
    assert WANG.in_text(text) is found


def test_a_masked_text_tells_nobody_and_keeps_the_rest() -> None:
    masked = WANG.masked("王建国 (138-0000-1234, 13900001234) owes Bo 3 yuan")
    assert masked == "**** (****, ****) owes Bo 3 yuan"
    assert not WANG.in_text(masked)


def test_a_caller_is_known_by_the_whole_name_or_by_the_number() -> None:
    assert WANG.is_of("王建国 ", None)
    assert WANG.is_of("somebody", "13800001234")
    assert not WANG.is_of("王建国的邻居", "13600000000")
    assert not WANG.is_of(None, None)
    assert not Traces.of([], []).is_of("", "")


CAR = Traces.of([], [], plates=["粤B·6K888", "AB12", None], surnames=["王", "Wang", "欧阳"],
                salutations=["李工", None])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("粤B6K888挡道", "****挡道"),
        ("粤B 6K-888 挡道", "**** 挡道"),
        ("the b6k888 blocks", "the **** blocks"),
        ("Ｂ６Ｋ８８８", "****"),
        ("AB6K8889", "AB6K8889"),
        ("AB12 stays", "AB12 stays"),
        ("王先生说 Mrs. Wang, mr wang and Mr Wangler", "****说 ****, **** and Mr Wangler"),
        ("王老太太、欧阳女士、王府井", "****、****、王府井"),
        ("李工来过", "****来过"),
    ],
)
def test_plates_and_forms_of_address_are_masked(text: str, masked: str) -> None:
    assert CAR.masked(text) == masked
    assert CAR.in_text(text) is (text != masked)


def test_a_form_of_address_tells_nobody_elsewhere_and_a_plate_does() -> None:
    elsewhere = CAR.anywhere()
    assert not elsewhere.in_text("王先生、李工")
    assert elsewhere.in_text("粤B6K888")
    assert elsewhere.is_certain("粤B6K888")
    assert not WANG.is_certain("王建国")
    assert WANG.is_certain("13800001234")


def test_a_plate_of_few_letters_is_masked_as_it_stands() -> None:
    car = Traces.of([], [], plates=["粤港澳A12"])
    assert car.masked("车牌粤港澳 A12，不是 A12") == "车牌****，不是 A12"


def test_what_somebody_who_stays_has_too_tells_nobody_any_more() -> None:
    both = Traces.of(["王建国"], ["13800001234"], plates=["粤B6K888"])
    left = both.without(frozenset({"13800001234"}), frozenset({"粤B6K888"}))
    assert (left.names, left.phones, left.plates) == (both.names, frozenset(), frozenset())
