from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.limit import LARGEST, Limit, Unit
from concierge.domain.refusal import Refusal


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("3 working days", Limit(3, Unit.WORKING_DAYS)),
        ("1 working day", Limit(1, Unit.WORKING_DAYS)),
        ("1 hour", Limit(1, Unit.HOURS)),
        ("8 hours", Limit(8, Unit.HOURS)),
        ("2 day", Limit(2, Unit.DAYS)),
        ("15 minutes", Limit(15, Unit.MINUTES)),
        ("90 business minutes", Limit(90, Unit.BUSINESS_MINUTES)),
        ("1 business minute", Limit(1, Unit.BUSINESS_MINUTES)),
        ("  7  Working   Days ", Limit(7, Unit.WORKING_DAYS)),
        ("1000000 days", Limit(1_000_000, Unit.DAYS)),
    ],
)
def test_a_limit_is_read_as_people_write_it(text: str, limit: Limit) -> None:
    assert Limit.parse(text) == limit


@pytest.mark.parametrize(
    "text",
    [
        "", "3", "days", "three days", "3days", "-1 days", "0 days", "1.5 hours", "3 weeks", "3 working",
        "1000001 days", "9" * 5_000 + " days", "٣ days", "3 days 2 hours", "+3 days", "3 business days",
    ],
)  # fmt: skip
def test_what_is_no_limit_is_refused_as_it_was_given(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        Limit.parse(text)
    assert refused.value.code == "limit.bad"
    assert refused.value.values == {"limit": text}


@pytest.mark.parametrize("amount", [0, -1, LARGEST + 1])
def test_a_limit_that_promises_nothing_or_for_ages_cannot_be_made(amount: int) -> None:
    with pytest.raises(Refusal, match=r"limit\.bad"):
        Limit(amount, Unit.DAYS)


def test_one_is_written_in_the_singular() -> None:
    assert str(Limit(1, Unit.WORKING_DAYS)) == "1 working day"
    assert str(Limit(3, Unit.WORKING_DAYS)) == "3 working days"
    assert str(Limit(1, Unit.BUSINESS_MINUTES)) == "1 business minute"


@given(st.builds(Limit, st.integers(1, LARGEST), st.sampled_from(Unit)))
def test_what_a_limit_writes_it_reads(limit: Limit) -> None:
    assert Limit.parse(str(limit)) == limit
