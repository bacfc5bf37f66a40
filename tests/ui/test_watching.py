"""Since when nobody keeps watch, as one desk can know it."""

from __future__ import annotations

from dataclasses import replace

from concierge.services.sweep_views import Sweep
from concierge.services.views import Board
from concierge.ui.watching import Watch, Watching
from tests.ui.fake_desk import HOUR, MINUTE, NOON, FakeDesk


def board(beat: int | None, *, held: bool = False) -> Board:
    return replace(FakeDesk().board(), beat=beat, held=held)


def started(beat: int | None = None) -> Watching:
    made = Watching()
    made.start(NOON)
    made.read(board(beat), NOON)
    return made


def test_a_desk_that_sweeps_is_watched() -> None:
    watching = started()
    watching.swept(Sweep(at=NOON, fired=()))
    assert watching.watch(NOON + 2 * MINUTE) == Watch()


def test_from_the_last_sweep_or_heartbeat_on_nobody_watches() -> None:
    watching = started()
    watching.swept(Sweep(at=NOON, fired=()))
    watch = watching.watch(NOON + 3 * MINUTE)
    assert (watch.since, watch.unwatched(NOON + 3 * MINUTE)) == (NOON, 3 * MINUTE)
    watching.read(board(NOON + MINUTE), NOON + 3 * MINUTE)
    assert watching.watch(NOON + 3 * MINUTE).since == NOON + MINUTE


def test_before_the_first_sweep_nothing_is_claimed_and_after_two_minutes_the_heartbeat_counts() -> (
    None
):
    watching = started(NOON - HOUR)
    assert watching.watch(NOON + 2 * MINUTE) == Watch()
    assert watching.watch(NOON + 3 * MINUTE).unwatched(NOON + 3 * MINUTE) == HOUR + 3 * MINUTE


def test_a_clock_held_back_counts_from_when_it_was_held() -> None:
    watching = started(NOON + HOUR)
    watching.swept(Sweep(at=NOON + 5, fired=(), held="clock"))
    watch = watching.watch(NOON + 5 * MINUTE)
    assert (watch.held, watch.since) == ("clock", NOON + 5)
    assert watch.unwatched(NOON + MINUTE) == 0


def test_a_leap_says_how_far_and_counts_only_what_passed_since() -> None:
    watching = started()
    watching.swept(Sweep(at=NOON, fired=()))
    for later in (HOUR, HOUR + 10):
        watching.swept(Sweep(at=NOON + later, fired=(), held="jump"))
    assert watching.watch(NOON + HOUR + 10) == Watch("jump", HOUR, NOON + HOUR)
    watching.swept(Sweep(at=NOON + HOUR + 20, fired=()))
    assert watching.watch(NOON + HOUR + 20) == Watch()


def test_the_store_says_first_that_the_clock_is_behind_and_that_it_was_confirmed() -> None:
    watching = started()
    watching.read(board(NOON + HOUR, held=True), NOON)
    assert watching.watch(NOON).held == "clock"
    watching.read(board(NOON), NOON)
    assert watching.watch(NOON) == Watch()


def test_another_desk_that_keeps_watch_starts_the_count_anew() -> None:
    watching = started(NOON)
    watching.swept(Sweep(at=NOON, fired=(), held="jump"))
    watching.read(board(NOON + 4 * MINUTE), NOON + 5 * MINUTE)
    assert watching.watch(NOON + 6 * MINUTE).unwatched(NOON + 6 * MINUTE) == 0
