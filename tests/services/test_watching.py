"""The loop of a watch, on a clock that a test sets: what it says, and how long it sleeps."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from concierge.bootstrap import RuleFiles
from concierge.domain.refusal import Refusal
from concierge.services import watching
from concierge.services.background import Background
from concierge.services.desk import Desk
from concierge.services.notices import Delivered
from concierge.services.sweep import sweep
from concierge.services.watching import News, Watch, keep_watch
from concierge.store import engine
from concierge.store.engine import FILE_NAME
from concierge.store.problem import StoreProblem
from tests.services.world import World, at

FIVE_MINUTES = '[categories.fees]\nanswer = "5 minutes"\n'


def watched(world: World, watch: Watch, *, until: str) -> tuple[list[News], list[float]]:
    """Watch until that time: what was said, and how long each sleep was."""
    said: list[News] = []
    slept: list[float] = []

    def wait(seconds: float) -> bool:
        slept.append(seconds)
        world.clock.at += int(seconds)
        return world.clock.at > at(until)

    assert keep_watch(watch, say=said.append, wait=wait)
    return said, slept


def rungs(said: list[News]) -> list[tuple[str, int, int]]:
    """When which rung fired."""
    return [(fired.clock, fired.rung, news.at) for news in said for fired in news.fired]


def test_a_watch_sleeps_until_the_next_due_instant_and_never_longer_than_15_seconds(
    world: World,
) -> None:
    world.add("neighbour")
    said, slept = watched(world, Watch(world.desk), until="14:45")
    assert max(slept) == 15
    due = [row[:2] for row in world.rows("select due_at, rung from escalation order by rung")]
    fired = rungs(said)
    assert len(fired) >= 2
    # Each rung is on record in the first second after its instant.
    assert [when for _, _, when in fired] == [instant + 1 for instant, _ in due]
    assert min(slept) >= 1


def test_a_watch_with_nothing_to_do_looks_every_15_seconds(world: World) -> None:
    said, slept = watched(world, Watch(world.desk), until="14:14")
    assert slept == [15.0] * 5
    assert [news.fired for news in said] == [()] * 5


def test_what_another_desk_takes_in_is_noticed_within_15_seconds(world: World) -> None:
    watch = Watch(world.desk)
    watch.step()
    asleep = watch.rest()
    other = World(world.home, world.beside(), world.clock)
    ticket = other.add("emergency")
    other.desk.store.close()
    world.clock.at += asleep
    assert asleep == 15
    assert [fired.ticket for fired in watch.step().fired] == []
    assert 1 <= watch.rest() <= 15
    said, _ = watched(world, watch, until="14:30")
    assert {fired.ticket for news in said for fired in news.fired} == {ticket.number}


def test_two_watches_say_each_rung_once(world: World) -> None:
    for _ in range(3):
        world.add("neighbour")
    beside = world.beside()
    first, second = Watch(world.desk), Watch(beside)
    said: list[News] = []
    for _ in range(200):
        world.clock.at += 15
        said += [first.step(), second.step()]
    beside.store.close()
    fired = [(f.ticket, f.clock, f.rung) for news in said for f in news.fired]
    assert len(fired) == len(set(fired)) == world.rows("select count(*) from escalation")[0][0]
    assert len(fired) >= 6


@pytest.fixture
def impatient(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The same store by a program that does not wait for a lock."""
    monkeypatch.setattr(engine, "_BUSY_MILLISECONDS", 1)
    desk = world.beside()
    yield World(world.home, desk, world.clock)
    desk.store.close()


def test_a_locked_store_is_said_once_and_tried_again(world: World, impatient: World) -> None:
    world.add("neighbour")
    watch = Watch(impatient.desk)
    world.go("15:30")
    with closing(sqlite3.connect(world.home / FILE_NAME, isolation_level=None)) as holder:
        holder.execute("begin immediate")
        held = [watch.step() for _ in range(3)]
        assert watch.rest() == 15
        holder.execute("rollback")
    assert [news.trouble.code if news.trouble else None for news in held] == ["locked", None, None]
    free = watch.step()
    assert (free.recovered, len(free.fired)) == (True, 3)
    world.clock.at += 60
    assert not watch.step().recovered


def test_a_store_that_is_damaged_ends_the_watch(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_desk: Desk) -> None:
        raise StoreProblem("damaged", path="x")

    monkeypatch.setattr(watching, "sweep", broken)
    with pytest.raises(StoreProblem, match="damaged"):
        keep_watch(Watch(world.desk), say=lambda _: None, wait=lambda _: True)


def test_a_store_that_was_taken_away_ends_the_watch_although_it_is_still_open(world: World) -> None:
    watch = Watch(world.desk)
    (world.home / FILE_NAME).rename(world.home / "elsewhere.db")
    with pytest.raises(StoreProblem, match="missing"):
        keep_watch(watch, say=lambda _: None, wait=lambda _: True)


