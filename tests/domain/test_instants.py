"""Times that people and programs write."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.domain.instants import iso, parse_instant
from concierge.domain.refusal import Refusal

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("text", "zone", "utc"),
    [
        ("2026-11-23T14:13:00+08:00", NEW_YORK, "2026-11-23T06:13:00"),
        ("2026-11-23T14:13", SHANGHAI, "2026-11-23T06:13:00"),
        (" 2026-11-23 14:13:05 ", SHANGHAI, "2026-11-23T06:13:05"),
        ("2026-11-23T06:13Z", SHANGHAI, "2026-11-23T06:13:00"),
        ("2026-11-23T14:13:05.900+08:00", SHANGHAI, "2026-11-23T06:13:05"),
        ("20261123T1413", SHANGHAI, "2026-11-23T06:13:00"),
        ("2026-11-01T01:30", NEW_YORK, "2026-11-01T05:30:00"),
    ],
)
def test_a_time_without_offset_is_the_propertys_wall_time(
    text: str, zone: ZoneInfo, utc: str
) -> None:
    at = parse_instant(text, zone)
    assert datetime.fromtimestamp(at, UTC).replace(tzinfo=None).isoformat() == utc


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-11-23", "20261123", "2026-13-01T00:00", "25:00", "0001-01-01T00:00",
             "9999-12-31T23:59:59-23:00"]
)  # fmt: skip
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match=r"time\.bad"):
        parse_instant(text, SHANGHAI)


def test_an_hour_that_the_clocks_skipped_is_refused() -> None:
    with pytest.raises(Refusal, match=r"time\.skipped"):
        parse_instant("2026-03-08T02:30", NEW_YORK)


def test_an_instant_is_written_with_the_propertys_offset_on_that_day() -> None:
    at = parse_instant("2026-11-23T06:13:05Z", SHANGHAI)
    assert iso(at, SHANGHAI) == "2026-11-23T14:13:05+08:00"
    assert iso(at, NEW_YORK) == "2026-11-23T01:13:05-05:00"
    assert iso(parse_instant("2026-07-01T00:00Z", NEW_YORK), NEW_YORK).endswith("20:00:00-04:00")


@given(st.integers(min_value=-2_000_000_000, max_value=9_000_000_000))
def test_what_is_written_is_read_back(at: int) -> None:
    for zone in (SHANGHAI, NEW_YORK):
        assert parse_instant(iso(at, zone), zone) == at
