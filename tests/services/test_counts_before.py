"""A shortage that was explained once is told to whoever counts next, until it is made good."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from concierge.services.founding import know_desk
from concierge.services.handover import begin_handover, handover
from concierge.services.handover_acts import count_item
from concierge.services.handover_counts import counts
from concierge.services.handover_signing import sign_handover
from concierge.services.handover_views import CountBefore, CountView
from concierge.services.shift_view import running_shift
from concierge.services.shifts import start_shift
from tests.services.handing import COUNTED, take_note
from tests.services.world import World

PEOPLE = ("Chen", "Sun", "Zhou")
FULL = COUNTED


def keys(world: World) -> CountView:
    """The keys, as whoever takes over sees them."""
    return next(each for each in handover(world.desk).counts if each.item == "keys")


def counted(world: World, nth: int, n: int, word: str | None = None) -> CountView:
    """The handover from the nth to the next person, so many keys counted; how the keys looked before."""
    out, incoming = PEOPLE[nth % 3], PEOPLE[(nth + 1) % 3]
    begin_handover(world.desk, actor=incoming)
    take_note(world.desk, by=incoming)
    seen = keys(world)
    for item in handover(world.desk).uncounted:
        how_many = n if item == "keys" else COUNTED
        count_item(world.desk, item=item, counted=how_many, actor=incoming, word=word)
    for name in (out, incoming):
        sign_handover(world.desk, actor=name)
    world.clock.at += 8 * 3600
    return seen


def wants(world: World, expected: int | None) -> None:
    """The policy says how many keys there should be."""
    rules = world.desk.rules
    shifts = rules.policy.shifts
    assert shifts is not None
    items = tuple(
        replace(each, expected=expected) if each.item == "keys" else each for each in shifts.counts
    )
    rules.policy = replace(rules.policy, shifts=replace(shifts, counts=items))


def test_a_shortage_that_was_explained_is_told_at_every_count_until_it_is_made_good(
    world: World,
) -> None:
    start_shift(world.desk, actor="Chen")
    assert counted(world, 0, FULL).before is None
    at = world.clock.at
    assert counted(world, 1, FULL - 1, "one is lost").before is None
    told = CountBefore(at, FULL - 1, FULL, "one is lost", last=False)
    for nth in (2, 3):
        seen = counted(world, nth, FULL - 1)
        assert (seen.expected, seen.before) == (FULL - 1, told)
    counted(world, 4, FULL, "found again")
    assert (keys(world).expected, keys(world).before) == (FULL, None)


def test_a_shortage_that_is_made_good_in_part_is_told_as_it_was_at_first(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    counted(world, 0, FULL)
    counted(world, 1, FULL - 1, "one is lost")
    counted(world, 2, FULL - 2, "another one")
    before = keys(world).before
    assert before is not None
    assert (before.counted, before.expected, before.word) == (FULL - 2, FULL - 1, "another one")
    counted(world, 3, FULL - 1, "found that one")
    before = keys(world).before
    assert before is not None
    assert (before.counted, before.expected, before.word) == (FULL - 1, FULL, "one is lost")


def test_where_the_policy_says_how_many_the_last_count_is_told_only_where_it_was_another(
    world: World,
) -> None:
    wants(world, FULL)
    start_shift(world.desk, actor="Chen")
    counted(world, 0, FULL)
    assert keys(world).before is None
    at = world.clock.at
    counted(world, 1, FULL - 1, "one is lost")
    seen = keys(world)
    assert seen.expected == FULL
    assert seen.before == CountBefore(at, FULL - 1, FULL, "one is lost", last=True)
    counted(world, 2, FULL)
    assert keys(world).before is None


def test_of_what_varies_nothing_is_told_and_another_desk_knows_of_no_shortage(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    counted(world, 0, FULL)
    counted(world, 1, FULL - 1, "one is lost")
    parcels = next(each for each in handover(world.desk).counts if each.item == "parcels")
    assert (parcels.expected, parcels.before) == (None, None)
    know_desk(world.desk.store, "gate2")
    gate = world.beside("gate2")
    start_shift(gate, actor="Zhou")
    there = next(each for each in handover(gate).counts if each.item == "keys")
    assert (there.expected, there.before) == (None, None)
    gate.store.close()


def test_what_was_counted_before_is_found_as_fast_after_years_of_handovers(world: World) -> None:
    start_shift(world.desk, actor="Chen")
    counted(world, 0, FULL)

    def steps() -> int:
        """How much SQLite does for it, in hundreds of its steps."""
        hundreds: list[int] = []
        with world.desk.store.read() as session:
            raw: Any = session.connection().connection.driver_connection
            raw.set_progress_handler(lambda: hundreds.append(1), 100)
            shift = running_shift(session, world.desk.name)
            assert [each.item for each in counts(session, world.desk, shift, None)]
            raw.set_progress_handler(None, 100)
        return len(hundreds)

    few = steps()
    for table, changed in (
        ("shift", {"id": "n", "desk": "'lobby'"}),
        ("handover", {"id": "n", "shift_id": "n"}),
        ("handover_count", {"id": "handover_count.id + 100 * n", "handover_id": "n"}),
    ):
        columns = [row[1] for row in world.rows(f"pragma table_info({table})")]
        values = ", ".join(changed.get(name, f'{table}."{name}"') for name in columns)
        ended = "where shift.ended_at is not null" if table == "shift" else ""
        world.rows(
            "with recursive count(n) as (select 10 union all select n + 1 from count where n < 1000)"
            f" insert into {table} select {values} from {table}, count {ended}"
        )
    world.rows("update shift set id = 5000 where ended_at is null")
    many = world.rows("select count(*) from handover_count where handover_id >= 10")[0][0]
    assert many > 4000
    assert steps() - few < many * 8 / 100  # it looks once whether each fell short, and no more
