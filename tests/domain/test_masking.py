"""What is sensitive in typed text is masked where it is shown, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.masking import holds_masked, masked_text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("请回电13800001234，谢谢", "请回电138****1234，谢谢"),
        ("ring 138 0000 1234 or +86-139-0000-5678.", "ring 138****1234 or 139****5678."),
        ("电话（0755）1234 5678", "电话075*****5678"),
        ("全角１３８００００１２３４也一样", "全角138****1234也一样"),
        ("身份证 11010519491231002X 已登记", "身份证 **** 已登记"),
        ("card 6222 0000 1111 2222 333", "card ****"),
        ("mail anna.weiss@example.com today", "mail **** today"),
        ("3-1201 13800001234", "3-1201 138****1234"),
        ("3-1201 138 0000 1234, 3-1202 139-0000-5678", "3-1201 138****1234, 3-1202 139****5678"),
        ("21-5678 1234 or 010-1234 5678", "21****1234 or 010****5678"),
        ("+86-138-0000 1234", "138****1234"),
        ("138.0000.1234, 138 0000.12 34", "138****1234, 138****1234"),
    ],
)
def test_numbers_and_mail_by_which_somebody_is_reached_are_masked(typed: str, shown: str) -> None:
    assert masked_text(typed) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "T-20261123-012 goes on",
        "by 2026-11-30 18:00, or 2026/12/1",
        "3-1201, 3-2-1201 and 12-3-1204",
        "42 keys, 6 radios, 123456",
        "07:00-15:00",
        "3-1201 14:30 漏水",
        "3-1201 3-1202 3-1203",
        "3-1201 11-23 14:00-15:30",
        "3-1201 2026-11-30 18:00",
        "粤B12345 3-1201, 沪AD12345",
        "物业费 12500.00 14:30, ¥1,280,000, 1280000.50",
        "SF10086, 6 件",
    ],
)
def test_tickets_dates_units_and_counts_stay_readable(typed: str) -> None:
    assert masked_text(typed) == typed


@given(text=st.text(max_size=60), number=st.integers(13_000_000_000, 19_999_999_999))
def test_no_mobile_number_passes_whole_between_any_words(text: str, number: int) -> None:
    plain = "".join(each for each in text if not each.isdecimal())
    assert str(number) not in masked_text(f"{plain} {number} {plain}")


@given(text=st.text(alphabet=st.characters(exclude_categories=["Nd"]), max_size=60))
def test_text_without_figures_or_mail_stays_as_it_was_typed(text: str) -> None:
    assert masked_text(text.replace("@", "")) == text.replace("@", "")


def test_a_text_holds_something_masked_where_it_is_not_shown_as_typed() -> None:
    assert holds_masked("回电 13800001234")
    assert not holds_masked("3-1201 14:30 T-20261123-001")
