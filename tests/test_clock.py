"""The clocks that are injected everywhere."""

from __future__ import annotations

import time_machine

from concierge.clock import FixedClock, SystemClock, TickingClock


def test_the_system_clock_tells_whole_seconds_of_the_machine() -> None:
    with time_machine.travel(1795414380.9, tick=False):
        assert SystemClock().now() == 1795414380


def test_a_fixed_clock_stands_until_it_is_set() -> None:
    clock = FixedClock(5)
    assert (clock.now(), clock.now()) == (5, 5)
    clock.at = 9
    assert clock.now() == 9


def test_a_ticking_clock_starts_where_it_was_told() -> None:
    clock = TickingClock(1795414380)
    clock._zero -= 61
    assert clock.now() in {1795414441, 1795414442}


def test_the_machine_counts_on_when_its_wall_clock_is_set() -> None:
    clock = SystemClock()
    before = clock.boot()
    with time_machine.travel(1795414380, tick=False):
        during = clock.boot()
    assert 0 <= before <= during <= clock.boot()
    assert during < 1795414380


def test_time_passes_for_a_fixed_clock_unless_it_leaps() -> None:
    clock = FixedClock(100)
    clock.at += 60
    assert (clock.now(), clock.boot()) == (160, 160.0)
    clock.leap(3600)
    assert (clock.now(), clock.boot()) == (3760, 160.0)
    clock.at += 5
    assert (clock.now(), clock.boot()) == (3765, 165.0)


def test_a_ticking_clock_never_leaps() -> None:
    clock = TickingClock(1795414380)
    offset = clock.now() - clock.boot()
    clock._zero -= 3600
    assert abs(clock.now() - clock.boot() - offset) <= 1