def test_a_store_that_was_put_in_its_place_is_to_be_opened_anew(world: World) -> None:
    watch = Watch(world.desk)
    fresh = world.home / "fresh.db"
    shutil.copy(world.home / FILE_NAME, fresh)
    fresh.replace(world.home / FILE_NAME)
    said: list[News] = []
    assert not keep_watch(watch, say=said.append, wait=lambda _: True)
    assert said == []


def touch(path: Path, text: str, turn: int) -> None:
    """Write a file whose time differs from every earlier one, however coarse the disk's times are."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (turn, turn))


def test_changed_rules_are_taken_in_and_a_mistake_is_said_once(world: World) -> None:
    policy = world.home / "policy.toml"
    watch = Watch(world.desk, renew=RuleFiles(world.home).renew)
    assert watch.step().renewed.desk is None
    before = watch.desk.rules.policy_version
    touch(policy, '[categories.fees]\nanswer = "soon"\n', 1)
    wrong = [watch.step().renewed for _ in range(2)]
    assert [isinstance(found.mistake, Refusal) for found in wrong] == [True, False]
    assert watch.desk.rules.policy_version == before
    touch(policy, FIVE_MINUTES, 2)
    right = [watch.step().renewed for _ in range(2)]
    assert [found.desk is not None for found in right] == [True, False]
    assert [str(spec.limit) for spec in watch.desk.rules.policy.categories["fees"].clocks] == [
        "5 minutes"
    ]
    assert watch.desk.pace is world.desk.pace


def test_a_calendar_that_is_brought_in_says_what_it_moved(world: World) -> None:
    ticket = world.add("staff-conduct")
    watch = Watch(world.desk, renew=RuleFiles(world.home).renew)
    touch(
        world.home / "calendars" / "own.toml",
        'off = ["2026-11-24/2026-11-27"]\nverified_through = 2027\n',
        1,
    )
    found = watch.step().renewed
    assert found.mistake is None
    assert {moved.ticket for moved in found.moved} == {ticket.number}
    assert all(moved.now > moved.was for moved in found.moved)


def test_rules_that_a_locked_store_could_not_take_are_tried_again(
    world: World, impatient: World
) -> None:
    watch = Watch(impatient.desk, renew=RuleFiles(world.home).renew)
    touch(world.home / "policy.toml", FIVE_MINUTES, 1)
    with closing(sqlite3.connect(world.home / FILE_NAME, isolation_level=None)) as holder:
        holder.execute("begin immediate")
        assert watch.step().trouble is not None
        holder.execute("rollback")
    assert watch.step().renewed.desk is not None


def test_a_clock_that_is_behind_is_said_once_and_so_is_its_coming_right(world: World) -> None:
    world.go("14:20")
    sweep(world.desk)
    watch = Watch(world.desk)
    held = []
    for time in ("14:10", "14:11", "14:21", "14:22"):
        world.go(time)
        news = watch.step()
        held.append((news.held, news.freed))
    assert held == [("clock", False), (None, False), (None, True), (None, False)]


def test_a_clock_that_leaps_ahead_fires_nothing_for_five_minutes(world: World) -> None:
    world.add("neighbour")
    watch = Watch(world.desk)
    watch.step()
    world.clock.leap(3 * 3600)
    said, _ = watched(world, watch, until="17:20")
    assert [(news.held, news.freed) for news in said if news.held or news.freed] == [
        ("jump", False),
        (None, True),
    ]
    first = next(news for news in said if news.fired)
    assert first.freed
    assert first.at - said[0].at == 300
    assert first.unwatched is None
    assert world.is_sound()


def test_a_delivery_that_hangs_holds_no_sweep_up(world: World) -> None:
    world.add("neighbour")
    begun, go_on = Event(), Event()

    def dead_network(_desk: Desk) -> Delivered:
        begun.set()
        go_on.wait(60)
        return Delivered(failed=1)

    watch = Watch(world.desk, deliver=dead_network)
    watch.step()
    assert begun.wait(60)
    world.go("15:30")
    swept = watch.step()
    assert (len(swept.fired), swept.delivered) == (3, ())
    go_on.set()
    watch.end()
    assert watch.step().delivered == (Delivered(failed=1),)


def test_a_job_that_fails_the_same_way_is_told_once_until_it_worked_again() -> None:
    outcomes: list[int | Exception] = [
        OSError("no route"), OSError("no route"), Refusal("policy.bad", key="a"),
        Refusal("policy.bad", key="b"), 7, OSError("no route"),
    ]  # fmt: skip

    def job() -> int:
        came = outcomes.pop(0)
        if isinstance(came, Exception):
            raise came
        return came

    background = Background(job)
    while outcomes:
        background._do()
    assert [repr(came) for came in background.done()] == [
        "OSError('no route')", "Refusal('policy.bad')", "Refusal('policy.bad')", "7",
        "OSError('no route')",
    ]  # fmt: skip
    assert background.done() == ()
