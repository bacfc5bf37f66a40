"""Several desks at one shared server write in turns, as they do at one file."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest
from sqlalchemy import Engine, func, select
from sqlmodel import col

from concierge.services.desk import Desk
from concierge.services.handover import begin_handover, handover
from concierge.services.handover_signing import sign_handover
from concierge.services.shifts import current_shift, note_shift, start_shift
from concierge.services.verify import verify
from concierge.store.engine import Store
from concierge.store.migrate import run
from concierge.store.migrations import SHIPPED
from concierge.store.tables import Event
from tests.services.handing import count_all
from tests.services.postgresql import Cluster, copy_rows
from tests.services.world import World

NUMBERS = count()


@pytest.fixture
def shared(server: Cluster, world: World) -> Iterator[tuple[Desk, Desk]]:
    """Two programs at one server, with a shift that runs at their desk."""
    start_shift(world.desk, actor="Chen")
    with server.database(f"shared_{next(NUMBERS)}", None) as engine:
        with engine.begin() as connection:
            run(connection, SHIPPED)
        copy_rows(world.desk.store.engine, engine)
        yield beside(engine, world), beside(engine, world)


def beside(engine: Engine, world: World) -> Desk:
    """A desk at that server."""
    return Desk(Store(engine, None), world.clock, world.desk.rules, world.desk.name)


def test_desks_that_write_at_once_keep_one_chain_and_lose_nothing(
    shared: tuple[Desk, Desk],
) -> None:
    def write(desk: Desk) -> None:
        for nth in range(20):
            note_shift(desk, text=f"note {nth}", actor="Chen")

    with ThreadPoolExecutor(2) as both:
        for done in [both.submit(write, desk) for desk in shared]:
            done.result()
    assert len(handover(shared[0]).notes) == 40
    assert verify(shared[0]).problems == ()


def test_two_signatures_given_at_once_change_the_shift(shared: tuple[Desk, Desk]) -> None:
    begin_handover(shared[0], actor="Sun")
    count_all(shared[0])
    with ThreadPoolExecutor(2) as both:
        signed = [
            both.submit(sign_handover, desk, actor=name)
            for desk, name in zip(shared, ("Chen", "Sun"), strict=True)
        ]
        for done in signed:
            done.result()
    shift = current_shift(shared[0])
    assert shift is not None
    assert shift.staff == "Sun"
    assert verify(shared[0]).problems == ()


def test_whoever_reads_sees_one_state_while_another_writes(shared: tuple[Desk, Desk]) -> None:
    reader, writer = shared
    with reader.store.read() as session:
        before = session.execute(select(func.count(col(Event.id)))).scalar()
        note_shift(writer, text="meanwhile", actor="Chen")
        assert session.execute(select(func.count(col(Event.id)))).scalar() == before
